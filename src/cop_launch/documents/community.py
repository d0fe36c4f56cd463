"""What the documents that people hand to each other say of the community itself, and of the people who carry it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from cop_launch.documents.decided import Who, who
from cop_launch.documents.rendering import address
from cop_launch.gates import Dossier
from cop_launch.model.concept_test import CommunityType, ConceptTest, Scope, Value
from cop_launch.model.core_group import CoreGroup
from cop_launch.model.fields import NotApplicable
from cop_launch.model.initiative import Initiative, Statement, TargetGroup
from cop_launch.model.strategy import Strategy
from cop_launch.records import Record


class Hours(Record):
    """Hours as the plan writes them: so many a week, or a month."""

    amount: Decimal
    per: Literal["week", "month"]


class Community(Record):
    """The community in its own words; what a project leaves open is None or empty."""

    name: str | None
    organisation: str | None
    mission: str | None
    purpose: str | None
    hypothesis: str | None
    type: CommunityType | None
    groups: tuple[TargetGroup, ...]
    urgency: tuple[Statement, ...]
    about: tuple[str, ...]
    not_about: tuple[str, ...]
    themes: tuple[str, ...]
    yields: tuple[str, ...]
    """What a member gains."""
    value: tuple[str, ...]
    """What the organisation gains."""
    boundaries: tuple[str, ...]
    contact: Who | None
    """Who answers for it: the community manager, before there is one who started it."""
    mailbox: str | None


class CoreMember(Record):
    """Someone in the core group. What was said in an interview, and where somebody works, only with consent."""

    who: Who
    work: tuple[str, ...]
    """Role, department and place, as far as they are known and the name does not say them already."""
    hours: Hours | None
    contribution: str | None
    assigned: bool
    motive: str | None
    confirmed: date | None
    manager_agreed: date | None


def community(dossier: Dossier) -> Community:
    """What the project says of it."""
    project = dossier.project
    initiative, concept = project.initiative or Initiative(), project.concept_test or ConceptTest()
    strategy = project.strategy or Strategy()
    scope, value = concept.scope or Scope(), concept.value or Value()
    bounded = concept.boundaries
    return Community(
        name=project.name,
        organisation=project.organisation.name if project.organisation else None,
        mission=strategy.mission,
        purpose=concept.purpose,
        hypothesis=concept.hypothesis,
        type=concept.type,
        groups=tuple(group for group in (initiative.target_groups or {}).values() if group.who),
        urgency=tuple(said for said in initiative.urgency or [] if said.text),
        about=tuple(scope.in_ or []),
        not_about=tuple(scope.out or []),
        themes=tuple(theme.title or slug for slug, theme in (concept.themes or {}).items()),
        yields=tuple(gain.text for gain in value.members or [] if gain.text),
        value=tuple(value.organisation or []),
        boundaries=() if bounded is None or isinstance(bounded, NotApplicable) else tuple(bounded),
        contact=_contact(dossier),
        mailbox=address(strategy.mailbox) if strategy.mailbox else None,
    )


def _contact(dossier: Dossier) -> Who | None:
    strategy, initiative = dossier.project.strategy, dossier.project.initiative
    manager = strategy.manager.person if strategy and strategy.manager else None
    started = (initiative.initiators if initiative else None) or []
    return who(dossier, manager or (started[0] if started else None))


def core_members(dossier: Dossier) -> list[CoreMember]:
    """The core group in the order of the file."""
    answers = dossier.project.core_group or CoreGroup()
    people = dossier.project.people or {}
    found = []
    for slug, member in (answers.members or {}).items():
        person = people.get(slug)
        agreed = person is not None and person.consent is not None
        told = (person.role if person.name else None, person.department, person.place) if person and agreed else ()
        found.append(
            CoreMember(
                who=who(dossier, slug) or Who(None, None),
                work=tuple(part for part in told if part),
                hours=hours_of(dossier, slug),
                contribution=member.contribution,
                assigned=bool(member.assigned),
                motive=member.motive if agreed else None,
                confirmed=member.confirmed,
                manager_agreed=member.manager_agreed,
            )
        )
    return found


def hours_of(dossier: Dossier, slug: str | None) -> Hours | None:
    """The hours that somebody has, as they are written."""
    person = (dossier.project.people or {}).get(slug or "")
    if person is not None and person.hours_per_week is not None:
        return Hours(person.hours_per_week, "week")
    if person is not None and person.hours_per_month is not None:
        return Hours(person.hours_per_month, "month")
    return None


def rounded(hours: Fraction) -> Decimal:
    """Hours as people say them: to a tenth."""
    return Decimal(round(hours * 10)).scaleb(-1)
