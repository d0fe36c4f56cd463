"""Files are written whole or not at all, in one place, one run at a time."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_launch.findings import Exit, Refused
from cop_launch.store.files import (
    ANYTHING,
    Write,
    apply,
    difference,
    inside,
    locked,
    read,
    sweep,
    write_atomically,
    write_new,
)
from tests.store import faults

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX permissions and links")


def permissions_count() -> bool:
    """Whether the system keeps us from writing where we may not; it does not keep root."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o500)
        return not os.access(folder, os.W_OK)


as_a_user = pytest.mark.skipif(not permissions_count(), reason="permissions mean nothing to root")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def refusal(do: Callable[[], object]) -> tuple[str, str, str, Exit]:
    """What a person reads, and what a program sees."""
    with pytest.raises(Refused) as caught:
        do()
    refused = caught.value
    return str(refused.message), str(refused.hint), refused.code, refused.exit_code


def everything(folder: Path) -> dict[str, bytes | None]:
    """All that is in a folder; None for a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


class TestRead:
    def test_bytes(self, project: Path) -> None:
        """The bytes as they are: no decoding, no line ends translated."""
        (project / "plan").write_bytes(b"\xef\xbb\xbfa\r\n\xff\x00")
        assert read(project / "plan") == b"\xef\xbb\xbfa\r\n\xff\x00"

    def test_missing(self, project: Path) -> None:
        """A missing file has a code of its own."""
        assert refusal(lambda: read(project / "coplaunch.yaml")) == (
            "There is no file coplaunch.yaml.",
            "Check the name, and the folder that you are in.",
            "no-such-file",
            Exit.MACHINE,
        )

    def test_folder(self, project: Path) -> None:
        """A folder is not a file."""
        assert refusal(lambda: read(project)) == (
            f"{project} is not a file.",
            "Name the file itself, not its folder.",
            "not-a-file",
            Exit.MACHINE,
        )

    @posix
    def test_pipe(self, project: Path) -> None:
        """A pipe is refused; reading it would wait for ever."""
        os.mkfifo(project / "plan")
        assert refusal(lambda: read(project / "plan"))[2] == "not-a-file"

    @as_a_user
    def test_permission(self, project: Path) -> None:
        """A file that may not be read says so."""
        (project / "plan").write_bytes(b"secret")
        (project / "plan").chmod(0)
        assert refusal(lambda: read(project / "plan")) == (
            "plan may not be read by you.",
            "Ask its owner for permission, or close the program that holds it.",
            "unreadable",
            Exit.MACHINE,
        )

    @posix
    def test_links_in_a_circle(self, project: Path) -> None:
        """What has no sentence of its own quotes the system."""
        (project / "a").symlink_to("b")
        (project / "b").symlink_to("a")
        assert refusal(lambda: read(project / "a")) == (
            f"a could not be read: {os.strerror(errno.ELOOP)}.",
            "Look at the file and its folder, and run the command again.",
            "unreadable",
            Exit.MACHINE,
        )


class TestWriteAtomically:
    def test_replaces(self, project: Path) -> None:
        """The new bytes are there, and nothing else is."""
        plan = project / "coplaunch.yaml"
        plan.write_bytes(b"old")
        assert write_atomically(plan, b"new\r\n", expected=b"old")
        assert everything(project) == {"coplaunch.yaml": b"new\r\n"}

    def test_makes_folders(self, project: Path) -> None:
        """Folders that are missing are made."""
        assert write_atomically(project / "plans" / "nl" / "concept.md", b"text", project=project)
        assert everything(project) == {"plans": None, "plans/nl": None, "plans/nl/concept.md": b"text"}

    def test_equal_is_not_written(self, project: Path) -> None:
        """A file that holds these bytes already is not touched, not even a read-only one."""
        plan = project / "plan"
        plan.write_bytes(b"same")
        plan.chmod(0o444)
        before = plan.stat()
        assert not write_atomically(plan, b"same", expected=b"same")
        after = plan.stat()
        assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)

    @pytest.mark.parametrize("found", [b"theirs", b"", None])
    def test_changed_on_disk(self, project: Path, found: bytes | None) -> None:
        """What another program wrote, emptied or removed meanwhile is left as it is."""
        plan = project / "coplaunch.yaml"
        if found is not None:
            plan.write_bytes(found)
        before = everything(project)
        assert refusal(lambda: write_atomically(plan, b"ours", expected=b"read")) == (
            "coplaunch.yaml was changed by another program while coplaunch was at work.",
            "Nothing was written over it. Run the command again.",
            "changed-on-disk",
            Exit.MACHINE,
        )
        assert everything(project) == before

    def test_changed_at_the_last_moment(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A change that comes in while the new bytes are forced to the disk is seen too."""
        plan = project / "coplaunch.yaml"
        plan.write_bytes(b"read")
        force = os.fsync

        def an_editor_saves(descriptor: int) -> None:
            force(descriptor)
            plan.write_bytes(b"theirs")

        monkeypatch.setattr(os, "fsync", an_editor_saves)
        assert refusal(lambda: write_atomically(plan, b"ours", expected=b"read"))[2] == "changed-on-disk"
        assert everything(project) == {"coplaunch.yaml": b"theirs"}

    def test_read_only(self, project: Path) -> None:
        """A file that its owner made read-only is refused, though a rename could replace it; for root as well."""
        plan = project / "coplaunch.yaml"
        plan.write_bytes(b"old")
        plan.chmod(0o444)
        assert refusal(lambda: write_atomically(plan, b"new", expected=b"old")) == (
            "coplaunch.yaml is read-only.",
            "Make it writable (chmod u+w), if it is meant to change, and run the command again.",
            "read-only",
            Exit.MACHINE,
        )
        assert everything(project) == {"coplaunch.yaml": b"old"}

    @as_a_user
    @pytest.mark.parametrize("make", [False, True])
    def test_folder_without_permission(self, project: Path, make: bool) -> None:
        """A folder that may not be written says so, whether the file is there or is to be made."""
        plan = project / "coplaunch.yaml"
        if not make:
            plan.write_bytes(b"old")
        project.chmod(0o555)
        try:
            assert refusal(lambda: write_atomically(plan, b"new")) == (
                "coplaunch.yaml may not be written by you.",
                "Check the permissions of the file and its folder, and close programs that have it open.",
                "unwritable",
                Exit.MACHINE,
            )
        finally:
            project.chmod(0o755)
        assert everything(project) == ({} if make else {"coplaunch.yaml": b"old"})

    def test_long_name(self, project: Path) -> None:
        """The longest name that the disk takes can be written; a longer one has a sentence, and leaves no folder."""
        longest = "é" * 127
        assert write_atomically(project / longest, b"text")
        assert refusal(lambda: write_atomically(project / "plans" / (longest + "ab"), b"text", project=project)) == (
            f"plans/{longest}ab could not be written: its name is too long.",
            "Choose a shorter name, or a folder less deep.",
            "unwritable",
            Exit.MACHINE,
        )
        assert everything(project) == {longest: b"text"}

    def test_folder_that_is_a_file(self, project: Path) -> None:
        """A file where a folder should be is named."""
        (project / "plans").write_bytes(b"")
        assert refusal(lambda: write_atomically(project / "plans" / "concept.md", b"text", project=project)) == (
            "plans/concept.md could not be written: a part of its path is a file, not a folder.",
            "Move that file away, and run the command again.",
            "unwritable",
            Exit.MACHINE,
        )
        assert everything(project) == {"plans": b""}

    @posix
    @pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755, 0o646])
    def test_permissions_stay(self, project: Path, mode: int) -> None:
        """The permissions of the old file are those of the new one, whatever the umask."""
        plan = project / "plan"
        plan.write_bytes(b"old")
        plan.chmod(mode)
        umask = os.umask(0o077)
        try:
            write_atomically(plan, b"new")
        finally:
            os.umask(umask)
        assert plan.stat().st_mode & 0o7777 == mode

    @posix
    def test_new_file_follows_umask(self, project: Path) -> None:
        """A new file is as private as the user's other new files."""
        umask = os.umask(0o027)
        try:
            write_atomically(project / "plan", b"new")
        finally:
            os.umask(umask)
        assert (project / "plan").stat().st_mode & 0o7777 == 0o640

    @posix
    def test_owner_stays(self, project: Path) -> None:
        """A file that root edits stays its owner's."""
        if os.geteuid() != 0:
            pytest.skip("only root can give a file to someone else")
        plan = project / "plan"
        plan.write_bytes(b"old")
        plan.chmod(0o646)
        os.chown(plan, 1234, 5678)
        write_atomically(plan, b"new")
        assert (plan.stat().st_uid, plan.stat().st_gid) == (1234, 5678)

    @posix
    def test_link_inside(self, project: Path) -> None:
        """A link to a file in the project stays a link; the file that it points at is written."""
        (project / "real").mkdir()
        (project / "real" / "plan.yaml").write_bytes(b"old")
        (project / "coplaunch.yaml").symlink_to("real/plan.yaml")
        assert write_atomically(project / "coplaunch.yaml", b"new", expected=b"old", project=project)
        assert (project / "coplaunch.yaml").readlink() == Path("real/plan.yaml")
        assert (project / "real" / "plan.yaml").read_bytes() == b"new"
        assert sorted(path.name for path in (project / "real").iterdir()) == ["plan.yaml"]

    @posix
    def test_link_outside(self, project: Path) -> None:
        """A link out of the project is refused, and what it points at is left alone."""
        outside = project.parent / "other.yaml"
        outside.write_bytes(b"theirs")
        (project / "coplaunch.yaml").symlink_to("../other.yaml")
        assert refusal(lambda: write_atomically(project / "coplaunch.yaml", b"new", project=project)) == (
            f"coplaunch.yaml leads out of the project, to {outside}.",
            "Replace the link with the file itself, or keep what it points at inside the project.",
            "path",
            Exit.NO,
        )
        assert outside.read_bytes() == b"theirs"


