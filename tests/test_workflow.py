"""The verbs: what the evidence says, what people may decide, and whether a decision still rests on what it rested on.

They are tried on a whole launch, "De Tweede Zin", with its decisions taken back to where a test begins.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cop_launch.findings import Exit, Refused
from cop_launch.gates import Dossier, Moment, Unit
from cop_launch.model.decision import (
    Decision,
    DecisionKind,
    Gate,
    Phase,
    Result,
    State,
    VerdictKind,
    standing,
)
from cop_launch.model.evidence import EvidenceFile
from cop_launch.model.reading import read_project
from cop_launch.store.project import load
from cop_launch.store.source import read_source
from cop_launch.workflow import (
    CRITERIA,
    GATES,
    Assessment,
    Choice,
    Decided,
    Drift,
    assess,
    check,
    decide,
    dossier_for,
    drift,
    gate_of,
    read_threshold,
    seal,
    write_threshold,
)

EXAMPLE = Path(__file__).parents[1] / "examples" / "de-tweede-zin"
GO, NO_GO, BACK = DecisionKind.GO, DecisionKind.NO_GO, DecisionKind.BACK
CONTINUE, ADJUST = DecisionKind.CONTINUE, DecisionKind.ADJUST
HAND_OVER, STOP, SUPPORT = DecisionKind.HAND_OVER, DecisionKind.STOP, DecisionKind.SUPPORT_EXISTING
DAY = date(2026, 4, 1)


# -- a whole launch, as far as a test needs it --------------------------------------------------------------------


@cache
def _text() -> str:
    return (EXAMPLE / "coplaunch.yaml").read_text("utf-8")


@cache
def _evidence() -> Mapping[str, EvidenceFile]:
    dossier = load(EXAMPLE).dossier
    assert dossier is not None
    return dossier.evidence


@cache
def _plan() -> Any:
    source, _ = read_source(_text().encode(), "coplaunch.yaml")
    assert source is not None
    return source.tree


def tree(decided: int = 0) -> Any:
    """What the plan says, with the first so many of its decisions, made once more: their seals are today's."""
    found = {key: value for key, value in deepcopy(_plan()).items() if key != "phase"}
    return {**found, "decisions": deepcopy(_decisions()[:decided])}


@cache
def _decisions() -> Any:
    plan = {**_plan(), "decisions": []}
    for told in _plan()["decisions"]:
        choice = Choice(DecisionKind(told["decision"]), date.fromisoformat(told["date"]), ("annelies",), "het kan")
        plan = recorded(plan, decide(dossier_of(plan), choice, "0.1.0"))
    return plan["decisions"]


def dossier_of(tree: Any, evidence: Mapping[str, EvidenceFile] | None = None) -> Dossier:
    project, _ = read_project(tree)
    assert project is not None
    return Dossier(project, _evidence() if evidence is None else evidence)


def at(decided: int) -> Dossier:
    """The launch, standing before its next decision."""
    return dossier_of(tree(decided))


def choose(kind: DecisionKind = GO, **changes: Any) -> Choice:
    values = {"kind": kind, "day": DAY, "by": ("annelies",), "because": "het kan", **changes}
    return Choice(**values)


def refused(dossier: Dossier, choice: Choice) -> tuple[str, Exit, str, str]:
    with pytest.raises(Refused) as caught:
        decide(dossier, choice, "0.1.0")
    return caught.value.code, caught.value.exit_code, str(caught.value.message), str(caught.value.hint)


def assessed(dossier: Dossier) -> Assessment:
    gate = gate_of(dossier.project)
    return assess(dossier_for(dossier, gate), gate)


# -- verdicts, waivers, thresholds ----------------------------------------------------------------------------------


@pytest.mark.parametrize("decided", range(9))
def test_the_whole_launch_is_a_go_at_each_gate(decided: int) -> None:
    """Each gate in turn, and each review, with nothing in the way."""
    gates = [*list(Gate)[:6], Gate.REVIEW, Gate.REVIEW, Gate.REVIEW]
    found = assessed(at(decided))
    assert (found.gate.gate, found.verdict, found.blocking) == (gates[decided], VerdictKind.GO, ())


