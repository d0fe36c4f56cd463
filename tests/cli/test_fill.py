"""`fill`: a person who never saw YAML answers questions, and the file reads as if written by hand."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from cop_launch.filling.questions import doc_at
from cop_launch.locales import in_language, msg, nmsg
from cop_launch.model.decision import Gate
from cop_launch.store.places import PLAN
from cop_launch.store.project import Loaded, load
from cop_launch.workflow import GATES, Assessment, assess, dossier_for, gate_of
from tests.cli.answering import Known, Talk
from tests.cli.command import call
from tests.cli.terminal import Terminal, converse

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("de-tweede-zin", "platform-engineers", "buurtdata")
PHASES = ("initiative", "concept_test", "core_group", "strategy", "plan", "launch")


def begun(folder: Path, language: str, name: str = "X") -> Path:
    """A new project."""
    folder.mkdir()
    assert call("init", "--language", language, "--name", name, cwd=folder).code == 0
    return folder


def text_of(folder: Path) -> str:
    """The plan."""
    return (folder / PLAN).read_bytes().decode()


def assessed(loaded: Loaded, gate: str) -> Assessment:
    """How a project stands at a gate."""
    assert loaded.dossier is not None
    chosen = GATES[Gate(gate)]
    return assess(dossier_for(loaded.dossier, chosen), chosen)


def blocking(found: Assessment) -> list[str]:
    """What stands in the way of a go."""
    return [item.criterion.id for item in found.blocking]


def comments(text: str) -> list[str]:
    """Every comment that takes a line, and every one behind a value, in order."""
    return re.findall(r"(?m)(?:^| )#.*$", text)


def lines_lost(before: str, after: str) -> list[str]:
    """The lines that an answer took away; all others stand in the same order, with new ones among them."""
    old, lines = before.splitlines(), after.splitlines()
    while old and lines and old[0] == lines[0]:
        old, lines = old[1:], lines[1:]
    while old and lines and old[-1] == lines[-1]:
        old, lines = old[:-1], lines[:-1]
    lost, upto = [], 0
    for line in old:
        if line in lines[upto:]:
            upto = lines.index(line, upto) + 1
        else:
            lost.append(line)
    return lost


# -- in a real terminal -----------------------------------------------------------------------------------------------

NL = {
    "initiative.initiators": ["Marloes"],
    "initiative.target_groups.*.who": ["wie klanten slecht nieuws brengt"],
    "initiative.target_groups.*.size": ["180"],
    "initiative.target_groups.*.fits_plans": ['jaarplan 2025, "Eerste keer goed"'],
    "initiative.urgency.*.text": ["In een jaar gingen zes ervaren mensen weg. Vier noemden de gesprekken."],
    "initiative.urgency.*.by": ["Karin, teamleider Schade"],
    "initiative.urgency.*.date": ["14-1-2025"],
    "initiative.interviews.held": ["veertien", "14"],
    "initiative.interviews.want_to_contribute.active": ["6"],
    "initiative.interviews.want_to_contribute.maybe": ["3"],
    "initiative.interviews.want_to_contribute.declined": ["5"],
    "initiative.needs.*.need": ["afkijken hoe anderen nee uitleggen", "even bijkomen na een heftig gesprek"],
    "initiative.needs.*.heard_from": ["9", "8"],
    "initiative.needs.*.places": ["Zwolle, Tilburg", "Zwolle"],
    "initiative.champions.*.person": ["Joost"],
    "initiative.champions.*.from_target_group": ["ja"],
    "initiative.concept_questions.for_whom": ["wie slecht nieuws brengt"],
    "initiative.concept_questions.drivers": ["vakmanschap, rust"],
    "initiative.concept_questions.topics": ["echte gesprekken en brieven"],
    "initiative.concept_questions.needed_people": ["Letsel, briefschrijvers"],
    "initiative.concept_questions.yields": ["morgen een betere tweede zin"],
    "initiative.existing_communities.*.where": ["de kantine in Zwolle"],
    "initiative.existing_communities.*.verdict": ["2"],
    "initiative.past_attempts.*.what": ["none"],
    "initiative.sponsor_in_sight.person": ["Annelies"],
    "initiative.sponsor_in_sight.hours": ["Marloes, 8 uur per week"],
    "initiative.kill_criteria.*.when": ["op 1 juli 2025 zijn er geen vijf kernleden"],
}
"""What a person answers, by the question's place in the plan."""

