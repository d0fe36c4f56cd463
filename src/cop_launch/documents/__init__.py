"""The documents that people read: from a project and its outcomes to text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from types import MappingProxyType

from cop_launch.documents.after_launch import closing_letter, sponsor_report
from cop_launch.documents.budget import budget_picture
from cop_launch.documents.calendar import calendars
from cop_launch.documents.concept import concept
from cop_launch.documents.core_group import house_rules, invitations, meetings, who_does_what
from cop_launch.documents.dry_run import dry_run
from cop_launch.documents.launch import hand_over, launch_kit, manager_guide
from cop_launch.documents.needs import interview_guide, needs_inventory
from cop_launch.documents.newcomer_page import newcomer_page
from cop_launch.documents.overview import overview
from cop_launch.documents.participation import participation_picture
from cop_launch.documents.questionnaire import questionnaire
from cop_launch.documents.report import go_no_go
from cop_launch.documents.results import results
from cop_launch.documents.share_picture import share_pictures
from cop_launch.documents.six_phases import six_phases
from cop_launch.documents.spreadsheet import spreadsheet
from cop_launch.documents.strategy import it_and_privacy, strategy
from cop_launch.documents.support import line_managers, presentation, sponsor_brief
from cop_launch.findings import Finding
from cop_launch.gates import Dossier
from cop_launch.locales import Language
from cop_launch.model.decision import Gate, Phase, standing
from cop_launch.model.project import Project
from cop_launch.workflow import GATES, Assessment, Choice, assess, dossier_for, gate_of

DOCUMENTS: dict[str, Callable[[Dossier, Assessment, Language], str]] = {
    "plans/overview.md": overview,
    "plans/go-no-go.md": partial(go_no_go, with_pictures=True),
    "plans/six-phases.svg": six_phases,
}
"""The documents that every project has, by their path in it, in the order in which people need them."""

BY_PHASE: dict[Phase, dict[str, Callable[[Dossier, Language], str]]] = {
    Phase.INITIATIVE: {
        "plans/interview-guide.md": interview_guide,
        "plans/needs-inventory.md": needs_inventory,
    },
    Phase.CONCEPT_TEST: {
        "plans/concept.md": concept,
        "plans/questionnaire.md": questionnaire,
        "plans/results.md": results,
    },
    Phase.CORE_GROUP: {
        "plans/core-group-invitations.md": invitations,
        "plans/core-group-meetings.md": meetings,
        "plans/who-does-what.md": who_does_what,
        "plans/house-rules.md": house_rules,
        "plans/sponsor-brief.md": sponsor_brief,
        "plans/line-managers.md": line_managers,
        "plans/presentation.md": presentation,
    },
    Phase.STRATEGY: {
        "plans/strategy.md": strategy,
        "plans/it-and-privacy.md": it_and_privacy,
    },
    Phase.PLAN: {
        "plans/newcomer-page.md": newcomer_page,
    },
    Phase.LAUNCH: {
        "plans/launch-kit.md": launch_kit,
        "plans/community-manager-guide.md": manager_guide,
        "plans/hand-over.md": hand_over,
    },
    Phase.LAUNCHED: {
        "plans/sponsor-report.md": sponsor_report,
    },
}
"""The documents of a phase, which a project has once it has come as far as that; see `come_to`."""

FAMILIES: tuple[Callable[[Dossier, Language], Mapping[str, str]], ...] = (
    spreadsheet,
    dry_run,
    share_pictures,
    budget_picture,
    participation_picture,
    closing_letter,
)
"""What comes as soon as a project says something about it, sometimes one for each person: texts by their path."""

NOTHING: Mapping[str, str] = MappingProxyType({})


def render(
    dossier: Dossier, language: Language, previous: Mapping[str, str] = NOTHING, ahead: Collection[str] = ()
) -> dict[str, str]:
    """The text of every document by its path in the project, as things stand at the gate before which it stands.

    `previous` are the documents that stand there now: the calendars go on from them. `ahead` are the paths of documents
    of a later phase that are asked for already.
    """
    gate = gate_of(dossier.project)
    here = dossier_for(dossier, gate)
    assessment = assess(here, gate)
    made = {path: document(here, assessment, language) for path, document in DOCUMENTS.items()}
    order = list(Phase)
    until = order.index(come_to(here.project))
    for phase, documents in BY_PHASE.items():
        come = order.index(phase) <= until
        made |= {path: document(here, language) for path, document in documents.items() if come or path in ahead}
    for family in FAMILIES:
        made |= family(here, language)
    return made | calendars(here, language, previous)


def render_with(
    own: Mapping[str, str],
    dossier: Dossier,
    language: Language,
    previous: Mapping[str, str] = NOTHING,
    ahead: Collection[str] = (),
) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """The same with templates of the project's own, by their name, in the place of the shipped ones.

    They may have been written by anybody, and are rendered apart. Where something is wrong with one, nothing is made.
    """
    if not own:
        return render(dossier, language, previous, ahead), ()
    from cop_launch.documents.apart import rendered_apart
    from cop_launch.documents.faults import findings_of

    made, faults = rendered_apart(own, language, _rendered, dossier, dict(previous), tuple(ahead))
    return (made if isinstance(made, dict) else {}), findings_of(faults)


def _rendered(
    language: Language, dossier: Dossier, previous: Mapping[str, str], ahead: Collection[str]
) -> dict[str, str]:
    return render(dossier, language, previous, ahead)


def report_with(
    own: Mapping[str, str], dossier: Dossier, gate: Gate, language: Language, choice: Choice | None = None
) -> tuple[str, tuple[Finding, ...]]:
    """The go/no-go report of a gate as things stand, or as it is recorded with a choice; see `report.go_no_go`.

    With templates of the project's own, as `render_with`.
    """
    if not own:
        return _reported(language, dossier, gate, choice), ()
    from cop_launch.documents.apart import rendered_apart
    from cop_launch.documents.faults import findings_of

    made, faults = rendered_apart(own, language, _reported, dossier, gate, choice)
    return (made if isinstance(made, str) else ""), findings_of(faults)


def _reported(language: Language, dossier: Dossier, gate: Gate, choice: Choice | None) -> str:
    here = dossier_for(dossier, GATES[gate])
    return go_no_go(here, assess(here, GATES[gate]), language, choice)


def come_to(project: Project) -> Phase:
    """How far a project has come: its phase by the decisions, or a later one of which it has answered something.

    So whoever works ahead has the documents for it, each beside those of all phases before, to which it may refer.
    """
    order = list(Phase)
    sections = {phase: getattr(project, phase.value) for phase in order if phase is not Phase.LAUNCHED}
    answered = [phase for phase, section in sections.items() if section is not None and section != type(section)()]
    return max((standing(project.decisions or []).phase, *answered), key=order.index)
