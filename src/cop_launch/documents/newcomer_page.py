"""The newcomer page: whether this is for you, and how to join. To be pasted where people come in."""

from __future__ import annotations

from cop_launch.documents.after_launch import told
from cop_launch.documents.community import community
from cop_launch.documents.core_group import routes
from cop_launch.documents.launch import already_says, meetings_of, people_of, rules_of
from cop_launch.documents.rendering import render_template
from cop_launch.gates import Dossier
from cop_launch.locales import Language
from cop_launch.model.core_group import CoreGroup, Safety
from cop_launch.model.launch import Launch, Welcome
from cop_launch.model.plan import NewcomerPage, Plan


def newcomer_page(dossier: Dossier, language: Language) -> str:
    """Why, who, what, where, how to join and what it yields, as Markdown; what is open is said in its place."""
    project = dossier.project
    plan, launch = project.plan or Plan(), project.launch or Launch()
    welcome, safety = launch.welcome or Welcome(), (project.core_group or CoreGroup()).safe_to_share or Safety()
    rules = rules_of(dossier)
    stories = told(dossier, plan.stories or [])
    return render_template(
        "newcomer-page",
        language,
        community=community(dossier),
        page=plan.newcomer_page or NewcomerPage(),
        meetings=meetings_of(dossier),
        welcomers=people_of(dossier, welcome.people),
        within_days=welcome.working_days,
        story=stories[0] if stories else None,
        rules=rules,
        stays_inside=None if already_says(rules, safety.confidential) else safety.confidential,
        stays_inside_open=not safety.confidential,
        managers=None if already_says(rules, safety.managers) else safety.managers,
        managers_open=not safety.managers,
        routes=routes(dossier),
    )