class TestWriteNew:
    def test_once(self, project: Path) -> None:
        """What is written once is never overwritten; writing the same again changes nothing."""
        report = project / "decisions" / "2026-02-25-initiative.md"
        assert write_new(report, b"Go.", project=project)
        assert not write_new(report, b"Go.", project=project)
        assert refusal(lambda: write_new(report, b"No-go.", project=project)) == (
            "decisions/2026-02-25-initiative.md is there already; it is left as it is.",
            "Move it away if it may go, and run the command again.",
            "already-there",
            Exit.MACHINE,
        )
        assert everything(project / "decisions") == {report.name: b"Go."}

    def test_leftover(self, project: Path) -> None:
        """The leftover of a killed run is replaced when the caller says that it is one."""
        report = project / "report.md"
        report.write_bytes(b"half a decision")
        assert write_new(report, b"Go.", replace_leftover=True)
        assert everything(project) == {"report.md": b"Go."}

    def test_came_meanwhile(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that comes into being at the last moment is not overwritten either."""
        report = project / "report.md"
        force = os.fsync

        def somebody_writes(descriptor: int) -> None:
            force(descriptor)
            report.write_bytes(b"theirs")

        monkeypatch.setattr(os, "fsync", somebody_writes)
        assert refusal(lambda: write_new(report, b"ours"))[2] == "already-there"
        assert everything(project) == {"report.md": b"theirs"}

    @posix
    @pytest.mark.parametrize("there", [False, True])
    def test_disk_without_hard_links(self, project: Path, monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
        """A USB stick knows no hard links: files are made there too, and never overwritten."""
        force = os.fsync

        def somebody_writes(descriptor: int) -> None:
            force(descriptor)
            if there:
                (project / "report.md").write_bytes(b"theirs")

        def no_links(*_: object) -> None:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

        monkeypatch.setattr(os, "fsync", somebody_writes)
        monkeypatch.setattr(os, "link", no_links)
        if there:
            assert refusal(lambda: write_new(project / "report.md", b"ours"))[2] == "already-there"
        else:
            assert write_new(project / "report.md", b"ours")
        assert everything(project) == {"report.md": b"theirs" if there else b"ours"}


class TestApply:
    def test_in_order(self, project: Path) -> None:
        """What changed is returned in order; what was so already is not."""
        (project / "coplaunch.yaml").write_bytes(b"phase: initiative\n")
        (project / "README.md").write_bytes(b"# Zorg\n")
        writes = [
            Write(project / "decisions" / "1.md", None, b"Go.\n"),
            Write(project / "README.md", b"# Zorg\n", b"# Zorg\n"),
            Write(project / "coplaunch.yaml", b"phase: initiative\n", b"phase: concept_test\n"),
        ]
        assert apply(project, writes) == (project / "decisions" / "1.md", project / "coplaunch.yaml")
        assert everything(project) == {
            "README.md": b"# Zorg\n",
            "coplaunch.yaml": b"phase: concept_test\n",
            "decisions": None,
            "decisions/1.md": b"Go.\n",
        }
        assert apply(project, writes) == ()

    def test_checked_before_the_first(self, project: Path) -> None:
        """When the last file has changed meanwhile, the first is not written either."""
        (project / "coplaunch.yaml").write_bytes(b"theirs")
        before = everything(project)
        writes = [
            Write(project / "decisions" / "1.md", None, b"Go.\n"),
            Write(project / "coplaunch.yaml", b"read", b"ours"),
        ]
        assert refusal(lambda: apply(project, writes))[2] == "changed-on-disk"
        assert everything(project) == before

    @pytest.mark.parametrize("path", ["../other.md", ".git/hooks/pre-commit", "plans/../../x"])
    def test_stays_inside(self, project: Path, path: str) -> None:
        """Nothing is written outside the project, or in git's own folder."""
        assert refusal(lambda: apply(project, [Write(project / path, None, b"x")]))[2] == "path"
        assert everything(project.parent) == {"project": None}

    @posix
    def test_returns_real_files(self, project: Path) -> None:
        """What a commit has to name is the file, not the link to it."""
        (project / "real.yaml").write_bytes(b"old")
        (project / "coplaunch.yaml").symlink_to("real.yaml")
        assert apply(project, [Write(project / "coplaunch.yaml", b"old", b"new")]) == (project / "real.yaml",)

    def test_interrupted(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ctrl-C in the midst leaves the project as it was."""
        (project / "coplaunch.yaml").write_bytes(b"old")
        before = everything(project)

        def ctrl_c(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "replace", ctrl_c)
        writes = [Write(project / "plans" / "a.md", None, b"a"), Write(project / "coplaunch.yaml", b"old", b"new")]
        with pytest.raises(KeyboardInterrupt):
            apply(project, writes)
        assert everything(project) == before


class TestTakenAway:
    def test_in_order_with_what_is_written(self, project: Path) -> None:
        """What is to go goes, and is named among what changed; what was gone already is not."""
        (project / "plans").mkdir()
        (project / "plans" / "old.md").write_bytes(b"old")
        (project / "plans" / "kept.md").write_bytes(b"kept")
        writes = [
            Write(project / "plans" / "new.md", None, b"new"),
            Write(project / "plans" / "old.md", b"old", None),
        ]
        assert apply(project, writes) == (project / "plans" / "new.md", project / "plans" / "old.md")
        assert everything(project) == {"plans": None, "plans/kept.md": b"kept", "plans/new.md": b"new"}
        assert apply(project, [Write(project / "plans" / "old.md", None, None)]) == ()

    def test_not_when_it_changed(self, project: Path) -> None:
        """A file that somebody saved meanwhile stays, and nothing else is written."""
        (project / "old.md").write_bytes(b"saved meanwhile")
        writes = [Write(project / "new.md", None, b"new"), Write(project / "old.md", b"old", None)]
        assert refusal(lambda: apply(project, writes))[2] == "changed-on-disk"
        assert everything(project) == {"old.md": b"saved meanwhile"}

    def test_not_when_it_may_not_change(self, project: Path) -> None:
        """Read-only means that it stays."""
        (project / "old.md").write_bytes(b"old")
        (project / "old.md").chmod(0o444)
        assert refusal(lambda: apply(project, [Write(project / "old.md", b"old", None)]))[2] == "read-only"
        assert everything(project) == {"old.md": b"old"}

    def test_a_failure_before_it_leaves_it(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ctrl-C at the write before it: it is still there."""
        (project / "plan").write_bytes(b"old")
        (project / "old.md").write_bytes(b"old")
        before = everything(project)

        def ctrl_c(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "replace", ctrl_c)
        writes = [Write(project / "plan", b"old", b"new"), Write(project / "old.md", b"old", None)]
        with pytest.raises(KeyboardInterrupt):
            apply(project, writes)
        assert everything(project) == before

    def test_git_understands_the_diff(self, project: Path) -> None:
        """It says that the file goes, and git does so."""
        (project / "old.md").write_bytes(b"one\ntwo\n")
        shown = difference(project, [Write(project / "old.md", b"one\ntwo\n", None)])
        assert shown == "--- a/old.md\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-one\n-two\n"
        subprocess.run(["git", "apply", "-"], cwd=project, input=shown.encode(), check=True)
        assert everything(project) == {}


class TestDifference:
    def test_reads_as_a_diff(self, project: Path) -> None:
        """What would change, as people know it from git; what stays the same is not shown."""
        writes = [
            Write(project / "decisions" / "1.md", None, b"Go.\n"),
            Write(project / "README.md", b"# Zorg\n", b"# Zorg\n"),
            Write(project / "coplaunch.yaml", b"a: 1\nphase: initiative", b"a: 1\nphase: concept_test\n"),
        ]
        assert difference(project, writes) == (
            "--- /dev/null\n"
            "+++ b/decisions/1.md\n"
            "@@ -0,0 +1 @@\n"
            "+Go.\n"
            "--- a/coplaunch.yaml\n"
            "+++ b/coplaunch.yaml\n"
            "@@ -1,2 +1,2 @@\n"
            " a: 1\n"
            "-phase: initiative\n"
            "\\ No newline at end of file\n"
            "+phase: concept_test\n"
        )

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (b"a\r\nb\r\n", b"a\r\nc\r\n"),
            ("a\u2028b\nc\n".encode(), "a\u2028b\nd".encode()),
            (b"a\x0cb\x85\n", b"a\x0cb\n"),
            (b"one\n" * 20, b"one\n" * 9 + b"two\n" + b"one\n" * 10),
            (b"", b"first\n"),
            (b"last", b""),
        ],
    )
    def test_git_applies_it(self, project: Path, before: bytes, after: bytes) -> None:
        """git makes the same bytes of it."""
        (project / "plan").write_bytes(before)
        if b"\x85" in before:
            before = before.decode("utf-8", "replace").encode()
            (project / "plan").write_bytes(before)
        shown = difference(project, [Write(project / "plan", before, after)])
        subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], cwd=project, input=shown.encode(), check=True)
        assert (project / "plan").read_bytes() == after


