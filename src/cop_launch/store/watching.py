"""Notices when a project was saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from cop_launch.store.places import EVIDENCE, PLAN

_EVERY_SO_OFTEN = 1000
"""Milliseconds after which the files are looked at once more where nobody reports changes, as on a shared drive."""

Stamps = Mapping[str, tuple[int, int, int]]
"""By file: when it was changed, its size, and which file it is, so that a replaced one is another one."""


def stamps(folders: Sequence[Path]) -> Stamps:
    """The state of what people write in these projects: the plan, the evidence, and templates of their own."""
    found = {}
    for folder in folders:
        for path in (folder / PLAN, *folder.glob(f"{EVIDENCE}/*.yaml"), *folder.glob("templates/**/*")):
            try:
                state = path.stat()
            except OSError:
                continue  # deleted, perhaps for a moment: many editors save that way
            found[str(path)] = (state.st_mtime_ns, state.st_size, state.st_ino)
    return found


def saved(folders: Sequence[Path], before: Stamps) -> Iterator[None]:
    """One item each time that something was saved since `before`; endless. Ctrl-C raises KeyboardInterrupt.

    Several files saved at once are one item. What is not theirs, such as a document that was rendered, is none.
    """
    from watchfiles import watch

    for _ in watch(*folders, yield_on_timeout=True, rust_timeout=_EVERY_SO_OFTEN):
        now = stamps(folders)
        if now != before:
            before = now
            yield
