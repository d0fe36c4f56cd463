"""The verbs, pure: assess a gate, decide at it, see whether a decision still rests on what it rested on.

They take a dossier and return data; nothing here reads a file, asks, writes or prints.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from hashlib import sha256
from typing import Any

from cop_launch.findings import Exit, Finding, KeyPath, Refused, Severity, did_you_mean
from cop_launch.gates import (
    Criterion,
    Dossier,
    KillCriterionState,
    Level,
    Moment,
    Outcome,
    PhaseGate,
    Threshold,
    Unit,
    kill_criteria,
    select,
    verdict,
)
from cop_launch.locales import Message, msg
from cop_launch.model.decision import (
    Decision,
    DecisionKind,
    Gate,
    Phase,
    Result,
    Standing,
    State,
    VerdictKind,
    Waiver,
    standing,
)
from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from cop_launch.phases import PHASES, REVIEW
from cop_launch.records import Record
from cop_launch.schedule.fit import misfits

SEAL_VERSION = "1"
KILL_CRITERIA = "kill-criteria"
"""The id under which a decision records how the kill criteria stood."""

REVIEW_KINDS = (DecisionKind.CONTINUE, DecisionKind.ADJUST, DecisionKind.HAND_OVER, DecisionKind.STOP)

GATES: dict[Gate, PhaseGate] = {phase.gate: phase for phase in (*PHASES, REVIEW)}
CRITERIA: dict[str, tuple[PhaseGate, Criterion]] = {
    criterion.id: (phase, criterion) for phase in (*PHASES, REVIEW) for criterion in phase.criteria
}


# -- assessing --------------------------------------------------------------------------------------------------------


class Weighed(Record):
    """A criterion with its outcome here: the threshold that counted, and the waiver, where there is one."""

    criterion: Criterion
    outcome: Outcome
    threshold: Fraction | None = None
    override_why: str | None = None
    waiver: Waiver | None = None

    @property
    def result(self) -> Result:
        """The outcome, or waived."""
        return Result.WAIVED if self.waiver else self.outcome.result

    @property
    def blocks(self) -> bool:
        """Whether this stands in the way of a go."""
        return self.criterion.level is not Level.ADVISED and self.result in {Result.MISSING, Result.UNMET}


class Assessment(Record):
    """A gate, weighed: every criterion with its outcome, the kill criteria, and the verdict that follows."""

    gate: PhaseGate
    items: tuple[Weighed, ...]
    kill_criteria: tuple[KillCriterionState, ...]
    verdict: VerdictKind

    def of(self, *results: Result, level: Level | None = None) -> tuple[Weighed, ...]:
        """The items with one of these results, of one level or of all."""
        return tuple(item for item in self.items if item.result in results and level in {None, item.criterion.level})

    @property
    def blocking(self) -> tuple[Weighed, ...]:
        """What stands in the way of a go, decisive ones first."""
        return tuple(
            sorted((item for item in self.items if item.blocks), key=lambda i: i.criterion.level != "decisive")
        )

    @property
    def next_steps(self) -> tuple[Weighed, ...]:
        """The cheapest steps towards a go, three at most; in the plan, those that start the dry run come first.

        With nothing in the way any more: the warnings.
        """
        if self.verdict is VerdictKind.NO_GO:
            open_items: Iterable[Weighed] = [i for i in self.blocking if i.criterion.level is Level.DECISIVE]
        else:
            open_items = self.blocking or self.of(Result.MISSING, Result.UNMET, level=Level.ADVISED)
        ordered = sorted(open_items, key=lambda i: (i.criterion.moment is Moment.LAUNCH, i.criterion.effort))
        return tuple(ordered[:3])

    def moment_verdict(self, moment: Moment) -> VerdictKind:
        """The verdict over one of the two moments of the plan's gate."""
        chosen = [i for i in self.items if i.criterion.moment is moment]
        return verdict(
            ((i.criterion.level, i.result) for i in chosen), killed=any(k.reached for k in self.kill_criteria)
        )


def assess(dossier: Dossier, gate: PhaseGate) -> Assessment:
    """Weighs everything that a gate demands."""
    project = dossier.project
    items = tuple(_weigh(dossier, criterion) for criterion in gate.criteria)
    kills = kill_criteria(project)
    found = verdict(((item.criterion.level, item.result) for item in items), killed=any(kill.reached for kill in kills))
    return Assessment(gate, items, kills, found)