def test_something_missing_is_not_yet() -> None:
    """What is not answered blocks, and is the next step; a warning is no block."""
    plan = tree()
    del plan["initiative"]["kill_criteria"]
    del plan["initiative"]["networks"]
    found = assessed(dossier_of(plan))
    assert found.verdict is VerdictKind.NOT_YET
    assert [item.criterion.id for item in found.blocking] == ["kill-criteria-set"]
    assert [item.criterion.id for item in found.next_steps] == ["kill-criteria-set"]
    assert [item.criterion.id for item in found.of(Result.MISSING)] == ["kill-criteria-set", "networks-mapped"]


def unwilling() -> Any:
    plan = tree()
    plan["initiative"]["interviews"] |= {"held": "60", "want_to_contribute": {"active": "3", "declined": "57"}}
    return plan


def test_a_decisive_no_is_a_no_go() -> None:
    """Next steps then are about what is decisive, not about loose ends."""
    plan = unwilling()
    del plan["initiative"]["kill_criteria"]
    found = assessed(dossier_of(plan))
    assert found.verdict is VerdictKind.NO_GO
    assert [item.criterion.id for item in found.blocking] == ["willing-in-interviews", "kill-criteria-set"]
    assert [item.criterion.id for item in found.next_steps] == ["willing-in-interviews"]


WAIVER = {"criterion": "willing-in-interviews", "why": "wie wil, is er al", "by": "annelies", "date": "2025-02-20"}


def test_a_waiver_lets_a_criterion_go() -> None:
    """Complete, it counts as met for the verdict, and stands in the outcomes as waived."""
    found = assessed(dossier_of({**unwilling(), "waivers": [WAIVER]}))
    assert found.verdict is VerdictKind.GO
    (item,) = found.of(Result.WAIVED)
    assert item.waiver is not None
    assert (item.criterion.id, item.waiver.why, item.outcome.result) == (
        "willing-in-interviews",
        "wie wil, is er al",
        Result.UNMET,
    )


@pytest.mark.parametrize("lacking", ["why", "by", "date"])
def test_an_incomplete_waiver_does_not_count(lacking: str) -> None:
    """Without a reason, a name or a day it changes nothing, and `check` says so."""
    waiver = {key: value for key, value in WAIVER.items() if key != lacking}
    dossier = dossier_of({**unwilling(), "waivers": [waiver]})
    assert assessed(dossier).verdict is VerdictKind.NO_GO
    (finding,) = check(dossier)
    assert (finding.code, finding.path, finding.severity) == ("incomplete-waiver", ("waivers", 0), "warning")


def test_a_waiver_of_what_is_met_is_not_used() -> None:
    """What holds by itself is met, waiver or not."""
    found = assessed(dossier_of({**tree(), "waivers": [WAIVER]}))
    assert found.of(Result.WAIVED) == ()


def test_a_kill_criterion_cannot_be_waived() -> None:
    """Reached, it is a no-go at every gate, and a waiver of it is an error."""
    for decided in range(7):
        plan = tree(decided)
        plan["initiative"]["kill_criteria"]["lege-kamer"]["reached"] = "true"
        plan["waivers"] = [{**WAIVER, "criterion": "lege-kamer"}, {**WAIVER, "criterion": "kill-criteria"}]
        dossier = dossier_of(plan)
        assert assessed(dossier).verdict is VerdictKind.NO_GO
        wrong = [finding for finding in check(dossier) if finding.code != "seal-broken"]
        assert [(finding.code, finding.path) for finding in wrong] == [
            ("not-to-waive", ("waivers", 0, "criterion")),
            ("not-to-waive", ("waivers", 1, "criterion")),
        ]
    assert assessed(dossier).moment_verdict(Moment.START) is VerdictKind.NO_GO


def test_a_waiver_of_nothing() -> None:
    """A criterion that there is not is named, with the nearest."""
    (finding,) = check(dossier_of({**tree(), "waivers": [{**WAIVER, "criterion": "willing-share-x"}]}))
    assert (finding.code, finding.path, str(finding.message), str(finding.hint)) == (
        "unknown-criterion",
        ("waivers", 0, "criterion"),
        "there is no criterion 'willing-share-x'",
        "did you mean 'willing-share'?",
    )


