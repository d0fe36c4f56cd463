"""What somebody means by a name: each document can be asked for, by itself and with its phase."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from cop_launch.documents import BY_PHASE, DOCUMENTS, render
from cop_launch.documents.choice import AS_SOON_AS, PAGE, chosen, names, template_of
from cop_launch.documents.templates import templates_folder
from cop_launch.locales import in_language
from cop_launch.model.decision import Phase
from cop_launch.store.project import load

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module", params=["de-tweede-zin", "platform-engineers", "buurtdata"])
def made(request: pytest.FixtureRequest) -> dict[str, str]:
    """What an example has."""
    loaded = load(EXAMPLES / request.param)
    assert loaded.dossier is not None
    return render(loaded.dossier, in_language(loaded.language))


def test_every_document_belongs_to_one_phase_or_to_all(made: dict[str, str]) -> None:
    """And every picture to a document that shows it."""
    found = Counter(path for path in DOCUMENTS if not path.endswith(".svg"))
    shown: set[str] = set()
    for phase in Phase:
        (choice,), unknown = chosen([phase.value], made)
        assert unknown == []
        among = choice.among(made)
        found.update(path for path in among if not path.endswith(".svg"))
        shown |= {path for path in among if path.endswith(".svg")}
    for path in DOCUMENTS:
        (choice,), _ = chosen([path], made)
        shown |= {path for path in choice.among(made) if path.endswith(".svg")}
    assert found == Counter(path for path in made if not path.endswith(".svg"))
    assert shown == {path for path in made if path.endswith(".svg")}


def test_every_document_by_its_name(made: dict[str, str]) -> None:
    """In all the ways to write it: its path, its name, and without what stands after the dot."""
    for path in made:
        name = path.removeprefix("plans/")
        for word in (path, f"./{path}", name, name.upper(), path.replace("/", "\\")):
            (choice,), unknown = chosen([word], made)
            assert (choice.patterns, unknown) == ((path,), []), word
        plain, _ = chosen([name.rpartition(".")[0].replace("-", "_")], made)
        assert path in plain[0].among(made) or name.rpartition(".")[0] in {phase.value for phase in Phase}


def test_what_can_be_asked_for_can(made: dict[str, str]) -> None:
    """All names that a refusal lists mean something."""
    choices, unknown = chosen(names(made), made)
    assert unknown == []
    assert all(choice.among(made) or choice.ahead or choice.word == "launched" for choice in choices)


def test_what_is_made_ahead(made: dict[str, str]) -> None:
    """The documents of a phase, by themselves and all together; not what a plan must first speak of."""
    for phase, documents in BY_PHASE.items():
        (choice,), _ = chosen([phase.value], ())
        assert choice.ahead == documents.keys()
        for path in documents:
            (choice,), _ = chosen([path], ())
            assert choice.ahead == {path}
    for word in ("daily-plan", "overview", PAGE):
        (choice,), _ = chosen([word], ())
        assert choice.ahead == frozenset()


def test_words_that_mean_nothing() -> None:
    """Are given back; the others still count."""
    choices, unknown = chosen(["concept", "nothing", "", "plans/", "*", "../concept.md"], ())
    assert [choice.word for choice in choices] == ["concept"]
    assert unknown == ["nothing", "", "plans/", "*", "../concept.md"]


def test_every_document_knows_its_template(made: dict[str, str]) -> None:
    """The name under which its template stands in each language; what has no words has none."""
    folder = templates_folder()
    for path in made:
        template = template_of(path)
        assert (template is not None) == path.endswith(".md")
        for code in ("nl", "en"):
            assert template is None or (folder / code / f"{template}.md.j2").is_file()


def test_what_comes_as_soon_as_a_plan_speaks_of_it() -> None:
    """A whole dry run has all of it; without one it has a name, and nothing is made."""
    loaded = load(EXAMPLES / "de-tweede-zin")
    assert loaded.dossier is not None
    launched = render(loaded.dossier, in_language("nl"))
    for pattern in AS_SOON_AS[Phase.PLAN]:
        (choice,), _ = chosen([pattern], ())
        assert choice.patterns == (pattern,)
        assert choice.among(launched)
        assert choice.among({}) == frozenset()
