"""What the organisation around the core group gets: the sponsor, the line managers, colleagues in a presentation."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from cop_launch.documents.community import community, core_members, hours_of
from cop_launch.documents.core_group import routes, together
from cop_launch.documents.decided import Who, who
from cop_launch.documents.rendering import render_template
from cop_launch.documents.report import kills
from cop_launch.documents.slides import fitting
from cop_launch.gates import Dossier
from cop_launch.locales import Language
from cop_launch.model.core_group import Agreement, Agreements, Colleagues, CoreGroup, Gift, Safety, Sponsor
from cop_launch.model.initiative import Initiative
from cop_launch.model.strategy import Budget, Strategy
from cop_launch.statistics import Share
from cop_launch.workflow import CRITERIA

TAKE_PART = Fraction(5, 100)
"""The share of members that takes part actively; the others read along (source: learning-community)."""
NEEDS_ON_A_SLIDE = 3
RULES_ON_A_SLIDE = 6


def sponsor_brief(dossier: Dossier, language: Language) -> str:
    """What is asked of the sponsor, what to expect, and what comes back when; as Markdown."""
    project = dossier.project
    answers, strategy, launch = _answers(dossier), project.strategy or Strategy(), project.launch
    sponsor, budget = answers.sponsor or Sponsor(), strategy.budget
    manager = strategy.manager.person if strategy.manager else None
    size = group_size(dossier)
    return render_template(
        "sponsor-brief",
        language,
        community=community(dossier),
        sponsor=_sponsor(dossier),
        given=sponsor.gives,
        given_on=sponsor.date,
        budget=budget,
        total=total(budget),
        core_hours=together(member.hours for member in core_members(dossier)),
        manager_hours=hours_of(dossier, manager),
        horizon=strategy.horizon,
        size=size,
        take_part=TAKE_PART,
        expected=round(size * TAKE_PART) if size else 0,
        willing=_willing(dossier),
        dry_run=project.plan.dry_run if project.plan else None,
        reports_every=launch.sponsor_reports.every if launch and launch.sponsor_reports else None,
        reviews=sorted((launch.reviews_planned if launch else None) or []),
        managers_in=(answers.safe_to_share or Safety()).managers,
        kills=kills(project),
    )


def line_managers(dossier: Dossier, language: Language) -> str:
    """The request to the managers of the core group: hours, and what they yield; as Markdown."""
    answers = _answers(dossier)
    safety, sponsor = answers.safe_to_share or Safety(), answers.sponsor or Sponsor()
    members = core_members(dossier)
    return render_template(
        "line-managers",
        language,
        community=community(dossier),
        members=members,
        hours_together=together(member.hours for member in members),
        stays_inside=safety.confidential,
        managers_in=safety.managers,
        sponsor=_sponsor(dossier) if Gift.WORKING_TIME in (sponsor.gives or []) else None,
        given_on=sponsor.date,
        spoken=(answers.colleagues or Colleagues()).line_managers_spoken,
    )


def presentation(dossier: Dossier, language: Language) -> str:
    """Slides for colleagues, as Markdown that Marp shows; none is fuller than it has room for."""
    project, answers = dossier.project, _answers(dossier)
    initiative = project.initiative or Initiative()
    agreements = answers.agreements or Agreements()
    needs = [need for need in (initiative.needs or {}).values() if need.need]
    slides = render_template(
        "presentation",
        language,
        community=community(dossier),
        needs=sorted(needs, key=lambda need: -(need.heard_from or 0))[:NEEDS_ON_A_SLIDE],
        interviews=initiative.interviews.held if initiative.interviews else None,
        willing=_willing(dossier),
        members=[member for member in core_members(dossier) if member.who.name],
        rules=((agreements.house_rules or Agreement()).text or [])[:RULES_ON_A_SLIDE],
        topics=(agreements.topics or Agreement()).text or [],
        means=(agreements.means or Agreement()).text or [],
        routes=routes(dossier),
        dry_run=project.plan.dry_run if project.plan else None,
    )
    return fitting(slides)


def group_size(dossier: Dossier) -> int | None:
    """How many people the target groups count together; None where one is not counted."""
    initiative = dossier.project.initiative
    sizes = [group.size for group in ((initiative.target_groups if initiative else None) or {}).values()]
    return sum(size for size in sizes if size) if sizes and all(sizes) else None


def total(budget: Budget | None) -> Decimal | None:
    """What the lines of a budget come to; None where there are none."""
    amounts = [amount for amount in ((budget.lines if budget else None) or {}).values() if isinstance(amount, Decimal)]
    return sum(amounts, Decimal(0)) if amounts else None


def _answers(dossier: Dossier) -> CoreGroup:
    return dossier.project.core_group or CoreGroup()


def _sponsor(dossier: Dossier) -> Who | None:
    """The sponsor who committed, or else the one in sight."""
    answers, initiative = _answers(dossier), dossier.project.initiative
    in_sight = initiative.sponsor_in_sight.person if initiative and initiative.sponsor_in_sight else None
    return who(dossier, (answers.sponsor.person if answers.sponsor else None) or in_sight)


def _willing(dossier: Dossier) -> Share | None:
    """How many of those who answered the questionnaire want a role."""
    return CRITERIA["willing-share"][1].outcome(dossier).share
