import datetime as dt
import shutil
from pathlib import Path

import pypdfium2
import pytest

from xiaohao.core.dated_settings import DEFAULT_COLOURS
from xiaohao.core.models import Role
from xiaohao.core.services import records
from xiaohao.rectification.models import Area, Finding, Inspection, Measure
from xiaohao.rectification.wall_chart import Filters, build
from xiaohao.writing import fonts
from xiaohao.writing.wall_chart_pdf import pdf

TODAY = dt.date(2025, 6, 10)
A3 = (1191, 842)  # points, landscape


def text_of(document: bytes) -> list[str]:
    """Return the text of each page without blanks and line ends."""
    pages = pypdfium2.PdfDocument(document)
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in pages]


@pytest.fixture
def chart_of(clerk):
    """Make a chart of areas with so many findings: ``chart_of(2, 3)``."""

    def make(*sizes: int):
        inspection = records.create(
            Inspection(organ=clerk.organ, number=1, title="巡察", feedback_on=dt.date(2025, 4, 2)),
            by=clerk,
            action="inspection.created",
        )
        number = 0
        for place, size in enumerate(sizes, start=1):
            area = Area(organ=clerk.organ, inspection=inspection, number=place, title=f"第{place}组方面")
            records.create(area, by=clerk, action="area.created")
            for _each in range(size):
                number += 1
                finding = Finding(
                    organ=clerk.organ,
                    inspection=inspection,
                    area=area,
                    number=number,
                    code=f"1-{number}",
                    title='账实不符#1 "资产" \\x 周䶮、赵赟',
                )
                records.create(finding, by=clerk, action="finding.created")
                measure = Measure(
                    organ=clerk.organ,
                    finding=finding,
                    number=1,
                    code=f"1-{number}-1",
                    text="清查",
                    deadline=dt.date(2025, 9, 30),
                )
                records.create(measure, by=clerk, action="measure.created")
        return build(clerk, Filters(), TODAY)

    return make


def test_the_print_is_a3_landscape_and_shows_titles_as_they_are(chart_of) -> None:
    document = pdf(chart_of(1), DEFAULT_COLOURS, fonts.faces())
    page = pypdfium2.PdfDocument(document)[0]
    assert tuple(round(length) for length in page.get_size()) == A3
    (text,) = text_of(document)
    assert '1-1账实不符#1"资产"\\x周䶮、赵赟' in text
    assert "青山区政协机关整改挂图" in text
    assert "共1个问题、1条措施，已销号0个，销号率0.00%" in text


def test_a_short_area_is_not_torn_and_a_long_one_repeats_its_heading(chart_of) -> None:
    pages = text_of(pdf(chart_of(15, 15, 60), DEFAULT_COLOURS, fonts.faces()))
    where = {
        name: [n for n, text in enumerate(pages) if name in text] for name in ("第1组", "第2组", "第3组")
    }
    assert len(where["第1组"]) == len(where["第2组"]) == 1
    assert len(where["第3组"]) > 1
    assert where["第3组"][-1] == len(pages) - 1


def test_a_missing_official_face_is_told(chart_of, settings) -> None:
    settings.FONTS_FOLDER = ""
    assert "未安装字体方正小标宋、仿宋_GB2312" in text_of(pdf(chart_of(1), DEFAULT_COLOURS, fonts.faces()))[0]


def test_an_installed_official_face_comes_first_and_is_not_missing() -> None:
    names = ("FZXiaoBiaoSong-B05S", "Noto Sans SC")
    found = fonts.Faces(tuple(fonts.FontFile(name, Path("/fonts/x.ttf"), 0) for name in names))
    assert found.of(fonts.TITLE) == ["FZXiaoBiaoSong-B05S", "Noto Sans SC"]
    assert found.missing(fonts.TITLE, fonts.BODY) == ["仿宋_GB2312"]


def test_the_organs_own_folder_is_searched(settings, tmp_path) -> None:
    shutil.copy(fonts.faces().folders[-1] / "NotoSansSC-Regular.ttf", tmp_path)
    settings.FONTS_FOLDER = str(tmp_path)
    assert fonts.faces().folders[0] == tmp_path


def test_an_empty_chart_prints(clerk) -> None:
    assert (
        "挂图上还没有问题。"
        in text_of(pdf(build(clerk, Filters(), TODAY), DEFAULT_COLOURS, fonts.faces()))[0]
    )


def test_the_page_gives_the_pdf_to_readers_only(
    client, organ, make_account, chart_of, settings, tmp_path
) -> None:
    settings.STATIC_ROOT = tmp_path
    chart_of(1)
    client.force_login(make_account(organ, "吴未", Role.LEADER))
    response = client.get("/wall-chart/pdf/")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")
    assert response.content.startswith(b"%PDF-")
    client.force_login(make_account(organ, "钱未", Role.AUDIT_ADMINISTRATOR))
    assert client.get("/wall-chart/pdf/").status_code == 403