def _weigh(dossier: Dossier, criterion: Criterion) -> Weighed:
    value, why = _threshold(dossier.project, criterion)
    outcome = criterion.outcome(dossier, value)
    waiver = None
    if outcome.result in {Result.MISSING, Result.UNMET}:
        waiver = next((w for w in dossier.project.waivers or [] if w.criterion == criterion.id and _complete(w)), None)
    return Weighed(criterion, outcome, value, why, waiver)


def _threshold(project: Project, criterion: Criterion) -> tuple[Fraction | None, str | None]:
    """The threshold that counts here, and the reason where it is the project's own."""
    if criterion.threshold is None:
        return None, None
    override = (project.thresholds or {}).get(criterion.id)
    if override and override.value and override.why:
        own = read_threshold(override.value, criterion.threshold.unit)
        if own is not None:
            return own, override.why
    return criterion.threshold.value, None


def _complete(waiver: Waiver) -> bool:
    return bool(waiver.why and waiver.by and waiver.date)


def read_threshold(written: str, unit: Unit) -> Fraction | None:
    """A threshold as people write it: `25%` or `0.25` for a share, `12` for a count. None where it is neither."""
    match = re.fullmatch(r"(\d{1,6}(?:\.\d{1,4})?)\s*(%?)", written.strip())
    if not match:
        return None
    value = Fraction(match[1])
    if match[2]:
        value /= 100
    if unit is Unit.SHARE:
        return value if 0 <= value <= 1 else None
    return value if not match[2] else None


def write_threshold(value: Fraction, unit: Unit) -> str:
    """A threshold as it is recorded: `20%`, `12`."""
    if unit is Unit.SHARE:
        return f"{round(float(value * 100), 1):g}%"
    return f"{float(value):g}"


def gate_of(project: Project) -> PhaseGate:
    """The gate before which the project stands: that of its phase, or the review once it is launched."""
    phase = standing(project.decisions or []).phase
    return REVIEW if phase is Phase.LAUNCHED else GATES[Gate(phase.value)]


def dossier_for(dossier: Dossier, gate: PhaseGate) -> Dossier:
    """The dossier as the next decision at this gate sees it: a review decision is about the next review in the file."""
    if gate is not REVIEW:
        return dossier
    return dossier.at_review(reviews_decided(dossier.project.decisions or []))


def reviews_decided(decisions: Iterable[Decision]) -> int:
    """How many of the reviews in the file have had their decision; a way back is taken without one."""
    return sum(made.gate is Gate.REVIEW and made.decision in REVIEW_KINDS for made in decisions)


# -- seals ------------------------------------------------------------------------------------------------------------


def seal(dossier: Dossier, criteria: Sequence[Criterion]) -> str:
    """A digest over the values that these criteria read, with a short one for each, so that a change can be named.

    `1:<16 digits over all>:<6 digits for each criterion, in their order>`. Over the parsed values, not the bytes:
    layout, comments, order of keys and quoting do not matter. An evidence file that is named counts with its values.
    """
    parts = [_digest(dossier, criterion) for criterion in criteria]
    whole = sha256(".".join(parts).encode()).hexdigest()[:16]
    return f"{SEAL_VERSION}:{whole}:{'.'.join(part[:6] for part in parts)}"


def _digest(dossier: Dossier, criterion: Criterion) -> str:
    selected = select(dossier.values, criterion.reads, dossier.review_number or 0)
    named = sorted(set(_evidence_named(selected)))
    evidence = {slug: dossier.evidence_values[slug] for slug in named if slug in dossier.evidence}
    return sha256(_TO_SEAL.encode([selected, evidence]).encode()).hexdigest()


