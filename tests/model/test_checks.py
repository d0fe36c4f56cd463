"""What the parts of a project say of each other: each contradiction at its place, with what to do."""

from __future__ import annotations

import pytest

from cop_launch.model.evidence import EvidenceFile
from cop_launch.model.validation import validate
from tests.model.reader import wrong

MARCH = validate(
    EvidenceFile,
    {
        "answered": "96",
        "invited": "180",
        "excluded": {"outside": "5"},
        "counts": {
            "wants_a_role": {"active": "28", "maybe": "31", "declined": "32"},
            "recognises": {"yes": "67", "no": "24"},
        },
    },
)
EVIDENCE = {"march": MARCH}


# -- what points at something -------------------------------------------------------------------------------------


def test_a_reference_to_what_is_not_there() -> None:
    """The nearest name is offered; else the names that there are; else where to add one."""
    text = """\
        people: {anna: {role: lead}, wim: {role: letters}}
        initiative:
          needs: {explain-no: {need: see others do it}}
          champions: [{person: ana}, {person: zoë}]
        concept_test:
          themes: {saying-no: {needs: [explain-no, explain-yes, q]}}
          tests: [{reached: claims, evidence: march}, {evidence: april}]
        """
    assert wrong(text, EVIDENCE) == [
        "5:24 dangling-reference: there is no 'ana' in people -> did you mean 'anna'?",
        "5:39 dangling-reference: there is no 'zoë' in people -> add it to people, or choose from anna, wim",
        "7:44 dangling-reference: there is no 'explain-yes' in initiative.needs -> did you mean 'explain-no'?",
        "7:57 dangling-reference: there is no 'q' in initiative.needs"
        " -> add it to initiative.needs, or choose from explain-no",
        "8:21 dangling-reference: there is no 'claims' in initiative.target_groups"
        " -> add it to initiative.target_groups, or write another name here",
        "8:58 dangling-reference: there is no file evidence/april.yaml -> choose from march",
    ]


def test_a_key_that_refers() -> None:
    """A member of the core group is named by the key: that is where the finding points."""
    assert wrong("people: {anna: {role: x}}\ncore_group: {members: {anna: {}, wim: {motive: craft}}}") == [
        "3:34 dangling-reference: there is no 'wim' in people -> add it to people, or choose from anna"
    ]


def test_one_of_two_targets_will_do() -> None:
    """What members gain was heard in a need or in a test: either may be named, and both are offered."""
    text = "initiative: {needs: {a: {need: x}}}\nconcept_test: {value: {members: [{text: x, from: [a, march, c]}]}}"
    assert wrong(text, EVIDENCE) == [
        "3:61 dangling-reference: there is no 'c' in initiative.needs"
        " -> add it to initiative.needs, or choose from a, march"
    ]


def test_too_many_to_list() -> None:
    """A dozen names are listed, more are not."""
    people = ", ".join(f"p{i}: {{role: x}}" for i in range(13))
    assert wrong(f"people: {{{people}}}\ninitiative: {{champions: [{{person: z}}]}}") == [
        "3:35 dangling-reference: there is no 'z' in people -> add it to people, or write another name here"
    ]


@pytest.mark.parametrize(
    "people", ["[anna]", "anna", "{anna: 3, wim: [x]}", "{anna: }", "\n  anna: {role: x}\n  anna: {role: y}"]
)
def test_what_points_at_something_unread_is_not_wrong_too(people: str) -> None:
    """One mistake in `people` is one finding, not one for everybody who is named."""
    text = f"people: {people}\ninitiative: {{champions: [{{person: anna}}]}}"
    assert [line.split()[1].rstrip(":") for line in wrong(text)][:1] != ["dangling-reference"]
    assert not [line for line in wrong(text) if "dangling-reference" in line]


# -- figures that cannot be ---------------------------------------------------------------------------------------


def test_a_period_that_ends_before_it_begins() -> None:
    """In conversations and in the dry run alike; a period of one day is one."""
    assert wrong("initiative: {interviews: {period: {from: 2025-02-14, to: 2025-01-20}}}") == [
        "2:58 period-reversed: this ends on 2025-01-20, before it begins on 2025-02-14 -> change one of the two dates"
    ]
    assert wrong("plan: {dry_run: {from: 2025-02-14, to: 2025-02-13}}") == [
        "2:40 period-reversed: this ends on 2025-02-13, before it begins on 2025-02-14 -> change one of the two dates"
    ]
    assert wrong("plan: {dry_run: {from: 2025-02-14, to: 2025-02-14}}") == []
    assert wrong("plan: {dry_run: {from: 2025-02-14}}") == []


