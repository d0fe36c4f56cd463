"""The daily plan as a spreadsheet reads it: the cells that were meant, and never a formula."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_launch.documents.rendering import on_one_line
from cop_launch.documents.spreadsheet import SPREADSHEET, as_text, spreadsheet
from cop_launch.gates import Dossier
from cop_launch.locales import in_language
from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from tests.documents.test_rendering import HOSTILE

HEAD = ["date", "weekday", "time", "what", "kind", "owner", "minutes", "channel", "theme", "place", "asks"]
HEAD += ["status", "note"]
FORMULA = re.compile(r"\s*[=+@＝＋＠－-]")


def dossier(**plan: Any) -> Dossier:
    run = {"from": "2025-09-01", "to": "2025-09-12"}
    tree = {
        "people": {"samira": {"name": "Samira"}},
        "strategy": {"channels": {"teams": {"name": "Teams"}}},
        "concept_test": {"themes": {"no": {"title": "No, and then?"}}},
        "plan": {"dry_run": run, **plan},
    }
    return Dossier(validate(Project, tree))


def written(of: Dossier, language: str = "en") -> str:
    return spreadsheet(of, in_language(language))[SPREADSHEET]


def cells(text: str, delimiter: str) -> list[list[str]]:
    """What a reader makes of the file that divides its columns at this sign."""
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:], newline=""), delimiter=delimiter))


def test_a_whole_spreadsheet() -> None:
    """One row for each day of each item, with everything that is known of it."""
    items = {
        "hour": {"what": "Conversation hour; bring a call", "kind": "interaction", "date": "2025-09-04", "at": "15:30",
                 "owner": "samira", "minutes": "45", "channel": "teams", "theme": "no", "place": "Zwolle",
                 "asks": "Joost, by name"},
        "notes": {"kind": "member", "every": "week", "day": "monday", "owner": "samira", "minutes": "20", "count": "3"},
        "case": {"what": "Case", "kind": "content", "date": "2025-09-03"},
    }  # fmt: skip
    log = [
        {"item": "notes", "date": "2025-09-01", "done": "true", "note": 'said "yes"'},
        {"item": "notes", "date": "2025-09-08", "skipped": "autumn holiday"},
        {"item": "case", "date": "2025-09-03", "moved_to": "2025-09-05"},
    ]
    text = written(dossier(items=items, log=log))
    assert text.split("\n") == [
        "\ufeff" + ",".join(HEAD),
        '2025-09-01,Monday,,notes,personal attention,Samira,60,,,,,done,"said ""yes"""',
        "2025-09-04,Thursday,15:30,Conversation hour; bring a call,interaction,Samira,45,Teams,"
        '"No, and then?",Zwolle,"Joost, by name",open,',
        "2025-09-05,Friday,,Case,content,,,,,,,moved,",
        "2025-09-08,Monday,,notes,personal attention,Samira,60,,,,,skipped,autumn holiday",
        "",
    ]


def test_dutch_columns_are_divided_as_a_dutch_excel_does() -> None:
    """With semicolons, after a byte order mark."""
    items = {"hour": {"what": "Gespreksuur; neem een gesprek mee", "date": "2025-09-04", "minutes": "45"}}
    head, row = cells(written(dossier(items=items), "nl"), ";")
    assert len(head) == len(HEAD)
    assert row[:7] == ["2025-09-04", "donderdag", "", "Gespreksuur; neem een gesprek mee", "", "", "45"]


def test_nothing_planned_is_no_file() -> None:
    """Until something is planned there is nothing to open."""
    assert spreadsheet(dossier(), in_language("en")) == {}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+31 6", "'+31 6"),
        ("＝1+1", "'＝1+1"),
        ("- call Joost", "'- call Joost"),
        ("@marloes", "'@marloes"),
        ("vraag Joost, @marloes", "vraag Joost, @marloes"),
        ("€ 5,- per keer", "€ 5,- per keer"),
        ("a;=1+1", "a;'=1+1"),
        ('a","=1+1', 'a","\'=1+1'),
        ("'s avonds", "'s avonds"),
        ("2 + 3 = 5", "2 + 3 = 5"),
    ],
)
def test_a_formula_is_a_text(text: str, shown: str) -> None:
    """An apostrophe stands before what a spreadsheet would compute, and before nothing else."""
    assert as_text(text) == shown


_ANYTHING = st.sampled_from([*HOSTILE, 'x","=cmd()', "x;=cmd()", "x\t=cmd()", "x\r\n=cmd()", '";"=cmd()']) | st.text(
    alphabet=st.sampled_from("=+-@;,\"'\t\r\n ab5＝"), max_size=12
)


@given(what=_ANYTHING, asks=_ANYTHING, language=st.sampled_from(["en", "nl"]))
def test_whatever_people_write_is_a_text_in_one_cell(what: str, asks: str, language: str) -> None:
    """In the Excel that it is meant for each answer is one cell; in neither Excel is any cell a formula."""
    answers = {key: text for key, text in {"what": what, "asks": asks}.items() if text.strip()}
    text = written(dossier(items={"talk": {"date": "2025-09-04", **answers}}), language)
    own, other = (";", ",") if language == "nl" else (",", ";")
    head, row = cells(text, own)
    assert len(head) == len(row) == len(HEAD)
    assert row[3].replace("'", "") == on_one_line(answers.get("what", "talk")).replace("'", "")
    assert row[10].replace("'", "") == on_one_line(answers.get("asks", "")).replace("'", "")
    assert [cell for cell in row if FORMULA.match(cell)] == []
    divided = [cell for line in text[1:].splitlines() for cell in line.split(other)]
    assert [cell for cell in divided if re.match(r'"*[=+@＝＋＠]', cell)] == []
