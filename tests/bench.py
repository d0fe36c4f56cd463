"""How quick coplaunch is: `make bench` prints each promise with today's figure, as a ratio taken on this machine.

The floor (1x) is the start of the bare interpreter: the one under the environment, by its real path (a version
manager's shim costs several times as much), isolated and without `site`, whose cost is somebody's settings. Each
command runs in turns with the floor, so that both meet the same machine; the figure is the median of the pairs' ratios.
Bytecode is compiled and the variables of the shell are left out. What writes runs in a copy, with a cache of its own
that holds the compiled templates.
"""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "de-tweede-zin"
SCRIPT = Path(sys.executable).parent / "coplaunch"
FLOOR = [os.path.realpath(sys.executable), "-I", "-S", "-c", "pass"]
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8"}
PAIRS = 25
FEW_PAIRS = 7
"""For what takes long, so that the whole table is there within some minutes."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
EVERY = ("week", "2 weeks", "2 weeks", *("month",) * 5, *("3 months",) * 2)


@dataclass(frozen=True, slots=True)
class Row:
    """A promise: what is run, where, and at most how many times the floor it may take; None where nothing is promised.

    `anew`: the documents are taken away before each run, so that all are written.
    """

    command: tuple[str, ...]
    folder: Path
    target: float | None
    about: str = ""
    anew: bool = False
    pairs: int = PAIRS


def rows(scratch: Path) -> tuple[Row, ...]:
    """The table; the projects that are rendered stand in this folder."""
    example = scratch / EXAMPLE.name
    shutil.copytree(EXAMPLE, example, ignore=shutil.ignore_patterns("index.html"))  # a row of its own makes the page
    large = scratch / "large"
    large.mkdir()
    (large / "coplaunch.yaml").write_text(large_plan(), "utf-8")
    return (
        Row(("--version",), ROOT, 8),
        Row(("--help",), ROOT, 14),
        Row(("status",), EXAMPLE, 15),
        Row(("check",), EXAMPLE, 15),
        Row(("render",), example, 18, "nothing changed"),
        Row(("render",), example, 26, "all rewritten", anew=True),
        Row(("render", "--html"), example, 18, "nothing changed"),
        Row(("render", "--html"), example, None, "all rewritten", anew=True),
        Row(("render",), large, 18, "5,000 occurrences, nothing changed", pairs=FEW_PAIRS),
        Row(("render",), large, 26, "5,000 occurrences, all rewritten", anew=True, pairs=FEW_PAIRS),
    )


def large_plan(items: int = 300, people: int = 10) -> str:
    """A plan in which 300 items come back over a year, some 5,000 times in all."""
    lines = ["format: 1", "name: Large", "language: en", "people:"]
    lines += [f"  person-{n}: {{name: Person {n}, role: core member, hours_per_week: 24}}" for n in range(people)]
    lines += ["plan:", "  dry_run: {from: 2025-01-01, to: 2025-12-31}", "  items:"]
    for n in range(items):
        every, day = EVERY[n % len(EVERY)], WEEKDAYS[n // len(EVERY) % len(WEEKDAYS)]
        which = ", nth: second" if "month" in every else ""
        at = f', at: "{9 + n % 8:02d}:{n % 2 * 30:02d}"' if n % 3 else ""
        lines.append(
            f"    item-{n}: {{what: Item {n}, kind: content, owner: person-{n % people}, minutes: 10, "
            f"every: {every}, day: {day}, from: 2025-01-01{which}{at}}}"
        )
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured: the median ratio to the floor, its quartiles, and the median time in milliseconds."""

    ratio: float
    low: float
    high: float
    milliseconds: float


def measure(row: Row, environment: dict[str, str]) -> Figures | str:
    """Time a command against the floor, in turns; a sentence instead when it does not run."""
    if not row.folder.is_dir():
        return f"there is no {row.folder.relative_to(ROOT)}"
    command = [str(SCRIPT), *row.command]
    tried = subprocess.run(command, cwd=row.folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    if tried.returncode:
        return f"exit {tried.returncode}: {(tried.stderr.strip() or tried.stdout.strip()).splitlines()[-1:]}"

    def seconds() -> float:
        if row.anew:
            shutil.rmtree(row.folder / "plans")
        return _seconds(command, row.folder, environment)

    pairs = [(_seconds(FLOOR, row.folder, environment), seconds()) for _ in range(row.pairs)]
    ratios = [taken / floor for floor, taken in pairs]
    low, _, high = quantiles(ratios, n=4)
    return Figures(median(ratios), low, high, 1000 * median(taken for _, taken in pairs))


def _seconds(command: list[str], folder: Path, environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True
    )
    return time.perf_counter() - start


def main() -> None:
    """Measure every row and print the table."""
    compileall.compile_dir(ROOT / "src", quiet=2)
    with tempfile.TemporaryDirectory() as scratch:
        _table(Path(scratch))


def _table(scratch: Path) -> None:
    environment = {**ENVIRONMENT, "XDG_CACHE_HOME": str(scratch / "cache")}
    floor = 1000 * median(_seconds(FLOOR, ROOT, environment) for _ in range(PAIRS))
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"Python {version}; 1x = {floor:.1f} ms, the bare interpreter's start; medians of pairs\n")
    print(f"{'command':54} {'target':>7} {'today':>7} {'quartiles':>15} {'time':>8}")
    for row in rows(scratch):
        name = " ".join(("coplaunch", *row.command)) + (f": {row.about}" if row.about else "")
        target = f"{row.target:.0f}x" if row.target else "-"
        today = measure(row, environment)
        if isinstance(today, str):
            print(f"{name:54} {target:>7}  not measured: {today}")
            continue
        verdict = "" if row.target is None or today.ratio <= row.target else "  over"
        spread = f"{today.low:.1f}x-{today.high:.1f}x"
        print(
            f"{name:54} {target:>7} {today.ratio:6.1f}x {spread:>15} {today.milliseconds:5.0f} ms{verdict}",
            flush=True,
        )


if __name__ == "__main__":
    main()