class TestInside:
    @pytest.mark.parametrize("path", ["plans/a.md", "./a.md", "a//b.md", "naïef/één.md", "...a", "-x", "@y", "50%"])
    def test_fine(self, project: Path, path: str) -> None:
        """Ordinary names, also of files that are not there yet."""
        assert inside(project, path) == project / path

    @pytest.mark.parametrize(
        ("path", "sentence"),
        [
            ("", "The path '' names no file."),
            (".", "The path '.' names no file."),
            ("../x", "The path '../x' leads out of the project."),
            ("a/../../x", "The path 'a/../../x' leads out of the project."),
            ("a/../x", "The path 'a/../x' leads out of the project."),
            ("/etc/passwd", "The path '/etc/passwd' is absolute; paths start at the project's folder."),
            ("//server/share", "The path '//server/share' is absolute; paths start at the project's folder."),
            ("C:\\x", "The path 'C:\\x' is absolute; paths start at the project's folder."),
            ("c:x", "The path 'c:x' is absolute; paths start at the project's folder."),
            ("\\\\?\\C:\\x", "The path '\\\\?\\C:\\x' is absolute; paths start at the project's folder."),
            ("a\\..\\x", "The path 'a\\..\\x' has a backslash; folders are separated by '/'."),
            ("%2e%2e/x", "The path '%2e%2e/x' is encoded; write the characters themselves."),
            ("..%2Fx", "The path '..%2Fx' is encoded; write the characters themselves."),
            ("%252e%252e/x", "The path '%252e%252e/x' is encoded; write the characters themselves."),
            ("%c0%ae/x", "The path '%c0%ae/x' is encoded; write the characters themselves."),
            ("a\0b", "The path 'a\\x00b' has a character that cannot be seen."),
            ("a\nb", "The path 'a\\nb' has a character that cannot be seen."),
            ("a\u202eb", "The path 'a\\u202eb' has a character that cannot be seen."),
            (".g\u200cit/x", "The path '.g\\u200cit/x' has a character that cannot be seen."),
            ("\udc80", "The path '\\udc80' has a character that cannot be seen."),
            (".git/hooks/x", "The path '.git/hooks/x' leads into git's own folder."),
            ("a/.GIT/config", "The path 'a/.GIT/config' leads into git's own folder."),
            ("GIT~1/config", "The path 'GIT~1/config' leads into git's own folder."),
            (".git./x", "In the path '.git./x', '.git.' ends in a dot or a space."),
            ("plans /x", "In the path 'plans /x', 'plans ' ends in a dot or a space."),
            ("a/...", "In the path 'a/...', '...' ends in a dot or a space."),
            ("ab:stream", "The path 'ab:stream' has the character :."),
            ("plans/*.md", "The path 'plans/*.md' has the character *."),
            ("con", "In the path 'con', 'con' is a name that Windows keeps."),
            ("plans/NUL.md", "In the path 'plans/NUL.md', 'NUL.md' is a name that Windows keeps."),
            ("Aux .tar.gz", "In the path 'Aux .tar.gz', 'Aux .tar.gz' is a name that Windows keeps."),
            ("com\u00b9", "In the path 'com\u00b9', 'com\u00b9' is a name that Windows keeps."),
            ("lpt9/x", "In the path 'lpt9/x', 'lpt9' is a name that Windows keeps."),
        ],
    )
    def test_refused(self, project: Path, path: str, sentence: str) -> None:
        """What leads out, or what some system cannot hold, is refused on every system alike."""
        assert refusal(lambda: inside(project, path)) == (
            sentence,
            "Write a path inside the project, such as plans/concept.md.",
            "path",
            Exit.NO,
        )

    @posix
    @pytest.mark.parametrize("link", ["file", "folder", "parent"])
    @pytest.mark.parametrize("target", ["..", ".git", "gone"])
    def test_links(self, project: Path, link: str, target: str) -> None:
        """A link anywhere in the path is followed; it must not lead out of the project or into `.git`."""
        (project / ".git" / "hooks").mkdir(parents=True)
        aims = {"..": project.parent, ".git": project / ".git" / "hooks", "gone": project.parent / "not" / "there"}
        aim = aims[target]
        path = {"file": "plan", "folder": "plans/x.md", "parent": "a/b/c/d.md"}[link]
        place = project / {"file": "plan", "folder": "plans", "parent": "a/b"}[link]
        place.parent.mkdir(exist_ok=True)
        place.symlink_to(aim / "file" if link == "file" else aim)
        message, _, code, _ = refusal(lambda: inside(project, path))
        assert (message.partition(", to ")[0], code) == (f"{path} leads out of the project", "path")

    @posix
    def test_project_behind_a_link(self, project: Path) -> None:
        """The project's own folder may be reached through a link."""
        (project.parent / "shortcut").symlink_to(project)
        assert inside(project.parent / "shortcut", "a.md") == project.parent / "shortcut" / "a.md"

    @given(st.text(st.sampled_from("./\\%:~2eEfF5cgit AaZ\0\u202e\u200b-"), max_size=14) | st.text(max_size=8))
    def test_never_outside(self, path: str) -> None:
        """Whatever is written, the path is refused or stays below the project, and never in `.git`."""
        root = Path(os.path.realpath(Path.cwd()))
        with suppress(Refused):
            real = Path(os.path.realpath(inside(root, path))).relative_to(root)
            assert real.parts
            assert ".git" not in (part.casefold() for part in real.parts)