@pytest.mark.parametrize("written", ["50%", "0.5"])
def test_an_own_threshold(written: str) -> None:
    """With a reason it counts, and the reason goes along to the report."""
    plan = {**tree(), "thresholds": {"willing-in-interviews": {"value": written, "why": "een kleine groep"}}}
    found = assessed(dossier_of(plan))
    (item,) = [item for item in found.items if item.criterion.id == "willing-in-interviews"]
    assert (item.threshold, item.override_why, item.result) == (Fraction(1, 2), "een kleine groep", Result.MISSING)
    assert check(dossier_of(plan)) == ()


@pytest.mark.parametrize(
    ("id_", "override", "expected"),
    [
        ("willing-in-interviews", {"value": "50%"}, ("no-reason", (), "warning", "add `why:`")),
        (
            "willing-in-interviews",
            {"value": "half", "why": "x"},
            ("bad-threshold", ("value",), "error", "write it like the usual one: 20%"),
        ),
        (
            "interviews-enough",
            {"value": "5%", "why": "x"},
            ("bad-threshold", ("value",), "error", "write it like the usual one: 10"),
        ),
        ("interviews-enough", {"why": "x"}, ("bad-threshold", ("value",), "error", "write it like the usual one: 10")),
        (
            "kill-criteria-set",
            {"value": "3", "why": "x"},
            ("no-threshold", (), "error", "take this out; `coplaunch explain kill-criteria-set` tells what it asks"),
        ),
        (
            "interviews-enuf",
            {"value": "3", "why": "x"},
            ("unknown-criterion", (), "error", "did you mean 'interviews-enough'?"),
        ),
    ],
)
def test_a_threshold_that_does_not_count(id_: str, override: Any, expected: tuple[str, Any, str, str]) -> None:
    """The usual one counts instead, and it is said why."""
    dossier = dossier_of({**tree(), "thresholds": {id_: override}})
    (finding,) = check(dossier)
    path = ("thresholds", id_, *expected[1])
    assert (finding.code, finding.path, str(finding.severity), str(finding.hint)) == (
        expected[0], path, expected[2], expected[3],
    )  # fmt: skip
    usual = {item.criterion.id: item.threshold for item in assessed(at(0)).items}
    assert {item.criterion.id: item.threshold for item in assessed(dossier).items} == usual


@pytest.mark.parametrize("unit", [Unit.SHARE, Unit.PEOPLE])
@given(whole=st.integers(0, 100))
def test_a_threshold_is_written_as_it_is_read(unit: Unit, whole: int) -> None:
    """What stands in a decision reads back to the same value."""
    value = Fraction(whole, 100) if unit is Unit.SHARE else Fraction(whole)
    assert read_threshold(write_threshold(value, unit), unit) == value


@pytest.mark.parametrize("written", ["", "-1", "1/2", "120%", "0,5", "1e1", "twelve", "5 %%"])
def test_what_is_no_share(written: str) -> None:
    """A share is 0% to 100%, or 0 to 1."""
    assert read_threshold(written, Unit.SHARE) is None


# -- deciding: what is refused ----------------------------------------------------------------------------------------


def test_a_go_against_the_verdict() -> None:
    """Not yet and no-go both refuse a go, with exit 1."""
    plan = tree()
    del plan["initiative"]["kill_criteria"]
    for dossier in (dossier_of(plan), dossier_of(unwilling())):
        assert refused(dossier, choose()) == (
            "against-verdict",
            Exit.NO,
            "the evidence does not carry a go",
            "do what is missing, or waive it with a reason; `coplaunch status` shows the cheapest step",
        )


def test_an_unsigned_decision() -> None:
    """Who decides and why are part of it; who is somebody in the plan."""
    assert refused(at(0), choose(by=())) == (
        "unsigned",
        Exit.USAGE,
        "a decision needs to know who made it",
        "add --by with the short name of who decides, as in `people`",
    )
    assert refused(at(0), choose(by=("annelies", "marlous"))) == (
        "unsigned",
        Exit.USAGE,
        "there is no 'marlous' in people",
        "did you mean 'marloes'?",
    )
    assert refused(at(0), choose(because=" \n ")) == (
        "unsigned",
        Exit.USAGE,
        "a decision needs a reason",
        "add --because with one sentence; it stands first in the report",
    )
    people = ", ".join(tree()["people"])
    assert refused(at(0), choose(by=("x",)))[3] == f"add them to `people` first, or choose from {people}"
    alone = dossier_of({"format": "1"})
    assert refused(alone, choose(NO_GO, by=("x",)))[3] == "add them to `people` first"


