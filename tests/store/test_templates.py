"""A project's own templates are read with care: what is no plain text file of its own is said, and not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from cop_launch.findings import Refused
from cop_launch.store.templates import LARGEST, MOST, copied, own_templates


def project(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def said(folder: Path) -> list[str]:
    """What is wrong, each with the file that it is about."""
    return [f"{one.code} {one.place and one.place.file}: {one.message}" for one in own_templates(folder).findings]


def test_a_project_without_has_none(tmp_path: Path) -> None:
    """Most have none."""
    found = own_templates(tmp_path)
    assert (found.texts, found.files, found.findings) == ({}, (), ())


def test_texts_are_read_by_their_name(tmp_path: Path) -> None:
    """Line ends and a mark at the start are the editor's business; what is hidden, or a README, counts for nothing."""
    files = {
        "concept.md.j2": b"\xef\xbb\xbfa\r\nb\rc\n",
        "ours/foot.md.j2": "é".encode(),
        "logo.png": b"\x89PNG",
        ".DS_Store": b"\xff",
        ".git/x.md.j2": b"",
        "README.md": b"",
    }
    found = own_templates(project(tmp_path, files))
    assert found.texts == {"concept.md.j2": "a\nb\nc\n", "ours/foot.md.j2": "é"}
    assert found.files == ("concept.md.j2", "logo.png", "ours/foot.md.j2")
    assert found.findings == ()


def test_nothing_is_read_through_a_link(tmp_path: Path) -> None:
    """Neither a file nor a folder, wherever it leads; nor the folder itself."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md.j2").write_text("secret")
    folder = project(tmp_path / "project", {"concept.md.j2": b"ours"})
    (folder / "templates" / "results.md.j2").symlink_to(outside / "secret.md.j2")
    (folder / "templates" / "same.md.j2").symlink_to("concept.md.j2")
    (folder / "templates" / "more").symlink_to(outside)
    assert own_templates(folder).texts == {"concept.md.j2": "ours"}
    what = "is a link, or no file at all: a template is a file of the project itself"
    assert said(folder) == [
        f"template-file {name}: {name} {what}"
        for name in ("templates/more", "templates/results.md.j2", "templates/same.md.j2")
    ]
    other = tmp_path / "other"
    other.mkdir()
    (other / "templates").symlink_to(folder / "templates")
    assert (own_templates(other).texts, said(other)) == ({}, [f"template-file templates: templates {what}"])


def test_what_is_no_text_is_said(tmp_path: Path) -> None:
    """All of it in one run, each by its name; the others are read."""
    files = {
        "concept.md.j2": b"caf\xe9",
        "results.md.j2": b"x" * (LARGEST + 1),
        "strategy.md.j2": b"x" * LARGEST,
    }
    folder = project(tmp_path, files)
    (folder / "templates" / "overview.md.j2").mkdir()
    assert said(folder) == [
        "not-utf8 templates/concept.md.j2: templates/concept.md.j2 is not stored as UTF-8 text",
        "too-large templates/results.md.j2: templates/results.md.j2 is larger than any template is: more than "
        "262,144 bytes",
    ]
    assert own_templates(folder).texts == {"strategy.md.j2": "x" * LARGEST}


def test_a_folder_with_very_much_in_it_is_not_read_to_its_end(tmp_path: Path) -> None:
    """It is something else than templates."""
    folder = project(tmp_path, {f"{number:03}.md.j2": b"" for number in range(MOST + 50)})
    found = own_templates(folder)
    assert (len(found.texts), said(folder)) == (
        MOST,
        [f"too-large templates/{MOST}.md.j2: there are more than {MOST} files in templates/"],
    )


def test_a_copy_is_written_in_the_project(tmp_path: Path) -> None:
    """With what stands there before; never outside, through a folder that is a link."""
    write = copied(tmp_path, "concept.md.j2", "é")
    assert (write.path, write.before, write.after) == (tmp_path / "templates" / "concept.md.j2", None, "é".encode())
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "templates").symlink_to(tmp_path)
    with pytest.raises(Refused, match="leads out of the project"):
        copied(folder, "concept.md.j2", "é")