_TO_SEAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _evidence_named(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "evidence" and isinstance(item, str):
                yield item
            else:
                yield from _evidence_named(item)
    elif isinstance(value, list):
        for item in value:
            yield from _evidence_named(item)


class Drift(Record):
    """A decision that no longer rests on what stands in the file: which criteria read something else now.

    `turned` are those whose outcome differs too, with the outcome then and now.
    """

    position: int
    decision: Decision
    changed: tuple[Criterion, ...]
    turned: tuple[tuple[Criterion, Result, Result], ...]


def drift(dossier: Dossier) -> tuple[Drift, ...]:
    """Every decision in force whose seal does not hold any more."""
    return dossier.once(_drift)


def _drift(dossier: Dossier) -> tuple[Drift, ...]:
    decisions = dossier.project.decisions or []
    found = []
    for position in standing(decisions).in_force:
        decision = decisions[position]
        if decision.gate is None or not decision.seal:
            continue
        number = reviews_decided(decisions[:position])
        then = dossier.at_review(number if decision.gate is Gate.REVIEW else None)
        changed = _changed(decision, then)
        if changed is None:
            continue
        turned = tuple(
            (criterion, before, after)
            for criterion in changed
            if (before := (decision.outcomes or {})[criterion.id]) is not (after := _weigh(then, criterion).result)
        )
        found.append(Drift(position, decision, changed, turned))
    return tuple(found)


def _changed(decision: Decision, then: Dossier) -> tuple[Criterion, ...] | None:
    """The criteria that read something else than under this decision's seal; None while the seal holds.

    The parts of a seal stand in the order of the outcomes. Whoever sorted these in the file left the values as they
    were: the order in which they are recorded is tried as well.
    """
    outcomes = list(decision.outcomes or {})
    known = list(CRITERIA)
    as_recorded = sorted(outcomes, key=lambda id_: known.index(id_) if id_ in CRITERIA else len(known))
    orders = [outcomes] if outcomes == as_recorded else [outcomes, as_recorded]
    found = [_changed_in_order(decision.seal or "", ids, then) for ids in orders]
    return None if None in found else min((one for one in found if one is not None), key=len)


def _changed_in_order(sealed: str, ids: Sequence[str], then: Dossier) -> tuple[Criterion, ...] | None:
    # A criterion that this version does not know any more cannot be looked at; the others keep their place.
    criteria = [CRITERIA[id_][1] for id_ in ids if id_ in CRITERIA]
    now = seal(then, criteria)
    if now == sealed:
        return None
    old = _short_digests(sealed)
    if len(old) != len(ids):
        return ()
    new = dict(zip((criterion.id for criterion in criteria), _short_digests(now), strict=True))
    pairs = dict(zip(ids, old, strict=True))
    changed = tuple(criterion for criterion in criteria if pairs[criterion.id] != new[criterion.id])
    return changed if changed or len(criteria) == len(ids) else None


def _short_digests(written: str) -> list[str]:
    """One for each criterion; none of what does not have the form of a seal."""
    form = rf"{SEAL_VERSION}:[0-9a-f]{{16}}:([0-9a-f]{{6}}(?:\.[0-9a-f]{{6}})*)"
    match = re.fullmatch(form, written)
    return match[1].split(".") if match else []


# -- checking ---------------------------------------------------------------------------------------------------------


def check(dossier: Dossier) -> tuple[Finding, ...]:
    """What is wrong with a project as a plan: items on no day, weeks too full, waivers of nothing, decisions without
    ground.
    """
    mail_limit, _ = _threshold(dossier.project, CRITERIA["mail-within-limit"][1])
    return (
        *dossier.schedule_findings,
        *(misfits(dossier.project, dossier.schedule, dossier.loads, mail_limit) if mail_limit is not None else ()),
        *_overrides(dossier.project),
        *_waivers(dossier.project),
        *_drifted(dossier),
    )


def _overrides(project: Project) -> Iterator[Finding]:
    for id_, override in (project.thresholds or {}).items():
        path: KeyPath = ("thresholds", id_)
        entry = CRITERIA.get(id_)
        if entry is None:
            yield _unknown_criterion(id_, path, at_key=True)
        elif entry[1].threshold is None:
            yield Finding(
                "no-threshold",
                msg("{criterion} has no threshold", criterion=id_),
                path,
                hint=msg("take this out; `coplaunch explain {criterion}` tells what it asks", criterion=id_),
                at_key=True,
            )
        elif override.value is None or read_threshold(override.value, entry[1].threshold.unit) is None:
            usual = write_threshold(entry[1].threshold.value, entry[1].threshold.unit)
            yield Finding(
                "bad-threshold",
                msg("{criterion} needs a `value` that is a threshold", criterion=id_),
                (*path, "value"),
                hint=msg("write it like the usual one: {usual}", usual=usual),
            )
        elif not override.why:
            yield Finding(
                "no-reason",
                msg("the threshold of {criterion} does not count without a reason", criterion=id_),
                path,
                Severity.WARNING,
                hint=msg("add `why:`"),
                at_key=True,
            )


def _waivers(project: Project) -> Iterator[Finding]:
    for position, waiver in enumerate(project.waivers or []):
        path: KeyPath = ("waivers", position)
        if waiver.criterion == KILL_CRITERIA or waiver.criterion in {kill.id for kill in kill_criteria(project)}:
            yield Finding(
                "not-to-waive",
                msg("kill criteria cannot be waived"),
                (*path, "criterion"),
                hint=msg("stop, or go back to an earlier phase"),
            )
        elif waiver.criterion is not None and waiver.criterion not in CRITERIA:
            yield _unknown_criterion(waiver.criterion, (*path, "criterion"))
        elif waiver.criterion is None or not _complete(waiver):
            yield Finding(
                "incomplete-waiver",
                msg("this waiver does not count yet"),
                path,
                Severity.WARNING,
                hint=msg("a waiver has `criterion`, `why`, `by` and `date`"),
            )


def _unknown_criterion(written: str, path: KeyPath, at_key: bool = False) -> Finding:
    return Finding(
        "unknown-criterion",
        msg("there is no criterion '{written}'", written=written),
        path,
        hint=did_you_mean(written, CRITERIA) or msg("`coplaunch explain` lists them"),
        at_key=at_key,
    )


def _drifted(dossier: Dossier) -> Iterator[Finding]:
    for drifted in drift(dossier):
        names = ", ".join(criterion.id for criterion in drifted.changed)
        message = (
            msg("this decision no longer rests on what stands in the file; changed since: {names}", names=names)
            if names
            else msg("this decision or its seal was changed by hand")
        )
        turned = ", ".join(criterion.id for criterion, _, _ in drifted.turned)
        if not turned:
            hint = msg("the outcomes are the same; put the old values back, or leave it as it is")
        elif drifted.decision.gate is Gate.REVIEW:
            hint = msg("the outcome turned for {names}; say so at the next review", names=turned)
        else:
            hint = msg(
                "the outcome turned for {names}; decide again: `coplaunch advance --back-to {gate}`",
                names=turned,
                gate=drifted.decision.gate,
            )
        yield Finding("seal-broken", message, ("decisions", drifted.position), Severity.WARNING, hint)


# -- deciding ---------------------------------------------------------------------------------------------------------


class Choice(Record):
    """What a person decides: what, when, who, why; and where to, on the way back."""

    kind: DecisionKind
    day: date
    by: tuple[str, ...] = ()
    because: str = ""
    to: Phase | None = None


class Decided(Record):
    """A decision that can be recorded: the entry as it will stand in the file, and the phase after it."""

    assessment: Assessment
    choice: Choice
    entry: dict[str, Any]
    phase: Phase
    report: str
    """The report's path inside the project."""


def decide(dossier: Dossier, choice: Choice, tool: str) -> Decided:
    """The decision as it will be recorded.

    Raises `Refused` (code `against-verdict`) for a go that the verdict does not carry, and for whatever does not fit
    where the project stands.
    """
    project = dossier.project
    decisions = project.decisions or []
    stands = standing(decisions)
    gate = gate_of(project)
    _refuse_misfit(choice, stands, gate, decisions)
    dossier = dossier_for(dossier, gate)
    if gate is REVIEW and choice.kind in REVIEW_KINDS and dossier.review is None:
        raise Refused(
            msg("there is no review to decide about"),
            msg("add one to `reviews` in coplaunch.yaml, then run this again"),
            code="no-review",
        )
    assessment = assess(dossier, gate)
    if choice.kind is DecisionKind.GO and assessment.verdict is not VerdictKind.GO:
        raise Refused(
            msg("the evidence does not carry a go"),
            msg("do what is missing, or waive it with a reason; `coplaunch status` shows the cheapest step"),
            code="against-verdict",
        )
    _refuse_unsigned(choice, project)
    entry = _entry(dossier, choice, assessment, tool)
    after = standing([*decisions, validate(Decision, _readable(entry))])
    return Decided(assessment, choice, entry, after.phase, entry["report"])


def _refuse_misfit(choice: Choice, stands: Standing, gate: PhaseGate, decisions: Sequence[Decision]) -> None:
    order = list(Phase)
    if choice.kind is DecisionKind.BACK:
        if choice.to is None or order.index(choice.to) > order.index(stands.phase):
            raise Refused(msg("back leads to this phase or an earlier one"), _back_hint(stands), Exit.USAGE, "misfit")
        if choice.to is stands.phase and stands.state is State.ACTIVE:
            raise Refused(msg("the project is in that phase already"), _back_hint(stands), Exit.USAGE, "misfit")
    elif stands.state is not State.ACTIVE:
        raise Refused(
            msg("the project has ended: its last decision was {decision}", decision=decisions[-1].decision or ""),
            msg("`coplaunch advance --back-to {phase}` takes it up again", phase=stands.phase.value),
            code="ended",
        )
    elif (choice.kind in REVIEW_KINDS) != (gate is REVIEW):
        if gate is REVIEW:
            hint = msg("choose --continue, --adjust, --hand-over or --stop")
            raise Refused(msg("after the launch, a review is decided"), hint, Exit.USAGE, "misfit")
        hint = msg("choose --no-go or --back-to, or nothing for a go")
        raise Refused(msg("that is decided in a review, after the launch"), hint, Exit.USAGE, "misfit")
    elif choice.kind is DecisionKind.SUPPORT_EXISTING and gate.gate is not Gate.INITIATIVE:
        hint = msg("choose --no-go or --back-to initiative")
        raise Refused(msg("supporting what exists is decided in phase 1"), hint, Exit.USAGE, "misfit")
    last = max((decision.date for decision in decisions if decision.date), default=None)
    if last is not None and choice.day < last:
        raise Refused(
            msg("{day} is before the last decision, of {last}", day=choice.day, last=last),
            msg("decisions are appended in their order; leave --date out for today"),
            Exit.USAGE,
            "misfit",
        )


def _back_hint(stands: Standing) -> Message:
    order = list(Phase)
    names = [phase.value for phase in order[: order.index(stands.phase) + (stands.state is not State.ACTIVE)]]
    return msg("choose from {names}", names=", ".join(names)) if names else msg("this is the first phase")


def _refuse_unsigned(choice: Choice, project: Project) -> None:
    people = project.people or {}
    if not choice.by:
        hint = msg("add --by with the short name of who decides, as in `people`")
        raise Refused(msg("a decision needs to know who made it"), hint, Exit.USAGE, "unsigned")
    for slug in choice.by:
        if slug not in people:
            near = did_you_mean(slug, people)
            others = msg("add them to `people` first, or choose from {names}", names=", ".join(people))
            hint = near or (others if people else msg("add them to `people` first"))
            raise Refused(msg("there is no '{slug}' in people", slug=slug), hint, Exit.USAGE, "unsigned")
    if not choice.because.strip():
        hint = msg("add --because with one sentence; it stands first in the report")
        raise Refused(msg("a decision needs a reason"), hint, Exit.USAGE, "unsigned")


def _entry(dossier: Dossier, choice: Choice, assessment: Assessment, tool: str) -> dict[str, Any]:
    outcomes = {item.criterion.id: item.result.value for item in assessment.items}
    thresholds = {
        item.criterion.id: write_threshold(item.threshold, item.criterion.threshold.unit)
        for item in assessment.items
        if item.threshold is not None and item.criterion.threshold is not None
    }
    gate = assessment.gate.gate
    name = f"{choice.day}-{gate.value.replace('_', '-')}-{choice.kind.value.replace('_', '-')}"
    taken = {decision.report for decision in dossier.project.decisions or []}
    report, number = f"decisions/{name}.md", 1
    while report in taken:
        number += 1
        report = f"decisions/{name}-{number}.md"
    entry: dict[str, Any] = {
        "gate": gate.value,
        "decision": choice.kind.value,
        "to": choice.to.value if choice.to else None,
        "date": choice.day,
        "by": list(choice.by),
        "because": choice.because.strip(),
        "verdict": assessment.verdict.value,
        "outcomes": outcomes,
        "thresholds": thresholds or None,
        "report": report,
        "seal": seal(dossier, [item.criterion for item in assessment.items]),
        "tool": tool,
    }
    return {key: value for key, value in entry.items() if value is not None}


def _readable(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: str(value) if isinstance(value, date) else value for key, value in entry.items()}


def published_or_set(threshold: Threshold) -> Message:
    """Where a threshold comes from, in a word."""
    return msg("published") if threshold.published else msg("set here")
