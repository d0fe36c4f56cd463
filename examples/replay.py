"""Writes the examples anew: every decision once more, by the tool itself, on the plan as it stood that day.

    python examples/replay.py [NAME ...]      write decisions, reports, plans and schema of these examples, or of all
    python examples/replay.py --check         write nothing; say what differs, and exit 1 when something does

An example's coplaunch.yaml is its plan as it is now. On the day of an earlier decision less stood in it: the phases
after that one were still to be written, and so were later reviews. Where more was different, `steps/<date>.yaml` is the
plan as it stood on that day. Going back to an earlier phase changes nothing in the text.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from cop_launch.store.places import PLAN
from cop_launch.store.project import load
from cop_launch.store.source import read_source
from cop_launch.workflow import assess, dossier_for, gate_of

HERE = Path(__file__).resolve().parent
SCHEMA = "coplaunch.schema.json"
GENERATED = ("decisions", "plans")
LATER_PHASES = ("concept_test", "core_group", "strategy", "plan", "launch")
VERDICTS = {"go": "go", "no_go": "no_go", "continue": "go", "adjust": "go"}
"""The verdict on which each decision rests in these examples; going back needs none."""


@dataclass(frozen=True, slots=True)
class Step:
    """One decision, as the example's file records it."""

    gate: str
    decision: str
    date: str
    by: Sequence[str]
    because: str
    to: str | None

    @property
    def arguments(self) -> list[str]:
        """What a person types after `coplaunch advance` to take this decision."""
        flags = {"go": [], "back": ["--back-to", self.to or ""]}
        flag = flags.get(self.decision, ["--" + self.decision.replace("_", "-")])
        deciders = [part for slug in self.by for part in ("--by", slug)]
        return [*flag, "--date", self.date, *deciders, "--because", self.because]


class Differs(Exception):
    """The story of an example does not go as its file says."""


def main() -> int:
    """Replay the examples that are named, or all of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="an example; without any, all of them")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when something differs")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="replay in this folder, and leave it there")
    chosen = parser.parse_args()
    differences = 0
    for example in [HERE / name for name in chosen.names] or examples():
        with tempfile.TemporaryDirectory() as temporary:
            work = (chosen.keep or Path(temporary)) / example.name
            replay(example, work)
            found = list(compare(example, work))
            if not chosen.check:
                take_over(work, example)
        differ = "1 file differs" if len(found) == 1 else f"{len(found)} files differ"
        print(f"{example.name}: {differ if found else 'as it stands'}")
        sys.stdout.writelines(found if chosen.check else [])
        differences += len(found)
    return int(chosen.check and differences > 0)


def examples() -> list[Path]:
    """The folders of all examples."""
    return sorted(path.parent for path in HERE.glob(f"*/{PLAN}"))


# -- telling the story again ------------------------------------------------------------------------------------------


def replay(example: Path, work: Path) -> None:
    """Rebuild an example in `work`: its decisions in their order, then its documents and its schema."""
    if work.exists():
        shutil.rmtree(work)
    shutil.copytree(example, work, ignore=shutil.ignore_patterns(*GENERATED, "steps", PLAN, SCHEMA))
    final = (example / PLAN).read_text("utf-8")
    plan = work / PLAN
    plan.write_text(stage(final, "initiative"), "utf-8", newline="\n")
    reviews = 0
    for step in steps(final):
        reviews += step.gate == "review"
        if step.decision != "back":
            as_it_stood = example / "steps" / f"{step.date}.yaml"
            text = as_it_stood.read_text("utf-8") if as_it_stood.is_file() else final
            plan.write_text(carry_on(plan, stage(text, step.gate, reviews)), "utf-8", newline="\n")
        take(step, work)
    plan.write_text(carry_on(plan, final), "utf-8", newline="\n")
    run(["schema"], work, into=work / SCHEMA)
    run(["render", "--html"], work)


def steps(text: str) -> Iterator[Step]:
    """The decisions that a plan records, in their order."""
    source, _ = read_source(text.encode(), PLAN)
    tree = source.tree if source else None
    recorded = tree.get("decisions") if isinstance(tree, dict) else None
    for entry in recorded if isinstance(recorded, list) else []:
        assert isinstance(entry, dict)
        by = entry["by"]
        yield Step(
            str(entry["gate"]),
            str(entry["decision"]),
            str(entry["date"]),
            [str(slug) for slug in by] if isinstance(by, list) else [str(by)],
            str(entry["because"]),
            str(entry["to"]) if "to" in entry else None,
        )


def take(step: Step, work: Path) -> None:
    """Have the tool record one decision, provided that the verdict is the one on which it rests."""
    loaded = load(work)
    wrong = [finding.code for finding in loaded.findings]
    if loaded.dossier is None or wrong:
        raise Differs(f"{work.name} on {step.date}: {wrong}")
    gate = gate_of(loaded.dossier.project)
    assessed = assess(dossier_for(loaded.dossier, gate), gate)
    expected = VERDICTS.get(step.decision, assessed.verdict)
    if (gate.gate, assessed.verdict) != (step.gate, expected):
        open_still = ", ".join(f"{item.criterion.id} {item.result}" for item in assessed.blocking)
        raise Differs(
            f"{work.name} on {step.date}: {gate.gate} is {assessed.verdict}, not {step.gate} {expected}: {open_still}"
        )
    run(["advance", *step.arguments], work)


def run(arguments: Sequence[str], work: Path, into: Path | None = None) -> None:
    """Run `coplaunch` in a folder, as a person would."""
    answer = subprocess.run(
        [sys.executable, "-m", "cop_launch", *arguments],
        cwd=work,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if answer.returncode:
        raise Differs(f"{work.name}: coplaunch {' '.join(arguments)}\n{answer.stdout}{answer.stderr}")
    if into:
        into.write_text(answer.stdout, "utf-8", newline="\n")


def environment() -> Mapping[str, str]:
    """This process's environment, such that `cop_launch` is the one beside these examples."""
    return {**os.environ, "PYTHONPATH": str(HERE.parent / "src"), "PYTHONDONTWRITEBYTECODE": "1"}


