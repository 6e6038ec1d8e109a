"""The running program with its demo organ, and a browser before it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

CHROMIUM = Path(os.environ.get("XIAOHAO_CHROMIUM", "/usr/bin/chromium"))
REQUIRED = os.environ.get("XIAOHAO_REQUIRE_CHROMIUM") == "1"
COMMAND = [sys.executable, "-m", "xiaohao.cli.main"]
expect.set_options(timeout=15_000)  # milliseconds; the other worker may be busy


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            if not CHROMIUM.exists() and not REQUIRED:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the running program: one for each file, so that no file meets what another left."""
    return tmp_path_factory.mktemp("home")


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a command on that folder, which has SQLite whatever this run has."""
    kept = {key: value for key, value in os.environ.items() if key != "XIAOHAO_DATABASE_URL"}
    return {**kept, "XIAOHAO_HOME": str(home)}


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """Start the demo in a folder of its own and give its address."""
    port = free_port()
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [*COMMAND, "demo", "--port", str(port)],
            env=environment(home),
            cwd=home,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/login/", home / "server.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(server.pid, 15)
            server.wait(timeout=20)


def wait_for(url: str, log: Path) -> None:
    for _attempt in range(300):
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(f"The server did not answer: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium, for one file alone: while it runs, no test on this worker may ask the database."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A fresh window in Chinese at 1366 px; an error in the console fails the test."""
    context = browser.new_context(
        base_url=address, locale="zh-CN", viewport={"width": 1366, "height": 768}, accept_downloads=True
    )
    page = context.new_page()
    errors: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # A network that a test cuts on purpose is no error of the page.
        if message.type == "error" and "ERR_INTERNET_DISCONNECTED" not in message.text:
            errors.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def log_in(page: Page):
    """Log in as one of the demo accounts."""

    def enter(username: str) -> None:
        page.goto("/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", "xiaohao-demo")
        page.click("form button[type=submit]")
        page.wait_for_url(lambda url: "/login/" not in url)

    return enter
