"""What is written is what is meant; what cannot be read is said, all of it in one run, each at its place."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_launch.findings import Severity
from cop_launch.locales import LANGUAGES, in_language
from cop_launch.model.evidence import EvidenceFile
from cop_launch.model.reading import read_evidence, read_project
from cop_launch.model.validation import validate
from cop_launch.store.project import load
from tests.model.reader import FIRST, read, said, wrong

WHOLE = "write digits only, without a leading zero: 14"
NUMBER = "write digits, with a point before decimals and nothing between thousands: 1250.50"
DAY = "write year, month and day: 2025-02-25"
TEXT = "here comes one text or number, not a list or fields"
FIELDS = "here come fields, each on a line of its own: name: value"
ENTRIES = "here come entries, each with a short name of its own: name: {…}"
LIST = "here comes a list: one line each, starting with a hyphen, or [one, two]"
OWN = "a field of your own starts with x-, like x-note"


def test_six_errors_in_one_run() -> None:
    """A duplicate key, an unknown key, a wrong type, a dangling reference, a bad choice and an impossible date: all
    six at once, each at its line and column."""
    text = """\
        name: Round Table   # ours
        phase: stratgey
        people:
          anna: {role: lead}
          anna: {role: other}
        initiative:
          intervews: {held: 14}
          idea: {text: a group, date: 2026-02-30}
          champions:
            - person: ana
          networks: {lunch: table}
        """
    phases = "initiative, concept_test, core_group, strategy, plan, launch, launched"
    assert wrong(text) == [
        f"3:8 unknown-choice: 'stratgey' is not one of the choices -> did you mean 'strategy'? (choose from {phases})",
        "6:3 duplicate-key: 'anna' already stands on line 5; the one here is not read. -> Keep one of the two.",
        "8:3 unknown-key: 'intervews' is not a field of initiative -> did you mean 'interviews'?",
        "9:31 impossible-date: there is no day 2026-02-30 -> look it up in a calendar",
        "11:15 dangling-reference: there is no 'ana' in people -> did you mean 'anna'?",
        f"12:13 wrong-type: there are fields here, where something else is expected -> {LIST}",
    ]


# -- scalars: as written, or an error -----------------------------------------------------------------------------

ODD = ["no", "on", "12:30", "010", "08", "0612345678", "1.10", "2026-02-30", "yes", "1_000", "1e3", "0x1F", ".inf"]
"""What a YAML 1.1 reader turns into something else: booleans, sixties, octals, floats, dates, infinity."""


def value_of(field: str, written: str) -> tuple[Any, list[str]]:
    """What a field reads from a scalar, and what it says of it."""
    *sections, name = field.split(".")
    text = FIRST + "".join(f"{section}: {{" for section in sections) + f"{name}: {written}" + "}" * len(sections)
    project, findings = read(text)
    found: Any = project
    for part in field.split("."):
        found = found.get(part) if isinstance(found, dict) else getattr(found, part)
    return found, [said(finding) for finding in findings]


@pytest.mark.parametrize("written", ODD)
def test_a_text_stays_as_written(written: str) -> None:
    """A text field keeps every letter and zero, quoted or not."""
    assert value_of("organisation.name", written) == (written, [])
    assert value_of("organisation.name", f"'{written}'") == (written, [])


@pytest.mark.parametrize(
    ("written", "meant"),
    [("0", 0), ("14", 14), ("'14'", 14), ("999999999999", 999999999999)],
)
def test_a_whole_number(written: str, meant: int) -> None:
    """Digits are a number, whoever put quotes around them."""
    assert value_of("organisation.size", written) == (meant, [])


@pytest.mark.parametrize("written", [*ODD, "+1", "1,5", "1.0", "１２", "9999999999999", "twelve"])
def test_what_is_no_whole_number(written: str) -> None:
    """Nothing is guessed: no octal, no sixties, no boolean, no rounding, no other alphabet's digits."""
    said = f"2:22 not-a-whole-number: '{written}' is not a whole number -> {WHOLE}"
    assert value_of("organisation.size", f"'{written}'") == (None, [said])


