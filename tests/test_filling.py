"""Filling in a project: what was typed, and answers that go into any file in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cop_launch.filling.answers import Answer, value_at, with_answers
from cop_launch.filling.questions import Session, Stage, as_values, doc_at, is_entry, next_question
from cop_launch.filling.typed import Choices, Chosen, choose, perhaps_several, read_typed, why_not_applicable
from cop_launch.filling.words import slug_of
from cop_launch.findings import KeyPath
from cop_launch.locales import in_language
from cop_launch.model.decision import Gate
from cop_launch.store.changes import answered, taken_away
from cop_launch.store.places import PLAN
from cop_launch.store.project import Loaded, load
from cop_launch.store.source import read_source
from cop_launch.store.starter import phase_section, starter
from cop_launch.workflow import GATES, assess

EXAMPLES = Path(__file__).parents[1] / "examples"
PHASES = ("initiative", "concept_test", "core_group", "strategy", "plan", "launch")


# -- what was typed ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "language", "typed", "value"),
    [
        ("date", "nl", "2025-01-07", date(2025, 1, 7)),
        ("date", "nl", "7-1-2025", date(2025, 1, 7)),
        ("date", "nl", "7/1/2025", date(2025, 1, 7)),
        ("date", "nl", "07.01.2025", date(2025, 1, 7)),
        ("date", "nl", "7 januari 2025", date(2025, 1, 7)),
        ("date", "nl", "7 jan. 2025", date(2025, 1, 7)),
        ("date", "nl", "3 mrt 2025", date(2025, 3, 3)),
        ("date", "nl", "2025/3/9", date(2025, 3, 9)),
        ("date", "en", "25-2-2025", date(2025, 2, 25)),
        ("date", "en", "2/25/2025", date(2025, 2, 25)),
        ("date", "en", "7/7/2025", date(2025, 7, 7)),
        ("date", "en", "March 3rd, 2025", date(2025, 3, 3)),
        ("date", "en", "3rd of March 2025", date(2025, 3, 3)),
        ("date", "en", "7-1-2025", None),
        ("date", "nl", "7 januari", None),
        ("date", "nl", "30-2-2025", None),
        ("date", "nl", "morgen", None),
        ("date", "nl", "7-1-25", None),
        ("whole number", "nl", "14", 14),
        ("whole number", "nl", "014", 14),
        ("whole number", "nl", "1.200", 1200),
        ("whole number", "en", "1,200", 1200),
        ("whole number", "nl", "€ 53.360,-", 53360),
        ("whole number", "nl", "geen", 0),
        ("whole number", "en", "none", 0),
        ("whole number", "en", "1.200", None),
        ("whole number", "nl", "1,200", None),
        ("whole number", "nl", "-3", None),
        ("whole number", "nl", "ongeveer 14", None),
        ("number", "nl", "2,5", Decimal("2.5")),
        ("number", "nl", "2.5", Decimal("2.5")),
        ("number", "nl", "1.250,50", Decimal("1250.5")),
        ("number", "en", "1,250.50", Decimal("1250.5")),
        ("number", "nl", "1.250", 1250),
        ("number", "en", "2,5", Decimal("2.5")),
        ("number", "en", "a few", None),
        ("time", "nl", "15.30", "15:30"),
        ("time", "nl", "9:05", "09:05"),
        ("time", "nl", "15 uur", "15:00"),
        ("time", "en", "3 pm", "15:00"),
        ("time", "en", "12:15am", "00:15"),
        ("time", "nl", "15", None),
        ("time", "nl", "25:00", None),
        ("true or false", "nl", "ja", True),
        ("true or false", "nl", "N", False),
        ("true or false", "nl", "1", True),
        ("true or false", "en", "No.", False),
        ("true or false", "en", "ja", None),
        ("true or false", "nl", "misschien", None),
        ("figure", "nl", "34 van de 36", {"numerator": 34, "denominator": 36}),
        ("figure", "en", "34/36", {"numerator": 34, "denominator": 36}),
        ("figure", "en", "34 out of 36", {"numerator": 34, "denominator": 36}),
        ("figure", "en", "94%", None),
        ("text", "nl", "  no  ", "no"),
    ],
)
def test_what_was_typed(kind: str, language: str, typed: str, value: Any) -> None:
    """What can mean one thing is that value; what can mean two things, or nothing, is a problem with what to type."""
    read = read_typed(kind, typed, in_language(language))
    assert read.value == value
    assert type(read.value) is type(value)
    assert (read.problem is None) == (value is not None)
    assert (read.hint is None) == (value is not None)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2999, 12, 31)), st.sampled_from(["nl", "en"]))
def test_a_date_as_we_write_it_is_read(day: date, language: str) -> None:
    """Every date that coplaunch shows people can be typed back."""
    said = in_language(language)
    assert read_typed("date", said.day(day), said).value == day


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["nl", "en"]))
def test_a_number_as_we_write_it_is_read(number: Decimal, language: str) -> None:
    """So can every number and every amount of money."""
    said = in_language(language)
    assert read_typed("number", said.number(number), said).value == number
    assert read_typed("number", said.money(number), said).value == number


@pytest.mark.parametrize(
    ("typed", "language", "why"),
    [
        ("n/a: one building", "en", "one building"),
        ("does not apply, because we never travel", "en", "we never travel"),
        ("nvt, want één gebouw", "nl", "één gebouw"),
        ("n.v.t.", "nl", ""),
        ("niet van toepassing omdat we nooit reizen", "nl", "we nooit reizen"),
        ("nvtig", "nl", None),
        ("a visit in week 6", "en", None),
    ],
)
def test_what_does_not_apply(typed: str, language: str, why: str | None) -> None:
    """n/a with a reason, in the words of the language."""
    assert why_not_applicable(typed, in_language(language)) == why


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Zwolle, Tilburg", ["Zwolle", "Tilburg"]),
        ("tone; structure; words", ["tone", "structure", "words"]),
        ("tone, structure and the words for it", ["tone, structure and the words for it"]),
        ("What is said here stays here; what you learn may leave.", None),
        ("Zwolle", ["Zwolle"]),
    ],
)
def test_one_answer_or_several(typed: str, parts: list[str] | None) -> None:
    """A line with commas may be several answers when each part is a few words; a sentence is one."""
    assert perhaps_several(typed) == (parts or [typed])


PEOPLE = Choices(("marloes", "joost", "jo"), ("Marloes", "Joost", "Jo de Wit"), new=True)
DAYS = Choices(("monday", "tuesday", "thursday"), ("maandag", "dinsdag", "donderdag"))


@pytest.mark.parametrize(
    ("offered", "typed", "several", "chosen"),
    [
        (PEOPLE, "2", False, Chosen(("joost",))),
        (PEOPLE, "joost", False, Chosen(("joost",))),
        (PEOPLE, "JO DE WIT", False, Chosen(("jo",))),
        (PEOPLE, "1, 2 en Karin", True, Chosen(("marloes", "joost", "Karin"), frozenset({"Karin"}))),
        (PEOPLE, "Joots", False, Chosen(unclear="Joots", near="joost")),
        (PEOPLE, "7", False, Chosen(unclear="7")),
        (DAYS, "1-3", True, Chosen(("monday", "tuesday", "thursday"))),
        (DAYS, "1 3", True, Chosen(("monday", "thursday"))),
        (DAYS, "maandag en donderdag", True, Chosen(("monday", "thursday"))),
        (DAYS, "di", False, Chosen(("tuesday",))),
        (DAYS, "d", False, Chosen(unclear="d")),
        (DAYS, "Karin", False, Chosen(unclear="Karin")),
    ],
)
def test_choosing(offered: Choices, typed: str, several: bool, chosen: Chosen) -> None:
    """By number, by the word for the file, by what is shown or its beginning; a new name where that may be."""
    assert choose(offered, typed, several) == chosen


@given(st.text(max_size=60), st.lists(st.text(max_size=10), max_size=3))
def test_a_short_name_can_stand_in_the_file(text: str, taken: list[str]) -> None:
    """Whatever was typed: a name without spaces, that is no value to any reader, and that is not taken."""
    slug = slug_of(text, [*taken, "entry"])
    assert re.fullmatch(r"[^\W\d_][\w-]{0,63}", slug)
    assert slug not in [*taken, "entry"]
    source, findings = read_source(f"{slug}: 1\n".encode(), PLAN)
    assert findings == ()
    assert source is not None
    assert source.tree == {slug: "1"}


# -- answers in any order, in any file --------------------------------------------------------------------------------


@cache
def example_tree(name: str) -> Any:
    """What an example says."""
    source, _ = read_source((EXAMPLES / name / PLAN).read_bytes(), PLAN)
    assert source is not None
    return source.tree


def single_answers(tree: Any, path: KeyPath = ()) -> Iterator[Answer]:
    """A plan as the answers that lead to it: each value of a mapping, each item of a list."""
    if isinstance(tree, dict) and tree and "not_applicable" not in tree and not (path and doc_at(path) is None):
        for key, value in tree.items():
            yield from single_answers(value, (*path, key))
    elif isinstance(tree, list) and tree and (len(path) > 2 or isinstance(tree[0], dict)):
        for item in tree:
            yield Answer(path, item, adds=True)
    else:
        yield Answer(path, tree)


POOL = {
    name: [
        answer
        for answer in single_answers({key: value for key, value in example_tree(name).items() if key in PHASES})
        if len(answer.path) > 1
    ]
    for name in ("de-tweede-zin", "platform-engineers", "buurtdata")
}


def a_file(name: str, kept: list[str], notes: list[int], ending: str) -> str:
    """An example with only some of its sections, or a starter file with some phases' questions; comments in between."""
    if name in {"nl", "en"}:
        language = in_language(name)
        text = starter("X", language)
        for phase in PHASES[1:]:
            if phase in kept:
                text += "\n" + "\n".join(phase_section(phase, language)) + "\n"
    else:
        text = (EXAMPLES / name / PLAN).read_text("utf-8")
        for phase in PHASES:
            if phase not in kept:
                text = re.sub(rf"(?ms)^{phase}:.*?(?=^\S|\Z)", "", text)
    lines = text.split("\n")
    places = [number for number, line in enumerate(lines) if re.match(r"\s*(- )?[\w-]+: [\w][^:#>|{\[\"']*$", line)]
    for number in sorted({places[note % len(places)] for note in notes}, reverse=True):
        indent = re.match(r"\s*", lines[number])
        assert indent is not None
        lines[number] += f"  # note {number}"
        lines.insert(number, f"{indent.group()}# before {number}")
    return ending.join(lines)