@pytest.mark.parametrize("kind", [CONTINUE, ADJUST, HAND_OVER, STOP])
@pytest.mark.parametrize("decided", range(6))
def test_a_review_is_decided_after_the_launch(decided: int, kind: DecisionKind) -> None:
    """Before the launch there is nothing to continue, adjust, hand over or close."""
    assert refused(at(decided), choose(kind)) == (
        "misfit",
        Exit.USAGE,
        "that is decided in a review, after the launch",
        "choose --no-go or --back-to, or nothing for a go",
    )


@pytest.mark.parametrize("kind", [GO, NO_GO, SUPPORT])
def test_after_the_launch_a_review_is_decided(kind: DecisionKind) -> None:
    """A launched community does not pass the first gates once more."""
    assert refused(at(6), choose(kind)) == (
        "misfit",
        Exit.USAGE,
        "after the launch, a review is decided",
        "choose --continue, --adjust, --hand-over or --stop",
    )


@pytest.mark.parametrize("decided", range(1, 6))
def test_supporting_what_exists_is_decided_in_the_first_phase(decided: int) -> None:
    """Later it is a no-go, or a way back."""
    assert refused(at(decided), choose(SUPPORT)) == (
        "misfit",
        Exit.USAGE,
        "supporting what exists is decided in phase 1",
        "choose --no-go or --back-to initiative",
    )


def test_back_leads_back() -> None:
    """Not to nowhere, not to a later phase, not to where the project stands already."""
    earlier = "choose from initiative, concept_test"
    for to in (None, Phase.STRATEGY, Phase.LAUNCHED):
        assert refused(at(2), choose(BACK, to=to)) == (
            "misfit",
            Exit.USAGE,
            "back leads to this phase or an earlier one",
            earlier,
        )
    assert refused(at(2), choose(BACK, to=Phase.CORE_GROUP)) == (
        "misfit",
        Exit.USAGE,
        "the project is in that phase already",
        earlier,
    )
    assert refused(at(0), choose(BACK, to=Phase.INITIATIVE))[3] == "this is the first phase"


def test_a_project_that_has_ended_takes_no_decision() -> None:
    """Only a way back takes it up again, to the same phase too."""
    plan = tree(1)
    plan["decisions"].append({"gate": "concept_test", "decision": "no_go", "date": "2025-04-08"})
    assert refused(dossier_of(plan), choose()) == (
        "ended",
        Exit.NO,
        "the project has ended: its last decision was no_go",
        "`coplaunch advance --back-to concept_test` takes it up again",
    )
    assert decide(dossier_of(plan), choose(BACK, to=Phase.CONCEPT_TEST), "0.1.0").phase is Phase.CONCEPT_TEST
    assert refused(dossier_of(plan), choose(BACK, to=Phase.PLAN))[3] == "choose from initiative, concept_test"


def test_decisions_are_appended_in_their_order() -> None:
    """A day before the last decision is refused, the same day is not."""
    assert refused(at(1), choose(day=date(2025, 2, 24))) == (
        "misfit",
        Exit.USAGE,
        "24 February 2025 is before the last decision, of 25 February 2025",
        "decisions are appended in their order; leave --date out for today",
    )
    assert decide(at(1), choose(day=date(2025, 2, 25)), "0.1.0").phase is Phase.CORE_GROUP


def test_no_review_to_decide_about() -> None:
    """Three reviews in the file and three decided: a fourth has to be held first. Going back needs none."""
    assert refused(at(9), choose(CONTINUE)) == (
        "no-review",
        Exit.NO,
        "there is no review to decide about",
        "add one to `reviews` in coplaunch.yaml, then run this again",
    )
    assert decide(at(9), choose(BACK, to=Phase.STRATEGY), "0.1.0").phase is Phase.STRATEGY


# -- deciding: what is recorded ---------------------------------------------------------------------------------------