@pytest.mark.parametrize(
    ("place", "field", "written"),
    [
        ("2:22", "organisation.size", "-1"),
        ("2:32", "plan.items.case.minutes", "-30"),
        ("2:33", "people.anna.hours_per_week", "-4"),
        ("2:33", "people.anna.hours_per_week", "-0.5"),
        ("2:37", "strategy.budget.lines.travel", "-250.00"),
        ("2:29", "launch.welcome.minutes", "-5"),
    ],
)
def test_nothing_is_less_than_zero(place: str, field: str, written: str) -> None:
    """Neither a count, nor hours, minutes or money."""
    found, findings = value_of(field, written)
    assert (found, findings) == (None, [f"{place} negative-number: '{written}' is less than 0 -> write 0 or more"])


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1.10", "1.1"), ("20", "20"), ("20.0", "20"), ("1250.50", "1250.5"), ("0", "0"), ("0.000001", "0.000001")],
)
def test_a_number(written: str, meant: str) -> None:
    """Exact, with a point before the decimals; 1.10 and 1.1 are the same number."""
    found, findings = value_of("people.anna.hours_per_week", written)
    assert (str(found), findings) == (str(Decimal(meant)), [])


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1,5", "'1,5' has a decimal comma -> write 1.5"),
        *((odd, f"'{odd}' is not a number -> {NUMBER}") for odd in ODD if odd != "1.10"),
        *(
            (odd, f"'{odd}' is not a number -> {NUMBER}")
            for odd in ("1.250,50", "1.2.3", "€ 5", "5%", "nan", "1.", ".5")
        ),
    ],
)
def test_what_is_no_number(written: str, said: str) -> None:
    """A decimal comma is recognised, a thousands separator or a unit is not guessed at."""
    found, findings = value_of("people.anna.hours_per_week", f"'{written}'")
    assert (found, findings) == (None, [f"2:33 not-a-number: {said}"])


@pytest.mark.parametrize(("written", "meant"), [("true", True), ("True", True), ("false", False), ("FALSE", False)])
def test_a_flag(written: str, meant: bool) -> None:
    """true and false."""
    assert value_of("organisation.regulated", written) == (meant, [])


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        *((word, "write true") for word in ("yes", "on", "Ja", "y")),
        *((word, "write false") for word in ("no", "off", "Nee", "n")),
        *((word, "write true or false") for word in ODD if word not in {"yes", "no", "on"}),
    ],
)
def test_what_is_no_flag(written: str, hint: str) -> None:
    """Other words for yes and no are understood well enough to say what to write."""
    said = f"2:27 not-true-or-false: '{written}' is neither true nor false -> {hint}"
    assert value_of("organisation.regulated", written) == (None, [said])


def test_a_date() -> None:
    """Year, month, day; a leap day where there is one."""
    assert value_of("initiative.idea.date", "2025-02-25") == (date(2025, 2, 25), [])
    assert value_of("initiative.idea.date", "'2024-02-29'") == (date(2024, 2, 29), [])


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-02-30", "impossible-date: there is no day 2026-02-30 -> look it up in a calendar"),
        ("2025-02-29", "impossible-date: there is no day 2025-02-29 -> look it up in a calendar"),
        ("0000-01-01", "impossible-date: there is no day 0000-01-01 -> look it up in a calendar"),
        ("25-02-2025", "not-a-date: '25-02-2025' is not a date -> write 2025-02-25"),
        ("5/2/2025", "not-a-date: '5/2/2025' is not a date -> write 2025-02-05"),
        ("31-02-2025", f"not-a-date: '31-02-2025' is not a date -> {DAY}"),
        ("2025-2-5", f"not-a-date: '2025-2-5' is not a date -> {DAY}"),
        ("2025-02-25 10:00", f"not-a-date: '2025-02-25 10:00' is not a date -> {DAY}"),
        *((odd, f"not-a-date: '{odd}' is not a date -> {DAY}") for odd in ODD if odd != "2026-02-30"),
    ],
)
def test_what_is_no_date(written: str, said: str) -> None:
    """Another order of day and month is turned round in the hint, and never a day offered that does not exist."""
    assert value_of("initiative.idea.date", f"'{written}'") == (None, [f"2:27 {said}"])


