"""Take the pictures of the README from the running demo: ``make pictures``.

Set ``XIAOHAO_FONTS`` to a folder with the faces the printed pages are to be drawn with.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import django
import pypdfium2
from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
NOTICE = ROOT / "tests" / "samples" / "notices"
CHROMIUM = os.environ.get("XIAOHAO_CHROMIUM", "/usr/bin/chromium")
PORT = 8637
ADDRESS = f"http://127.0.0.1:{PORT}"


def main() -> None:
    """Start the demo in a temporary folder, walk through it, save the pictures."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "xiaohao.cli.main", "demo", "--port", str(PORT)]
        server = subprocess.Popen(command, env={**os.environ, "XIAOHAO_HOME": home}, start_new_session=True)
        try:
            wait()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
                size = {"width": 1366, "height": 860}
                page = browser.new_page(viewport=size, base_url=ADDRESS, locale="zh-CN")
                walk(page)
                browser.close()
        finally:
            os.killpg(server.pid, 15)
            server.wait()


def wait() -> None:
    for _attempt in range(300):
        try:
            with urllib.request.urlopen(f"{ADDRESS}/login/", timeout=5):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    sys.exit("The demo did not start.")


def walk(page: Page) -> None:
    """Log in as the clerk and photograph chart, list, closing, registers, alarm, notice, import preview."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.goto("/login/")
    page.fill("input[name=username]", "clerk")
    page.fill("input[name=password]", "xiaohao-demo")
    page.click("main button[type=submit]")
    page.goto("/wall-chart/")
    page.screenshot(path=PICTURES / "wall-chart.png")
    page.goto("/findings/")
    page.screenshot(path=PICTURES / "findings.png")
    page.goto("/findings/10/")
    page.screenshot(path=PICTURES / "closing.png")
    page.goto("/registers/")
    page.screenshot(path=PICTURES / "registers.png")
    page.goto("/findings/7/")
    page.screenshot(path=PICTURES / "alarm.png")
    page.goto("/documents/1/")
    page.screenshot(path=PICTURES / "document.png")
    page.goto("/public/qingxi/1/")
    page.screenshot(path=PICTURES / "public-notice.png")
    printed(page)
    page.goto("/import/")
    page.set_input_files("input[type=file]", NOTICE / "layout-9-labels-no-dates.txt")
    page.click("main form[enctype] button[type=submit]")
    page.wait_for_load_state()
    page.screenshot(path=PICTURES / "import-preview.png")


def printed(page: Page) -> None:
    """Show the Word file of the notice as LibreOffice prints it: each page, and all of them side by side."""
    word = page.request.get("/documents/1/file.docx").body()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "notice.docx"
        source.write_bytes(word)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        environment = {**os.environ, "FONTCONFIG_FILE": str(fonts_file(Path(folder)))}
        subprocess.run(command, check=True, capture_output=True, env=environment)
        pages = [one.render(scale=1.2).to_pil() for one in pypdfium2.PdfDocument(source.with_suffix(".pdf"))]
    for number, one in enumerate(pages, start=1):
        one.convert("L").quantize(16).save(PICTURES / f"notice-page-{number}.png", optimize=True)
    small = [one.resize((one.width * 2 // 3, one.height * 2 // 3)) for one in pages]
    sheet = Image.new("RGB", (sum(one.width + 8 for one in small), small[0].height), "#777777")
    at = 0
    for one in small:
        sheet.paste(one, (at, 0))
        at += one.width + 8
    sheet.convert("L").quantize(16).save(PICTURES / "notice-word.png", optimize=True)


def fonts_file(folder: Path) -> Path:
    """Write a file that tells LibreOffice which fonts of this machine stand in for the official faces."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaohao.config.settings")
    django.setup()
    from xiaohao.writing import fonts
    from xiaohao.writing.official import word_styles as styles

    there = fonts.faces()
    faces = (
        (styles.TITLE_FACE, fonts.TITLE),
        (styles.BODY_FACE, fonts.BODY),
        (styles.BLACK, fonts.BLACK),
        (styles.KAI, fonts.KAI),
        (styles.SONG, fonts.SONG),
    )
    matches = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test><edit name="family" '
        f'mode="assign" binding="strong"><string>{there.of(face)[0]}</string></edit></match>'
        for name, face in faces
    )
    folders = "".join(f"<dir>{one}</dir>" for one in there.folders)
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{folders}{matches}</fontconfig>',
        encoding="utf-8",
    )
    return path


if __name__ == "__main__":
    main()
