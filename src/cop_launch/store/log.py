"""What came of the plan, written into its log."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from typing import Any

from cop_launch.store.files import Write
from cop_launch.store.places import PLAN
from cop_launch.store.project import Loaded
from cop_launch.store.splice import append_item


def logged(loaded: Loaded, entries: Sequence[Mapping[str, Any]]) -> Write:
    """The write that adds these entries to the log of the plan, everything else as it was."""
    assert loaded.source is not None
    text = loaded.source.text
    for entry in entries:
        text = append_item(text, ("plan", "log"), dict(entry))
    return Write(loaded.folder / PLAN, loaded.raw, (codecs.BOM_UTF8 if loaded.source.bom else b"") + text.encode())
