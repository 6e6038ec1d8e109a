"""The words between which a name stands in a sentence on discipline."""

import re

from xiaohao.writing.publication_check.discipline import WORDS

HAN = "〇㐀-䶿一-鿿\U00020000-\U000323af"
# Characters no given name has, because they are what follows one.
NEVER_GIVEN = frozenset(
    "某等被给受予对将把因的了其该此这那每各已均从由并或而且也都就还又及与于是未不没个件项次元后前曾街"
)
# Those no given name ends with, though one may have them inside: 李在明.
NEVER_LAST = frozenset("在副制")
_TITLES = (
    "主任 书记 局长 处长 科长 股长 所长 站长 院长 校长 部长 省长 县长 市长 区长 镇长 乡长 村长 社长 "
    "队长 组长 馆长 台长 行长 厂长 场长 会长 厅长 司长 庭长 园长 班长 船长 段长 州长 旗长 盟长 "
    "董事长 理事长 监事长 秘书长 检察长 秘书 经理 总监 主席 委员 常委 政委 科员 办事员 出纳 司机 "
    "驾驶员 教师 老师 医生 医师 护士 护师 民警 辅警 法官 检察官 法警 调研员 巡视员 专干 干事 助理 "
    "工程师 报账员 保管员 协管员 联络员 教练 教授 讲师 研究员 审计师 经济师 会计师 护工 保安 保洁员 "
    "技术员 收费员 网格员 专员 督学 参谋 审判员 书记员"
)
TITLES = tuple(_TITLES.split())
# Before a name these stand as words; the first eight are believed inside of one as well (对于).
_TREATING = (
    "对 将 给予 约谈 诫勉 责令 免去 撤销 经 由 把 与 和 及 同 向 为 被 因 原 副 提醒 开除 辞退 问责 "
    "批评 留置 查处 处分 处理 暂停 停止 关于 涉及 包括 其中 取消 解除 审查 调查 移送 逮捕 拘留 是 即 "
    "原任 时任 现任 同志 干部 职工 党员 员工 会计 村民 群众 人员 学生 职员 成员 代表 主管 妻子 丈夫 "
    "之子 之女 当事人 责任人 负责人 代表人 经办人 承办人 管理员 公务员 工人"
)
TREATING = tuple(_TREATING.split())
BELIEVED = TREATING[:8]
# Whoever is named behind these had an office, which follows.
REMOVED = ("免去", "撤销", "罢免", "暂停", "取消")
# A list of people begins.
COUNTED = re.compile(r"(?:[人名位员志][（(：:]|[有是为括][：:]|分别[是为]|名单[：:]?\s?)\Z")
# What is done to somebody, beside the words of discipline themselves.
SANCTION = re.compile(
    rf"党内|党纪|政务|行政|纪律|严重|留党|批评|通报|采取|作出|做出|进行|予以|给予|谈话|提醒|实施|依规|依法|{WORDS.pattern}"
)
CALLED = re.compile(r"同志|先生|女士|等\s?(?:[\d一二两三四五六七八九十]{1,4}\s?)?(?:人|名|位|同志)")
FOLLOWS = re.compile(
    rf"[^{HAN}\w]|\Z|\d|{SANCTION.pattern}|同志|先生|女士|"
    # One character is enough to go on with.
    r"[因被受给予等犯涉违在于任曾系对将的与和及并已均存未不没用以向从为让请找带到去说收送拿借私挪贪虚擅侵套滥醉酒赌嫖拒辞逮拘判追扣"
    r"再先撤降免履依是男女经按把自超严]|"
    r"其[子女妻夫父母外]|之[子女妻]|利用|身为|担任|党员|调离|处[分以理]|分别|主[动持]|本人|个人|移[送交]|多次|长期|接受|参[与加]|一案|案|"
    r"取消|授意|指使|安排|时任|现任|原[任系是]|工作|负[责有主直重全领]|认真|主要|[两二三]人|同[时意]|公款|使用|报销|领取|截留|隐瞒|伪造|泄露|管理"
)
# A line ends, and what is done to whoever it names stands below.
DONE_BELOW = re.compile(r"[^\S\n]{0,4}[：:，,]?[^\S\n]{0,4}\n\s{0,9}(?:给予|予以|受到|被|处以)")
# What the dictionary takes for names.
_ORDINARY = (
    "温馨 宁可 顾问 祝贺 蓝图 卫星 栗子 朴素 廉政 晋升 晋级 沙石 牛羊 曾任 任组 明确 高度 全面 约谈 "
    "许可 陈述 公正 申请 盖章 盖有 矫正 荣誉 宣言 宣传 林木 林权 查明 齐备 符合 屠宰 安危 安全 索道 "
    "白银 钱财 付汇 方面 方损 单位 元以 万以 万元 项所 齐全 牟利 原判 迟延 迟报 "
    "都要 都应 都须 严肃 严厉 严格 严处 双开 双停 双规 双查 双述 双评 包案 包联 专班 项目 信箱 公司 印发 "
    "公务 公车 公款 公文 公众 方案 金额 满意 党组 党建 全程 全部 周调 包抓 包保 双带 双促 "
    "会纪 任内 康复 易燃 申报 毛发 高消 海关 海洋 通知 应当 张贴 古建 左转 查清"
)
ORDINARY = frozenset(_ORDINARY.split())
# Behind 向 it is what somebody reports or applies to, and 向 is no part of a name.
ORGAN = "组织|纪|监|单位|党|上级|管理|他人|企业|服务|群众"
# What is listed up to here are places: 、温州等地 behind 金华.
PLACES_LISTED = re.compile(
    rf"(?:[、和与及](?:(?![和与及等两三四五六七八九十])[{HAN}]){{2,5}}+){{0,10}}"
    r"(?:等(?:[\d两三四五六七八九十多]{1,3}个?)?|[\d两三四五六七八九十]{1,3}个?)"
    r"(?:地(?!方)|[省市州县区](?![管属直级委局纪]))"
)
# What a word for a thing ends with when one character more makes another thing of it.
PLACES = frozenset("村镇乡县区市")
ENDINGS = PLACES | frozenset("员办会费书部室组科所局处长级性化率类期中上内外下制量者人表单款金额")
# What a name of an office ends with.
OFFICES = frozenset("局科室处股办委院所站队厅部组会司校行")
# Somebody is doing or undergoing something.
CLEARLY = re.compile(
    r"同志|先生|女士|因|被|受|涉嫌|违[反纪规法]|犯|利用|身为|授意|指使|违规|骗取|套取|收受|擅自|私|"
    rf"等\s?[\d一二两三四五六七八九十]{{1,4}}\s?人|{WORDS.pattern}"
)
# Surnames borne by many that are words as well, and what somebody does at the head of a sentence.
FREQUENT = frozenset("于任何曾")
ACTING = re.compile(
    r"在(?:任|担任|职|工作|履[职行]|负责|主持|分管|[\d〇一二三四五六七八九]{4}年|"
    r"[^，,。；;\n]{1,16}(?:中|期间|时|过程|工作))|对[^，,。；;\n]{1,24}(?:负有?|有)[^，,。；;\n]{0,6}责任|负有|"
    r"负[^，,。；;\n]{0,6}责任"
)