def test_the_entry() -> None:
    """Everything that a decision was, in the order in which it will stand in the file."""
    decided = decide(at(0), choose(by=("annelies", "marloes"), because=" de behoefte is er\n"), "0.1.0")
    criteria = [criterion for _, criterion in CRITERIA.values() if CRITERIA[criterion.id][0].gate is Gate.INITIATIVE]
    assert list(decided.entry.items()) == [
        ("gate", "initiative"),
        ("decision", "go"),
        ("date", DAY),
        ("by", ["annelies", "marloes"]),
        ("because", "de behoefte is er"),
        ("verdict", "go"),
        ("outcomes", {criterion.id: "met" for criterion in criteria}),
        (
            "thresholds",
            {
                "interviews-enough": "10",
                "need-evidenced": "3",
                "willing-in-interviews": "20%",
                "reachable-enough": "40",
            },
        ),
        ("report", "decisions/2026-04-01-initiative-go.md"),
        ("seal", seal(at(0), criteria)),
        ("tool", "0.1.0"),
    ]
    assert (decided.phase, decided.report) == (Phase.CONCEPT_TEST, "decisions/2026-04-01-initiative-go.md")


@pytest.mark.parametrize(
    ("decided", "kind", "to", "phase", "state"),
    [
        *((n, GO, None, list(Phase)[n + 1], State.ACTIVE) for n in range(6)),
        *((n, NO_GO, None, list(Phase)[n], State.STOPPED) for n in range(6)),
        (0, SUPPORT, None, Phase.INITIATIVE, State.SUPPORTING),
        (3, BACK, Phase.CONCEPT_TEST, Phase.CONCEPT_TEST, State.ACTIVE),
        (6, BACK, Phase.LAUNCH, Phase.LAUNCH, State.ACTIVE),
        (6, CONTINUE, None, Phase.LAUNCHED, State.ACTIVE),
        (6, ADJUST, None, Phase.LAUNCHED, State.ACTIVE),
        (6, HAND_OVER, None, Phase.LAUNCHED, State.ACTIVE),
        (6, STOP, None, Phase.LAUNCHED, State.CLOSED),
    ],
)
def test_where_a_decision_leads(decided: int, kind: DecisionKind, to: Phase | None, phase: Phase, state: State) -> None:
    """Every kind at every gate where it fits: the phase after it, and whether the project goes on."""
    made = decide(at(decided), choose(kind, to=to), "0.1.0")
    plan = recorded(tree(decided), made)
    project, findings = read_project({**plan, "phase": made.phase.value})
    assert project is not None
    assert [finding.code for finding in findings if finding.code == "phase-disagrees"] == []
    stands = standing(project.decisions or [])
    assert (made.phase, stands.phase, stands.state) == (phase, phase, state)
    assert made.entry.get("to") == (to.value if to else None)


@pytest.mark.parametrize("kind", [NO_GO, SUPPORT])
def test_stopping_needs_no_verdict(kind: DecisionKind) -> None:
    """People may stop whatever the evidence says; what it said is recorded beside it."""
    assert decide(at(0), choose(kind), "0.1.0").entry["verdict"] == "go"
    assert decide(dossier_of(unwilling()), choose(kind), "0.1.0").entry["verdict"] == "no_go"


def test_a_report_of_the_same_name() -> None:
    """Two decisions of one kind on one day have a report each."""
    plan = tree()
    for number in ("", "-2"):
        plan["decisions"] += [
            {"gate": "initiative", "decision": "no_go", "report": f"decisions/2026-04-01-initiative-no-go{number}.md"},
            {"gate": "initiative", "decision": "back", "to": "initiative"},
        ]
    assert decide(dossier_of(plan), choose(NO_GO), "0.1.0").report == "decisions/2026-04-01-initiative-no-go-3.md"


def recorded(plan: Any, made: Decided) -> Any:
    """The plan with a decision added, as it will be read again."""
    entry = {key: str(value) if isinstance(value, date) else value for key, value in made.entry.items()}
    return {**plan, "decisions": [*plan["decisions"], entry]}


# -- standing ---------------------------------------------------------------------------------------------------------

_DECISIONS = st.lists(
    st.builds(
        Decision,
        gate=st.none() | st.sampled_from(Gate),
        decision=st.none() | st.sampled_from(DecisionKind),
        to=st.none() | st.sampled_from(Phase),
    ),
    max_size=8,
)


