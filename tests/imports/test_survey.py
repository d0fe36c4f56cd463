"""From the export of a form that came from here to counts: for each tool, in each dialect, without a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from cop_launch.imports.columns import Columns, find_columns
from cop_launch.imports.counts import Counts, count
from cop_launch.imports.meanings import find_meanings
from cop_launch.imports.opening import open_table
from cop_launch.imports.responses import recognise
from cop_launch.imports.tally import tally
from tests.imports.samples import DIALECTS, SHAPES, THEMES, Shape, as_csv, people, truth, with_troubles


def counted(path: Path) -> tuple[str, Counts]:
    """The tool that was recognised, and the counts; nothing may be left to ask."""
    responses = recognise(open_table(path))
    columns = find_columns(responses, {}, THEMES)
    assert isinstance(columns, Columns), columns
    found = tally(responses, columns, THEMES)
    meanings, unsure = find_meanings(found, columns, {})
    assert unsure is None, unsure
    return responses.source.id, count(responses, columns, found, meanings)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.rows.__name__)
def test_answers_to_our_own_form_are_counted_without_a_question(
    shape: Shape, language: str, dialect: str, tmp_path: Path
) -> None:
    """Whatever the tool, its language, the delimiter, the encoding or the line ends: the people's own answers."""
    responses = with_troubles(people(), shape.unfinished, shape.preview)
    path = tmp_path / "export"
    path.write_bytes(DIALECTS[dialect](shape.rows(responses, language)))
    source, counts = counted(path)
    said = {name: dict(answers) for name, answers in counts.by_question.items()}
    found = {
        "answered": counts.answered,
        "excluded": {"outside_target_group": 0, **counts.excluded},
        "wants_a_role": said["wants_a_role"],
        "recognises": said["recognises"],
        "themes": said.get("themes", {}),
        "left": said["left_name_and_contribution"]["yes"],
    }
    assert (source, found) == (shape.id, truth(responses))
    sent = [person.sent.date() for person in responses if person.finished and not person.empty and not person.preview]
    assert (counts.first, counts.last) == (min(sent), max(sent))


def exported(tmp_path: Path, rows: list[list[str]]) -> Counts:
    """The counts of a table."""
    path = tmp_path / "export.csv"
    path.write_bytes(as_csv(rows))
    return counted(path)[1]


HEAD = ["Timestamp", "Email Address", "Would you take part?", "Why?"]


def test_one_person_counts_once(tmp_path: Path) -> None:
    """Who answers again from the same address, in whatever letters, counts with the first complete answer."""
    rows = [
        HEAD,
        ["3/10/2025 9:00:00", "a@example.org", "Yes", ""],
        ["3/11/2025 9:00:00", "A@Example.org ", "No", ""],
        ["3/11/2025 9:05:00", "b@example.org", "No", ""],
    ]
    counts = exported(tmp_path, rows)
    assert (counts.excluded, counts.by_question["wants_a_role"]) == (
        {"duplicate": 1},
        {"active": 1, "maybe": 0, "declined": 1},
    )


@pytest.mark.parametrize(
    ("first", "second", "double"),
    [
        (
            ["3/10/2025 9:00:00", "", "Yes", "since I like it"],
            ["3/10/2025 9:00:40", "", "Yes", "since I like it"],
            True,
        ),
        (
            ["3/10/2025 9:00:00", "", "Yes", "since I like it"],
            ["3/10/2025 9:02:00", "", "Yes", "since I like it"],
            False,
        ),
        (
            ["3/10/2025 9:00:00", "", "Yes", "since I like it"],
            ["3/11/2025 9:00:00", "", "Yes", "since I like it"],
            False,
        ),
        (["3/10/2025 9:00:00", "", "Yes", ""], ["3/10/2025 9:00:40", "", "Yes", ""], False),
        (["3/10/2025 9:00:00", "", "Yes", ""], ["3/10/2025 9:00:00", "", "Yes", ""], True),
    ],
)
def test_the_same_words_within_a_minute(first: list[str], second: list[str], double: bool, tmp_path: Path) -> None:
    """Sent twice is one answer; two people who choose alike in the same minute stay two."""
    others = [[f"3/12/2025 9:{n:02d}:00", "", "No", f"words of somebody {n}"] for n in range(10)]
    assert exported(tmp_path, [HEAD, first, second, *others]).excluded == ({"duplicate": 1} if double else {})


def test_initiators_who_leave_their_name_are_left_out(tmp_path: Path) -> None:
    """Whoever thought of it likes the idea: a response under an initiator's name does not count."""
    path = tmp_path / "export.csv"
    rows = [["Timestamp", "Would you take part?", "Your name"]]
    rows += [[f"3/10/2025 9:{n:02d}:00", "Yes", name] for n, name in enumerate(["Anna", "Bo", " ANNA ", ""])]
    path.write_bytes(as_csv(rows))
    responses = recognise(open_table(path))
    columns = find_columns(responses, {}, {})
    assert isinstance(columns, Columns)
    found = tally(responses, columns, {}, frozenset({"anna"}))
    meanings, _ = find_meanings(found, columns, {})
    counts = count(responses, columns, found, meanings)
    assert (counts.excluded, counts.by_question["wants_a_role"]["active"]) == ({"initiators": 2}, 2)
