"""What is kept from run to run in the user's own cache folder, to be quicker the next time. Losing it loses nothing."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def kept_folder(name: str) -> Path | None:
    """The folder of this name in coplaunch's own; None where that would not be safe or cannot be.

    What is kept is believed, so the folder counts only when it belongs to the user and nobody else may write in it.
    """
    try:
        folder = _cache_folder() / "coplaunch" / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.stat()
    except (OSError, RuntimeError):
        return None
    if hasattr(os, "getuid") and (state.st_uid != os.getuid() or state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)):
        return None
    return folder


def _cache_folder() -> Path:
    named = os.environ.get("XDG_CACHE_HOME", "") or os.environ.get("LOCALAPPDATA", "")
    return Path(named) if named and Path(named).is_absolute() else Path.home() / ".cache"
