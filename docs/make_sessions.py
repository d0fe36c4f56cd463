"""Writes anew what the docs show of the program: sessions, tables and the picture of `status`. `make reference`.

    python docs/make_sessions.py             bring README.md, docs/*.md and docs/status.svg up to date
    python docs/make_sessions.py --check     write nothing; exit 1 when one of them is not current

In the Markdown, a block marked `console` is a session: each line after a `$` is run by a shell, in a temporary folder
that all sessions of one file share and that holds the examples and the export of a form, `replies.csv`. What follows
is its answer. Lines that would say nothing new may be left out: where a line `[…]` stands, as many lines before and
after it are kept as there are.
Between `<!-- made: commands -->` and `<!-- end -->` stands a table that is made from the program.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
sys.path.insert(0, str(ROOT))

from cop_launch.documents import BY_PHASE, DOCUMENTS  # noqa: E402
from cop_launch.documents.choice import PAGE  # noqa: E402
from cop_launch.locales import in_language  # noqa: E402
from cop_launch.model.decision import Phase  # noqa: E402
from cop_launch.phases import PHASES  # noqa: E402

PICTURE = DOCS / "status.svg"
PICTURED = ROOT / "examples" / "platform-engineers"
LEFT_OUT = "[…]"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MADE = re.compile(r"^<!-- made: (\w+) -->\n.*?^<!-- end -->$", re.MULTILINE | re.DOTALL)
_SHELL = f"""coplaunch() {{ {json.dumps(sys.executable)} -m cop_launch "$@"; }}"""


def main() -> int:
    """Write what is not current, or only say so."""
    check = "--check" in sys.argv
    stale = [path for path, text in made().items() if not path.is_file() or path.read_text("utf-8") != text]
    for path in stale:
        if not check:
            path.write_text(made()[path], "utf-8", newline="\n")
        print(f"{path.relative_to(ROOT).as_posix()}: {'not current' if check else 'written'}")
    return int(check and bool(stale))


def pages() -> list[Path]:
    """The Markdown files that people write, and that show something of the program."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]


def made() -> dict[Path, str]:
    """Each file that shows something of the program, as it should be now."""
    written = {path: path.read_text("utf-8") for path in pages() if path.is_file()}
    return {**{path: refreshed(text) for path, text in written.items()}, PICTURE: picture()}


def refreshed(markdown: str) -> str:
    """The same page with its sessions held once more and its tables made again."""
    text = _MADE.sub(lambda found: f"<!-- made: {found[1]} -->\n\n{TABLES[found[1]]()}\n<!-- end -->", markdown)
    if not _BLOCK.search(text):
        return text
    with tempfile.TemporaryDirectory() as temporary:
        session = Session(Path(temporary).resolve())
        return _BLOCK.sub(lambda block: f"```console\n{session.held_again(block[1])}```", text)


REPLIES = "Would you like a role?\n" + "Yes\n" * 23 + "No\n" * 64
"""What a form tool exports, as small as can be: the answers of 87 people to one question."""

# -- sessions ---------------------------------------------------------------------------------------------------------