def loaded_as(text: str) -> Loaded:
    """A file as it is read, without anything around it."""
    raw = text.encode()
    source, findings = read_source(raw, PLAN)
    assert findings == ()
    return Loaded(Path(), raw, source, None, (), {}, "en")


def comments(text: str) -> list[str]:
    """Every comment in a text, in order."""
    return re.findall(r"(?m)(?:^[ \t]*| )(#[^\r\n]*)", text)


def lost(before: str, after: str, ending: str) -> list[str]:
    """The lines of a text that are not in another one in the same order."""
    old, new = before.split(ending), after.split(ending)
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return old


@settings(max_examples=60)
@given(data=st.data())
def test_any_answers_in_any_order_into_any_file(data: st.DataObject) -> None:
    """The data are as answered, every comment survives, and nothing else moves: an answer takes away at most the line
    in which it stands."""
    ending = data.draw(st.sampled_from(["\n", "\n", "\r\n"]), "line ending")
    base = data.draw(st.sampled_from(["nl", "en", *POOL]), "file")
    kept = data.draw(st.lists(st.sampled_from(PHASES), unique=True), "sections that are there")
    text = a_file(base, kept, data.draw(st.lists(st.integers(0, 400), max_size=12), "notes"), ending)
    pool = POOL[data.draw(st.sampled_from(list(POOL)), "answers of")]
    answers = data.draw(st.lists(st.sampled_from(pool), min_size=1, max_size=8), "answers")
    for answer in answers:
        loaded = loaded_as(text)
        assert loaded.source is not None
        held = value_at(loaded.source.tree, answer.path)
        if not answer.adds and isinstance(held, (dict, list)):
            continue  # an answer never takes the place of several others
        typed = Answer(answer.path, as_values((*answer.path, *([0] if answer.adds else [])), answer.value), answer.adds)
        after = answered(loaded, [typed]).decode()
        now = loaded_as(after)
        assert now.source is not None
        assert now.source.tree == with_answers(loaded.source.tree, [answer])
        assert comments(after) == comments(text)
        assert len(lost(text, after, ending)) <= 1
        text = after