@pytest.mark.parametrize(("written", "meant"), [("12:30", time(12, 30)), ("9.05", time(9, 5)), ("08:00", time(8))])
def test_a_time(written: str, meant: time) -> None:
    """Hours and minutes, never minutes in sixties."""
    found, findings = value_of("plan.items.talk.at", written)
    assert (found, findings) == (meant, [])


@pytest.mark.parametrize("written", ["no", "on", "010", "08", "0612345678", "2026-02-30", "24:00", "12:60", "12:5"])
def test_what_is_no_time(written: str) -> None:
    """24:00 is another day's 00:00, and a number is no time."""
    found, findings = value_of("plan.items.talk.at", f"'{written}'")
    expected = f"2:27 not-a-time: '{written}' is not a time of day -> write hours and minutes: \"15:30\""
    assert (found, findings) == (None, [expected])


def test_a_time_zone() -> None:
    """An area and a city, as the tz database names them."""
    assert value_of("organisation.timezone", "America/Port-au-Prince") == ("America/Port-au-Prince", [])


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("Europe/Amsterdan", "did you mean 'Europe/Amsterdam'?"),
        ("CEST", "write area and city: Europe/Amsterdam"),
        ("localtime", "write area and city: Europe/Amsterdam"),
        ("../../etc/passwd", "write area and city: Europe/Amsterdam"),
        ("Mars", "write area and city: Europe/Amsterdam"),
    ],
)
def test_what_is_no_time_zone(written: str, hint: str) -> None:
    """Neither an abbreviation, nor what differs from one machine to the next, nor a path."""
    found, findings = value_of("organisation.timezone", f"'{written}'")
    assert (found, findings) == (None, [f"2:26 not-a-time-zone: '{written}' is not a time zone -> {hint}"])


@pytest.mark.parametrize("nothing", ["~", "null", "", "NULL"])
@pytest.mark.parametrize(
    "field", ["organisation.name", "organisation.size", "organisation.regulated", "initiative.idea.date", "people"]
)
def test_nothing_is_no_answer(field: str, nothing: str) -> None:
    """An empty value and `~` leave a question open; in quotes they are a text."""
    assert value_of(field, nothing) == (None, [])
    assert value_of("organisation.name", "'~'") == ("~", [])


def test_an_empty_text_is_no_answer_either() -> None:
    """Quotes with nothing between them look like an answer: it is said that they are not."""
    empty = "empty-text: there is only an empty text here"
    hint = "write an answer, or leave the line out as long as there is none"
    assert wrong("name: ''") == [f"2:7 {empty} -> {hint}"]
    assert wrong("name: '  '") == [f"2:7 {empty} -> {hint}"]


@given(st.text(min_size=1).filter(str.isprintable))
def test_any_text_comes_back_as_it_was(written: str) -> None:
    """Whatever people write in quotes is read letter by letter; blanks alone are no answer."""
    quoted = "'" + written.replace("'", "''") + "'"
    project, findings = read(f"{FIRST}name: {quoted}\n")
    assert project is not None
    assert project.name == (written if written.strip() else None)
    assert [finding.code for finding in findings] == ([] if written.strip() else ["empty-text"])


# -- structure ------------------------------------------------------------------------------------------------------


def test_a_list_or_fields_where_a_text_belongs() -> None:
    """The finding says what stands there and what belongs there."""
    assert wrong("name: [a]") == [f"2:7 wrong-type: there is a list here, where something else is expected -> {TEXT}"]
    assert wrong("name: {a: b}") == [
        f"2:7 wrong-type: there are fields here, where something else is expected -> {TEXT}"
    ]
    assert wrong("organisation: {size: [1]}") == [
        f"2:22 wrong-type: there is a list here, where something else is expected -> {TEXT}"
    ]
    assert wrong("phase: [plan]") == [
        f"2:8 wrong-type: there is a list here, where something else is expected -> {TEXT}"
    ]