class Session:
    """A shell that remembers its folder and its last exit code from one line to the next."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._code = 0
        shutil.copytree(ROOT / "examples", folder / "examples")
        (folder / "replies.csv").write_text(REPLIES, "utf-8")

    def held_again(self, block: str) -> str:
        """The block with the answers of now; what stands before its first `$` stays."""
        before, *parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
        said = [before]
        for part in parts:
            command, _, shown = part.partition("\n")
            said.append(f"$ {command}\n{_as_shown(self._run(command), shown)}")
        return "".join(said)

    def _run(self, command: str) -> str:
        folder = self.folder / ".folder"
        script = f'{_SHELL}\n(exit {self._code})\n{command}\ncode=$?; pwd > "$FOLDER"; exit $code'
        environment = {**_environment(), "FOLDER": str(folder)}
        at = Path(folder.read_text("utf-8").strip()) if folder.is_file() else self.folder
        answer = subprocess.run(
            ["sh", "-c", script], cwd=at, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        self._code = answer.returncode
        if b"Traceback (most recent call last)" in answer.stdout:
            raise RuntimeError(f"`{command}` fell over, and that is nothing to show:\n{answer.stdout.decode('utf-8')}")
        return answer.stdout.decode("utf-8").replace(str(self.folder), "…")


def _as_shown(answer: str, shown: str) -> str:
    """The answer, with as much left out of it as was left out before; empty lines around it stay as they were."""
    blank = "\n" if shown.endswith("\n\n") else ""
    rows, kept = answer.rstrip("\n").split("\n"), shown.strip("\n").split("\n")
    if LEFT_OUT in kept:
        at = kept.index(LEFT_OUT)
        rows = [*rows[:at], LEFT_OUT, *rows[len(rows) - (len(kept) - at - 1) :]]
    return "\n".join(rows) + "\n" + blank if answer else blank


def _environment() -> dict[str, str]:
    """English, eighty columns, no colours, nobody's git settings."""
    own = {"COPLAUNCH_LANGUAGE": "en", "COLUMNS": "80", "PYTHONPATH": str(ROOT / "src")}
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": os.devnull, "GIT_CONFIG_GLOBAL": os.devnull, **own}


# -- tables -----------------------------------------------------------------------------------------------------------


def _coplaunch(*arguments: str) -> str:
    command = [sys.executable, "-m", "cop_launch", *arguments]
    environment = {**_environment(), "COLUMNS": "100"}
    return subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True).stdout


@cache
def commands() -> dict[str, str]:
    """Each command with its first sentence, in the order of `coplaunch --help`; in a group, by its whole name."""
    found: dict[str, str] = {}
    for name in _names():
        inside = _names(name)
        for command in [f"{name} {one}" for one in inside] or [name]:
            paragraph = _coplaunch(*command.split(), "--help").split("\n\n")[1]
            found[command] = re.split(r"(?<=\.) |: coplaunch", " ".join(paragraph.split()))[0].rstrip(".") + "."
    return found


def _names(*group: str) -> list[str]:
    listed = _coplaunch(*group, "--help").partition("Commands:\n")[2]
    return re.findall(r"^  ([a-z]+)  +\S", listed, re.MULTILINE)


def _table(*rows: tuple[str, ...]) -> str:
    head, *rest = rows
    lines = [head, tuple("---" for _ in head), *rest]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _commands() -> str:
    return _table(("Command", "What it does"), *((f"`{name}`", line) for name, line in commands().items()))


def _phases() -> str:
    def row(number: int, title: str, question: str, asked: int) -> tuple[str, ...]:
        return (f"{number}. {title}", question, str(asked))

    english = in_language("en")
    rows = (row(p.number, english.say(p.title), english.say(p.question), len(p.criteria)) for p in PHASES)
    return _table(("Phase", "Its question", "Criteria"), *rows)


READ_IN = {"English": "platform-engineers", "Dutch": "de-tweede-zin"}
"""The example in which each language is shown."""

OF_THE_DRY_RUN = (
    "daily-plan.md", "daily-plan.csv", "calendar.ics", "calendar-*.ics", "week-sheets-*.md", "dry-run-report.md",
    "dry-run.svg", "workload.svg",
)  # fmt: skip
OF_A_BUDGET = ("budget.svg",)
OF_TWO_REVIEWS = ("participation.svg",)
WHEN_STOPPED = "closing-letter.md"
AT_ANY_TIME = ("willing-in-interviews.svg", "willing-share.svg")
"""What comes as soon as a project says something about it; of what there is one of for each person, all by one name."""


