"""A file is read as it is written, and everything wrong with it has a place."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from yaml.composer import Composer
from yaml.constructor import BaseConstructor
from yaml.resolver import BaseResolver

from cop_launch.findings import Finding, KeyPath, Place, Severity
from cop_launch.locales import msg
from cop_launch.store import source as source_module
from cop_launch.store.source import Source, Tree, read_source

ODD = Path(__file__).parent / "odd"


@pytest.fixture(params=["libyaml", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """With the C parser, and as it is where that is missing."""
    if request.param == "python":
        monkeypatch.setattr(source_module, "_parser", source_module._PythonParser)
    elif not yaml.__with_libyaml__:
        pytest.skip("PyYAML without libyaml")
    return str(request.param)


def read(text: str) -> Source:
    source, findings = read_source(text.encode(), "plan.yaml")
    assert findings == ()
    assert source is not None
    return source


def told(raw: bytes | str) -> list[tuple[str, int, int, int, str]]:
    """Of each finding its code, line, column, length and sentence."""
    _, findings = read_source(raw.encode() if isinstance(raw, str) else raw, "plan.yaml")
    return [(finding.code, *where(finding), str(finding.message)) for finding in findings]


def where(finding: Finding) -> tuple[int, int, int]:
    assert finding.place is not None
    return finding.place.line, finding.place.column, finding.place.length


# -- values -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "written",
    [
        "no",
        "on",
        "off",
        "yes",
        "y",
        "12:30",
        "010",
        "08",
        "1.10",
        "0612345678",
        "2026-02-30",
        "2025-01-01",
        "0x1F",
        "1_000",
        "1e3",
        ".inf",
        "true",
        "False",
        "NaN",
        "=",
    ],
)
def test_a_value_is_what_is_written(written: str) -> None:
    """No number, date or boolean is made of it here, and no zero is lost: the field's own type reads it."""
    assert read(f"a: {written}\nb: [{written}]\n{written}: c\n").tree == {"a": written, "b": [written], written: "c"}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_none_and_in_quotes_it_is_text(written: str) -> None:
    """Only an unquoted null or an empty place is nothing; a key is always text."""
    text = f"a: {written}\nb: '{written}'\n\"{written}\": c\nd:\n  - {written}\n"
    assert read(text).tree == {"a": None, "b": written, written: "c", "d": [None]}


@pytest.mark.usefixtures("parser")
def test_an_alias_shares_the_value() -> None:
    """The value is read once; an anchored value that is repeated is known as shared."""
    source = read("a: &x {b: [c]}\nd: *x\ne: &y f\ng: &z h\ni: *z\n")
    assert source.tree == {"a": {"b": ["c"]}, "d": {"b": ["c"]}, "e": "f", "g": "h", "i": "h"}
    assert source.shared == {("a",), ("g",)}


# -- places -------------------------------------------------------------------------------------------------------

PLACES = """\
# head
naam: "Eén 😀"   # c
leeg:
lijst:
  - a
  - {x: é, 😀: z}
  -
tekst: |
  regel
"""
PLACED: list[tuple[KeyPath, bool, tuple[int, int, int]]] = [
    (("naam",), False, (2, 7, 7)),
    (("naam",), True, (2, 1, 4)),
    (("leeg",), False, (3, 1, 4)),
    (("lijst",), False, (4, 1, 5)),
    (("lijst", 0), False, (5, 5, 1)),
    (("lijst", 1), False, (6, 5, 12)),
    (("lijst", 1, "x"), False, (6, 9, 1)),
    (("lijst", 1, "😀"), False, (6, 15, 1)),
    (("lijst", 1, "😀"), True, (6, 12, 1)),
    (("lijst", 2), False, (7, 4, 1)),
    (("tekst",), False, (8, 8, 1)),
    (("lijst", 1, "y"), False, (6, 5, 12)),
    (("naam", "a", "b"), False, (2, 1, 4)),
    (("niets",), False, (2, 1, 1)),
    ((), False, (2, 1, 1)),
]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(("path", "at_key", "wanted"), PLACED)
def test_a_place_is_where_an_editor_would_show_it(
    path: KeyPath, at_key: bool, wanted: tuple[int, int, int], bom: bytes, ending: str
) -> None:
    """Line and column in characters, whatever the line ending, the byte order mark and the emoji before it."""
    source, findings = read_source(bom + PLACES.replace("\n", ending).encode(), "plan.yaml")
    assert findings == ()
    assert source is not None
    assert source.bom == bool(bom)
    assert source.place(path, at_key) == Place("plan.yaml", *wanted)