def test_a_text_where_fields_or_entries_belong() -> None:
    """A section, a mapping by name and a list of fields each say what they take."""
    assert wrong("organisation: Acme") == [f"2:15 wrong-type: 'Acme' cannot stand here -> {FIELDS}"]
    assert wrong("people: anna") == [f"2:9 wrong-type: 'anna' cannot stand here -> {ENTRIES}"]
    assert wrong("people: [anna]") == [
        f"2:9 wrong-type: there is a list here, where something else is expected -> {ENTRIES}"
    ]
    assert wrong("initiative: {champions: anna}") == [f"2:25 wrong-type: 'anna' cannot stand here -> {LIST}"]
    assert wrong("people: {anna: }") == [
        f"2:10 wrong-type: there is nothing here, where something is expected -> {FIELDS}"
    ]


def test_one_text_is_a_list_of_one() -> None:
    """Where several answers may stand, one needs no brackets."""
    project, findings = read("format: 1\ninitiative: {networks: the lunch table}")
    assert findings == ()
    assert project is not None
    assert project.initiative is not None
    assert project.initiative.networks == ["the lunch table"]


def test_none_is_an_answer() -> None:
    """`none` is nothing, and that is an answer: a list, a mapping by name and a list of fields alike."""
    project, findings = read(
        "format: 1\ninitiative: {networks: none, past_attempts: none, existing_communities: none}\npeople: none"
    )
    assert findings == ()
    assert project is not None
    assert project.initiative is not None
    assert (project.initiative.networks, project.initiative.past_attempts) == ([], [])
    assert (project.initiative.existing_communities, project.people) == ({}, {})
    assert project.initiative.champions is None


def test_none_is_a_word_where_a_text_belongs() -> None:
    """A community may be called none."""
    assert value_of("organisation.name", "none") == ("none", [])


def test_not_applicable_says_why() -> None:
    """Where something does not apply, the reason takes the place of the answer; without one it is no answer."""
    hint = "write an answer, or leave the line out as long as there is none"
    project, findings = read("format: 1\nconcept_test: {boundaries: {not_applicable: one team}}")
    assert findings == ()
    assert project is not None
    assert wrong("concept_test: {boundaries: {not_applicable: ''}}") == [
        f"2:45 empty-text: there is only an empty text here -> {hint}"
    ]
    assert wrong("concept_test: {boundaries: {not_applicable: '', because: x}}") == [
        f"2:45 empty-text: there is only an empty text here -> {hint}",
        f"2:49 unknown-key: 'because' is not a field of concept_test.boundaries -> {OWN}",
    ]
    assert wrong("concept_test: {boundaries: {why: one team}}") == [
        f"2:28 wrong-type: there are fields here, where something else is expected -> {LIST}"
    ]


def test_several_wrong_items_in_one_list() -> None:
    """What was taken out of a list does not move the places of what stands after it."""
    text = """\
        people: {lead: {role: lead}}
        initiative:
          champions:
            - 3
            - {person: anna}
            - [joost]
            - {person: lead, from_target_group: no}
            - {person: joost, extra: 1}
            -
            - {person: wim}
        waivers:
          - some
          - {criterion: nope}
          - {criterion: 4 5}
          - {criterion: nope, x-why: ours}
        """
    choose = "add it to people, or choose from lead"
    assert wrong(text) == [
        f"5:7 wrong-type: '3' cannot stand here -> {FIELDS}",
        f"6:16 dangling-reference: there is no 'anna' in people -> {choose}",
        f"7:7 wrong-type: there is a list here, where something else is expected -> {FIELDS}",
        "8:41 not-true-or-false: 'no' is neither true nor false -> write false",
        f"9:16 dangling-reference: there is no 'joost' in people -> {choose}",
        f"9:23 unknown-key: 'extra' is not a field of initiative.champions -> {OWN}",
        f"10:6 wrong-type: there is nothing here, where something is expected -> {FIELDS}",
        f"11:16 dangling-reference: there is no 'wim' in people -> {choose}",
        f"13:5 wrong-type: 'some' cannot stand here -> {FIELDS}",
        "15:17 bad-name: a short name has letters, digits and hyphens, and no spaces -> write it like 4-5",
    ]