def _documents() -> str:
    """The documents of each phase, in each language; those that the example has, with a link."""
    english = in_language("en")
    rows = [("Every phase", [*(Path(path).name for path in (*DOCUMENTS, PAGE)), *AT_ANY_TIME])]
    for phase in PHASES:
        of_it = Phase(phase.gate.value)
        names = [Path(path).name for path in BY_PHASE.get(of_it, {})]
        names += {Phase.STRATEGY: OF_A_BUDGET, Phase.PLAN: OF_THE_DRY_RUN}.get(of_it, ())
        rows.append((f"{phase.number}. {english.say(phase.title)}", names))
    launched = [Path(path).name for path in BY_PHASE[Phase.LAUNCHED]]
    rows.append(("After the launch", [*launched, *OF_TWO_REVIEWS, WHEN_STOPPED]))
    for example in READ_IN.values():
        plans = (ROOT / "examples" / example / "plans").glob("[!.]*")  # without the memory of what was rendered
        there = {path for path in plans if path.is_file()}
        listed = {path for _, names in rows for name in names for path in there if path.match(name)}
        assert there == listed, f"not in the table of documents: {sorted(there - listed)}"
    cells = ((row, *(", ".join(_shown(one, language) for one in names) for language in READ_IN)) for row, names in rows)
    return _table(("Phase", *READ_IN), *cells)


def _shown(name: str, language: str) -> str:
    """A document by its title, linked to the first of it in the example; where that has none, by its name alone."""
    found = sorted((ROOT / "examples" / READ_IN[language] / "plans").glob(name))
    if not found:
        return f"`{name}`"
    shown = f"`{name}`"
    if name.endswith(".md") and "*" not in name:
        heading = next(line for line in found[0].read_text("utf-8").splitlines() if line.startswith("# "))
        shown = heading.partition(": ")[2] or shown
    return f"[{shown}]({found[0].relative_to(ROOT).as_posix()})"


TABLES: dict[str, Callable[[], str]] = {"commands": _commands, "documents": _documents, "phases": _phases}

# -- the picture ------------------------------------------------------------------------------------------------------

THEME = TerminalTheme(
    (22, 25, 29),
    (214, 219, 225),
    [(22, 25, 29), (240, 113, 120), (127, 199, 127), (230, 192, 104), (97, 175, 239), (198, 146, 233), (86, 196, 210),
     (214, 219, 225)],
)  # fmt: skip
"""Black, red, green, yellow, blue, magenta, cyan and white on near-black, each readable on it."""

FRAME = """\
<svg viewBox="0 0 {width} {height}" width="{width}" role="img" xmlns="http://www.w3.org/2000/svg">
<title>coplaunch status: the six phases, what is in the way, and the next steps</title>
<style>
.{unique_id}-matrix {{
  font-family: monospace;
  font-size: {char_height}px;
  line-height: {line_height}px;
}}
.{unique_id}-title {{ font-family: sans-serif; font-size: 18px }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""Around the text: the letters come from the reader's own machine, nothing is fetched."""


def picture() -> str:
    """What a terminal of 80 columns shows for `coplaunch status` in the English example, as an SVG."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = shutil.copytree(PICTURED, Path(temporary) / PICTURED.name)
        shown = "$ coplaunch status\n" + b"".join(_in_terminal("status", folder=folder)).decode("utf-8")
    console = Console(record=True, width=80, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(shown.replace("\r\n", "\n")))
    svg = console.export_svg(title=PICTURED.name, theme=THEME, code_format=FRAME, unique_id="status")
    return re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE)


def _in_terminal(*arguments: str, folder: Path) -> Iterator[bytes]:
    """What a command writes when it is run in a terminal with colours."""
    import pty  # there is none on Windows

    ours, theirs = pty.openpty()
    environment = {**_environment(), "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "cop_launch", *arguments]
    with subprocess.Popen(command, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs):
        os.close(theirs)
        while True:
            try:
                chunk = os.read(ours, 65536)
            except OSError:  # what Linux says when the other side is closed
                chunk = b""
            if not chunk:
                break
            yield chunk
    os.close(ours)


if __name__ == "__main__":
    sys.exit(main())