def test_findings_get_the_place_of_their_path() -> None:
    """What is missing is placed at the key of the nearest parent; a place that is known stays."""
    source = read("a:\n  b: c\n")
    findings = (
        Finding("x", msg("x"), ("a", "b")),
        Finding("x", msg("x"), ("a", "b"), at_key=True),
        Finding("x", msg("x"), ("a", "nowhere", 3)),
        Finding("x", msg("x"), ("a",), place=Place("other.yaml", 9, 9)),
    )
    assert [finding.place for finding in source.locate(findings)] == [
        Place("plan.yaml", 2, 6),
        Place("plan.yaml", 2, 3),
        Place("plan.yaml", 1, 1),
        Place("other.yaml", 9, 9),
    ]


@pytest.mark.usefixtures("parser")
def test_marks_hold_what_stands_there() -> None:
    """Start and end of every key and value, and its style, so that text can be cut there."""
    source = read(
        "a: 'b'\nc: &x\n  - d # e\n  - {f: >-\n    g}\n".replace("{f: >-\n    g}", '"h"') + "i: *x\nj: |\n  k\n"
    )
    cut = {
        path: (source.text[mark.start : mark.end], mark.style, source.text[mark.key_start or 0 : mark.key_end or 0])
        for path, mark in source.marks.items()
        if path
    }
    assert cut == {
        ("a",): ("'b'", "single", ""),
        ("c",): ('&x\n  - d # e\n  - "h"', "block", "c"),
        ("c", 0): ("d", "plain", ""),
        ("c", 1): ('"h"', "double", ""),
        ("i",): ("*x", "alias", "i"),
        ("j",): ("|\n  k\n", "literal", "j"),
    } | {("a",): ("'b'", "single", "a")}


# -- what can be wrong --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", sorted(ODD.glob("*.yaml")), ids=lambda path: path.stem)
def test_odd_broken_and_hostile_files(case: Path, parser: str) -> None:
    """Each of these small files gives what stands in its .json: codes with line and column, or what it says."""
    wanted = json.loads(case.with_suffix(".json").read_text(encoding="utf-8"))
    if parser == "python" and "with python" in wanted:
        wanted = {"findings": wanted["with python"]}  # PyYAML's own parser allows no tab between values
    source, findings = read_source(case.read_bytes(), case.name)
    assert [[finding.code, *where(finding)[:2]] for finding in findings] == wanted.get("findings", [])
    if "tree" in wanted:
        assert source is not None
        assert source.tree == wanted["tree"]
    for finding in findings:
        assert_in_our_words(finding)


def assert_in_our_words(finding: Finding) -> None:
    assert finding.severity is Severity.ERROR
    assert finding.hint is not None
    said = f"{finding.message} {finding.hint}"
    assert not re.search(r"while (scanning|parsing)|expected|could not find|token|stream|context", said)


def test_every_case_has_its_answer() -> None:
    """No file in the folder is without its .json, and none is left over."""
    assert {path.stem for path in ODD.glob("*.yaml")} == {path.stem for path in ODD.glob("*.json")}


@pytest.mark.usefixtures("parser")
def test_everything_is_said_in_one_run() -> None:
    """Two duplicate keys, a tag, a merge key, a bad alias and an invisible character: all of it, each at its place."""
    text = "a: 1\na: 2\nb: !t x\nc:\n  <<: {}\n  d: *e\n  d: 4\nf: \x07\n"
    assert told(text) == [
        ("duplicate-key", 2, 1, 1, "'a' already stands on line 1; the one here is not read."),
        ("tag-not-allowed", 3, 4, 4, "'!t' is a YAML tag, and these are not used here."),
        ("merge-key", 5, 3, 2, "'<<' would copy keys from elsewhere, and that is not supported here."),
        ("unknown-anchor", 6, 6, 2, "*e repeats a value that was marked with &e, and there is none above."),
        ("duplicate-key", 7, 3, 1, "'d' already stands on line 6; the one here is not read."),
        ("control-character", 8, 4, 1, "There is an invisible character here that a text file cannot hold (U+0007)."),
    ]
    source, _ = read_source(text.encode(), "plan.yaml")
    assert source is not None
    assert source.tree == {"a": "1", "b": "x", "c": {"d": None}, "f": "\N{REPLACEMENT CHARACTER}"}


