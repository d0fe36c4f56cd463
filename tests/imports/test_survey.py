"""From the export of a form that came from here to counts: for each tool, in each dialect, without a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from cop_launch.imports.opening import open_table
from cop_launch.imports.survey import Columns, Counts, count, find_columns, find_meanings, recognise, tally
from tests.imports.samples import DIALECTS, SHAPES, THEMES, Shape, people, truth, with_troubles


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
