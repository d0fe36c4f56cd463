"""Everything that coplaunch renders: of each example in each language, of the small launch, of an empty project."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cop_launch.documents import render
from cop_launch.documents.page import page
from cop_launch.gates import Dossier
from cop_launch.locales import LANGUAGES, in_language
from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from cop_launch.store.places import PLAN
from cop_launch.store.project import language_of, load
from tests.documents import small

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob(f"*/{PLAN}"))
OWN = {name: language_of(ROOT / "examples" / name) for name in EXAMPLES}
"""The language in which each was written."""
COMMUNITIES = ("Buurtdata", "De Tweede Zin", "Steady State")
"""What each is called."""


@cache
def dossier_of(name: str, language: str) -> Dossier:
    """An example, in a language that need not be its own."""
    with TemporaryDirectory() as folder:
        work = Path(folder) / name
        shutil.copytree(ROOT / "examples" / name, work, ignore=shutil.ignore_patterns("plans"))
        plan = (work / PLAN).read_text("utf-8")
        for other in LANGUAGES:
            plan = plan.replace(f"\nlanguage: {other}\n", f"\nlanguage: {language}\n", 1)
        (work / PLAN).write_text(plan, "utf-8", newline="\n")
        loaded = load(work)
    assert loaded.dossier is not None
    assert loaded.language == language
    return loaded.dossier


@cache
def of_example(name: str, language: str) -> Mapping[str, str]:
    """The documents of an example by their path."""
    return render(dossier_of(name, language), in_language(language))


@cache
def of_small(state: str, language: str) -> Mapping[str, str]:
    """The documents of the small launch in one of its states."""
    return render(small.dossier(language, state), in_language(language))


@cache
def of_nothing(ended: bool, language: str) -> Mapping[str, str]:
    """The documents of a project that says nothing at all and came to its end all the same: so it has every one."""
    made = [{"gate": "launch", "decision": "go"}, *([{"gate": "review", "decision": "stop"}] if ended else [])]
    return render(Dossier(validate(Project, {"decisions": made})), in_language(language))


def rendered(suffix: str) -> dict[str, str]:
    """All of it whose path ends so, by a name that tells where it comes from: `de-tweede-zin.nl/plans/overview.md`."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        sets = {name: of_example(name, language) for name in EXAMPLES}
        sets |= {f"small-{state}": of_small(state, language) for state in small.states(language)}
        sets |= {"nothing": of_nothing(False, language), "nothing-ended": of_nothing(True, language)}
        for name, documents in sets.items():
            found |= {f"{name}.{language}/{path}": text for path, text in documents.items() if path.endswith(suffix)}
    return found


@cache
def page_of(name: str, language: str) -> str:
    """The page of an example."""
    return page(of_example(name, language), dossier_of(name, language), in_language(language))
