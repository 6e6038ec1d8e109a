"""Names of people as they may stand in public: 张某, 张某某, 欧阳某."""

COMPOUND = (
    *("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "夏侯"),
    *("端木", "宇文", "长孙", "轩辕", "南宫", "西门", "独孤", "澹台", "呼延", "钟离", "申屠", "闻人"),
)
# The commonest surnames: what a name in a sentence most likely begins with.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温芦柳欧阳"
)


def masked_name(name: str) -> str:
    """Return a name with everything after the surname hidden."""
    surname = name[:2] if name.startswith(COMPOUND) and len(name) > 2 else name[:1]
    return surname + "某" * max(1, len(name) - len(surname))