class TestLock:
    def test_leaves_nothing(self, project: Path) -> None:
        """The lock is not a file in the project, neither while it is held nor after."""
        with locked(project):
            assert everything(project) == {}
        assert everything(project) == {}

    def test_waits_then_refuses(self, project: Path) -> None:
        """While another run holds the project, this one waits, then says so; after that it is free at once."""
        holder = hold(project)
        begun = time.monotonic()
        assert refusal(lambda: locked(project, patience=0.3).__enter__()) == (
            f"Another coplaunch is writing in {project}.",
            "Wait until it is done, and run the command again.",
            "busy",
            Exit.MACHINE,
        )
        assert time.monotonic() - begun >= 0.3
        holder.communicate(b"done")
        with locked(project, patience=0):
            pass

    def test_waits_until_free(self, project: Path) -> None:
        """A run that waits goes on as soon as the other is done."""
        holder = hold(project)
        assert holder.stdin is not None
        holder.stdin.write(b"sleep")
        holder.stdin.close()
        with locked(project, patience=60):
            pass
        holder.wait()
        assert holder.stdout is not None
        holder.stdout.close()

    @posix
    def test_killed_holder(self, project: Path) -> None:
        """A killed run gives the lock back."""
        holder = hold(project)
        holder.kill()
        holder.communicate()
        with locked(project, patience=0):
            pass

    @posix
    def test_children_do_not_hold_it(self, project: Path) -> None:
        """A program that was started meanwhile and goes on does not keep the lock."""
        with locked(project):
            child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, close_fds=False)
        with locked(project, patience=0):
            pass
        child.communicate(b"\n")

    def test_given_back_after_an_error(self, project: Path) -> None:
        """An exception in the midst gives the lock back."""
        with pytest.raises(ZeroDivisionError), locked(project):
            _ = 1 / 0
        with locked(project, patience=0):
            pass

    def test_no_folder(self, project: Path) -> None:
        """Where there is no project folder, it says how to begin."""
        expected = (
            "There is no folder gone.",
            "Start a project with 'coplaunch init', or go to the folder of one.",
            "no-such-folder",
            Exit.MACHINE,
        )
        assert refusal(lambda: locked(project / "gone").__enter__()) == expected

    @posix
    def test_folder_that_cannot_be_locked(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Some network drives cannot lock a folder; the lock is then outside the project, and works as well."""
        import fcntl
        import stat

        there = project.parent / "tmp"
        there.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(there))
        lock = fcntl.flock

        def files_only(descriptor: int, operation: int) -> None:
            if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                raise OSError(errno.EBADF, os.strerror(errno.EBADF))
            lock(descriptor, operation)

        monkeypatch.setattr(fcntl, "flock", files_only)
        with locked(project):
            assert refusal(lambda: locked(project, patience=0).__enter__())[2] == "busy"
        with locked(project, patience=0):
            assert everything(project) == {}


def hold(project: Path) -> subprocess.Popen[bytes]:
    """Another process that holds the project until its input ends."""
    script = """if True:
        import sys, time
        from pathlib import Path
        from cop_launch.store.files import locked
        with locked(Path(sys.argv[1])):
            print("held", flush=True)
            if sys.stdin.read() == "sleep":
                time.sleep(0.3)
    """
    command = [sys.executable, "-c", script, str(project)]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=faults.environment())
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == b"held"
    return holder


class TestSweep:
    def test_only_our_own(self, project: Path) -> None:
        """Leftovers of killed runs go, in every folder that coplaunch writes in; all other files stay."""
        ours = [".coplaunch-coplaunch.yaml.0123456789ab.tmp", "plans/nl/.coplaunch-a b.md.ffffffffffff.tmp"]
        theirs = [
            ".coplaunch-coplaunch.yaml.tmp",
            ".coplaunch-plan.0123456789AB.tmp",
            "coplaunch-plan.0123456789ab.tmp",
            ".coplaunch-plan.0123456789ab.tmp.bak",
            "src/.coplaunch-plan.0123456789ab.tmp",
            "notes.tmp",
        ]
        for name in (*ours, *theirs):
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            (project / name).write_bytes(b"x")
        (project / "plans" / ".coplaunch-folder.0123456789ab.tmp").mkdir()
        sweep(project)
        found = everything(project)
        assert sorted(name for name, data in found.items() if data is not None) == sorted(theirs)
        assert "plans/.coplaunch-folder.0123456789ab.tmp" in found

    def test_with_the_lock(self, project: Path) -> None:
        """Every writing command begins with it: taking the lock sweeps."""
        (project / ".coplaunch-plan.0123456789ab.tmp").write_bytes(b"half")
        with locked(project):
            assert everything(project) == {}

    @posix
    def test_not_through_links(self, project: Path) -> None:
        """A link does not lead the sweep out of the project."""
        other = project.parent / "other"
        other.mkdir()
        (other / ".coplaunch-plan.0123456789ab.tmp").write_bytes(b"x")
        (project / "decisions").mkdir()
        (project / "decisions" / "more").symlink_to(other)
        (project / "plans").symlink_to(other)
        sweep(project)
        assert everything(other) == {".coplaunch-plan.0123456789ab.tmp": b"x"}

    @posix
    def test_through_links_inside(self, project: Path) -> None:
        """A folder of the project that is a link to another is swept where its files are."""
        (project / "docs").mkdir()
        (project / "docs" / ".coplaunch-a.md.0123456789ab.tmp").write_bytes(b"x")
        (project / "plans").symlink_to("docs")
        sweep(project)
        assert everything(project / "docs") == {}


def test_anything_is_not_bytes() -> None:
    """The mark for "whatever stands there" is never taken for the content of a file."""
    assert ANYTHING is not None
    assert not isinstance(ANYTHING, bytes)