def test_a_short_name_is_one_word() -> None:
    """A key that others point at has no spaces; an accent, an apostrophe and a point are fine. The hint makes one."""
    bad = "2:10 bad-name: a short name has letters, digits and hyphens, and no spaces -> write it like"
    assert wrong("people: {'An  Na': {role: x}}") == [f"{bad} an-na"]
    assert wrong("people: {-anna: {role: x}}") == [f"{bad} anna"]
    assert wrong("people: {'': {role: x}}") == [f"{bad} explain-no"]
    assert wrong(f"people: {{{'a ' * 40}: {{role: x}}}}") == [f"{bad} explain-no"]
    assert wrong("people: {zoë: {role: x}, d'arc: {role: x}, j.doe: {role: x}, 2b: {role: x}}") == []


def test_own_keys_are_left_alone() -> None:
    """`x-…` may hold anything anywhere; a key that only looks like one may not."""
    assert wrong("x-note: {any: [thing, 3]}\npeople: {anna: {x-birthday: 30-02, role: lead}}\nx-: 1") == []
    assert wrong("initiative: {champions: [{x-why: [1], from_target_group: true}]}") == []
    assert wrong("xnote: 1\nX-note: 2") == [
        f"2:1 unknown-key: 'xnote' is not a field of the project file -> {OWN}",
        f"3:1 unknown-key: 'X-note' is not a field of the project file -> {OWN}",
    ]


def test_an_unknown_key_is_said_with_the_nearest() -> None:
    """Where no known key is near, it says how a key of one's own is written."""
    assert wrong("concept_tst: {}") == [
        "2:1 unknown-key: 'concept_tst' is not a field of the project file -> did you mean 'concept_test'?"
    ]
    assert wrong("people: {anna: {plaice: Zwolle}}") == [
        "2:17 unknown-key: 'plaice' is not a field of people.anna -> did you mean 'place'?"
    ]
    assert wrong("budget: 3") == [f"2:1 unknown-key: 'budget' is not a field of the project file -> {OWN}"]


def test_pythons_word_for_a_key_is_no_key() -> None:
    """`from` is a key, `from_` is not, although Python calls it that."""
    assert wrong("initiative: {interviews: {period: {from_: 2025-01-20, to: 2025-01-21}}}") == [
        "2:36 unknown-key: 'from_' is not a field of initiative.interviews.period -> did you mean 'from'?"
    ]
    assert wrong("initiative: {interviews: {period: {from: 2025-01-20, to: 2025-01-21}}}") == []


def test_a_choice_that_there_is_not() -> None:
    """The choices are listed, the nearest first."""
    assert wrong("language: fr") == ["2:11 unknown-choice: 'fr' is not one of the choices -> choose from nl, en"]
    assert wrong("concept_test: {type: helpin}") == [
        "2:22 unknown-choice: 'helpin' is not one of the choices -> did you mean 'helping'? "
        "(choose from helping, best_practice, knowledge_stewarding, innovation)"
    ]


# -- the whole file -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (
            "format: 2",
            "1:9 unknown-format: format '2' is not known -> this coplaunch reads format 1; install a newer coplaunch",
        ),
        ("format: 0", "1:9 unknown-format: format '0' is not known -> write `format: 1`"),
        ("format: one", "1:9 unknown-format: format 'one' is not known -> write `format: 1`"),
        ("format: '01'", "1:9 unknown-format: format '01' is not known -> write `format: 1`"),
        ("format: [1]", f"1:9 wrong-type: there is a list here, where something else is expected -> {TEXT}"),
        ("format: {a: 1}", f"1:9 wrong-type: there are fields here, where something else is expected -> {TEXT}"),
    ],
)  # fmt: skip
def test_an_unknown_format_is_not_half_read(first: str, expected: str) -> None:
    """Of a file in a format that is not known nothing else is said, and nothing is read."""
    project, findings = read(first + "\nnot-a-field: 1\n")
    assert (project, [said(finding) for finding in findings]) == (None, [expected])


