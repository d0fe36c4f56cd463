"""Photographs the page of an example for the README: docs/page.png. Needs Chromium; `make picture`.

The page is rendered anew in a copy of the example, and shown as a browser shows it at 1280 by 920 pixels.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).resolve().parent
PICTURE = DOCS / "page.png"
PICTURED = DOCS.parent / "examples" / "platform-engineers"
WINDOW = "1280,920"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
"""Under which a system has the browser; the variable CHROMIUM names another."""


def browser() -> str | None:
    """The command that starts Chromium; None where there is none."""
    return os.environ.get("CHROMIUM") or next((path for path in map(shutil.which, NAMES) if path), None)


def main() -> int:
    """Write the picture; exit 1 where there is no browser."""
    chromium = browser()
    if chromium is None:
        print("no Chromium: install it, or name it in CHROMIUM")
        return 1
    with tempfile.TemporaryDirectory() as work:
        project = Path(work) / "project"
        shutil.copytree(PICTURED, project)
        subprocess.run(
            [sys.executable, "-m", "cop_launch", "render", "--html", "-C", project],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        subprocess.run(
            [
                chromium,
                "--headless",
                *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
                "--disable-background-networking",
                "--hide-scrollbars",
                f"--user-data-dir={work}/profile",
                f"--window-size={WINDOW}",
                f"--screenshot={PICTURE}",
                (project / "plans" / "index.html").as_uri(),
            ],
            check=True,
            stderr=subprocess.DEVNULL,
        )
    print(PICTURE.relative_to(DOCS.parent).as_posix())
    return 0


if __name__ == "__main__":
    sys.exit(main())