def test_every_merge_conflict_is_found() -> None:
    """At the line where it starts, before anything else is said."""
    conflict = "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> theirs\n"
    assert told("x: y\n" + conflict + "b: c\n" + conflict) == [
        ("merge-conflict", 2, 1, 12, "A merge conflict is left here."),
        ("merge-conflict", 8, 1, 12, "A merge conflict is left here."),
    ]


def test_a_conflict_marker_inside_text_is_text() -> None:
    """Only at the start of a line is it a conflict."""
    assert read("a: |\n  <<<<<<< HEAD\n  =======\n").tree == {"a": "<<<<<<< HEAD\n=======\n"}


def test_tabs_are_counted_once() -> None:
    """One finding for a file that is indented with tabs, not one for each line."""
    sentence = "There is a tab in the indentation here, and in 2 lines further on."
    assert told("a:\n\tb: 1\n\tc: 2\n\td: 3\n") == [("tab", 2, 1, 1, sentence)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_another_encoding_is_named(encoding: str) -> None:
    """Not a page of nonsense about characters, but how to save the file."""
    assert told("format: 1\n".encode(encoding)) == [
        ("not-utf8", 1, 1, 1, "This file is stored as UTF-16 or UTF-32 text, not as UTF-8.")
    ]


def test_the_first_byte_that_is_not_utf8_is_found_and_the_rest_is_still_checked() -> None:
    """A file from an old Windows program: where it starts to be wrong, and what else is wrong."""
    assert told(b"a: caf\xe9 \xe9\nb: 1\nb: 2\n") == [
        ("not-utf8", 1, 7, 1, "From here the file is not UTF-8 text."),
        ("duplicate-key", 3, 1, 1, "'b' already stands on line 2; the one here is not read."),
    ]
    assert read_source(b"a: caf\xe9\n", "plan.yaml")[0] is None


# -- whatever the text --------------------------------------------------------------------------------------------

PIECES = st.sampled_from([
    "a", "b", "no", ":", ": ", "- ", "-", "\n", "\n  ", "\n ", "\r\n", "\t", "[", "]",
    "{", "}", ",", ", ", "'", '"',
    "#", " #", "|", ">", "|-\n  ", "&x ", "*x", "!", "!!str ", "? ", "%", "---\n", "...", "<<", "~", "\\", "é", "😀",
    "=", "\x00", "\xa0", "\u2028", "\ufeff",
])  # fmt: skip


_PARSER: Any = yaml.cyaml.CParser if yaml.__with_libyaml__ else None  # type: ignore[attr-defined]
_BASE: Any = (
    yaml.BaseLoader if _PARSER is None else type("_Base", (Composer, _PARSER, BaseConstructor, BaseResolver), {})
)


class _AsYaml12(_BASE):  # type: ignore[misc]
    """PyYAML's own way from events to values, where it says what YAML 1.2 says.

    On the parser that the reader has: only libyaml takes `a:` with a tab and nothing behind it. And a name for a value
    may be given anew.
    """

    def __init__(self, text: str) -> None:
        if _PARSER is None:
            super().__init__(text)
        else:
            _PARSER.__init__(self, text)
            for part in (Composer, BaseConstructor, BaseResolver):
                part.__init__(self)

    def compose_node(self, parent: Any, index: Any) -> Any:
        if not self.check_event(yaml.AliasEvent):
            self.anchors.pop(self.peek_event().anchor, None)
        return super().compose_node(parent, index)


@example("&x a: &x ")
@example("a:\t")
@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_text_is_too_odd(text: str) -> None:
    """No traceback; every finding inside the file; and a file without findings says what PyYAML says."""
    source, findings = read_source(text.encode(), "plan.yaml")
    lines = re.split(r"\r\n|\n|\r", text.removeprefix("\ufeff"))
    for finding in findings:
        assert_in_our_words(finding)
        line, column, length = where(finding)
        assert column - 1 <= len(lines[line - 1])
        assert column + length <= len(lines[line - 1]) + 2
    if not findings:
        assert source is not None
        assert as_base(source.tree) == yaml.load(text.removeprefix("\ufeff"), Loader=_AsYaml12)
        assert set(source.marks) == set(paths(source.tree, source, ()))


def as_base(tree: Tree) -> Any:
    if isinstance(tree, dict):
        return {key: as_base(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [as_base(value) for value in tree]
    return NULL if tree is None else tree


class _Null(str):
    """Equal to every way to write nothing."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return other in ("", "~", "null")


NULL = _Null()


def paths(tree: Tree, source: Source, path: KeyPath) -> Iterator[KeyPath]:
    yield path
    if source.marks[path].style == "alias":
        return
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from paths(value, source, (*path, key))
    if isinstance(tree, list):
        for at, value in enumerate(tree):
            yield from paths(value, source, (*path, at))


# -- files that want to do harm -----------------------------------------------------------------------------------

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\\n" for n in range(1, 20)
)
HOSTILE = {
    "100,000 brackets": ("'a: ' + '[' * 100_000", "too-deep"),
    "100,000 braces": ("'a: ' + '{' * 100_000", "key-not-text"),
    "100,000 dashes": ("'- ' * 100_000", "too-deep"),
    "100,000 question marks": ("'? ' * 100_000", "key-not-text"),
    "a chain of mappings": ("'{a: ' * 100_000", "too-deep"),
    "billion laughs": (f"'{BOMB}'", "alias-bomb"),
    "a long text repeated": ("'a: &a ' + 'x' * 4_000_000 + '\\nb: [' + '*a,' * 20_000 + ']'", "alias-bomb"),
    "a chain of aliases": ("'a0: &a0 x\\n' + ''.join(f'a{n}: &a{n} [*a{n-1}]\\n' for n in range(1, 3000))", "too-deep"),
    "itself": ("'a: &a [*a]'", "self-reference"),
    "itself as a mapping": ("'&a\\nb: *a\\n'", "self-reference"),
    "merge keys": ("'a: &a {b: c}\\n' + ''.join(f'x{n}:\\n  <<: [*a, *a]\\n' for n in range(9_000))", "merge-key"),
    "50 MB of text": ("'a: ' + 'x' * 50_000_000", "too-large"),
    "nearly 5 MB of text": ("'a: ' + 'x' * 4_900_000", None),
    "nearly 5 MB of quoted text": ("'a: \"' + '\\\\x41' * 1_200_000 + '\"'", None),
    "a million items": ("'a: [' + 'x,' * 1_000_000 + ']'", "too-large"),
    "a million keys": ("''.join(f'k{n}: 1\\n' for n in range(400_000))", "too-large"),
    "one key a million times": ("'a: 1\\n' * 900_000", "duplicate-key"),
    "a million tabs": ("'a:\\n' + '\\tb: 1\\n' * 800_000", "tab"),
    "a million conflicts": ("'<<<<<<< x\\n' * 400_000", "merge-conflict"),
    "a million bells": ("'\\x07\\n' * 2_000_000", "control-character"),
    "a million bells on one line": ("'a: ' + '\\x07' * 4_900_000", "control-character"),
    "a million documents": ("'---\\n' * 1_000_000", "several-documents"),
    "200,000 directives": ("''.join(f'%TAG !{n}! x\\n' for n in range(200_000))", "directive-not-allowed"),
    "200,000 late directives": ("'a: 1\\n...\\n' + '%TAG !a! x\\r' * 200_000", "directive-not-allowed"),
    "a million tags": ("'a: [' + '!!str x, ' * 500_000", "tag-not-allowed"),
    "a million empty lines": ("'\\r' * 4_900_000", "empty-file"),
    "a million comments": ("'#x\\n' * 1_600_000", "empty-file"),
}  # fmt: skip
MEASURE = """
import resource, sys, time
from cop_launch.store.source import read_source
read_source(b"a: b", "warm")
raw = (%s).encode()
before = resource.getrusage(resource.RUSAGE_SELF)
started = before.ru_utime + before.ru_stime
source, findings = read_source(raw, "f")
after = resource.getrusage(resource.RUSAGE_SELF)
seconds = after.ru_utime + after.ru_stime - started
peak = after.ru_maxrss
try:
    # Of this program alone: what getrusage tells was handed down by whoever started it.
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
except OSError:
    pass
print(seconds, peak // 1024, *sorted({finding.code for finding in findings}))
assert all(finding.place for finding in findings)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX resource limits")
@pytest.mark.parametrize("name", HOSTILE)
def test_no_file_can_do_harm(name: str) -> None:
    """Under one second of work and 200 MB, with a finding and without a traceback."""
    text, code = HOSTILE[name]
    done = subprocess.run(
        [sys.executable, "-c", MEASURE % text],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(Path(source_module.__file__).parents[2])},
    )
    assert done.returncode == 0, done.stderr
    seconds, megabytes, *codes = done.stdout.split()
    assert (code in codes) if code else codes == []
    assert float(seconds) < 1
    assert int(megabytes) < 200
