"""How quick coplaunch is: `make bench` prints each promise with today's figure, as a ratio taken on this machine.

The floor (1x) is the start of the bare interpreter: the one under the environment, by its real path (a version
manager's shim costs several times as much), isolated and without `site`, whose cost is somebody's settings. Each
command runs in turns with the floor, so that both meet the same machine; the figure is the median of the pairs' ratios.
Bytecode is compiled and the variables of the shell are left out.
"""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
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


@dataclass(frozen=True, slots=True)
class Row:
    """A promise: what is run, where, and at most how many times the floor it may take."""

    command: tuple[str, ...]
    folder: Path
    target: float


ROWS = (
    Row(("--version",), ROOT, 8),
    Row(("--help",), ROOT, 14),
    Row(("status",), EXAMPLE, 15),
    Row(("check",), EXAMPLE, 15),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured: the median ratio to the floor, its quartiles, and the median time in milliseconds."""

    ratio: float
    low: float
    high: float
    milliseconds: float


def measure(command: list[str], folder: Path) -> Figures | str:
    """Time a command against the floor, in turns; a sentence instead when it does not run."""
    if not folder.is_dir():
        return f"there is no {folder.relative_to(ROOT)}"
    tried = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False)
    if tried.returncode:
        return f"exit {tried.returncode}: {(tried.stderr.strip() or tried.stdout.strip()).splitlines()[-1:]}"
    pairs = [(_seconds(FLOOR, folder), _seconds(command, folder)) for _ in range(PAIRS)]
    ratios = [taken / floor for floor, taken in pairs]
    low, _, high = quantiles(ratios, n=4)
    return Figures(median(ratios), low, high, 1000 * median(taken for _, taken in pairs))


def _seconds(command: list[str], folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True
    )
    return time.perf_counter() - start


def main() -> None:
    """Measure every row and print the table."""
    compileall.compile_dir(ROOT / "src", quiet=2)
    floor = 1000 * median(_seconds(FLOOR, ROOT) for _ in range(PAIRS))
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"Python {version}; 1x = {floor:.1f} ms, the bare interpreter's start; medians of {PAIRS} pairs\n")
    print(f"{'command':24} {'target':>7} {'today':>7} {'quartiles':>13} {'time':>8}")
    for row in ROWS:
        name = " ".join(("coplaunch", *row.command))
        today = measure([str(SCRIPT), *row.command], row.folder)
        if isinstance(today, str):
            print(f"{name:24} {row.target:6.0f}x  not measured: {today}")
            continue
        verdict = "" if today.ratio <= row.target else "  over"
        spread = f"{today.low:.1f}x-{today.high:.1f}x"
        print(f"{name:24} {row.target:6.0f}x {today.ratio:6.1f}x {spread:>13} {today.milliseconds:5.0f} ms{verdict}")
    sys.stdout.flush()
    subprocess.run([sys.executable, str(ROOT / "tests" / "bench_survey.py")], check=True)


if __name__ == "__main__":
    main()