@given(_DECISIONS)
def test_any_list_of_decisions_leads_somewhere(decisions: list[Decision]) -> None:
    """Written by hand in whatever order: a phase, a state, and each gate in force once, in the order of the list."""
    stands = standing(decisions)
    assert list(stands.in_force) == sorted(set(stands.in_force))
    gates = [decisions[position].gate for position in stands.in_force]
    assert len(gates) == len(set(gates))
    last = next((d for d in reversed(decisions) if d.gate and d.decision), None)
    assert (stands.state is State.ACTIVE) == (last is None or last.decision not in {NO_GO, SUPPORT, STOP})
    assert standing([*decisions, Decision()]) == stands


def test_a_way_back_takes_later_gates_out_of_force() -> None:
    """The gates before it stay decided; a review goes too."""

    def made(gate: Gate, kind: DecisionKind, to: Phase | None = None) -> Decision:
        return Decision(gate=gate, decision=kind, to=to)

    gates = [made(gate, GO) for gate in list(Gate)[:6]]
    assert standing([*gates, made(Gate.REVIEW, CONTINUE), made(Gate.REVIEW, ADJUST)]).in_force == (0, 1, 2, 3, 4, 5, 7)
    back = [*gates, made(Gate.REVIEW, CONTINUE), made(Gate.REVIEW, BACK, Phase.CORE_GROUP)]
    assert (standing(back).phase, standing(back).in_force) == (Phase.CORE_GROUP, (0, 1))
    again = [*back, made(Gate.CORE_GROUP, GO)]
    assert (standing(again).phase, standing(again).in_force) == (Phase.STRATEGY, (0, 1, 8))


# -- the seal ---------------------------------------------------------------------------------------------------------


def drifted(plan: Any, evidence: Mapping[str, EvidenceFile] | None = None) -> dict[int, list[str]]:
    """The decisions that no longer rest on what stands in the plan, each with the criteria that changed."""
    return {one.position: [c.id for c in one.changed] for one in drift(dossier_of(plan, evidence))}


def turned(one: Drift) -> list[tuple[str, str, str]]:
    return [(criterion.id, before.value, after.value) for criterion, before, after in one.turned]


def _reversed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _reversed(value[key]) for key in reversed(value)}
    return [_reversed(item) for item in value] if isinstance(value, list) else value


def test_the_seal_is_over_values_not_bytes() -> None:
    """Other layout, quoting and order of keys, no comments: the same values, and every seal holds."""
    comments = json.dumps(tree(9), indent=1, ensure_ascii=False).replace(",\n", ",   # why\n")
    for text in (
        json.dumps(_reversed(tree(9)), ensure_ascii=False),
        json.dumps(tree(9), sort_keys=True, indent=8),
        yaml.dump(tree(9), Dumper=yaml.SafeDumper, default_style="'", allow_unicode=True, width=50),
        comments,
        comments.replace("\n", "\r\n"),
    ):
        source, findings = read_source(text.encode(), "coplaunch.yaml")
        assert source is not None, findings
        assert drifted(source.tree) == {}


def test_the_seal_does_not_see_what_was_not_read() -> None:
    """New people, own keys, later phases and unrelated answers leave a decision as it is."""
    plan = tree(3)
    plan["people"]["nieuw"] = {"name": "Nieuw", "hours_per_week": "3", "place": "Breda"}
    plan["people"]["marloes"]["role"] = "iets anders"
    plan["x-note"] = "ours"
    plan["name"] = "De Derde Zin"
    plan["initiative"]["sponsor_in_sight"]["x-note"] = "ours"
    for later in ("strategy", "plan", "launch", "reviews"):
        del plan[later]
    assert drifted(plan) == {}


def test_a_number_is_a_value() -> None:
    """5 and 5.0 hours are as many."""
    plan = tree(9)
    plan["people"]["marloes"]["hours_per_week"] = "20.0"
    assert drifted(plan) == {}


def test_sorted_outcomes_still_name_what_changed() -> None:
    """Whoever sorted the keys of the file gets the same answer."""
    plan = json.loads(json.dumps(tree(9), sort_keys=True))
    plan["initiative"]["networks"] = ["anders"]
    assert drifted(plan) == {0: ["networks-mapped"]}


