"""The memory of what coplaunch wrote: no text of anybody's is ever written over, or taken away."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cop_launch.locales import in_language
from cop_launch.store.files import locked
from cop_launch.store.rendered import MEMORY, Kept, Why, digest, known, put, remembered, rendering, standing_plans

ENGLISH = in_language("en")
HEAD = "# What coplaunch wrote here. By this it notices what people changed, and leaves that alone.\n"
NAMES = ("plans/a.md", "plans/b.svg", "plans/calendar.ics")


def render(project: Path, made: dict[str, str]) -> tuple[Kept, ...]:
    """Renders these documents; what was kept."""
    with locked(project):
        found = rendering(project, made, ENGLISH)
        put(found)
    return found.kept


_texts = st.sampled_from(["one\n", "two\r\nlines\r\n", "three\n"])
_steps = st.one_of(
    st.tuples(st.just("render"), st.dictionaries(st.sampled_from(NAMES), _texts)),
    st.tuples(st.just("edit"), st.tuples(st.sampled_from(NAMES), st.integers(0, 99))),
    st.tuples(st.just("delete"), st.sampled_from(NAMES)),
    st.tuples(st.just("forget"), st.integers(0, 3)),
    st.tuples(st.just("damage"), st.binary(max_size=30)),
    st.tuples(st.just("line ends"), st.sampled_from(NAMES)),
)


@given(st.lists(_steps, max_size=12))
@settings(max_examples=300, deadline=None)
def test_what_people_write_is_never_lost(steps: list[tuple[str, object]]) -> None:
    """Whatever is rendered, edited, deleted and forgotten, in whatever order: an edit stands until its author changes
    it, and every document that nobody edited since it was last forgotten is as it was last made."""
    with TemporaryDirectory() as folder:
        project = Path(folder)
        (project / "plans").mkdir()
        mine: dict[str, bytes] = {}
        forgotten = False
        for step, value in steps:
            match step, value:
                case "render", dict(made):
                    kept = {one.path for one in render(project, made)}
                    standing = {name for name in NAMES if (project / name).exists()}
                    assert mine.keys() <= standing
                    if not forgotten:
                        assert standing == made.keys() | mine.keys()
                        assert kept <= mine.keys()
                        for name in made.keys() - mine.keys():
                            plain = (project / name).read_bytes().replace(b"\r\n", b"\n")
                            assert plain == made[name].encode().replace(b"\r\n", b"\n")
                case "edit", (str(name), number):
                    mine[name] = f"mine {number}\n".encode()
                    (project / name).write_bytes(mine[name])
                case "delete", str(name):
                    (project / name).unlink(missing_ok=True)
                    mine.pop(name, None)
                case "forget", int(lines):
                    forgotten = True
                    if (project / MEMORY).exists():
                        held = (project / MEMORY).read_bytes().splitlines(keepends=True)
                        (project / MEMORY).write_bytes(b"".join(held[:lines]))
                case "damage", bytes(more):
                    forgotten = True
                    with (project / MEMORY).open("ab") as file:
                        file.write(more)
                case "line ends", str(name) if (project / name).exists() and name not in mine:
                    data = (project / name).read_bytes().replace(b"\r\n", b"\n")
                    (project / name).write_bytes(data.replace(b"\n", b"\r\n"))
            for name, text in mine.items():
                assert (project / name).read_bytes() == text


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    """Also not after something was kept and something went."""
    render(tmp_path, dict.fromkeys(NAMES, "one\n"))
    (tmp_path / NAMES[0]).write_bytes(b"mine\n")
    made = {NAMES[0]: "two\n", NAMES[1]: "two\n"}
    assert render(tmp_path, made) == (Kept(NAMES[0], Why.EDITED),)
    found = rendering(tmp_path, made, ENGLISH)
    assert all(write.before == write.after for write in found.writes)
    assert (found.removals, put(found)) == ((), ())
    assert (tmp_path / MEMORY).read_text("utf-8") == HEAD + "".join(
        f"{digest(text)}  {name}\n" for name, text in ((NAMES[0], b"one\n"), (NAMES[1], b"two\n"))
    )


@pytest.mark.skipif(os.name == "nt", reason="links are for administrators there")
def test_a_link_is_left_alone(tmp_path: Path) -> None:
    """Somebody put it there: what it leads to is not deleted, nor is the link."""
    render(tmp_path, dict.fromkeys(NAMES[:2], "one\n"))
    (tmp_path / "elsewhere.md").write_bytes(b"one\n")
    (tmp_path / NAMES[0]).unlink()
    (tmp_path / NAMES[0]).symlink_to("../elsewhere.md")
    assert render(tmp_path, {NAMES[1]: "one\n"}) == (Kept(NAMES[0], Why.LEFT),)
    assert (tmp_path / NAMES[0]).read_bytes() == b"one\n"
    assert (tmp_path / NAMES[0]).is_symlink()


def test_a_memory_by_sha256sum() -> None:
    """It is read as that program writes it, with either line end, in several texts for one document."""
    one, two = digest(b"one\n"), digest(b"two\n")
    text = f"# anything\n{one}  plans/a.md\r\n\n{two}  plans/a.md\n{one}  plans/o'brien-2.md\n"
    assert remembered(text.encode()) == (
        {"plans/a.md": frozenset({one, two}), "plans/o'brien-2.md": frozenset({one})},
        False,
    )
    assert remembered(b"") == ({}, False)


@given(st.binary())
def test_any_bytes_are_a_memory(data: bytes) -> None:
    """Whatever stands there is read, and names nothing but documents."""
    memory, _ = remembered(data)
    assert all(name.startswith("plans/") and name.count("/") == 1 for name in memory)


def test_what_stands_there(tmp_path: Path) -> None:
    """Texts by their path; not the memory, not a folder, not what is no text. Known is what coplaunch wrote."""
    render(tmp_path, {"plans/a.md": "één\n", "plans/calendar.ics": "x\r\n"})
    (tmp_path / "plans" / "mine.md").write_bytes(b"mine\n")
    (tmp_path / "plans" / "picture.png").write_bytes(b"\x89PNG\xff")
    (tmp_path / "plans" / "survey").mkdir()
    assert standing_plans(tmp_path) == {"plans/a.md": "één\n", "plans/calendar.ics": "x\r\n", "plans/mine.md": "mine\n"}
    assert known(tmp_path) == {"plans/a.md", "plans/calendar.ics"}
    (tmp_path / "plans" / "a.md").unlink()
    assert known(tmp_path) == {"plans/calendar.ics"}
