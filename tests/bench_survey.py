"""How quick answers are counted, against the bare reading of the same file; part of `make bench`.

100,000 rows of CSV against the standard reader, 20,000 rows of XLSX against calamine, in turns. Twice: the counting
within a process that runs already, against the reading there; and the whole command, with its start and what it shows,
against an interpreter that starts and reads. The first tells what a row costs, the second what people wait for.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.imports.samples import THEMES, as_csv, as_xlsx, microsoft, people, project

PAIRS = 9
SCRIPT = Path(sys.executable).parent / "coplaunch"
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8"}
READ_CSV = "import csv, sys\nfor row in csv.reader(open(sys.argv[1], newline='', encoding='utf-8')): pass"
READ_XLSX = (
    "import sys, python_calamine\nbook = python_calamine.CalamineWorkbook.from_path(sys.argv[1])\n"
    "for name in book.sheet_names:\n    for row in book.get_sheet_by_name(name).to_python(): pass"
)


@dataclass(frozen=True, slots=True)
class Ratio:
    """What was measured: the median of the pairs' ratios, their quartiles, and our median time in milliseconds."""

    name: str
    target: float
    ratio: float
    low: float
    high: float
    milliseconds: float


def survey_ratios() -> list[Ratio]:
    """Both files, both ways."""
    with tempfile.TemporaryDirectory() as folder:
        raw = project(Path(folder) / "p") / "evidence" / "raw"
        files = (
            (raw / "large.csv", as_csv(_many(100_000)), READ_CSV, _read_csv, 3.0),
            (raw / "large.xlsx", as_xlsx(_many(20_000)), READ_XLSX, _read_xlsx, 2.0),
        )
        found = []
        for path, content, script, read, target in files:
            path.write_bytes(content)
            found.append(_paired(f"count {path.suffix[1:]}", target, _timed(_count, path), _timed(read, path)))
            ours = [str(SCRIPT), "survey", "import", str(path), "--dry-run", "--json"]
            base = [sys.executable, "-I", "-c", script, str(path)]
            found.append(_paired(f"survey import {path.suffix[1:]}", target, _run(ours, raw), _run(base, raw)))
        return found


def _many(number: int) -> list[list[str]]:
    """So many responses as Microsoft Forms exports them, all of different people."""
    base = people(3, 1000)
    return microsoft(
        [
            replace(base[n % 1000], number=n + 1, sent=base[n % 1000].sent + timedelta(minutes=2 * (n // 1000)))
            for n in range(number)
        ],
        "en",
    )


def _count(path: Path) -> None:
    from cop_launch.imports.columns import Columns, find_columns
    from cop_launch.imports.counts import count
    from cop_launch.imports.meanings import find_meanings
    from cop_launch.imports.opening import open_table
    from cop_launch.imports.responses import recognise
    from cop_launch.imports.tally import tally

    responses = recognise(open_table(path))
    columns = find_columns(responses, {}, THEMES)
    assert isinstance(columns, Columns)
    counted = tally(responses, columns, THEMES)
    count(responses, columns, counted, find_meanings(counted, columns, {})[0])


def _read_csv(path: Path) -> None:
    with path.open(newline="", encoding="utf-8") as stream:
        for _ in csv.reader(stream):
            pass


def _read_xlsx(path: Path) -> None:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        for _ in book.get_sheet_by_name(name).to_python():
            pass


def _timed(work: Callable[[Path], None], path: Path) -> Callable[[], float]:
    def take() -> float:
        start = time.process_time()  # within a process, what other programs do meanwhile need not count
        work(path)
        return time.process_time() - start

    return take


def _run(command: list[str], folder: Path) -> Callable[[], float]:
    def take() -> float:
        start = time.perf_counter()
        subprocess.run(
            command, cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True
        )
        return time.perf_counter() - start

    return take


def _paired(name: str, target: float, ours: Callable[[], float], base: Callable[[], float]) -> Ratio:
    ours()
    base()
    pairs = [(base(), ours()) for _ in range(PAIRS)]
    ratios = [taken / bare for bare, taken in pairs]
    low, _, high = quantiles(ratios, n=4)
    return Ratio(name, target, median(ratios), low, high, 1000 * median(taken for _, taken in pairs))


def main() -> None:
    """Measure, and print the table."""
    print(f"\nagainst the bare reading of the same file; medians of {PAIRS} pairs\n")
    for one in survey_ratios():
        verdict = "" if one.ratio <= one.target else "  over"
        spread = f"{one.low:.1f}x-{one.high:.1f}x"
        print(f"{one.name:24} {one.target:6.0f}x {one.ratio:6.1f}x {spread:>13} {one.milliseconds:5.0f} ms{verdict}")


if __name__ == "__main__":
    main()