def test_a_change_names_the_criterion_that_read_it() -> None:
    """And what turned: the outcome then and now."""
    plan = tree(9)
    plan["initiative"]["interviews"]["held"] = "9"
    (one,) = drift(dossier_of(plan))
    assert (one.position, [c.id for c in one.changed]) == (
        0,
        ["interviews-enough", "need-evidenced", "willing-in-interviews"],
    )
    assert turned(one)[0] == ("interviews-enough", "met", "unmet")
    (finding,) = check(dossier_of(plan))
    assert (finding.code, finding.path, finding.severity, str(finding.message)) == (
        "seal-broken",
        ("decisions", 0),
        "warning",
        "this decision no longer rests on what stands in the file; changed since: "
        "interviews-enough, need-evidenced, willing-in-interviews",
    )
    names = ", ".join(id_ for id_, _, _ in turned(one))
    assert str(finding.hint) == (
        f"the outcome turned for {names}; decide again: `coplaunch advance --back-to initiative`"
    )


def test_a_change_that_turns_nothing() -> None:
    """One conversation more: another ground, the same outcome."""
    plan = tree(9)
    plan["initiative"]["urgency"][0]["text"] += " En dat kost geld."
    (finding,) = check(dossier_of(plan))
    assert str(finding.message).endswith("changed since: urgency-stated")
    assert str(finding.hint) == "the outcomes are the same; put the old values back, or leave it as it is"


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, (*path, number))
    else:
        yield path


def _changed(written: str) -> list[str]:
    """Other values of the same kind; the first that the field can read is used."""
    if written in {"true", "false"}:
        return ["false" if written == "true" else "true"]
    return ["7", "2025-01-02", "07:07", f"{written}-anders"] if written != "7" else ["8"]


def _reads(read: str, path: tuple[Any, ...]) -> bool:
    """Whether a path lies on what is read: `*` is any step; what is read may hold more below it."""
    steps = read.split(".")
    return len(steps) <= len(path) and all(
        step == "*" or step == str(part) for step, part in zip(steps, path, strict=False)
    )


def test_each_value_is_under_the_seal_of_the_criteria_that_read_it() -> None:
    """Every answer of the first four phases, changed one at a time: exactly the criteria that read it are named."""
    checked = 0
    plan = tree(4)
    for path in [
        (section, *rest)
        for section in ("organisation", "initiative", "concept_test", "core_group", "strategy")
        for rest in _leaves(plan[section])
    ][::3]:
        other = deepcopy(plan)
        holder = other
        for part in path[:-1]:
            holder = holder[part]
        for value in _changed(holder[path[-1]]):
            holder[path[-1]] = value
            project, findings = read_project(other)
            if project is not None and not [f for f in findings if f.path == path and f.code != "dangling-reference"]:
                break
        else:
            continue
        expected = {
            id_
            for decision in plan["decisions"]
            for id_ in decision["outcomes"]
            if any("{" not in read and _reads(read, path) for read in CRITERIA[id_][1].reads)
        }
        by_name = {
            id_
            for decision in plan["decisions"]
            for id_ in decision["outcomes"]
            if any("{" in read for read in CRITERIA[id_][1].reads)
        }
        found = {id_ for ids in drifted(other).values() for id_ in ids}
        assert found - by_name == expected - by_name, path
        assert expected <= found, path
        checked += 1
    assert checked > 60


def test_what_stands_at_a_name_is_read_of_that_name_only() -> None:
    """The hours of the manager are under the seal, those of a colleague who has no task are not."""
    plan = tree(4)
    plan["people"]["marloes"]["hours_per_week"] = "12"
    assert {id_ for ids in drifted(plan).values() for id_ in ids} >= {"manager-appointed"}
    plan = tree(4)
    plan["people"]["peter"]["hours_per_week"] = "12"
    assert drifted(plan) == {}


def test_an_evidence_file_is_under_the_seal() -> None:
    """Its counts are values like any other; a file that nobody names is not looked at."""
    more = _evidence()["maart-2025"].model_copy(update={"answered": 95})
    found = drifted(tree(9), {**_evidence(), "maart-2025": more})
    assert list(found) == [1]
    assert "willing-share" in found[1]
    assert drifted(tree(9), {**_evidence(), "other": more}) == {}
    assert list(drifted(tree(9), {})) == [1]


