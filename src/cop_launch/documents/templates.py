"""Where the documents' templates are."""

from __future__ import annotations

from pathlib import Path

from cop_launch.findings import Exit, Refused
from cop_launch.locales import msg

_PACKAGE = Path(__file__).resolve().parents[1]


def templates_folder(package: Path = _PACKAGE) -> Path:
    """The folder with coplaunch's own templates: `<language>/*.md.j2` and `page/`.

    An installed package carries them inside; in a checkout, and so in an editable install, they stand at the top of
    the tree. Refused where neither is there.
    """
    for folder in (package / "templates", package.parents[1] / "templates"):
        if folder.is_dir():
            return folder
    raise Refused(
        msg("The templates that belong to coplaunch are not in {folder}.", folder=str(package)),
        hint=msg("The installation is not complete: install coplaunch again."),
        exit_code=Exit.MACHINE,
        code="templates-missing",
    )
