"""How a number somebody counted by hand is recognised in a text."""

import re

MEASURE = "|".join(
    (
        *("%", "％", "‰", "个", "条", "项", "次", "件", "人", "户", "名", "篇", "场", "家", "份", "批", "处"),
        *("起", "例", "类", "套", "台", "辆", "堂", "期", "天", "亩", "小时", "平方米", "公里"),
        *("笔", "张", "册", "幅", "块", "栋", "卷", "桩"),
        # 12页码, 2025本级预算, 12间接支出, 附件3所列, 12轮训 count nothing.
        *("页(?!码|面)", "封(?!闭|存)", "宗(?!旨|教)", "座(?!谈)", "间(?!接|隔|断)", "轮(?![训换岗流])"),
        *("本(?!级|单位|部门|机关|次|期|人|年|月|周)", "所(?![列示述称有指谓需在属])"),
        *("万人", "万字", "万元", "亿元", "元"),
    )
)
DIGITS = r"\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,6})?"
# Spelt out from ten on: 两个维护 is no number.
SPELT = "(?:[一二两三四五六七八九][十百千万]|十)[一二三四五六七八九十百千万零〇]{0,10}"
# 14届市委, 20届三中全会: a place in a row. Spelt out it is one always: 十四届.
TERMS = "届(?![一二三四五六七八九十\\d中全党省市区县政人委常代])"
AT_ITS_BEGINNING = r"(?<![\d.第一二三四五六七八九十百千万])(?<!\d,)(?<!第 )"
# Several places in a row: 第3、4页, 第3至5条.
PLACES = r"第 ?\d{1,4}(?:[、至到和—～~-]{1,2}\d{1,4}){1,20}"
IN_A_ROW = "第"
# A number with a measure word: dates and document numbers have none. What begins as IN_A_ROW is no count.
TYPED = re.compile(
    f"{PLACES}|"
    f"{AT_ITS_BEGINNING}(?:(?:{DIGITS}|{SPELT}) ?[余多]? ?(?:{MEASURE})|{DIGITS} ?{TERMS}|百分之{SPELT})"
)
