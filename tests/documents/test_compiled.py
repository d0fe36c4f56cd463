"""Compiled templates are kept where only the user can write, and never cost a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from cop_launch.documents.compiled import kept_templates


def _kept_in(monkeypatch: pytest.MonkeyPatch, folder: Path) -> list[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    assert kept_templates() is not None
    return list((folder / "coplaunch").iterdir())


def test_the_folder_is_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is made with room for nobody else."""
    (folder,) = _kept_in(monkeypatch, tmp_path)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_others_may_write_in_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept is code: whoever can write there could run something as the user."""
    (folder,) = _kept_in(monkeypatch, tmp_path)
    folder.chmod(0o777)
    assert kept_templates() is None


def test_a_folder_that_cannot_be_made_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in the place of the folder: templates are compiled each time, and that is all."""
    (tmp_path / "coplaunch").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert kept_templates() is None
