"""What people install is what stands in the tree, however they install it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

import cop_launch

ROOT = Path(__file__).resolve().parents[1]
VERSION = cop_launch.__version__

pytestmark = pytest.mark.xdist_group("packaging")  # built once, by the one worker that runs these


def _run(*command: str | Path, cwd: Path) -> str:
    """Run a command that has to succeed; what it printed."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _tree(*folders: str) -> set[str]:
    """The files of the tree under these folders, as git lists them: without what it is told to ignore."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listing = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *folders)
    return {name for name in _run(*listing, cwd=ROOT).split("\0") if name and (ROOT / name).is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel built from that sdist; made without a network."""
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


def test_the_sdist_carries_the_whole_tree(built: Path) -> None:
    """Who has the sdist has all that is needed to read, build, test and change coplaunch."""
    top = f"coplaunch-{VERSION}/"
    with tarfile.open(built / f"coplaunch-{VERSION}.tar.gz") as sdist:
        names = {member.name.removeprefix(top) for member in sdist if member.isfile()}
    about_the_checkout_only = {".editorconfig", ".gitattributes", ".pre-commit-hooks.yaml"}
    assert names == (_tree() - about_the_checkout_only) | {"PKG-INFO"}


def _copied() -> set[str]:
    """The files of the examples that an installed coplaunch has: what starts a project, not what retells its story."""
    names = {name for name in _tree("examples") if len(name.split("/")) > 2}
    return {name for name in names if name.split("/")[2] != "steps"}


def test_the_wheel_carries_the_package_the_templates_and_the_examples(built: Path) -> None:
    """Modules, catalogues, the mark of typing, every template and what examples start from; nothing else."""
    with zipfile.ZipFile(built / f"coplaunch-{VERSION}-py3-none-any.whl") as wheel:
        names = set(wheel.namelist())
    about = f"coplaunch-{VERSION}.dist-info"
    described = {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}
    expected = {name.removeprefix("src/") for name in _tree("src/cop_launch")}
    expected |= {f"cop_launch/{name}" for name in _tree("templates") | _copied()}
    assert names == expected | {f"{about}/{name}" for name in described}


def test_the_wheel_says_what_it_is(built: Path) -> None:
    """Its metadata name the version in the code, the licence and the oldest Python."""
    with zipfile.ZipFile(built / f"coplaunch-{VERSION}-py3-none-any.whl") as wheel:
        metadata = message_from_bytes(wheel.read(f"coplaunch-{VERSION}.dist-info/METADATA"))
    named = ("Name", "Version", "License-Expression", "Requires-Python")
    assert [metadata[name] for name in named] == ["coplaunch", VERSION, "MIT", ">=3.11"]


@pytest.mark.parametrize("how", ["wheel", "checkout", "editable"])
def test_an_installed_coplaunch_runs_and_has_what_comes_with_it(how: str, built: Path, tmp_path: Path) -> None:
    """In an environment of its own, from a folder elsewhere, the command finds every template and copies an example."""
    environment = tmp_path / "environment"
    venv.create(environment, symlinks=os.name != "nt")
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    site = Path(_run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip())
    # The dependencies of the environment that runs the tests are lent; .ci/run installs them for real.
    (site / "lent.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    what = {
        "wheel": [str(built / f"coplaunch-{VERSION}-py3-none-any.whl")],
        "checkout": [str(ROOT)],
        "editable": ["--editable", str(ROOT)],
    }[how]
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python]
    options = ["--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--ignore-installed"]
    _run(*pip, "install", *options, *what, cwd=tmp_path)

    assert _run(scripts / "coplaunch", "--version", cwd=tmp_path) == f"coplaunch {VERSION}\n"
    ask = "from cop_launch.documents.templates import templates_folder; print(templates_folder())"
    folder = Path(_run(python, "-c", ask, cwd=tmp_path).strip())
    assert folder == (ROOT / "templates" if how == "editable" else site / "cop_launch" / "templates")
    found = {f"templates/{path.relative_to(folder).as_posix()}" for path in folder.rglob("*") if path.is_file()}
    assert found == _tree("templates")
    _run(scripts / "coplaunch", "init", "copy", "--example", "buurtdata", cwd=tmp_path)
    copy = {f"examples/buurtdata/{path.relative_to(tmp_path / 'copy')}" for path in (tmp_path / "copy").rglob("*")}
    assert {name for name in _copied() if name.startswith("examples/buurtdata/")} <= copy