@pytest.mark.parametrize("first", ["name: A", "format:\nname: A", "format: ~\nname: A"])
def test_a_file_without_a_format(first: str) -> None:
    """It is read, and the line to add is said."""
    project, findings = read(first)
    assert project is not None
    assert project.name == "A"
    assert [said(finding) for finding in findings] == [
        "1:1 no-format: the file does not say which format it has -> write `format: 1` as the first line of the file"
    ]


@pytest.mark.parametrize("text", ["", "# only this\n", "- a\n- b\n", "[]", "text"])
def test_what_is_no_mapping_is_said_once(text: str) -> None:
    """An empty file, a list and a text are one finding each, the reader's own."""
    project, findings = read(text)
    assert project is None
    assert len(findings) == 1


def test_an_evidence_file() -> None:
    """A file with counts is read the same way."""
    assert read_evidence({"format": "1", "answered": "96", "excluded": {"outside": "5"}}) == (
        validate(EvidenceFile, {"format": "1", "answered": "96", "excluded": {"outside": "5"}}),
        (),
    )
    file, findings = read_evidence({"answered": "many", "persons": ["Anna"]})
    assert file == EvidenceFile()
    assert [(finding.code, finding.path) for finding in findings] == [
        ("not-a-whole-number", ("answered",)),
        ("unknown-key", ("persons",)),
    ]
    assert read_evidence(None) == (None, ())
    assert [finding.code for finding in read_evidence({"format": "2"})[1]] == ["unknown-format"]


_TREES = st.recursive(
    st.none() | st.sampled_from(["none", "no", "1", "2025-02-25", "x", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["initiative", "people", "needs", "plan", "items", "from", "x-a", "period", "champions", "person", "by",
         "not_applicable", "travel", "strategy", "budget", "decisions", "gate", "concept_test", "tests", "boundaries"]
    ), inner, max_size=4),
    max_leaves=25,
)  # fmt: skip


@given(_TREES)
def test_any_tree_is_read_to_its_end(tree: Any) -> None:
    """Whatever stands in a file, reading ends, and what is read again without what was wrong is right."""
    before = repr(tree)
    project, findings = read_project(tree)
    assert repr(tree) == before
    assert (project is None) <= (not isinstance(tree, dict) or "format" in tree)
    for finding in findings:
        for code in LANGUAGES:
            assert in_language(code).say(finding.message)
            assert finding.hint is None or in_language(code).say(finding.hint)


def test_what_only_follows_from_something_unread_is_not_said(tmp_path: Path) -> None:
    """A date that cannot be read is one finding, as are hours, and a day in a list: none counts as missing too."""
    (tmp_path / "coplaunch.yaml").write_text(
        "format: 1\n"
        "people:\n"
        "  anna: {role: adviser, hours_per_week: -4}\n"
        "plan:\n"
        "  dry_run: {from: 2025-09-01, to: 2025-09-01}\n"
        "  items:\n"
        "    note: {what: Note, kind: member, owner: anna, every: day, minutes: 5}\n"
        "    case: {what: Case, kind: content, owner: anna, date: 2025-02-31}\n"
        "    walk: {what: Walk, kind: content, owner: anna}\n"
        "    chat: {what: Chat, kind: content, owner: anna, every: week, day: munday}\n",
        "utf-8",
    )
    found = [one for one in load(tmp_path).findings if one.severity is not Severity.NOTE]
    assert [(one.place.line, one.code) for one in found if one.place] == [
        (3, "negative-number"),
        (8, "impossible-date"),
        (9, "item-without-day"),
        (10, "unknown-choice"),
    ]