WRITTEN_NL = """\
people:
  marloes:
    name: Marloes
    role: adviseur
    consent: 2025-01-07
  joost:
    name: Joost
    role: schadebehandelaar
  annelies:
    name: Annelies
initiative:
  initiators: [marloes]
  urgency:
    - text: In een jaar gingen zes ervaren mensen weg. Vier noemden de gesprekken.
      by: Karin, teamleider Schade
      date: 2025-01-14
  target_groups:
    klanten-slecht-nieuws:
      who: wie klanten slecht nieuws brengt
      size: 180
      fits_plans: jaarplan 2025, "Eerste keer goed"
  needs:
    afkijken-anderen-nee:
      need: afkijken hoe anderen nee uitleggen
      heard_from: 9
      places: [Zwolle, Tilburg]
    even-bijkomen-heftig:
      need: even bijkomen na een heftig gesprek
      heard_from: 8
      places: [Zwolle, Tilburg]
  interviews:
    held: 14
    want_to_contribute:
      active: 6
      maybe: 3
      declined: 5
  concept_questions:
    for_whom: wie slecht nieuws brengt
    drivers: vakmanschap, rust
    topics: echte gesprekken en brieven
    needed_people: Letsel, briefschrijvers
    yields: morgen een betere tweede zin
  champions:
    - person: joost
      from_target_group: true
  existing_communities:
    kantine-zwolle:
      where: de kantine in Zwolle
      verdict: support
  past_attempts: none
  sponsor_in_sight:
    person: annelies
    hours: Marloes, 8 uur per week
  kill_criteria:
    juli-geen-vijf:
      when: op 1 juli 2025 zijn er geen vijf kernleden
"""

EN = {
    **NL,
    "initiative.urgency.*.date": ["7-1-2025", "Jan 14, 2025"],
    "initiative.champions.*.from_target_group": ["y"],
    "initiative.existing_communities.*.verdict": ["support"],
}
ASIDES = {
    "nl": {
        "Marloes": ["adviseur", "7-1-2025"],
        "Joost": ["schadebehandelaar", ""],
        "Annelies": ["", ""],
    },
    "en": {
        "Marloes": ["adviseur", "7 January 2025"],
        "Joost": ["schadebehandelaar", ""],
        "Annelies": ["", ""],
    },
}


