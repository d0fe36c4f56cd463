"""The overview: the whole project on one page, for someone who has a minute."""

from __future__ import annotations

from fractions import Fraction

from cop_launch.documents.decided import Made, Who, recorded, who
from cop_launch.documents.rendering import render_template
from cop_launch.documents.report import awaits_review, ending, kills
from cop_launch.documents.six_phases import journey, next_review
from cop_launch.gates import Dossier, Level, PhaseGate, Unit
from cop_launch.locales import Language, Message
from cop_launch.model.decision import Decision, DecisionKind, Gate, Phase, Result, standing
from cop_launch.phases import PHASES
from cop_launch.records import Record, replace
from cop_launch.statistics import Interval, Share, wilson
from cop_launch.workflow import Assessment, assess, drift


class PhaseRow(Record):
    """A phase with the decision in force at its gate. `place`: before, at or after the phase where the project is."""

    gate: Gate
    number: int
    made: Made | None
    place: str


class FigureRow(Record):
    """A share that decides, with its margin and the threshold that counts."""

    title: Message
    share: Share
    interval: Interval
    threshold: Fraction
    result: Result


class Shaken(Record):
    """A decision that no longer rests on what stands in the file: what changed, and what turned from and to."""

    made: Made
    changed: tuple[Message, ...]
    turned: tuple[tuple[Message, Result, Result], ...]


def overview(dossier: Dossier, assessment: Assessment, language: Language) -> str:
    """The page as Markdown; the assessment is that of the gate before which the project stands."""
    project = dossier.project
    decisions = project.decisions or []
    stands = standing(decisions)
    concept, strategy, core = project.concept_test, project.strategy, project.core_group
    initiative = project.initiative
    in_sight = initiative.sponsor_in_sight.person if initiative and initiative.sponsor_in_sight else None
    sponsor = core.sponsor.person if core and core.sponsor else None
    manager = strategy.manager if strategy else None
    members = [who(dossier, slug) for slug in (core.members if core else None) or {}]
    named = [member for member in members if member and member.name]
    return render_template(
        "overview",
        language,
        name=project.name,
        organisation=project.organisation.name if project.organisation else None,
        phase=stands.phase,
        number=assessment.gate.number,
        state=stands.state,
        ended=ending(dossier),
        awaits_review=awaits_review(dossier, assessment),
        phases=_phases(dossier, stands.phase, stands.in_force),
        returns=_made(dossier, [d for d in decisions if d.decision is DecisionKind.BACK]),
        reviews=_made(dossier, [d for d in decisions if d.gate is Gate.REVIEW and d.decision is not DecisionKind.BACK]),
        mission=strategy.mission if strategy else None,
        hypothesis=concept.hypothesis if concept else None,
        idea=initiative.idea.text if initiative and initiative.idea else None,
        purpose=concept.purpose if concept else None,
        type=concept.type if concept else None,
        groups=list(((initiative.target_groups if initiative else None) or {}).items()),
        initiators=_people(dossier, (initiative.initiators if initiative else None) or []),
        sponsor=who(dossier, sponsor or in_sight),
        sponsor_is_committed=sponsor is not None,
        manager=who(dossier, manager.person if manager else None),
        deputy=who(dossier, manager.deputy if manager else None),
        core_group=named,
        unnamed=len(members) - len(named),
        figures=_figures(dossier, assessment),
        verdict=assessment.verdict,
        blocking=assessment.blocking,
        warnings=assessment.of(Result.MISSING, Result.UNMET, level=Level.ADVISED),
        steps=assessment.next_steps,
        kills=kills(project),
        shaken=_shaken(dossier),
        next_review=next_review(dossier),
        journey=journey(dossier, assessment),
    )


def _made(dossier: Dossier, decisions: list[Decision]) -> list[Made]:
    return [made for decision in decisions if (made := recorded(dossier, decision))]


def _phases(dossier: Dossier, here: Phase, in_force: tuple[int, ...]) -> list[PhaseRow]:
    decisions = dossier.project.decisions or []
    held = {decisions[position].gate: decisions[position] for position in in_force}
    order = list(Phase)
    rows = []
    for phase in PHASES:
        decision = held.get(phase.gate)
        distance = order.index(Phase(phase.gate.value)) - order.index(here)
        place = "here" if distance == 0 else "before" if distance < 0 else "after"
        rows.append(PhaseRow(phase.gate, phase.number, recorded(dossier, decision) if decision else None, place))
    return rows


def _people(dossier: Dossier, slugs: list[str]) -> list[Who]:
    return [person for slug in slugs if (person := who(dossier, slug))]


def _figures(dossier: Dossier, assessment: Assessment) -> list[FigureRow]:
    """The decisive shares of every gate so far, the one at hand included."""
    so_far = [phase for phase in PHASES if phase.number < assessment.gate.number]
    rows = []
    for weighed in (*(_decisive(dossier, phase) for phase in so_far), assessment):
        for item in weighed.of(*Result, level=Level.DECISIVE):
            usual, share = item.criterion.threshold, item.outcome.share
            if share and item.threshold is not None and usual and usual.unit is Unit.SHARE and share.denominator:
                rows.append(FigureRow(item.criterion.title, share, wilson(share), item.threshold, item.result))
    return rows


def _decisive(dossier: Dossier, phase: PhaseGate) -> Assessment:
    chosen = tuple(criterion for criterion in phase.criteria if criterion.level is Level.DECISIVE)
    return assess(dossier, replace(phase, criteria=chosen))


def _shaken(dossier: Dossier) -> list[Shaken]:
    found = []
    for drifted in drift(dossier):
        made = recorded(dossier, drifted.decision)
        if made:
            turned = tuple((criterion.title, before, after) for criterion, before, after in drifted.turned)
            found.append(Shaken(made, tuple(criterion.title for criterion in drifted.changed), turned))
    return found
