"""Search engines, feed readers and screen readers understand a notice, and forget it in time."""

import datetime as dt
import re
from html.parser import HTMLParser
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from xiaohao.core.models import Organ
from xiaohao.public.article import Grid, article
from xiaohao.public.models import Publication

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class Items(HTMLParser):
    """Microdata as (type, property, value), as search engines read it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.pending: str | None = None
        self.said = ""
        self.types: list[str] = []

    def handle_starttag(self, _tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if "itemtype" in given:
            self.types.append(str(given["itemtype"]).rsplit("/", 1)[1])
        name = given.get("itemprop")
        if name is None or "itemscope" in given:
            return
        value = given.get("content") or given.get("datetime") or given.get("href")
        if value is None:
            self.pending = name
        else:
            self.found.append((name, value))

    def handle_data(self, data: str) -> None:
        if self.pending:
            self.said += data

    def handle_endtag(self, _tag: str) -> None:
        if self.pending and self.said:
            self.found.append((self.pending, self.said))
            self.pending, self.said = None, ""


def test_a_notice_says_what_it_is_without_a_script(client, published) -> None:
    address = f"/public/{published.organ.code}/{published.number}/"
    page = client.get(address).content.decode()
    items = Items()
    items.feed(page)
    said = dict(items.found)
    assert items.types == ["Article", "PropertyValue", "MediaObject", "GovernmentOrganization"]
    assert (said["headline name"], said["name"]) == (published.title, "青山区政协机关")
    assert said["datePublished"] == published.open_from.isoformat()
    assert said["expires"] == published.open_to.isoformat()
    assert (said["propertyID"], said["value"]) == ("SM3", published.digest)
    assert (said["inLanguage"], said["telephone"]) == ("zh-Hans", "2230016")
    assert said["url mainEntityOfPage"] == f"http://testserver{address}"
    assert re.search(r'<meta name="description" content="青山区政协机关《[^"]+公开期限[^"]+">', page)
    assert '<meta name="ArticleTitle" content=' in page
    assert "<script" not in page
    assert "noindex" not in page


def test_the_feed_is_atom_with_stable_numbers_and_the_whole_text(client, published, settings) -> None:
    Publication.objects.update(text="一、<b>整改</b>\n二、打算")
    address = f"/public/{published.organ.code}/feed/"
    answer = client.get(address)
    feed = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    (entry,) = feed.findall(f"{ATOM}entry")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "青山区政协机关"
    assert {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")} == {
        "alternate": f"http://testserver/public/{published.organ.code}/",
        "self": f"http://testserver{address}",
    }
    assert entry.find(f"{ATOM}summary").text.strip() == (
        '<h2 class="section">一、&lt;b&gt;整改&lt;/b&gt;</h2>\n<h2 class="section">二、打算</h2>'
    )
    assert entry.find(f"{ATOM}updated").text[:10] == timezone.now().date().isoformat()
    numbers = [one.find(f"{ATOM}id").text for one in (feed, entry)]
    settings.PUBLIC_ADDRESS = "https://gk.example.cn"
    moved = ElementTree.fromstring(client.get(address).content)  # noqa: S314 - our own
    assert [moved.find(f"{ATOM}id").text, moved.find(f"{ATOM}entry/{ATOM}id").text] == numbers
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", number) for number in numbers)


def test_what_was_published_ahead_is_new_on_the_day_it_opens(client, published) -> None:
    made = timezone.now() - dt.timedelta(days=9)
    Publication.objects.update(created_at=made, changed_at=made)
    opened = dt.datetime.combine(published.open_from, dt.time.min, ZoneInfo("Asia/Shanghai"))
    feed = ElementTree.fromstring(client.get(f"/public/{published.organ.code}/feed/").content)  # noqa: S314 - our own
    dates = [
        dt.datetime.fromisoformat(feed.find(path).text)
        for path in (f"{ATOM}updated", f"{ATOM}entry/{ATOM}published", f"{ATOM}entry/{ATOM}updated")
    ]
    assert dates == [opened] * 3
    items = Items()
    items.feed(client.get(f"/public/{published.organ.code}/{published.number}/").content.decode())
    said = dict(items.found)
    assert dt.datetime.fromisoformat(said["dateModified"]) == opened
    assert said["datePublished"] == published.open_from.isoformat()
    listed = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
    assert dt.datetime.fromisoformat(listed.find(f"{MAP}url/{MAP}lastmod").text) == opened


def test_what_was_published_on_the_day_is_as_old_as_its_record(client, published) -> None:
    entry = ElementTree.fromstring(  # noqa: S314 - our own
        client.get(f"/public/{published.organ.code}/feed/").content
    ).find(f"{ATOM}entry")
    for name, moment in (("published", published.created_at), ("updated", published.changed_at)):
        assert entry.find(f"{ATOM}{name}").text == moment.isoformat()


@pytest.mark.parametrize("unwritable", ["\x0b", "\x1b", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_breaks_neither_the_feed_nor_the_list(client, published, unwritable) -> None:
    Organ.objects.update(name=f"青山区{unwritable}政协机关")
    table = f"｜事{unwritable}项｜结果｜\n｜--｜--｜\n｜报销｜已{unwritable}补齐｜"
    Publication.objects.update(title=f"整改{unwritable}通报", text=f"一、整{unwritable}改\n{table}")
    feed = ElementTree.fromstring(client.get(f"/public/{published.organ.code}/feed/").content)  # noqa: S314 - our own
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "青山区政协机关"
    assert feed.find(f"{ATOM}entry/{ATOM}title").text == "整改通报"
    assert "一、整改" in feed.find(f"{ATOM}entry/{ATOM}summary").text
    assert ElementTree.fromstring(client.get("/sitemap.xml").content) is not None  # noqa: S314 - our own


def test_only_what_is_open_is_listed_for_search_engines(client, published) -> None:
    def listed() -> list[str]:
        tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
        return [one.text for one in tree.iter(f"{MAP}loc")]

    assert listed() == [f"http://testserver/public/{published.organ.code}/{published.number}/"]
    Publication.objects.update(withdrawn_on=timezone.localdate())
    assert listed() == []
    rules = client.get("/robots.txt")
    assert rules["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /\n" in rules.content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in rules.content.decode()


@pytest.mark.parametrize("page", ["", "text/", "poster/", "code.svg", "comment/", "compare/"])
def test_what_is_over_asks_to_be_forgotten(client, published, page) -> None:
    Publication.objects.update(withdrawn_on=timezone.localdate())
    answer = client.get(f"/public/{published.organ.code}/{published.number}/{page}")
    assert (answer.status_code, answer["X-Robots-Tag"]) == (410, "noindex")


def test_forms_and_answers_are_not_for_search_engines(client, published) -> None:
    form = f"/public/{published.organ.code}/{published.number}/comment/"
    for answer in (client.get(form), client.post(form), client.get("/public/answer/")):
        assert answer["X-Robots-Tag"] == "noindex"
    assert client.get(form)["Cache-Control"] == "private, no-cache"
    assert client.post(form)["Cache-Control"] == client.get("/public/answer/")["Cache-Control"] == "no-store"


BODY = """青山区各单位：
现将整改情况通报如下。
一、整改情况
（一）资金方面。共3个问题。
1.公务卡结算不规范。已经改正。
2.报销附件不全。
（1）补齐附件。
（2）印发办法。
（二）作风方面。
1.提高认识。
2.压实责任。
二、下一步打算
1.继续努力。
附件：1.清单
青山区政协机关
2026年1月18日"""


def test_headings_have_levels_without_gaps_and_head_something() -> None:
    assert [(one.tag, one.kind, one.text) for one in article(BODY)] == [
        ("p", "addressee", "青山区各单位："),
        ("p", "text", "现将整改情况通报如下。"),
        ("h2", "section", "一、整改情况"),
        ("h3", "part", "（一）资金方面。"),
        ("p", "text", "共3个问题。"),
        ("h4", "item", "1.公务卡结算不规范。"),
        ("p", "text", "已经改正。"),
        ("h4", "item", "2.报销附件不全。"),
        ("p", "point", "（1）补齐附件。"),
        ("p", "point", "（2）印发办法。"),
        ("h3", "part", "（二）作风方面。"),
        ("p", "item", "1.提高认识。"),
        ("p", "item", "2.压实责任。"),
        ("h2", "section", "二、下一步打算"),
        ("p", "item", "1.继续努力。"),
        ("p", "attachment", "附件：1.清单"),
        ("p", "signed", "青山区政协机关"),
        ("p", "dated", "2026年1月18日"),
    ]


def test_a_notice_that_begins_with_the_second_level_has_no_gap() -> None:
    assert [one.tag for one in article("（一）资金方面。已改。\n1.公务卡。已改。")] == ["h2", "p", "h3", "p"]


def test_a_table_has_heads_to_its_columns_or_to_its_rows() -> None:
    assert article("｜年份｜金额｜\n｜-｜-｜\n｜2024｜3万元｜") == [
        Grid(("年份", "金额"), (("2024", "3万元"),))
    ]
    assert article("｜----｜-｜\n｜联系人｜林清越｜") == [Grid((), (("联系人", "林清越"),))]


def test_a_table_of_a_notice_is_one_on_the_page_and_in_the_feed(client, published) -> None:
    table = "｜事项｜结果｜\n｜--｜--｜\n｜报销附件｜已补齐↵<b>3份</b>｜"
    Publication.objects.update(text=f"{published.text}\n{table}", version=published.version + 1)
    page = client.get(f"/public/{published.organ.code}/{published.number}/").content.decode()
    assert '<th scope="col">事项</th>' in page
    assert "<td>已补齐<br>&lt;b&gt;3份&lt;/b&gt;</td>" in page
    entry = client.get(f"/public/{published.organ.code}/feed/").content.decode()
    assert "&lt;td&gt;报销附件&lt;/td&gt;" in entry


def test_hostile_words_of_a_notice_stay_words(client, published) -> None:
    Publication.objects.update(
        title='"><script>alert(1)</script>',
        text="一、<img src=x onerror=alert(2)>\n<script>alert(3)</script>",
    )
    for page in ("", "poster/", "compare/", "comment/"):
        shown = client.get(f"/public/{published.organ.code}/{published.number}/{page}").content.decode()
        assert not re.search(r"<script|<img src=x", shown)
    page = client.get(f"/public/{published.organ.code}/{published.number}/").content.decode()
    assert '<p class="text">&lt;script&gt;alert(3)&lt;/script&gt;</p>' in page
