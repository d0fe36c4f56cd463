"""What coplaunch wrote in `plans/`, and what people made of it: the memory by which no text of theirs is written over.

The memory is a file beside the documents, to be committed with them: a line for each, with the SHA-256 of its text, as
`sha256sum` writes it. Line ends don't count, because git may change them. A document whose text stands there is as
coplaunch left it, and may be written again or taken away. Any other text is somebody's, and stays.

Several lines for one document are several texts that coplaunch wrote: so it is after a merge, whose marks are passed
over, and while documents are being written, so that a killed run makes no text of ours look like somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from cop_launch.locales import Language, msg
from cop_launch.records import Record
from cop_launch.store.files import Inside, Write, apply, inside, read, read_if_there
from cop_launch.store.places import PLANS

ATTRIBUTES = "plans/** -text -merge"
"""What git is told of the documents: to leave their line ends alone, which calendars need as they are, and not to mix
two of them when branches are merged: `coplaunch render` writes them anew."""
MEMORY = f"{PLANS}/.rendered"

_LINE = re.compile(rf"(?P<digest>[0-9a-f]{{64}})  (?P<path>{PLANS}/(?:word/)?\w[\w'’.-]*)")
_OF_A_MERGE = re.compile(r"(<{7}|>{7}|\|{7}|={7})( .*)?")
_IN_CONFLICT = re.compile(rb"^<{7} .*?^={7}$.*?^>{7} ", re.MULTILINE | re.DOTALL)

Memory = Mapping[str, frozenset[str]]
"""For each document, by its path in the project, the digests of the texts that coplaunch wrote."""


class Why(StrEnum):
    """Why a file in `plans/` is left as it is."""

    EDITED = "edited"
    """Somebody changed what coplaunch wrote."""
    CONFLICT = "conflict"
    """A merge left its marks in it."""
    UNKNOWN = "unknown"
    """Something else than coplaunch would write, and it does not remember having written it."""
    LEFT = "left"
    """The project has no such document any more, but somebody changed it."""


class Kept(Record):
    """A file that is left as it is, by its path in the project."""

    path: str
    why: Why


class Rendering(Record):
    """What is to happen in `plans/`, and what is left as it is."""

    folder: Path
    documents: tuple[Write, ...]
    """Each document to its place, those that are there already as they should be included."""
    removals: tuple[Write, ...]
    """The documents that the project has no more."""
    kept: tuple[Kept, ...]
    memory: tuple[Write, Write]
    """The memory, first with what was and what will be, then with what is."""
    damaged: bool
    """Something in the memory cannot be read; what it said of those documents is not known any more."""
    line_ends: tuple[str, ...]
    """Calendars in which only the line ends are not as the format asks."""

    @property
    def faultless(self) -> bool:
        """Whether every document is ours, and there is nothing to say about any."""
        return not (self.kept or self.damaged or self.line_ends)

    @property
    def writes(self) -> tuple[Write, ...]:
        """Everything that changes from before to after, as one step."""
        return (
            *self.documents,
            *self.removals,
            Write(self.memory[0].path, self.memory[0].before, self.memory[1].after),
        )


def rendering(
    folder: Path,
    made: Mapping[str, str | bytes],
    language: Language,
    wanted: Collection[str] | None = None,
    overwrite: bool = False,
    unmade: Collection[str] = (),
) -> Rendering:
    """What has to happen so that these documents stand in a project.

    `made` are all its documents, by their path; of `wanted`, when given, only these are written, and nothing is taken
    away. With `overwrite` they are written also where somebody changed them. What is `unmade` is among its documents,
    too, but cannot be made here, and stays as it is.
    """
    places = Inside(folder)
    path = places.file(MEMORY)
    before = read_if_there(path)
    memory, damaged = remembered(before or b"")
    after = dict(memory)
    documents, kept, line_ends = [], [], []
    for name, text in sorted(made.items()):
        if wanted is not None and name not in wanted:
            continue
        place, data = places.file(name), text if isinstance(text, bytes) else text.encode()
        standing = read_if_there(place)
        same = standing is not None and (standing == data or _plain(standing) == _plain(data))
        if not same and standing is not None and not overwrite and digest(standing) not in memory.get(name, ()):
            kept.append(Kept(name, _why(standing, name in memory)))
            continue
        if same and standing != data:
            if name.endswith(".ics"):
                line_ends.append(name)
            else:  # a checkout on Windows: nothing that anybody reads is different
                data = standing or b""
        documents.append(Write(place, standing, data))
        after[name] = frozenset({digest(data)})
    removals: list[Write] = []
    if wanted is None:
        for name in sorted(memory.keys() - made.keys() - set(unmade)):
            del after[name]
            gone, left = _removal(folder, name, memory[name])
            removals.extend(gone)
            kept.extend(left)
    return Rendering(
        folder,
        tuple(documents),
        tuple(removals),
        tuple(kept),
        _memory_writes(path, before, memory, after, language),
        damaged,
        tuple(line_ends),
    )


def put(rendering: Rendering) -> tuple[Path, ...]:
    """Do it, and return what changed, links followed. The caller holds the lock.

    The memory comes first, and still knows what stood there before: so whatever a killed run wrote is known for ours.
    """
    first, last = rendering.memory
    changed = apply(rendering.folder, (first, *rendering.documents, *rendering.removals))
    changed += apply(rendering.folder, (last,))
    return tuple(dict.fromkeys(changed))


def standing_plans(folder: Path) -> dict[str, str]:
    """The documents that stand in a project now, by their path in it; what is not text is left out."""
    found = {}
    for path in sorted((folder / PLANS).glob("*")):
        if path.is_file() and not path.name.startswith("."):
            with suppress(UnicodeDecodeError):
                found[f"{PLANS}/{path.name}"] = read(path).decode()
    return found


def known(folder: Path) -> frozenset[str]:
    """The documents that coplaunch wrote in a project and that still stand there, changed by somebody or not."""
    memory, _ = remembered(read_if_there(inside(folder, MEMORY)) or b"")
    return frozenset(name for name in memory if (folder / name).is_file())


def remembered(written: bytes) -> tuple[Memory, bool]:
    """What a memory says, and whether there is something in it that cannot be read."""
    memory: dict[str, frozenset[str]] = {}
    damaged = False
    for line in written.decode("utf-8", "replace").splitlines():
        if match := _LINE.fullmatch(line):
            memory[match["path"]] = memory.get(match["path"], frozenset()) | {match["digest"]}
        elif line and not line.startswith("#") and not _OF_A_MERGE.fullmatch(line):
            damaged = True
    return memory, damaged


def digest(data: bytes) -> str:
    """The SHA-256 of a text, whatever its line ends."""
    return sha256(_plain(data)).hexdigest()


def _plain(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def _why(standing: bytes, known: bool) -> Why:
    if _IN_CONFLICT.search(_plain(standing)):
        return Why.CONFLICT
    return Why.EDITED if known else Why.UNKNOWN


def _removal(folder: Path, name: str, digests: frozenset[str]) -> tuple[Sequence[Write], Sequence[Kept]]:
    """How a document goes that the project has no more; what somebody changed, or made a link of, is theirs."""
    path = folder / name
    if name == MEMORY or not path.is_file():
        return (), ()
    if not path.is_symlink():
        standing = read(path)
        if digest(standing) in digests:
            return (Write(path, standing, None),), ()
    return (), (Kept(name, Why.LEFT),)


def _memory_writes(
    path: Path, before: bytes | None, memory: Memory, after: Memory, language: Language
) -> tuple[Write, Write]:
    both = {name: memory.get(name, frozenset()) | after.get(name, frozenset()) for name in (*memory, *after)}
    between, last = (_written(one, language) for one in (both, after))
    if before is not None and _plain(before) == last:
        last = before
        between = before if both == after else between
    return Write(path, before, between), Write(path, between, last)


def _written(memory: Memory, language: Language) -> bytes:
    head = language.say(
        msg("What coplaunch wrote here. By this it notices what people changed, and leaves that alone.")
    )
    lines: Iterable[str] = (f"{one}  {name}" for name in sorted(memory) for one in sorted(memory[name]))
    return "".join(f"{line}\n" for line in (f"# {head}", *lines)).encode()
