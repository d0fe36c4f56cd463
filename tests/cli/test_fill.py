"""`fill`: a person who never saw YAML answers questions, and the file reads as if written by hand."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from cop_launch.filling.questions import doc_at
from cop_launch.locales import in_language, msg, nmsg
from cop_launch.model.decision import Gate
from cop_launch.store.project import PLAN, Loaded, load
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
