"""What the core group gets and makes: invitations, run sheets for its first meetings, who does what, house rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from cop_launch.documents.community import Hours, community, core_members, hours_of
from cop_launch.documents.decided import Who, who
from cop_launch.documents.rendering import on_one_line, render_template
from cop_launch.documents.report import kills
from cop_launch.gates import Dossier
from cop_launch.locales import Language
from cop_launch.model.core_group import Agreement, Agreements, Colleagues, CoreGroup, Safety
from cop_launch.records import Record

MEETINGS = 3
"""How many meetings it takes to get acquainted, to make house rules, and to share out the work."""
NEEDS_SHOWN = 3


class Route(Record):
    """Who answers a kind of question, and within how many working days."""

    about: str
    to: Who | None
    working_days: int | None


def invitations(dossier: Dossier, language: Language) -> str:
    """A personal invitation for each member of the core group, as Markdown."""
    answers = _answers(dossier)
    safety = answers.safe_to_share or Safety()
    return render_template(
        "core-group-invitations",
        language,
        community=community(dossier),
        members=core_members(dossier),
        first_meeting=min(answers.met or [], default=None),
        stays_inside=safety.confidential,
        managers=safety.managers,
        thanks=answers.thanks,
    )


def meetings(dossier: Dossier, language: Language) -> str:
    """Run sheets for the first three meetings, as Markdown."""
    answers, concept = _answers(dossier), dossier.project.concept_test
    agreements = answers.agreements or Agreements()
    initiative = dossier.project.initiative
    interviews = initiative.interviews if initiative else None
    needs = [need for need in ((initiative.needs if initiative else None) or {}).values() if need.need]
    days: list[date | None] = [*sorted(set(answers.met or [])), *[None] * MEETINGS]
    return render_template(
        "core-group-meetings",
        language,
        community=community(dossier),
        members=core_members(dossier),
        days=days[:MEETINGS],
        needs=sorted(needs, key=lambda need: -(need.heard_from or 0))[:NEEDS_SHOWN],
        interviews=interviews.held if interviews else None,
        assumptions=(concept.assumptions if concept else None) or [],
        kills=kills(dossier.project),
        rules=agreements.house_rules or Agreement(),
        manners=agreements.manners or Agreement(),
        topics=agreements.topics or Agreement(),
        means=agreements.means or Agreement(),
    )


def who_does_what(dossier: Dossier, language: Language) -> str:
    """Contributions, hours and questions with their owners, as Markdown."""
    answers, strategy = _answers(dossier), dossier.project.strategy
    manager = strategy.manager if strategy else None
    members = core_members(dossier)
    colleagues = answers.colleagues or Colleagues()
    return render_template(
        "who-does-what",
        language,
        community=community(dossier),
        members=members,
        hours_together=together(member.hours for member in members),
        manager=who(dossier, manager.person if manager else None),
        manager_hours=hours_of(dossier, manager.person if manager else None),
        deputy=who(dossier, manager.deputy if manager else None),
        deputy_hours=hours_of(dossier, manager.deputy if manager else None),
        routes=routes(dossier),
        presentations=[held for held in colleagues.presentations or [] if held.for_ or held.date],
        line_managers_spoken=colleagues.line_managers_spoken,
        results_shared=answers.results_shared,
        thanks=answers.thanks,
    )


def house_rules(dossier: Dossier, language: Language) -> str:
    """The house rules on one page, as Markdown."""
    answers, plan = _answers(dossier), dossier.project.plan
    agreements = answers.agreements or Agreements()
    rules, manners = agreements.house_rules or Agreement(), agreements.manners or Agreement()
    safety = answers.safe_to_share or Safety()
    adopted = plan.agreements_adopted if plan else None
    said = [*(rules.text or []), *(manners.text or [])]
    return render_template(
        "house-rules",
        language,
        community=community(dossier),
        rules=rules,
        manners=manners,
        stays_inside=None if _says(said, safety.confidential) else safety.confidential,
        managers=None if _says(said, safety.managers) else safety.managers,
        safety_open=[not safety.confidential, not safety.managers],
        adopted=adopted.date if adopted else None,
        changed=adopted.changed if adopted else None,
    )


def together(hours: Iterable[Hours | None]) -> Hours | None:
    """Hours added up; None where some are not known, or some are a week and others a month."""
    known = list(hours)
    if not known or len({one.per if one else None for one in known}) > 1 or known[0] is None:
        return None
    return Hours(sum((one.amount for one in known if one), Decimal(0)), known[0].per)


def routes(dossier: Dossier) -> list[Route]:
    """The kinds of question in the order of the file."""
    asked = _answers(dossier).questions or {}
    return [Route(in_words(slug), who(dossier, route.to), route.working_days) for slug, route in asked.items()]


def in_words(slug: str) -> str:
    """A short name as people read it: without hyphens."""
    return slug.replace("-", " ").replace("_", " ").strip() or slug


def _answers(dossier: Dossier) -> CoreGroup:
    return dossier.project.core_group or CoreGroup()


def _says(rules: list[str], text: str | None) -> bool:
    """Whether one of the rules says this already."""
    looked_for = on_one_line(text or "").casefold().rstrip(".")
    return any(looked_for in on_one_line(rule).casefold() for rule in rules)