def test_more_than_all() -> None:
    """A share over one, wherever a figure stands; all of them is possible, and so is nobody."""
    hint = "numerator is how many of them, denominator is how many in all"
    assert wrong("reviews: [{active: {numerator: 4, denominator: 3}}]") == [
        f"2:20 impossible-figure: 4 of 3 is more than all of them -> {hint}"
    ]
    assert wrong("reviews: [{active: {numerator: 3, denominator: 3}}, {active: {numerator: 0, denominator: 0}}]") == []


def test_answers_that_do_not_add_up() -> None:
    """More answers than invitations, more left out than came in, more opinions than people."""
    text = """\
        initiative: {interviews: {held: 3, want_to_contribute: {active: 2, maybe: 1, declined: 1}}}
        concept_test:
          tests:
            - {invited: 5, answered: 6, left_out: {outside: 4, double: 3}}
            - {answered: 6, left_out: {outside: 2}, wants_a_role: {active: 3, maybe: 1, declined: 1}}
            - {answered: 6, left_out: {outside: 2}, wants_a_role: {active: 3, maybe: 1, declined: 0}}
            - {left_out: {outside: 2}, wants_a_role: {active: 3}}
        """
    once = "count each person once"
    assert wrong(text) == [
        f"2:56 impossible-figure: yes, perhaps and no add up to 4, and only 3 answers count -> {once}",
        "5:30 impossible-figure: 6 people answered, and 5 were invited"
        " -> count people once, and everyone who was invited",
        "5:43 impossible-figure: 7 answers are left out of 6"
        " -> `answered` counts everyone who answered, those left out included",
        f"6:59 impossible-figure: yes, perhaps and no add up to 5, and only 4 answers count -> {once}",
    ]


def test_two_sources_that_differ() -> None:
    """By hand and in the evidence file, and not the same: a finding at each figure; the same twice is fine."""
    text = """\
        concept_test:
          tests:
            - evidence: march
              invited: 181
              answered: 95
              left_out: {outside: 4}
              wants_a_role: {active: 28, maybe: 31}
              recognises: {numerator: 66, denominator: 91, evidence: march}
            - evidence: march
              invited: 180
              answered: 96
              left_out: {outside: 5}
              wants_a_role: {active: 28, maybe: 31, declined: 32}
              recognises: march
        """
    said = "this differs from what evidence/march.yaml counts -> take out what is written here, or correct it"
    assert wrong(text, EVIDENCE) == [
        f"{place} figures-differ: {said}" for place in ("5:16", "6:17", "7:17", "8:21", "9:31")
    ]


# -- phase and people -----------------------------------------------------------------------------------------------


def test_a_phase_that_the_decisions_do_not_lead_to() -> None:
    """The phase follows from the decisions; without one it is the first."""
    assert wrong("phase: plan") == [
        "2:8 phase-disagrees: the phase is 'plan', and the decisions lead to 'initiative'"
        " -> write `phase: initiative`; `coplaunch advance` moves it"
    ]
    assert wrong("phase: concept_test\ndecisions: [{gate: initiative, decision: go}]") == []
    assert wrong("phase: initiative") == []
    assert wrong("decisions: [{gate: initiative, decision: go}]") == []


def test_a_phase_after_an_unread_decision_is_not_judged() -> None:
    """A decision that cannot be read is one finding: what it would lead to is not known."""
    text = "phase: concept_test\ndecisions: [{gate: initative, decision: go}]"
    assert [line.split()[1] for line in wrong(text)] == ["unknown-choice:"]


def test_named_without_consent() -> None:
    """Champions, core group and sponsor by name need a yes; a role, and whoever else stands in `people`, does not."""
    text = """\
        people:
          anna: {name: Anna}
          wim: {name: Wim, consent: 2025-01-07}
          zoe: {name: Zoë}
          kim: {name: Kim}
          desk: {role: service desk}
          eva: {name: Eva}
        initiative: {champions: [{person: anna}, {person: wim}, {person: desk}]}
        core_group: {members: {anna: {}, zoe: {}}, sponsor: {person: kim}}
        """
    hint = "ask, and add `consent:` with the date; or name a role instead of a person"
    assert wrong(text) == [
        f"{line}:3 no-consent: {name} is named, and nobody wrote down whether that is all right -> {hint}"
        for line, name in [(3, "Anna"), (5, "Zoë"), (6, "Kim")]
    ]