@settings(max_examples=40)
@given(data=st.data())
def test_what_is_taken_away_leaves_the_rest(data: st.DataObject) -> None:
    """An answer that was put in and is taken away again: the plan says what it said before, and no comment is lost."""
    base = data.draw(st.sampled_from(["nl", "en", *POOL]), "file")
    text = a_file(base, data.draw(st.lists(st.sampled_from(PHASES), unique=True), "sections"), [], "\n")
    pool = [answer for answer in POOL["de-tweede-zin"] if not answer.adds]
    answer = data.draw(st.sampled_from(pool), "answer")
    loaded = loaded_as(text)
    assert loaded.source is not None
    if value_at(loaded.source.tree, answer.path) is not None:
        return
    after = answered(loaded, [answer]).decode()
    gone = taken_away(loaded_as(after), answer.path).decode()
    again = loaded_as(gone)
    assert again.source is not None
    assert value_at(again.source.tree, answer.path) is None
    assert comments(gone) == comments(text)

    def without_nothing(tree: Any) -> Any:
        return {key: value for key, value in tree.items() if value is not None}

    assert without_nothing(again.source.tree) == without_nothing(loaded.source.tree)


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_questions_of_a_phase_are_right_when_uncommented(phase: str, language: str) -> None:
    """Take away the # before the answers, as the file tells people to: what then stands there can be read."""
    lines = [line for line in phase_section(phase, in_language(language)) if line]
    bare = [lines[1]]
    for line in lines[2:]:
        body = re.sub(r"^  # ", "  ", line)
        if re.match(r"^ {2,}(?:- )?[\w-]+:(?: |$)", body) and not body.rstrip().endswith("?"):
            bare.append(body)
    source, findings = read_source(("\n".join(bare) + "\n").encode(), PLAN)
    assert findings == ()
    assert source is not None
    section: Any = source.tree
    assert isinstance(section[phase], dict)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("every: week", ["until", "times", "except", "on_holiday"]),
        ("every: week, until: 2025-10-30", ["except", "on_holiday"]),
        ("date: 2025-09-04", []),
    ],
)
def test_how_long_something_comes_back_is_asked_last(tmp_path: Path, said: str, asked: list[str]) -> None:
    """Only of what comes back, once the rest is said, and either until when or how many times."""
    (tmp_path / PLAN).write_text(
        f"format: 1\nplan:\n  items:\n    case: {{what: Case, kind: member, {said}}}\n", "utf-8"
    )
    loaded = load(tmp_path)
    dossier, tree = loaded.dossier, loaded.source.tree if loaded.source else None
    assert dossier is not None
    rules = {"until", "times", "except", "on_holiday"}

    def questions(stage: Stage) -> Iterator[str]:
        session = Session(stage=stage)
        while question := next_question(dossier, tree, assess(dossier, GATES[Gate.PLAN]), session):
            if question.path[:3] == ("plan", "items", "case"):
                yield str(question.path[-1])
            session = session.without(question)

    everything = list(questions(Stage.EVERYTHING))
    assert everything[len(everything) - len(asked) :] == asked
    assert rules & {*everything[: len(everything) - len(asked)], *questions(Stage.REQUIRED)} == set()


def test_entries_and_fields_are_told_apart() -> None:
    """A place is an entry of a collection, or a field."""
    assert is_entry(("initiative", "needs", "x"))
    assert is_entry(("strategy", "budget", "lines", "events"))
    assert not is_entry(("initiative", "needs"))
    assert not is_entry(("initiative", "needs", "x", "need"))