def test_a_decision_that_was_changed_by_hand() -> None:
    """A seal that is none, or that does not fit its own parts, is said without a guess at what changed."""
    for written in ("9f2c", "1:0000000000000000:000000", "2:" + tree(1)["decisions"][0]["seal"][2:]):
        plan = tree(1)
        plan["decisions"][0]["seal"] = written
        (finding,) = check(dossier_of(plan))
        assert str(finding.message) == "this decision or its seal was changed by hand"
    plan = tree(1)
    plan["decisions"][0]["seal"] = plan["decisions"][0]["seal"][:10] + "0" + plan["decisions"][0]["seal"][11:]
    assert drifted(plan) in ({0: []}, {})
    plan = tree(1)
    del plan["decisions"][0]["seal"]
    assert drifted(plan) == {}


def test_a_criterion_that_is_no_longer_known() -> None:
    """A decision of another version may rest on a criterion that this one has not: the others keep their place."""
    plan = tree(1)
    outcomes = plan["decisions"][0]["outcomes"]
    plan["decisions"][0]["outcomes"] = {
        ("gone" if id_ == "urgency-stated" else id_): result for id_, result in outcomes.items()
    }
    assert drifted(plan) == {}
    plan["initiative"]["networks"] = ["anders"]
    assert drifted(plan) == {0: ["networks-mapped"]}


def test_a_decision_out_of_force_is_not_checked() -> None:
    """After a way back it rests on nothing any more: only the gates before it do."""
    plan = tree(3)
    made = decide(dossier_of(plan), choose(BACK, to=Phase.CONCEPT_TEST), "0.1.0")
    plan = recorded(plan, made)
    plan["concept_test"]["hypothesis"] = "anders"
    plan["core_group"]["met"] = ["2025-05-23"]
    assert drifted(plan) == {}
    plan["initiative"]["networks"] = ["anders"]
    assert drifted(plan) == {0: ["networks-mapped"]}


def test_each_review_decision_is_about_its_own_review() -> None:
    """The third decision is about the third review; the earlier ones are no longer in force."""
    plan = tree(9)
    plan["reviews"][2]["members"] = "3"
    (one,) = drift(dossier_of(plan))
    assert (one.position, [c.id for c in one.changed]) == (8, ["figures-fresh"])
    for earlier in (0, 1):
        plan = tree(9)
        plan["reviews"][earlier]["members"] = "3"
        assert drifted(plan) == {}
    second = tree(8)
    second["reviews"][2]["members"] = "3"
    assert drifted(second) == {}
    second["reviews"][1]["members"] = "3"
    assert drifted(second) == {7: ["figures-fresh"]}


def test_a_review_that_turned_is_for_the_next_one() -> None:
    """A review cannot be gone back to: the hint says what can be done."""
    plan = tree(9)
    del plan["reviews"][2]["members"]
    (finding,) = check(dossier_of(plan))
    assert str(finding.hint) == "the outcome turned for figures-fresh; say so at the next review"


def test_the_next_review_is_the_one_to_decide() -> None:
    """Two decided: the third in the file is weighed."""
    assert dossier_for(at(8), GATES[Gate.REVIEW]).review_number == 2
    assert dossier_for(at(8), GATES[Gate.PLAN]) == at(8)


def test_a_way_back_after_the_launch_uses_up_no_review() -> None:
    """Back from the launch without a review, and launched again: the next review in the file is the one to decide."""
    plan = tree(8)
    del plan["reviews"][2]
    plan = recorded(plan, decide(dossier_of(plan), choose(BACK, to=Phase.LAUNCH), "0.1.0"))
    plan = recorded(plan, decide(dossier_of(plan), choose(), "0.1.0"))
    assert refused(dossier_of(plan), choose(CONTINUE))[0] == "no-review"
    plan["reviews"].append(tree()["reviews"][2])
    assert decide(dossier_of(plan), choose(CONTINUE), "0.1.0").entry["verdict"] == "go"


def test_decided_and_read_again_the_seal_holds() -> None:
    """Through all gates and reviews: each decision recorded, and none of them drifts."""
    plan = tree()
    for kind in (*[GO] * 6, CONTINUE, ADJUST, HAND_OVER):
        plan = recorded(plan, decide(dossier_of(plan), choose(kind), "0.1.0"))
        assert drifted(plan) == {}
    assert standing(dossier_of(plan).project.decisions or []).in_force == (0, 1, 2, 3, 4, 5, 8)
