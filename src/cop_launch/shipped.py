"""What the program is made of: what comes with it and is no module, and the state of all of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from cop_launch import __version__

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str, package: Path = _PACKAGE) -> Path | None:
    """The folder of this name, `templates` or `examples`; None where the installation is not complete.

    An installed package carries them inside; in a checkout, and so in an editable install, they stand at the top of
    the tree.
    """
    places = (package / name, package.parents[1] / name)
    return next((folder for folder in places if folder.is_dir()), None)


def program() -> str:
    """What the program is made of, as a text: another one after a change in it or in what is installed beside it.

    The state of its own files, and of the folders from which Python imports, which change with every installation; and
    of the time zones of the system.
    """
    folders = [_PACKAGE, shipped("templates") or _PACKAGE]
    own = [f"{path} {state.st_size} {state.st_mtime_ns}" for folder in folders for path, state in _files(str(folder))]
    beside = [*filter(None, sys.path), "/usr/share/zoneinfo/tzdata.zi"]
    return "\n".join([__version__, sys.version, *sorted(own), *(f"{path} {_changed(path)}" for path in beside)])


def _files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(entry.path) if entry.name != "__pycache__" else ()
            else:
                yield entry.path, entry.stat()


def _changed(path: str) -> int:
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:
        return 0
