"""The whole project file."""

from enum import StrEnum

from cop_launch.model.concept_test import ConceptTest
from cop_launch.model.core_group import CoreGroup
from cop_launch.model.decision import Decision, Override, Phase, Waiver
from cop_launch.model.fields import Listing, Named, Section, Text, Whole, ask
from cop_launch.model.initiative import Initiative
from cop_launch.model.launch import Launch
from cop_launch.model.organisation import Organisation, Person
from cop_launch.model.plan import Plan
from cop_launch.model.review import Review
from cop_launch.model.strategy import Strategy

FORMAT = 1
"""The version of the project file that this program reads and writes."""


class ProjectLanguage(StrEnum):
    """The languages in which people read."""

    NL = "nl"
    EN = "en"


class Project(Section):
    """A launch, as a document with gates."""

    format: Whole | None = ask("Format", "Which version of the file format is this?", "1")
    name: Text | None = ask("Name", "What is the community called?", "The Second Sentence")
    language: ProjectLanguage | None = ask("Language", "In which language do people read?", "en")
    phase: Phase | None = ask("Phase", "In which phase is the project? coplaunch moves it.", "initiative", "six-steps")
    organisation: Organisation | None = ask(
        "Organisation", "Which organisation carries it?", "{name: …, kind: company}"
    )
    people: Named[Person] | None = ask("People", "Whom does the plan name?", "{marloes: {name: Marloes}}")
    initiative: Initiative | None = ask("Initiative", "Phase 1: is there a need?", "", "six-steps")
    concept_test: ConceptTest | None = ask("Concept test", "Phase 2: does the concept hold?", "", "six-steps")
    core_group: CoreGroup | None = ask("Core group", "Phase 3: who carries it?", "", "six-steps")
    strategy: Strategy | None = ask("Strategy", "Phase 4: what for, and with what?", "", "six-steps")
    plan: Plan | None = ask("Plan", "Phase 5: what happens every day?", "", "six-steps")
    launch: Launch | None = ask("Launch", "Phase 6: how do people get in?", "", "six-steps")
    reviews: Listing[Review] | None = ask("Reviews", "After the launch: how does it go?", "[{date: 2026-01-05}]")
    thresholds: Named[Override] | None = ask(
        "Thresholds", "Which thresholds of your own?", '{willing-share: {value: "25%"}}'
    )
    waivers: Listing[Waiver] | None = ask("Waivers", "Which criteria are let go?", "[{criterion: …, why: …}]")
    decisions: Listing[Decision] | None = ask("Decisions", "What was decided? Written by coplaunch.", "")
