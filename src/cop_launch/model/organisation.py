"""The organisation around the community, and the people whom the plan names."""

from enum import StrEnum

from cop_launch.model.fields import Day, Flag, Number, Section, Text, TimeZone, Whole, ask


class OrganisationKind(StrEnum):
    """What sort of organisation carries the community; a government must make its boundaries clear."""

    COMPANY = "company"
    GOVERNMENT = "government"
    ASSOCIATION = "association"
    EDUCATION = "education"
    OPEN_SOURCE = "open_source"


class SharingCulture(StrEnum):
    """How used the organisation is to sharing knowledge in the open; a reticent one asks for more hours."""

    OPEN = "open"
    MIXED = "mixed"
    HESITANT = "hesitant"


class Organisation(Section):
    """The organisation that carries the community."""

    name: Text | None = ask("Name", "What is the organisation called?", "Merelhof Insurance")
    kind: OrganisationKind | None = ask("Kind", "What kind of organisation is it?", "company")
    size: Whole | None = ask("Size", "How many people work there?", "1200", "learning-community")
    regulated: Flag | None = ask(
        "Regulated", "Do laws or a regulator limit what people may share?", "true", "hard-work"
    )
    sharing_culture: SharingCulture | None = ask(
        "Sharing culture",
        "How used are people to sharing what they know in the open?",
        "hesitant",
        "learning-community",
    )
    already_know_each_other: Flag | None = ask(
        "Already know each other", "Do many of the people know each other already?", "false", "cop-tips"
    )
    timezone: TimeZone | None = ask(
        "Time zone",
        "In which time zone are the times? Else in that of the country of the holidays, or of Amsterdam.",
        "Europe/Amsterdam",
    )


class Person(Section):
    """Someone whom the plan names, or a role that may be named without consent."""

    name: Text | None = ask("Name", "What is this person called?", "Samira")
    role: Text | None = ask("Role", "What is this person's work?", "customer adviser")
    place: Text | None = ask("Place", "Where does this person work?", "Tilburg")
    department: Text | None = ask("Department", "In which department or team?", "Claims")
    hours_per_week: Number | None = ask(
        "Hours a week", "How many hours a week does this person have for the community?", "20", "learning-community"
    )
    hours_per_month: Number | None = ask(
        "Hours a month", "Or, for a few hours: how many hours a month?", "4", "hard-work"
    )
    consent: Day | None = ask("Consent", "On which day did this person agree to be named in the plan?", "2025-05-22")
