"""A whole launch in one go: De Tweede Zin, from `init` to the page with its documents, in a git repository of its own.

    python examples/demo.py [DIR]       in DIR, or else in build/demo/de-tweede-zin

Everything after a `$` is a command that is run, and what follows is its own answer. Between the commands people write
in coplaunch.yaml, as `# …` says; three times they want to move on before they have done the asking, and are held back.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from replay import HERE, Step, carry_on, environment, stage, steps, without

EXAMPLE = HERE / "de-tweede-zin"
OWN = Path(".git") / "made-by-coplaunch-demo"
"""Marks a folder as the demo's own, so that it may be wiped."""

NOT_ASKED_YET = {
    "initiative": ["initiative.interviews", "initiative.needs"],
    "concept_test": ["concept_test.tests"],
    "plan": [
        "plan.log",
        "plan.results",
        "plan.agreements_adopted",
        "plan.onboarding",
        "plan.baselines",
        "plan.stories",
        "plan.vote",
    ],
}
"""What is not in the plan yet when people first try to pass this gate."""

STORY = {
    "initiative": [
        ("Marloes writes down why this matters now, and who pulls already. She has asked nobody yet.", "2025-01-17"),
        (
            "Six weeks later: fourteen conversations, and four needs that come back.",
            "veertien gesprekken, vier behoeften",
        ),
    ],
    "concept_test": [
        ("From the needs follow a concept and an ideal member, Nadia. Nobody has seen them yet.", "2025-03-05"),
        ("A month later: 96 of the 180 people have answered.", "96 antwoorden op de vragenlijst"),
    ],
    "core_group": [
        ("Six people say yes, choose what they will do, and draft the house rules.", "de kerngroep en haar huisregels"),
    ],
    "strategy": [
        (
            "Core group and management choose goals and means together; the money is there.",
            "doelen, middelen en budget",
        ),
    ],
    "plan": [
        ("A plan for twelve weeks, day by day. It is ready to be lived, and not a reason to launch.", "2025-08-29"),
        (
            "Twelve weeks later: 57 of 60 days went as planned, and the core group has voted.",
            "wat het proefdraaien bracht",
        ),
    ],
    "launch": [
        ("Three waves of invitations, and someone who welcomes everybody by name.", "de rondes en het welkom"),
    ],
}
"""For each gate what happened, with the words of its commit; before it, where there is one, a day on which it was too
early to decide."""

TOO_EARLY = {
    "initiative": "waarom nu, en voor wie",
    "concept_test": "het concept en Nadia",
    "plan": "een dagplanning voor twaalf weken",
}
"""The words of the commits on those days."""


class Unexpected(Exception):
    """A command did not answer as the story has it."""


def main() -> int:
    """Tell the story in the folder that was chosen."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    default = HERE.parent / "build" / "demo" / EXAMPLE.name
    parser.add_argument("folder", nargs="?", type=Path, default=default, metavar="DIR", help="where; made if need be")
    folder: Path = parser.parse_args().folder.absolute()
    if not _made_ready(folder):
        print(f"{folder} is not empty and not made by this demo: choose another folder.", file=sys.stderr)
        return 2
    try:
        Demo(folder).tell()
    except Unexpected as unexpected:
        print(f"\nThis should not have happened: {unexpected}", file=sys.stderr)
        return 1
    return 0


def _made_ready(folder: Path) -> bool:
    if folder.exists() and any(folder.iterdir()):
        if not (folder / OWN).is_file():
            return False
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return True


class Demo:
    """The story, told in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plan = folder / "coplaunch.yaml"
        self.final = (EXAMPLE / "coplaunch.yaml").read_text("utf-8")

    def tell(self) -> None:
        """From nothing to a launched community and its documents."""
        self._start()
        for step in _gates(self.final):
            self._pass(step)
        self._say("Launched. The documents that follow from all this, and the page with all of them, in one go:")
        self._coplaunch("render", "--html", "--commit")
        self._coplaunch("check")
        self._coplaunch("status")
        self._run("git", "log", "--oneline")
        self._say("It is all still there. Open the page in your browser, the others in an editor:")
        self._show_files()

    def _start(self) -> None:
        self._say(f"A new folder: {self.folder}")
        self._run("git", "init", "--quiet", "--initial-branch=main")
        (self.folder / OWN).touch()
        if self._quietly("git", "config", "user.email").returncode:
            self._run("git", "config", "user.name", "Marloes")
            self._run("git", "config", "user.email", "tweedezin@merelhof.example")
        self._coplaunch("init", "--name", "De Tweede Zin", "--language", "nl", "--commit")

    def _pass(self, step: Step) -> None:
        """Pass one gate; where the story has it, be held back first."""
        *early, (happened, words) = STORY[step.gate]
        text = stage(self.final, step.gate)
        for written, day in early:
            self._say(written)
            self._write(without(text, *NOT_ASKED_YET[step.gate]), TOO_EARLY[step.gate])
            impatient = replace(step, date=day, because="we willen door")
            self._coplaunch("advance", *impatient.arguments, answers=1)
        self._say(happened)
        if step.gate == "concept_test":
            shutil.copytree(EXAMPLE / "evidence", self.folder / "evidence", dirs_exist_ok=True)
        self._write(text, words)
        self._coplaunch("advance", *step.arguments, "--commit")

    def _write(self, text: str, message: str) -> None:
        self.plan.write_text(carry_on(self.plan, text), "utf-8", newline="\n")
        self._run("git", "add", "--all")
        self._run("git", "commit", "--quiet", "--message", f"Noteer {message}")

    # -- saying and running -------------------------------------------------------------------------------------------

    def _say(self, sentence: str) -> None:
        print(f"\n# {sentence}\n", flush=True)

    def _coplaunch(self, *arguments: str, answers: int = 0) -> None:
        self._print("coplaunch", *arguments)
        self._finish([sys.executable, "-m", "cop_launch", *arguments], answers)

    def _run(self, *command: str) -> None:
        self._print(*command)
        self._finish(list(command), 0)

    def _print(self, *command: str) -> None:
        print(f"$ {shlex.join(command)}", flush=True)

    def _finish(self, command: list[str], answers: int) -> None:
        code = subprocess.run(command, cwd=self.folder, env=_environment(), check=False).returncode
        if code:
            print(f"(exit {code})")
        print(flush=True)
        if code != answers:
            raise Unexpected(f"{shlex.join(command)} ended with {code}, not {answers}")

    def _quietly(self, *command: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(command, cwd=self.folder, env=_environment(), capture_output=True, check=False)

    def _show_files(self) -> None:
        plans, reports = self.folder / "plans", sorted((self.folder / "decisions").glob("*.md"))
        print(f"  {(plans / 'index.html').as_uri()}\n")
        for path in (plans / "overview.md", plans / "strategy.md", plans / "calendar.ics", *reports[-1:], self.plan):
            if path.is_file():
                print(f"  {path}")


def _gates(text: str) -> Iterator[Step]:
    return (step for step in steps(text) if step.decision == "go")


def _environment() -> dict[str, str]:
    """No pager: the demo goes on by itself."""
    return {**environment(), "GIT_PAGER": "cat", "COLUMNS": os.environ.get("COLUMNS", "100")}


if __name__ == "__main__":
    sys.exit(main())
