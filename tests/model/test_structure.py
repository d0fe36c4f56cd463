"""The model is the documentation: every field has its words, and what can be written where is read off the model."""

from __future__ import annotations

from cop_launch.model.fields import UNION_TAGS
from cop_launch.model.plan import Plan
from cop_launch.model.project import Project
from cop_launch.model.review import Review
from cop_launch.model.structure import Reference, fields, keys, references, section_at, shapes
from cop_launch.model.validation import validate
from cop_launch.sources import SOURCES

ALL = {field.name: field for field in fields(Project)}


def test_the_top_of_the_file() -> None:
    """The keys of a project file, in the order in which they are asked."""
    assert keys(Project) == (
        *("format", "name", "language", "phase", "organisation", "people", "initiative", "concept_test", "core_group"),
        *("strategy", "plan", "launch", "reviews", "thresholds", "waivers", "decisions"),
    )


def test_every_field_has_its_words() -> None:
    """A title without a full stop, a question that is a sentence, and an example for whatever is not a section."""
    for name, field in ALL.items():
        assert field.title.text[:1].isupper(), name
        assert not field.title.text.endswith((".", "?")), name
        assert field.question.text[:1].isupper(), name
        assert field.question.text.endswith((".", "?")), name
        assert field.example.text or field.kind in {"section", "mapping", "list"}, name


def test_every_source_is_one_that_is_known() -> None:
    """What a field names as its source stands in the list of sources."""
    assert {field.source for field in ALL.values()} - {""} <= SOURCES.keys()


def test_no_key_is_a_word_that_other_readers_take_for_a_boolean() -> None:
    """YAML 1.1 reads `on`, `no` and `y` as booleans, also as keys."""
    last = {field.path[-1].lower() for field in ALL.values()}
    assert not last & {"yes", "no", "on", "off", "y", "n", "true", "false", "null", "~"}


def test_no_key_is_pythons_word_for_it() -> None:
    """`from`, `not`, `in`, `for`, `with` and `is` are written as they are; tags of a union are no keys."""
    names = {part for field in ALL.values() for part in field.path}
    assert not {name for name in names if name.endswith("_")}
    assert not names & UNION_TAGS
    assert {"from", "not", "in", "for", "with", "is"} <= names


def test_what_a_field_takes() -> None:
    """Kinds are those of the file, whatever Python calls them."""
    kinds = {
        "name": "text",
        "organisation.size": "whole number",
        "organisation.regulated": "true or false",
        "people": "mapping",
        "people.*.hours_per_week": "number",
        "initiative.champions": "list",
        "initiative.idea": "section",
        "initiative.idea.date": "date",
        "initiative.networks": "list",
        "language": "choice",
        "plan.items.*.at": "time",
        "concept_test.tests.*.recognises": "section",
    }
    assert {name: ALL[name].kind for name in kinds} == kinds


def test_what_a_field_refers_to() -> None:
    """A person, a need or a file with counts: each says where it must stand."""
    assert ALL["initiative.champions.*.person"].refers_to == (("people",),)
    assert ALL["core_group.members"].refers_to == (("people",),)
    assert ALL["concept_test.value.members.*.from"].refers_to == (("initiative", "needs"), ("evidence",))
    assert ALL["reviews.*.indicators"].refers_to == (("strategy", "goals"),)
    for name, field in ALL.items():
        for target in field.refers_to:
            assert target == ("evidence",) or ALL[".".join(target)].kind == "mapping", name


def test_choices_are_english_identifiers() -> None:
    """Whatever language people read, the words in the file are the same: lower case, ASCII, no blanks."""
    for name, field in ALL.items():
        assert all(choice.isascii() and choice.isidentifier() and choice.islower() for choice in field.choices), name


def test_a_section_by_its_path() -> None:
    """Through mappings and lists; nothing where a value stands or nothing is known."""
    assert section_at(Project, ()) is Project
    assert section_at(Project, ("plan",)) is Plan
    assert section_at(Project, ("reviews", 3)) is Review
    assert section_at(Project, ("name",)) is None
    assert section_at(Project, ("nope", "deeper")) is None
    assert "explain-no" not in shapes(Project)


def test_every_reference_with_its_place() -> None:
    """References in texts, lists, keys and figures, in the order of the model; `not_applicable` refers to nothing."""
    project = validate(
        Project,
        {
            "initiative": {"champions": [{"already_does": "reads"}, {"person": "anna"}]},
            "concept_test": {
                "themes": {"t": {"needs": ["a", "b"]}},
                "boundaries": {"not_applicable": "one team"},
                "tests": [{"recognises": "march"}],
            },
            "core_group": {"members": {"wim": {}}},
        },
    )
    people, needs = (("people",),), (("initiative", "needs"),)
    assert list(references(project)) == [
        Reference(("initiative", "champions", 1, "person"), "anna", people, False),
        Reference(("concept_test", "themes", "t", "needs", 0), "a", needs, False),
        Reference(("concept_test", "themes", "t", "needs", 1), "b", needs, False),
        Reference(("concept_test", "tests", 0, "recognises", "evidence"), "march", (("evidence",),), False),
        Reference(("core_group", "members", "wim"), "wim", people, True),
    ]