def as_heard(answers: Mapping[str, Sequence[str]], language: str) -> dict[str, list[str]]:
    """The same answers by what the questions sound like in this language."""
    say = in_language(language).say
    rules = {}
    for pattern, given in answers.items():
        doc = doc_at(tuple(0 if part == "*" else part for part in pattern.split(".")))
        assert doc is not None
        rules[" ".join(say(doc.question).split())] = list(given)
    for name, (role, consent) in ASIDES[language].items():
        asked = say(msg("What is the work of {name}? Enter passes it over.", name=name))
        agreed = say(msg("On which day did {name} agree to be named in the plan? Enter: not asked yet.", name=name))
        rules |= {asked: [role], agreed: [consent]}
    several = say(
        msg("Is this one answer, or are these {n}? 1: one; 2: {parts:list}.", n=2, parts=["Zwolle", "Tilburg"])
    )
    one, two = (
        say(
            nmsg(
                "Another one? There is “{last}”. Enter if that was all.",
                "Another one? There are {n}, the last “{last}”. Enter if that was all.",
                n,
                last=last,
            )
        )
        for n, last in ((1, "Zwolle"), (2, "Tilburg"))
    )
    return {**rules, several: ["2"], one: ["Tilburg"], two: []}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_newcomer_gets_to_go(tmp_path: Path, language: str) -> None:
    """In a real terminal, from an empty project to the first gate's go; what is left is written as by hand, every
    comment of the starter file still stands, and the next command is `advance`, which is granted."""
    folder = begun(tmp_path / "p", language)
    starter = text_of(folder)
    with Terminal("fill", cwd=folder) as terminal:
        code = converse(terminal, as_heard({"nl": NL, "en": EN}[language], language))
        said = terminal.said
    assert code == 0
    assert said.rstrip().endswith(": coplaunch advance")
    assert comments(text_of(folder)) == comments(starter)
    answers = [line for line in text_of(folder).splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert "\n".join(answers[answers.index("people:") :]) + "\n" == WRITTEN_NL
    assert load(folder).broken is False
    decided = call("advance", "--by", "marloes", "--because", "de behoefte is er", "--date", "2025-02-25", cwd=folder)
    assert decided.code == 0
    assert "phase: concept_test\n" in text_of(folder)


@pytest.mark.parametrize("how", ["Ctrl-C", "Ctrl-D", "closed", "killed"])
def test_stopping_loses_only_what_is_being_typed(tmp_path: Path, how: str) -> None:
    """However a session ends, while an answer is typed: what was answered before is in the file, which is whole."""
    folder = begun(tmp_path / "p", "en")
    with Terminal("fill", cwd=folder) as terminal:
        for answer in ("Marloes", "adviser", "2025-01-07", "people who bring bad news"):
            assert terminal.until_asked() is not None
            terminal.type(answer)
        assert terminal.until_asked() is not None
        if how != "Ctrl-D":
            terminal.begin("18")
        leave = {"Ctrl-C": terminal.interrupt, "Ctrl-D": terminal.end_of_input, "closed": terminal.close}
        leave.get(how, terminal.kill)()
        code = terminal.ended()
        said = terminal.said
    assert code == {"Ctrl-C": 0, "Ctrl-D": 0, "closed": -1, "killed": -9}[how]
    if code == 0:
        assert said.rstrip().endswith("Next: coplaunch status")
    loaded = load(folder)
    assert loaded.findings == ()
    assert loaded.source is not None
    tree: Any = loaded.source.tree
    assert tree["people"] == {"marloes": {"name": "Marloes", "role": "adviser", "consent": "2025-01-07"}}
    assert tree["initiative"] == {
        "initiators": ["marloes"],
        "target_groups": {"people-bring-bad": {"who": "people who bring bad news"}},
    }


# -- whole lives ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_life_by_answers_alone(tmp_path: Path, name: str) -> None:
    """From `init`, with nothing but `fill` and `advance`, a project gets as far as the example whose answers it is
    given; at the gate before which the example stands, the same criteria are open. No comment is lost, and no answer
    takes away more than the one line in which it stands."""
    known = Known.from_file(EXAMPLES / name / PLAN)
    folder = begun(tmp_path / "p", "en")
    if (EXAMPLES / name / "evidence").exists():
        shutil.copytree(EXAMPLES / name / "evidence", folder / "evidence")
    original = load(EXAMPLES / name)
    assert original.dossier is not None
    reached = gate_of(original.dossier.project).gate.value
    for day, phase in enumerate(PHASES, 1):
        before = comments(text_of(folder))
        talk = Talk(folder).hold(known)
        assert comments(text_of(folder)) == before
        for one, next_one in zip(talk.states, [*talk.states[1:], text_of(folder)], strict=True):
            assert len(lines_lost(one, next_one)) <= 2
        if phase == reached:
            break
        assert blocking(assessed(load(folder), phase)) == [], talk.said[-1000:]
        by = next(iter(known.filled["people"]))
        decision = ("--by", by, "--because", "it holds", "--date", f"2026-06-{day:02d}")
        assert call("advance", *decision, cwd=folder).code == 0
    assert blocking(assessed(load(folder), phase)) == (blocking(assessed(original, phase)) if phase == reached else [])
    assert load(folder).broken is False


def without(text: str, key: str) -> str:
    """A plan without one of its sections, and without the comments in it."""
    return re.sub(rf"(?ms)^{key}:.*?(?=^[a-z]|^# [^\n]*\n[a-z]|\Z)", "", text)


@pytest.mark.parametrize(
    ("name", "phase"),
    [
        ("de-tweede-zin", "core_group"),
        ("de-tweede-zin", "plan"),
        ("de-tweede-zin", "launch"),
        ("de-tweede-zin", "review"),
        ("platform-engineers", "core_group"),
        ("platform-engineers", "plan"),
        ("buurtdata", "concept_test"),
        ("buurtdata", "core_group"),
    ],
)
def test_a_section_is_filled_anew(tmp_path: Path, name: str, phase: str) -> None:
    """`fill PHASE` on an example from which that section was taken: the same criteria come in order as before, and
    what stands elsewhere in the file stays as it is. These are the sections to which no other one points."""
    folder = tmp_path / "p"
    shutil.copytree(EXAMPLES / name, folder)
    original = load(folder)
    key = "reviews" if phase == "review" else phase
    assert original.source is not None
    tree: Any = original.source.tree
    (folder / PLAN).write_text(without(text_of(folder), key), "utf-8", newline="")
    rest = {other: value for other, value in tree.items() if other != key}
    assert load(folder).broken is False
    talk = Talk(folder, phase).hold(Known.from_file(EXAMPLES / name / PLAN))
    loaded = load(folder)
    assert loaded.broken is False
    assert loaded.source is not None
    filled: Any = loaded.source.tree
    assert {other: value for other, value in filled.items() if other != key} == rest
    if phase != "review":
        assert blocking(assessed(loaded, phase)) == blocking(assessed(original, phase)), talk.said[-1500:]


# -- in conversation --------------------------------------------------------------------------------------------------


def tree_of(folder: Path) -> Any:
    """What the plan says."""
    source = load(folder).source
    assert source is not None
    return source.tree


def test_back_changes_an_answer(tmp_path: Path) -> None:
    """`<` goes to the question before, with its answer; another one takes its place, and the short name of the entry
    is made from that."""
    folder = begun(tmp_path / "p", "en")
    talk = Talk(folder).hold(
        {
            "initiative.target_groups.*.who": ["everyone", "people who bring bad news"],
            "initiative.target_groups.*.size": ["<", "180", "."],
            "initiative.target_groups.*.fits_plans": ["."],
        }
    )
    assert "Now: everyone. Enter keeps it, - takes it away." in talk.said
    assert tree_of(folder)["initiative"]["target_groups"] == {
        "people-bring-bad": {"who": "people who bring bad news", "size": "180"}
    }


def test_back_takes_an_answer_away(tmp_path: Path) -> None:
    """`-` after `<` takes the answer away: the file is byte for byte as it was before it."""
    folder = begun(tmp_path / "p", "en")
    before = text_of(folder)
    Talk(folder).hold(
        {
            "initiative.target_groups.*.who": ["everyone", "-"],
            "initiative.target_groups.*.size": ["<"],
            "initiative.urgency.*.text": ["."],
        }
    )
    assert text_of(folder) == before


def test_back_keeps_an_answer(tmp_path: Path) -> None:
    """Enter after `<` keeps the answer, and the questions go on where they were."""
    folder = begun(tmp_path / "p", "en")
    Talk(folder).hold(
        {
            "initiative.target_groups.*.who": ["everyone", ""],
            "initiative.target_groups.*.size": ["<", "180"],
            "initiative.target_groups.*.fits_plans": ["."],
        }
    )
    assert tree_of(folder)["initiative"]["target_groups"] == {"everyone": {"who": "everyone", "size": "180"}}


def test_back_over_several_answers(tmp_path: Path) -> None:
    """Going back further than one answer changes that answer alone; what was answered after it stays."""
    folder = begun(tmp_path / "p", "en")
    Talk(folder).hold(
        {
            "initiative.target_groups.*.who": ["everyone", "our advisers"],
            "initiative.target_groups.*.size": ["180", "<"],
            "initiative.target_groups.*.fits_plans": ["<", "annual plan"],
            "initiative.urgency.*.text": ["."],
        }
    )
    group = {"who": "our advisers", "size": "180", "fits_plans": "annual plan"}
    assert tree_of(folder)["initiative"]["target_groups"] == {"everyone": group}


def test_back_takes_an_earlier_answer_away(tmp_path: Path) -> None:
    """Taken away after others were given: that value alone goes."""
    folder = begun(tmp_path / "p", "en")
    Talk(folder).hold(
        {
            "initiative.target_groups.*.who": ["everyone", "<", "."],
            "initiative.target_groups.*.size": ["180", "-"],
            "initiative.target_groups.*.fits_plans": ["annual plan", "<", "<"],
        }
    )
    group = tree_of(folder)["initiative"]["target_groups"]["everyone"]
    assert group == {"who": "everyone", "fits_plans": "annual plan"}


def test_none_is_an_answer(tmp_path: Path) -> None:
    """`none` says that there is none; at the next question `no` says that this was all."""
    folder = begun(tmp_path / "p", "en")
    Talk(folder).hold(
        {
            "initiative.existing_communities.*.where": ["None."],
            "initiative.past_attempts.*.what": ["chat group", "no"],
            "initiative.past_attempts.*.lesson": ["it only sent messages"],
        }
    )
    found = tree_of(folder)["initiative"]
    assert found["existing_communities"] == "none"
    assert found["past_attempts"] == [{"what": "chat group", "lesson": "it only sent messages"}]


def test_choosing_people(tmp_path: Path) -> None:
    """By number, by name in any case, several at once; a slip of the finger is asked about; somebody new is added with
    work and consent; two of one name are two."""
    folder = begun(tmp_path / "p", "en")
    Talk(folder).hold({"initiative.initiators": ["Marloes, Joost"]})
    assert tree_of(folder)["initiative"]["initiators"] == ["marloes", "joost"]
    talk = Talk(folder).hold(
        {
            "initiative.champions.*.person": ["9", "joots", "1"],
            "initiative.sponsor_in_sight.person": ["MARLOES"],
        }
    )
    assert "Do you mean Joost? 1: yes; 2: no, this is someone else." in talk.said
    assert tree_of(folder)["initiative"]["sponsor_in_sight"] == {"person": "marloes"}
    assert list(tree_of(folder)["people"]) == ["marloes", "joost"]


@pytest.mark.parametrize("written", ["none", "None.", "no", "geen", "nee"])
def test_nobody_is_nobody(tmp_path: Path, written: str) -> None:
    """Whoever types that there is none, where a name is asked, adds no person of that name."""
    folder = begun(tmp_path / "p", "nl" if written in {"geen", "nee"} else "en")
    before = text_of(folder)
    Talk(folder).hold({"initiative.initiators": [written, ""]})
    assert text_of(folder) == before


def test_dates_and_numbers_as_people_write_them(tmp_path: Path) -> None:
    """What can mean one thing only is taken, it is said how it was read, and the file has it as a value."""
    folder = begun(tmp_path / "p", "nl")
    talk = Talk(folder).hold(
        {
            "initiative.target_groups.*.who": ["iedereen"],
            "initiative.target_groups.*.size": ["veel", "1.200"],
            "initiative.urgency.*.text": ["Zes mensen weg."],
            "initiative.urgency.*.date": ["30-2-2025", "7 januari", "7 jan 2025"],
        }
    )
    said = in_language("nl").say
    assert said(msg("Read as {number}.", number=1200)) in talk.said
    assert "  7 januari 2025" not in talk.said
    assert "7 januari 2025" in talk.said
    text = text_of(folder)
    assert "\n      size: 1200\n" in text
    assert "\n      date: 2025-01-07\n" in text


def test_a_later_session_asks_what_was_not_enough(tmp_path: Path) -> None:
    """Two interviews are an answer, and not enough: the next session asks for the number once more, with what stands
    there; Enter keeps it."""
    folder = begun(tmp_path / "p", "en")
    talk = Talk(folder).hold({"initiative.interviews.held": ["2"]})
    assert "Enough conversations held: not enough yet; 2 interviews held of the 10 that are needed." in " ".join(
        talk.said.split()
    )
    assert talk.asked.count("initiative.interviews.held") == 1
    again = Talk(folder).hold({"initiative.interviews.held": [""]})
    assert again.asked.count("initiative.interviews.held") == 1
    assert "So far: 2. Enter keeps it." in again.said
    assert tree_of(folder)["initiative"]["interviews"] == {"held": "2"}
    Talk(folder).hold({"initiative.interviews.held": ["12"]})
    assert tree_of(folder)["initiative"]["interviews"] == {"held": "12"}


@pytest.mark.parametrize("phase", [*PHASES, "review"])
def test_nobody_knows_anything(tmp_path: Path, phase: str) -> None:
    """An empty project in each phase: every question can be passed over, none comes twice, nothing is written, and
    what is left is said with its reason."""
    folder = begun(tmp_path / "p", "en")
    before = text_of(folder)
    talk = Talk(folder, phase).hold({})
    assert len(talk.asked) == len(set(talk.asked))
    assert text_of(folder) == before
    left = assessed(load(folder), phase).blocking
    for item in left:
        assert item.criterion.id in talk.said
    assert talk.said.rstrip().endswith("Next: coplaunch status")


def test_every_choice_has_words() -> None:
    """Whoever chooses reads words, in Dutch too, not identifiers."""
    from cop_launch.filling.questions import NEVER
    from cop_launch.filling.words import CHOICES
    from cop_launch.model.project import Project
    from cop_launch.model.structure import fields

    asked = [
        doc
        for doc in fields(Project)
        if doc.choices and doc.path[0] not in {"language", "phase", "decisions"} and doc.path not in NEVER
    ]
    assert [(doc.name, word) for doc in asked for word in doc.choices if word not in CHOICES] == []


# -- from a file ------------------------------------------------------------------------------------------------------

ANSWERS = """\
people:
  marloes: {name: Marloes, consent: 2025-01-07}
initiative:
  initiators: [marloes]
  interviews:
    held: 14
  urgency:
    - {text: Six people left., by: Karin, date: 2025-01-14}
  networks: [the lunch table]
"""


def test_answers_from_a_file(tmp_path: Path) -> None:
    """Without a terminal: each answer below its question, as values and not as text; the diff first with --dry-run; a
    second time there is nothing to do; what is added to a list leaves what is there."""
    folder = begun(tmp_path / "p", "en")
    (folder / "answers.yaml").write_text(ANSWERS, "utf-8")
    before = text_of(folder)
    shown = call("fill", "--answers", "answers.yaml", "--dry-run", cwd=folder)
    assert text_of(folder) == before
    done = call("fill", "--answers", "answers.yaml", cwd=folder)
    assert (done.code, done.out.splitlines()[0]) == (0, "✓ 5 answers saved in coplaunch.yaml.")
    after = text_of(folder)
    added = [line[1:] for line in shown.out.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert added == [
        "  marloes: {name: Marloes, consent: 2025-01-07}",
        "  initiators: [marloes]",
        "  urgency:",
        "    - text: Six people left.",
        "      by: Karin",
        "      date: 2025-01-14",
        "  interviews: {held: 14}",
        "  networks: [the lunch table]",
    ]
    assert lines_lost(before, after) == []
    assert comments(after) == comments(before)
    again = call("fill", "--answers", "answers.yaml", "--json", cwd=folder)
    assert json.loads(again.out) == {"schema": 1, "kind": "fill", "answered": []}
    more = "initiative:\n  networks: [the letter writers]\n  interviews: {held: 15}\n"
    (folder / "more.yaml").write_text(more, "utf-8")
    told = json.loads(call("fill", "--answers", "more.yaml", "--json", cwd=folder).out)
    assert told["answered"] == ["initiative.networks", "initiative.interviews.held"]
    assert "  networks: [the lunch table, the letter writers]\n" in text_of(folder)
    assert "  interviews: {held: 15}\n" in text_of(folder)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("held: 14", "held: fourteen", "answers.yaml:6:11: error not-a-whole-number: 'fourteen' is not a whole number"),
        ("[marloes]", "[joost]", "answers.yaml:4:16: error dangling-reference: there is no 'joost' in people"),
        ("2025-01-14", "2025-02-30", "answers.yaml:8:49: error impossible-date: there is no day 2025-02-30"),
        ("initiative:\n", "phase: plan\ninitiative:\n", "answers.yaml:3:1: error not-an-answer: "),
        ("networks", "network", "answers.yaml:9:3: error unknown-key: 'network' is not a field of initiative"),
        ("held: 14", "held: 14\n    held: 15", "answers.yaml:7:5: error duplicate-key: "),
        (ANSWERS, "# nothing yet\n", "answers.yaml:1:1: "),
        (ANSWERS, "- a list\n", "answers.yaml:1:1: "),
    ],
)
def test_a_wrong_answer_is_shown_at_its_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """All or nothing: something wrong in a file of answers points into that file, and the plan stays as it was."""
    folder = begun(tmp_path / "p", "en")
    before = text_of(folder)
    (folder / "answers.yaml").write_text(ANSWERS.replace(old, new), "utf-8")
    refused = call("fill", "--answers", "answers.yaml", cwd=folder)
    assert refused.code == 1
    assert refused.out.startswith(expected)
    assert "Nothing was written: something is wrong in answers.yaml." in refused.out
    told = json.loads(call("fill", "--answers", "answers.yaml", "--json", cwd=folder).out)
    assert (told["kind"], told["code"], told["exit_code"]) == ("error", "bad-answers", 1)
    assert told["findings"][0]["file"] == "answers.yaml"
    assert text_of(folder) == before


