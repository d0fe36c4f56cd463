"""The go/no-go report of a gate: as it is recorded with a decision, or as a preview before one."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil

from cop_launch.documents.decided import Made, chosen, recorded
from cop_launch.documents.rendering import render_template
from cop_launch.documents.share_picture import picture_of
from cop_launch.documents.shares import DECISIVE, Told
from cop_launch.gates import Criterion, Dossier, Level, Unit
from cop_launch.locales import Language, Message
from cop_launch.model.decision import DecisionKind, Gate, Result, State, VerdictKind, standing
from cop_launch.model.project import Project
from cop_launch.records import Record
from cop_launch.sources import SOURCES, Source
from cop_launch.workflow import Assessment, Choice, Weighed, dossier_for

DECIDED = (Result.MET, Result.UNMET)


class Kill(Record):
    """A kill criterion, and since when it is reached."""

    when: str
    reached: bool
    day: date | None


class TurningPoint(Record):
    """A decisive criterion, and what would have turned it: for a share, the count at which the threshold is reached."""

    title: Message
    met: bool
    yes: int | None = None
    of: int | None = None
    needed: int | None = None
    threshold: Fraction | None = None
    told: Told | None = None


class ThresholdRow(Record):
    """A threshold that counted, beside the usual one and where that is from; `why` when the project has its own."""

    title: Message
    value: Fraction
    usual: Fraction
    unit: Unit
    source: Source | None
    why: str | None


def go_no_go(
    dossier: Dossier,
    assessment: Assessment,
    language: Language,
    choice: Choice | None = None,
    *,
    with_pictures: bool = False,
) -> str:
    """The report as Markdown. With a choice: as it is recorded beside the decision; without: what it would say now.

    The assessment is that of one gate, as `workflow.assess` gives it. With pictures it shows those that lie beside it:
    in `plans/` only, where they are rendered along with it.
    """
    project, gate = dossier.project, assessment.gate
    dossier = dossier_for(dossier, gate)
    told = _told(dossier, assessment)
    made = chosen(dossier, gate.gate, assessment.verdict, choice) if choice else None
    return render_template(
        "go-no-go",
        language,
        name=project.name,
        organisation=project.organisation.name if project.organisation else None,
        gate=gate.gate,
        number=gate.number,
        review_day=dossier.review.date if dossier.review else None,
        awaits_review=awaits_review(dossier, assessment),
        made=made,
        passed=None if made else passed(dossier, gate.gate),
        ended=None if made else ending(dossier),
        deviates=made is not None and deviates(made),
        verdict=assessment.verdict,
        decisive=assessment.of(*Result, level=Level.DECISIVE),
        denied=assessment.of(Result.UNMET, level=Level.DECISIVE),
        told=told,
        pictures={id_: name for id_, one in told.items() if with_pictures and (name := picture_of(one))},
        has_share=any(
            item.outcome.share and item.criterion.id not in told
            for item in assessment.of(*Result, level=Level.DECISIVE)
        ),
        in_order=[item for item in assessment.of(Result.MET) if item.criterion.level is not Level.DECISIVE],
        not_applicable=assessment.of(Result.NOT_APPLICABLE),
        blocking=assessment.blocking,
        waived=[
            (item.criterion.title, item.waiver.why, dossier.name(item.waiver.by), item.waiver.date)
            for item in assessment.items
            if item.waiver
        ],
        warnings=assessment.of(Result.MISSING, Result.UNMET, level=Level.ADVISED),
        kills=kills(project),
        turning_points=[
            turning_point(item, told.get(item.criterion.id)) for item in assessment.of(*DECIDED, level=Level.DECISIVE)
        ],
        too_early=[
            (item.criterion.title, told[item.criterion.id])
            for item in assessment.of(Result.MISSING, level=Level.DECISIVE)
            if item.criterion.id in told
        ],
        thresholds=[row for item in assessment.items if (row := _threshold(item))],
        sources=_sources(assessment),
    )


def _told(dossier: Dossier, assessment: Assessment) -> dict[str, Told]:
    """The decisive shares of this gate that can be told in plain words, by the id of their criterion."""
    ids = [item.criterion.id for item in assessment.of(*Result, level=Level.DECISIVE) if item.outcome.share]
    return {id_: found for id_ in ids if id_ in DECISIVE and (found := DECISIVE[id_](dossier))}


def ending(dossier: Dossier) -> Made | None:
    """The decision that ended the project; None while it goes on."""
    decisions = dossier.project.decisions or []
    if standing(decisions).state is State.ACTIVE:
        return None
    return next((made for decision in reversed(decisions) if (made := recorded(dossier, decision))), None)


def passed(dossier: Dossier, gate: Gate) -> Made | None:
    """The go in force at this gate; None where the project has yet to pass it."""
    decisions = dossier.project.decisions or []
    held = [decisions[position] for position in standing(decisions).in_force]
    go = next((one for one in held if one.gate is gate and one.decision is DecisionKind.GO), None)
    return recorded(dossier, go) if go else None


def awaits_review(dossier: Dossier, assessment: Assessment) -> bool:
    """Whether the community is launched and no review stands in the file that was not decided about."""
    return assessment.gate.gate is Gate.REVIEW and dossier.review is None


def deviates(made: Made) -> bool:
    """Whether people decided otherwise than the evidence advises: stopping on a go, or going on against a no-go."""
    if made.kind in {DecisionKind.NO_GO, DecisionKind.STOP}:
        return made.verdict is VerdictKind.GO
    return made.kind in {DecisionKind.GO, DecisionKind.CONTINUE} and made.verdict is VerdictKind.NO_GO


def kills(project: Project) -> list[Kill]:
    """The kill criteria in the order of the file."""
    asked = (project.initiative.kill_criteria if project.initiative else None) or {}
    return [Kill(kill.when or slug, bool(kill.reached), kill.date) for slug, kill in asked.items()]


def turning_point(item: Weighed, told: Told | None = None) -> TurningPoint:
    """What would have turned a decisive criterion that is met or unmet."""
    share, threshold = item.outcome.share, item.threshold
    met = item.result is Result.MET
    criterion = item.criterion
    of_share = criterion.threshold is not None and criterion.threshold.unit is Unit.SHARE
    if share is None or threshold is None or not of_share or threshold == 0:
        return TurningPoint(criterion.title, met)
    needed = ceil(threshold * share.denominator)
    return TurningPoint(criterion.title, met, share.numerator, share.denominator, needed, threshold, told)


def _threshold(item: Weighed) -> ThresholdRow | None:
    usual = item.criterion.threshold
    if usual is None or item.threshold is None:
        return None
    source = SOURCES.get(usual.source)
    return ThresholdRow(item.criterion.title, item.threshold, usual.value, usual.unit, source, item.override_why)


def _sources(assessment: Assessment) -> list[Source]:
    cited = {name for item in assessment.items for name in _cited(item.criterion) if name in SOURCES}
    return sorted((SOURCES[name] for name in cited), key=str)


def _cited(criterion: Criterion) -> tuple[str, ...]:
    return (*criterion.sources, criterion.threshold.source) if criterion.threshold else criterion.sources
