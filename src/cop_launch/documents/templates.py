"""Where the documents' templates are."""

from __future__ import annotations

from pathlib import Path

from cop_launch.findings import Exit, Refused
from cop_launch.locales import msg
from cop_launch.shipped import shipped


def templates_folder() -> Path:
    """The folder with coplaunch's own templates: `<language>/*.md.j2` and `page/`. Refused where it is not there."""
    folder = shipped("templates")
    if folder is None:
        raise Refused(
            msg("The templates that belong to coplaunch are missing."),
            hint=msg("The installation is not complete: install coplaunch again."),
            exit_code=Exit.MACHINE,
            code="templates-missing",
        )
    return folder