def test_an_item_that_is_added_is_wrong_at_its_own_line(tmp_path: Path) -> None:
    """The second item of the file of answers may be the third in the plan: the line is that of the answers."""
    folder = begun(tmp_path / "p", "en")
    (folder / "one.yaml").write_text("initiative:\n  urgency:\n    - {text: A}\n    - {text: B}\n", "utf-8")
    assert call("fill", "--answers", "one.yaml", cwd=folder).code == 0
    (folder / "two.yaml").write_text("initiative:\n  urgency:\n    - {text: C}\n    - {text: D, date: soon}\n", "utf-8")
    refused = call("fill", "--answers", "two.yaml", cwd=folder)
    assert refused.out.splitlines()[0] == "two.yaml:4:23: error not-a-date: 'soon' is not a date"


def test_without_a_terminal(tmp_path: Path) -> None:
    """Nobody to ask: refused at once, with the way that works."""
    folder = begun(tmp_path / "p", "en")
    refused = call("fill", cwd=folder)
    assert refused.code == 2
    assert "--answers FILE" in refused.err
    wrong = call("fill", "stratgy", "--answers", "x.yaml", cwd=folder)
    assert (wrong.code, wrong.err.splitlines()[1]) == (2, "→ Did you mean 'strategy'?")


# -- the next phase ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_go_brings_the_next_questions(tmp_path: Path, language: str) -> None:
    """After a go the next phase's section is there with its questions as comments, in the project's language, before
    the decisions; the rest of the file stays. Going back adds nothing, nor does a go when the section is there."""
    folder = begun(tmp_path / "p", language)
    known = Known.from_file(EXAMPLES / "de-tweede-zin" / PLAN)
    if language == "en":
        Talk(folder).hold(known)
    else:
        shutil.copy(EXAMPLES / "de-tweede-zin" / PLAN, folder / PLAN)
        text = text_of(folder)
        for key in ("concept_test", "core_group", "strategy", "plan", "launch", "reviews", "decisions"):
            text = without(text, key)
        text = text.replace("phase: launched", "phase: initiative")
        (folder / PLAN).write_text(text, "utf-8", newline="")
    before = text_of(folder)
    by = next(iter(tree_of(folder)["people"]))
    decision = ("--by", by, "--because", "it holds", "--date", "2026-06-01")
    assert call("advance", *decision, cwd=folder).code == 0
    after = text_of(folder)
    assert lines_lost(before, after) == ["phase: initiative"]
    at = after.index("\nconcept_test:\n")
    assert after.index("\ninitiative:") < at < after.index("\ndecisions:")
    section = after[at : after.index("\ndecisions:")]
    question = doc_at(("concept_test", "hypothesis"))
    assert question is not None
    assert f"  # {in_language(language).say(question.question)}\n  # hypothesis: " in section
    assert all(line.startswith("  #") or not line for line in section.splitlines()[2:])
    assert load(folder).broken is False
    back = ("--back-to", "initiative", *decision)
    assert call("advance", *back, cwd=folder).code == 0
    assert call("advance", *decision, cwd=folder).code == 0
    assert text_of(folder).count("concept_test:\n") == 1
    assert comments(text_of(folder)) == comments(after)