# -- the plan as it stood ---------------------------------------------------------------------------------------------


def stage(text: str, phase: str, reviews: int = 0) -> str:
    """The plan as it stood in a phase, before any decision: without later phases, with so many reviews."""
    order = ("initiative", *LATER_PHASES)
    reached = order.index(phase) if phase in order else len(LATER_PHASES)
    text = without(text, "decisions", *LATER_PHASES[reached:])
    text = first_items(text, "reviews", reviews) if reviews else without(text, "reviews")
    return with_phase(text, "initiative")


def carry_on(plan: Path, text: str) -> str:
    """A text with the decisions and the phase that the plan has so far."""
    so_far = plan.read_text("utf-8")
    decisions = "".join(section(so_far, "decisions"))
    text = without(text, "decisions")
    found = re.search(r"^phase: (\w+)$", so_far, re.MULTILINE)
    text = with_phase(text, found[1] if found else "initiative")
    return f"{text}\n{decisions}" if decisions else text


def with_phase(text: str, phase: str) -> str:
    """A text in which the project is in this phase."""
    return re.sub(r"^phase: \w+$", f"phase: {phase}", text, count=1, flags=re.MULTILINE)


def without(text: str, *paths: str) -> str:
    """A text without these keys (`plan.log`), their values and the comments right above them.

    For texts laid out like these examples: block style, with lists indented below their key.
    """
    for path in paths:
        lines = text.splitlines(keepends=True)
        first, last = _extent(lines, path.split("."))
        text = "".join([*lines[:first], *lines[last:]])
        text = text.rstrip("\n") + "\n"
    return text


def section(text: str, path: str) -> list[str]:
    """The lines of one key, with the comments right above it."""
    lines = text.splitlines(keepends=True)
    first, last = _extent(lines, path.split("."))
    return lines[first:last]


def first_items(text: str, path: str, count: int) -> str:
    """A text in which a list keeps its first items only."""
    lines = text.splitlines(keepends=True)
    first, last = _extent(lines, path.split("."))
    items = [number for number in range(first, last) if lines[number].startswith("  - ")]
    return "".join([*lines[: items[count]], *lines[last:]]) if count < len(items) else text


def _extent(lines: Sequence[str], path: Sequence[str]) -> tuple[int, int]:
    """From which line up to which a key's entry runs; the same line twice where there is no such key."""
    first, last = 0, len(lines)
    for depth, key in enumerate(path):
        indent = "  " * depth
        keys = [n for n in range(first, last) if re.match(rf"{indent}[^\s#-]", lines[n])]
        at = next((n for n in keys if lines[n].startswith(f"{indent}{key}:")), None)
        if at is None:
            return 0, 0
        following = next((n for n in keys if n > at), last)
        while following < last and following - 1 > at and lines[following - 1].startswith(f"{indent}#"):
            following -= 1
        while depth + 1 == len(path) and at > first and lines[at - 1].startswith(f"{indent}#"):
            at -= 1
        first, last = at if depth + 1 == len(path) else at + 1, following
    return first, last


# -- comparing and taking over ----------------------------------------------------------------------------------------


def produced(folder: Path) -> dict[str, Path]:
    """The files in an example that the tool writes, by their path inside it."""
    paths = [folder / PLAN, folder / SCHEMA, *(path for name in GENERATED for path in (folder / name).rglob("*"))]
    return {path.relative_to(folder).as_posix(): path for path in paths if path.is_file()}


def compare(example: Path, work: Path) -> Iterator[str]:
    """For each file that differs, how: at most twenty lines of it."""
    old, new = produced(example), produced(work)
    for name in sorted({*old, *new}):
        before = old[name].read_bytes() if name in old else b""
        after = new[name].read_bytes() if name in new else b""
        if before != after:
            lines = unified_diff(
                before.decode("utf-8", "replace").splitlines(keepends=True),
                after.decode("utf-8", "replace").splitlines(keepends=True),
                f"{example.name}/{name}",
                f"{example.name}/{name} (replayed)",
            )
            yield "".join(list(lines)[:20]) or f"{name}: line endings\n"


def take_over(work: Path, example: Path) -> None:
    """Put what was produced in the place of what the example has."""
    for path in produced(example).values():
        path.unlink()
    for name, path in produced(work).items():
        target = example / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


if __name__ == "__main__":
    sys.exit(main())
