"""What is written after the launch: the sponsor's report of a review and, after an honest stop, the closing letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from cop_launch.documents.benchmarks import BENCHMARKS
from cop_launch.documents.community import community, core_members
from cop_launch.documents.decided import Made, Who, recorded, who
from cop_launch.documents.participation import participation
from cop_launch.documents.rendering import render_template
from cop_launch.documents.report import ending, kills
from cop_launch.documents.support import TAKE_PART
from cop_launch.gates import Dossier
from cop_launch.locales import Language
from cop_launch.model.core_group import CoreGroup, Gift, Sponsor
from cop_launch.model.fields import NotApplicable
from cop_launch.model.initiative import Initiative
from cop_launch.model.launch import Launch
from cop_launch.model.plan import DryRunResults, Plan, Story
from cop_launch.model.review import Reading, Review
from cop_launch.model.strategy import Cycle, Goal, Strategy
from cop_launch.phases import REVIEW
from cop_launch.records import Record
from cop_launch.statistics import Share
from cop_launch.workflow import REVIEW_KINDS, assess

LETTER = "plans/closing-letter.md"
NEEDS_IN_A_LETTER = 3


class Figures(Record):
    """The figures of a review; None where something was not counted."""

    members: int | None
    active: Share | None
    answered: Share | None
    first_reply_hours: Decimal | None
    replies_per_question: Decimal | None
    started_by_members: Share | None


class Indicator(Record):
    """A goal with where it stands; what a file leaves open is None."""

    goal: str
    indicator: str | None
    baseline: str | None
    target: str | None
    reading: Reading
    before: str | None
    """Where it stood at the review before this one."""


class Told(Record):
    """A story that may be told, and who told it; nobody where that person did not agree to be named."""

    text: str
    by: Who | None
    cycle: Cycle | None


class InCycle(Record):
    """What the community brought in one cycle of value; None is for what was not given a cycle."""

    cycle: Cycle | None
    indicators: tuple[Indicator, ...]
    stories: tuple[Told, ...]


def sponsor_report(dossier: Dossier, language: Language) -> str:
    """What the sponsor reads of the latest review in the file, as Markdown: about the group, never about a person."""
    project = dossier.project
    reviews = project.reviews or []
    review = reviews[-1] if reviews else None
    previous = reviews[-2] if len(reviews) > 1 else None
    looked_at = dossier.at_review(len(reviews) - 1) if reviews else dossier
    launch, answers = project.launch or Launch(), project.core_group or CoreGroup()
    strategy = project.strategy or Strategy()
    members = review.members if review else None
    brought = _value(dossier, review, previous) if review else []
    hours = review.hours if review else None
    planned, spent = (hours.planned, hours.spent) if hours else (None, None)
    return render_template(
        "sponsor-report",
        language,
        community=community(dossier),
        sponsor=who(dossier, answers.sponsor.person if answers.sponsor else None),
        author=who(dossier, launch.sponsor_reports.by if launch.sponsor_reports else None),
        review=review,
        number=len(reviews),
        made=_decision(dossier, len(reviews)),
        verdict=assess(looked_at, REVIEW).verdict if review else None,
        now=figures(dossier, review),
        before=figures(dossier, previous) if previous else None,
        before_day=previous.date if previous else None,
        benchmarks=BENCHMARKS,
        participation=participation(dossier),
        take_part=TAKE_PART,
        expected=round(members * TAKE_PART) if members else 0,
        brought=brought,
        early_only=_early_only(brought),
        planned=planned,
        spent=spent,
        hours_before=previous.hours if previous else None,
        more_hours=spent - planned if planned is not None and spent is not None and spent > planned else None,
        heard=[said for said in (review.feedback if review else None) or [] if said.heard],
        changes=(review.changes if review else None) or [],
        not_promised=_not_promised(
            answers.sponsor or Sponsor(), has_horizon=bool(strategy.horizon and strategy.horizon.months)
        ),
        horizon=strategy.horizon,
        successor=bool((review and review.successor) or (launch.succession and launch.succession.person)),
        next_review=min((day for day in launch.reviews_planned or [] if _after(day, review)), default=None),
    )


def closing_letter(dossier: Dossier, language: Language) -> Mapping[str, str]:
    """The letter to everyone who took part, as Markdown; nothing while the project goes on."""
    made = ending(dossier)
    if made is None:
        return {}
    project = dossier.project
    initiative, strategy, plan = project.initiative or Initiative(), project.strategy, project.plan or Plan()
    needs = sorted(
        (need for need in (initiative.needs or {}).values() if need.need), key=lambda n: -(n.heard_from or 0)
    )
    launch, reviews = project.launch or Launch(), project.reviews or []
    text = render_template(
        "closing-letter",
        language,
        community=community(dossier),
        made=made,
        members=[member for member in core_members(dossier) if member.who.name],
        has_core_group=bool(project.core_group and project.core_group.members),
        interviews=initiative.interviews.held if initiative.interviews else None,
        needs=needs[:NEEDS_IN_A_LETTER],
        learned=(plan.results or DryRunResults()).learned or [],
        reached=[kill for kill in kills(project) if kill.reached],
        stories=told(dossier, [*(plan.stories or []), *(one for each in reviews for one in each.stories or [])]),
        library=strategy.library if strategy else None,
        keeper=who(dossier, strategy.library.keeper if strategy and strategy.library else None),
        existing=[one for one in (initiative.existing_communities or {}).values() if one.where],
        bridge=who(dossier, launch.ideas.bridge if launch.ideas else None),
        register=launch.member_register,
    )
    return {LETTER: text}


def figures(dossier: Dossier, review: Review | None) -> Figures:
    """What a review counted."""
    if review is None:
        return Figures(None, None, None, None, None, None)
    return Figures(
        review.members,
        _counted(dossier.share(review.active, "active")),
        _counted(dossier.share(review.answered, "answered")),
        review.first_reply_hours,
        review.replies_per_question,
        _counted(dossier.share(review.started_by_members, "started_by_members")),
    )


def told(dossier: Dossier, stories: list[Story]) -> list[Told]:
    """The stories that may be told, in the order of the file."""
    found = []
    for story in stories:
        if story.text and story.consent:
            by = who(dossier, story.by)
            found.append(Told(story.text, by if by and by.name else None, story.cycle))
    return found


def _counted(share: Share | None) -> Share | None:
    """A share of nothing is no figure."""
    return share if share and share.denominator else None


def _decision(dossier: Dossier, number: int) -> Made | None:
    """What was decided about the review with this number; None while nothing was."""
    made = [one for one in dossier.project.decisions or [] if one.gate is REVIEW.gate and one.decision in REVIEW_KINDS]
    return recorded(dossier, made[number - 1]) if 0 < number <= len(made) else None


def _value(dossier: Dossier, review: Review, previous: Review | None) -> list[InCycle]:
    """What the review shows, cycle by cycle; only the cycles of which it shows something."""
    strategy = dossier.project.strategy or Strategy()
    goals = strategy.goals or {}
    stories = told(dossier, review.stories or [])
    read = [
        (goals.get(slug, Goal()), slug, reading)
        for slug, reading in (review.indicators or {}).items()
        if reading.value is not None or reading.note is not None
    ]
    before = {slug: one.value for slug, one in ((previous.indicators if previous else None) or {}).items()}
    found = []
    for cycle in (*Cycle, None):
        indicators = tuple(
            _indicator(goal, slug, reading, before.get(slug)) for goal, slug, reading in read if goal.cycle is cycle
        )
        of_cycle = tuple(story for story in stories if story.cycle is cycle)
        if indicators or of_cycle:
            found.append(InCycle(cycle, indicators, of_cycle))
    return found


def _indicator(goal: Goal, slug: str, reading: Reading, before: str | None) -> Indicator:
    baseline = None if isinstance(goal.baseline, NotApplicable) else goal.baseline
    return Indicator(goal.goal or slug.replace("-", " "), goal.indicator, baseline, goal.target, reading, before)


def _early_only(brought: list[InCycle]) -> bool:
    """Whether all that is shown is of the first two cycles; a figure that is only explained shows nothing yet."""
    shown = {one.cycle for one in brought if one.stories or any(it.reading.value is not None for it in one.indicators)}
    return bool(shown) and shown <= {Cycle.IMMEDIATE, Cycle.POTENTIAL, None}


def _not_promised(sponsor: Sponsor, *, has_horizon: bool) -> list[Gift]:
    """What the sponsor has not promised yet, where it is known what was; a horizon is the promise of a year."""
    promised = {*(sponsor.gives or []), *([Gift.A_YEAR] if has_horizon else [])}
    return [gift for gift in Gift if gift not in promised] if sponsor.gives is not None else []


def _after(day: date, review: Review | None) -> bool:
    return review is not None and review.date is not None and day > review.date
