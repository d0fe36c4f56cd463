"""What comes with the program and is no module: the documents' templates and the examples."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str, package: Path = _PACKAGE) -> Path | None:
    """The folder of this name, `templates` or `examples`; None where the installation is not complete.

    An installed package carries them inside; in a checkout, and so in an editable install, they stand at the top of
    the tree.
    """
    places = (package / name, package.parents[1] / name)
    return next((folder for folder in places if folder.is_dir()), None)
