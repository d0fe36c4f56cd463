"""The house and its rooms: which module may know which, and where each third-party package lives."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "cop_launch"

LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"cop_launch"}),  # the version, nothing else
    frozenset({"records"}),
    frozenset({"kept", "locales", "shipped", "sources"}),
    frozenset({"findings", "metrics"}),
    frozenset({"model"}),
    frozenset({"statistics", "schedule"}),
    frozenset({"gates"}),
    frozenset({"answers"}),
    frozenset({"phases"}),
    frozenset({"workflow"}),
    frozenset({"filling"}),
    frozenset({"imports"}),  # below the documents: a form and what reads its answers share their questions
    frozenset({"console", "store", "documents"}),
    frozenset({"cli"}),
    frozenset({"__main__"}),
)
"""From the ground up: a room may know the rooms under its own layer, and itself. Neighbours do not know each other."""

HOMES = {
    "docx": "documents",
    "holidays": "schedule",
    "jinja2": "documents",
    "markdown_it": "documents",
    "markupsafe": "documents",
    "msgspec": "records",
    "pydantic": "model",
    "pydantic_core": "model",
    "python_calamine": "imports",
    "rich": "console",
    "typer": "cli",
    "watchfiles": "store",
    "xlsxwriter": "documents",
    "yaml": "store",
}
"""The one room that may import a third-party package."""

COMES_WITH = {"markupsafe": "jinja2", "pydantic_core": "pydantic"}
"""What is imported by its own name but installed, in the one version that fits, by the package that needs it."""


READ_AS_DATA = {"tzdata"}
"""What is declared although nothing imports it: the standard library finds it by itself."""


@dataclass(frozen=True, slots=True)
class Import:
    """One import statement: who knows what, and on which line."""

    importer: str
    imported: str
    line: int

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported}"


def _module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def _imports(module: str) -> Iterator[Import]:
    """Every import in a module, the late ones and those for types only included."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield Import(module, name.name, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno} imports by a relative name: write it in full"
            assert node.module
            for name in node.names:
                below = f"{node.module}.{name.name}"
                yield Import(module, below if below in MODULES else node.module, node.lineno)


IMPORTS = [found for module in MODULES for found in _imports(module)]


def _room(module: str) -> str:
    """`cop_launch.model.plan` is in `model`; the package itself is its own room."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


def _is_ours(module: str) -> bool:
    return module.split(".", maxsplit=1)[0] == "cop_launch"


def _third_party() -> Iterator[tuple[Import, str]]:
    for found in IMPORTS:
        top = found.imported.split(".")[0]
        if top not in sys.stdlib_module_names and top != "cop_launch":
            yield found, top


def test_every_module_has_exactly_one_layer() -> None:
    """A new room has to say where it stands, and a room that is gone leaves the list."""
    listed = sorted(room for layer in LAYERS for room in layer)
    assert [one for one, next_one in pairwise(listed) if one == next_one] == []
    assert {_room(module) for module in MODULES} - set(listed) == set()


def test_imports_only_go_down() -> None:
    """A room knows what is under it: never what is above, never a neighbour."""
    height = {room: index for index, layer in enumerate(LAYERS) for room in layer}
    wrong = [
        str(found)
        for found in IMPORTS
        if _is_ours(found.imported)
        and _room(found.importer) != _room(found.imported)
        and height[_room(found.imported)] >= height[_room(found.importer)]
    ]
    assert wrong == []


def test_what_is_imported_from_ourselves_exists() -> None:
    """No import of a module that was moved or never written, not even a late one that no test reaches."""
    assert [str(found) for found in IMPORTS if _is_ours(found.imported) and found.imported not in MODULES] == []


def test_modules_do_not_import_each_other_in_a_circle() -> None:
    """Inside a room, too, there is an order in which the modules can be read."""
    knows: dict[str, set[str]] = {module: set() for module in MODULES}
    for found in IMPORTS:
        if found.imported in MODULES and found.imported != found.importer:
            knows[found.importer].add(found.imported)
    while ready := [module for module, known in knows.items() if not known]:
        for module in ready:
            del knows[module]
        for known in knows.values():
            known.difference_update(ready)
    assert {module: sorted(known) for module, known in knows.items()} == {}


def test_phases_do_not_know_each_other() -> None:
    """One phase is one file; only the list of phases knows them all."""
    wrong = [
        str(found)
        for found in IMPORTS
        if _room(found.importer) == "phases" == _room(found.imported)
        and found.importer != "cop_launch.phases"
        and _is_ours(found.imported)
    ]
    assert wrong == []


def test_every_third_party_package_has_one_home() -> None:
    """What comes from elsewhere is known in one room, so that it can be replaced there."""
    assert [str(found) for found, top in _third_party() if HOMES.get(top) != _room(found.importer)] == []


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    """A clean install has everything that the code imports, and nothing that it does not."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = [*project["dependencies"], *project["optional-dependencies"]["word"]]
    declared = {re.split(r"[<>=!~;\[ ]", text)[0].lower() for text in listed}
    distributions = packages_distributions()
    used = {distributions[COMES_WITH.get(top, top)][0].lower() for _, top in _third_party()}
    assert used == declared - READ_AS_DATA


def test_the_ground_is_the_standard_library_alone() -> None:
    """Messages, findings, statistics, gates and verbs import no package from elsewhere: the core is plain Python, but
    for what its values are made of."""
    below = {"cop_launch", "kept", "locales", "shipped", "sources", "findings", "metrics", "statistics", "gates"}
    ground = below | {"workflow", "filling", "__main__"}
    assert [str(found) for found, _ in _third_party() if _room(found.importer) in ground] == []


def test_no_import_hides_in_a_string() -> None:
    """A module loaded by a name in a string would pass under the layers unseen."""
    hidden = {"importlib", "importlib.util", "importlib.machinery", "runpy", "pkgutil"}
    assert [str(found) for found in IMPORTS if found.imported in hidden] == []
    assert [module for module, path in MODULES.items() if "__import__(" in path.read_text(encoding="utf-8")] == []


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    """A name says what a person will find there."""
    drawers = {"utils", "util", "helpers", "common", "misc", "tools"}
    assert [module for module in MODULES if module.rsplit(".", 1)[-1] in drawers] == []


# Written with a class of one letter where this file would otherwise find itself.
_PLACES_OF_ONE_MACHINE = re.compile(
    r"""
      (?<![\w.])/wor[k]/ | (?<![\w.])/roo[t]/ | (?<![\w.])/hom[e]/\w | (?<![\w.])/User[s]/\w    # somebody's folders
    | py[p]i\.org | pythonhoste[d]\.org | registry\.np[m]js | npmj[s]\.org | deb\.debia[n]\.org  # package hosts
    | --(?:extra-)?index-ur[l] | --find-link[s] | --trusted-hos[t]
    | (?i:co-authored-b[y])
    """,
    re.VERBOSE,
)


def test_the_tree_works_anywhere() -> None:
    """No file names a folder of the machine it was written on, or a host that packages come from."""
    listing = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    found = []
    for name in filter(None, listed.stdout.decode("utf-8").split("\0")):
        path = ROOT / name
        if path.is_symlink() or not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        lines = text.splitlines()
        found += [
            f"{name}:{number}: {line.strip()}"
            for number, line in enumerate(lines, 1)
            if _PLACES_OF_ONE_MACHINE.search(line)
        ]
    assert found == []
