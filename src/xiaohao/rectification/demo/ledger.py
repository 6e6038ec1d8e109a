"""The invented ledger of the demo. Deadlines are days from today, so that the chart always looks alive."""

from dataclasses import dataclass

from xiaohao.rectification.models import Kind, State


@dataclass(frozen=True)
class DemoMeasure:
    """A measure: what, until how many days from today (None: no date), how far, who."""

    text: str
    due: int | None
    state: State
    owner: str
    kind: Kind = Kind.BY_DATE
    progress: str = ""


@dataclass(frozen=True)
class DemoFinding:
    title: str
    detail: str
    leader: str
    department: str
    measures: tuple[DemoMeasure, ...]


M, S, K = DemoMeasure, State, Kind

LEDGER: tuple[tuple[str, tuple[DemoFinding, ...]], ...] = (
    (
        "落实上级决策部署方面",
        (
            DemoFinding(
                "“第一议题”制度落实不严",
                "抽查的12次班子会议中，有4次没有把理论学习列为第一项议题，学习记录不完整。",
                "沈砚秋",
                "办公室",
                (
                    M("修订班子会议议事规则，把“第一议题”写进会议议程模板", -60, S.CLOSED, "顾怀安"),
                    M(
                        "每次会议由办公室核对议程和记录，按季通报",
                        None,
                        S.STANDING,
                        "顾怀安",
                        K.STANDING,
                        "本季度各次会议全部落实。",
                    ),
                ),
            ),
            DemoFinding(
                "提案办理超期、答复质量不高",
                "上一年度交办的46件提案中，有9件超过办理时限，3件延期没有办手续。",
                "罗明远",
                "提案委员会",
                (
                    M("修订提案办理办法，写明时限和延期程序", -25, S.CLOSED, "唐若溪"),
                    M(
                        "建立办理进度台账，到期前10个工作日提醒承办单位",
                        5,
                        S.IN_PROGRESS,
                        "唐若溪",
                        progress="台账已建，提醒名单正在核对。",
                    ),
                    M(
                        "与政府督查部门建立联合督办机制",
                        40,
                        S.IN_PROGRESS,
                        "唐若溪",
                        progress="已商定会商制度初稿。",
                    ),
                ),
            ),
            DemoFinding(
                "调查研究计划性不强，成果转化少",
                "年度调研课题没有明确牵头人和完成时间，近两年的调研报告没有采纳情况的记录。",
                "罗明远",
                "经济和农业委员会",
                (
                    M("制定年度调研计划，明确课题、牵头人、时限", -40, S.CLOSED, "孟书言"),
                    M(
                        "开展5个专题调研，形成报告并报送",
                        55,
                        S.IN_PROGRESS,
                        "孟书言",
                        progress="已完成3个，2个在写报告。",
                    ),
                    M(
                        "建立批示和采纳情况登记",
                        20,
                        S.PHASED,
                        "孟书言",
                        progress="登记表已启用，往年情况正在补登。",
                    ),
                ),
            ),
            DemoFinding(
                "联系党外人士不经常",
                "征求党外人士意见没有形成制度，联系活动多集中在年底。",
                "方静怡",
                "文化文史委员会",
                (
                    M(
                        "制定联系党外人士工作办法",
                        -3,
                        S.COMPLETED,
                        "许知行",
                        progress="办法已经党组会议审定印发。",
                    ),
                    M("全年开展不少于4次联系活动", 90, S.IN_PROGRESS, "许知行", progress="已开展2次。"),
                ),
            ),
        ),
    ),
    (
        "资金和财务管理方面",
        (
            DemoFinding(
                "固定资产账、卡、物不符",
                "抽查的80件资产中，有11件没有卡片，6件找不到实物，盘点表缺少签字。",
                "方静怡",
                "财务室",
                (
                    M(
                        "对全部固定资产开展一次清查盘点",
                        -12,
                        S.IN_PROGRESS,
                        "曹云帆",
                        progress="已盘点三层楼中的两层。",
                    ),
                    M("修订固定资产管理办法，明确每年盘点和处置程序", -30, S.CLOSED, "曹云帆"),
                    M("处理盘盈盘亏，报批后调整账目", 28, S.NOT_STARTED, "曹云帆"),
                ),
            ),
            DemoFinding(
                "集中采购目录内项目自行采购",
                "有2批办公设备属于集中采购目录，没有走集中采购程序。",
                "方静怡",
                "办公室",
                (
                    M("组织学习政府采购目录和操作流程", -70, S.CLOSED, "顾怀安", K.AT_ONCE),
                    M(
                        "建立采购事前审核单，由财务和纪检会签",
                        3,
                        S.PHASED,
                        "顾怀安",
                        progress="审核单已试用一个月。",
                    ),
                ),
            ),
            DemoFinding(
                "公务卡结算不规范",
                "强制结算目录内的支出有23笔用现金报销，没有说明原因。",
                "方静怡",
                "财务室",
                (
                    M("公布强制结算目录，现金报销须附说明", -80, S.CLOSED, "曹云帆", K.AT_ONCE),
                    M(
                        "分管财务和分管纪律的领导按月抽查凭证",
                        None,
                        S.STANDING,
                        "韩松竹",
                        K.STANDING,
                        "已抽查4个月，发现问题2件，均已退回。",
                    ),
                ),
            ),
            DemoFinding(
                "合同签订和验收手续不全",
                "7份合同缺少验收报告，3份没有明确违约责任。",
                "贺长河",
                "办公室",
                (
                    M("补齐7份验收报告", -18, S.COMPLETED, "顾怀安", progress="全部补齐，待核验。"),
                    M("制定合同范本和验收单", -6, S.IN_PROGRESS, "顾怀安", progress="范本初稿在征求意见。"),
                    M("聘请法律顾问审核金额较大的合同", 62, S.NOT_STARTED, "顾怀安"),
                ),
            ),
            DemoFinding(
                "公务接待审批单要素不全",
                "有5张审批单没有来宾名单，2张事后补办。",
                "贺长河",
                "办公室",
                (M("启用新的接待审批单，缺项不予报销", -90, S.CLOSED, "顾怀安", K.AT_ONCE),),
            ),
        ),
    ),
    (
        "基层党组织和干部队伍建设方面",
        (
            DemoFinding(
                "民主集中制执行不到位",
                "有3项大额支出没有经过会议研究，主要负责人有时先表态。",
                "沈砚秋",
                "办公室",
                (
                    M("修订“三重一大”集体决策制度，明确金额标准", -45, S.CLOSED, "顾怀安"),
                    M(
                        "会议记录增加回避、发言顺序和表决栏目",
                        -1,
                        S.COMPLETED,
                        "顾怀安",
                        progress="新记录本已启用。",
                    ),
                ),
            ),
            DemoFinding(
                "“三会一课”不规范",
                "党员大会有两个季度没有召开，党课记录只有标题没有内容。",
                "贺长河",
                "机关党支部",
                (
                    M("制定年度组织生活计划，公开上墙", -50, S.CLOSED, "姚丹青"),
                    M(
                        "每次会后3天内整理记录，支部委员互查",
                        None,
                        S.STANDING,
                        "姚丹青",
                        K.STANDING,
                        "本月互查两次。",
                    ),
                ),
            ),
            DemoFinding(
                "述职报告雷同、评议走过场",
                "有2名班子成员的述职报告与上一年度大段相同。",
                "沈砚秋",
                "机关党支部",
                (
                    M("主要负责人逐份审阅述职报告并写出意见", 75, S.NOT_STARTED, "姚丹青"),
                    M(
                        "把评议结果与年度考核挂钩，写入考核办法",
                        33,
                        S.IN_PROGRESS,
                        "姚丹青",
                        progress="考核办法修订稿已起草。",
                    ),
                ),
            ),
            DemoFinding(
                "因私出国（境）证件管理有漏洞",
                "有3本证件没有上交，2次领用没有登记。",
                "贺长河",
                "办公室",
                (
                    M("收缴证件，建立收缴、保管、领取、归还台账", -35, S.CLOSED, "顾怀安"),
                    M(
                        "证件和钥匙由两人分管，每季度核对一次",
                        None,
                        S.STANDING,
                        "顾怀安",
                        K.STANDING,
                        "已核对一次，账证相符。",
                    ),
                ),
            ),
            DemoFinding(
                "年轻干部培养缺少规划",
                "近三年没有制定培养计划，轮岗人数少。",
                "贺长河",
                "机关党支部",
                (
                    M("制定三年培养计划", 48, S.NOT_STARTED, "姚丹青"),
                    M("安排2名干部到基层锻炼", 110, S.NOT_STARTED, "姚丹青"),
                ),
            ),
        ),
    ),
)
