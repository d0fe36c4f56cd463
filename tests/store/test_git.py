"""Commits hold exactly what coplaunch wrote; in every state of the repository the staged work is untouched."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cop_launch.findings import Exit, Refused
from cop_launch.store.git import Commit, Repository, commit, ignored, last_committed, repository, tracked
from tests.store import faults

GIT = shutil.which("git") or "git"
posix = pytest.mark.skipif(os.name == "nt", reason="hooks and names as POSIX has them")

NOTHING = "Nothing to commit: git has these files as they are."


def git(folder: Path, *arguments: str, check: bool = True) -> str:
    """What the user's own git says; without its last line end."""
    done = subprocess.run([GIT, "-C", str(folder), *arguments], capture_output=True, check=False)
    assert not check or done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().removesuffix("\n")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, so that nobody's settings decide what is tested."""
    for name in os.environ:
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    git(folder, "config", "--global", "user.name", "Anna")
    git(folder, "config", "--global", "user.email", "anna@example.org")
    git(folder, "config", "--global", "init.defaultBranch", "main")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one commit, and other work that the user has staged: changed, new, deleted, renamed, partly."""
    folder = tmp_path / "project"
    folder.mkdir()
    git(folder, "init", "--quiet")
    files = {"coplaunch.yaml": "a: 1\n", "notes": "1\n2\n", "gone": "x\n", "named": "y\n" * 9, "part": "1\n"}
    for name, text in files.items():
        (folder / name).write_text(text)
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "Start")
    (folder / "notes").write_text("1\n2\n3\n")
    (folder / "new").write_text("new\n")
    (folder / "part").write_text("1\n2\n")
    git(folder, "add", "notes", "new", "part")
    git(folder, "rm", "--quiet", "gone")
    git(folder, "mv", "named", "renamed")
    (folder / "part").write_text("1\n2\n3\n")
    (folder / "untracked").write_text("u\n")
    return folder


def staged(folder: Path, *but: str) -> list[str]:
    """The index, entry by entry, without the files that were to be committed."""
    return [line for line in git(folder, "ls-files", "--stage").splitlines() if line.partition("\t")[2] not in but]


def last(folder: Path) -> tuple[str, list[str]]:
    """The message of the last commit, and what it did to which file."""
    return (
        git(folder, "log", "-1", "--format=%B").strip(),
        git(folder, "show", "--format=", "--name-status", "--no-renames", "HEAD").splitlines(),
    )


def refusal(do: Callable[[], object]) -> tuple[str, str, str]:
    """What a person reads, and the code."""
    with pytest.raises(Refused) as caught:
        do()
    assert caught.value.exit_code is Exit.MACHINE
    return str(caught.value.message), str(caught.value.hint), caught.value.code


def assert_untouched(folder: Path, do: Callable[[], object]) -> tuple[str, str, str]:
    """The refusal of a commit that changes nothing: not the index, not the branch, not a file."""

    def state() -> tuple[object, ...]:
        listed = git(folder, "ls-files", "--stage", "--debug").splitlines()
        # Sizes and times of files are git's notes for speed, which it may take anew.
        index = [line.partition("flags:")[2] or line for line in listed if not re.match("  (?!.*flags:)", line)]
        head = git(folder, "rev-parse", "--verify", "--quiet", "HEAD", check=False)
        return index, head, git(folder, "write-tree", check=False), git(folder, "status", "--porcelain")

    before = state()
    said = refusal(do)
    assert state() == before
    return said


def hook(folder: Path, name: str, script: str) -> Path:
    """Give the repository a hook."""
    path = folder / ".git" / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\n" + script, newline="\n")
    path.chmod(0o755)
    return path


class TestLastCommitted:
    """What a file held in the last commit."""

    def test_whatever_stands_there_now(self, project: Path) -> None:
        """Changed, staged or deleted since: the bytes of the commit, whatever its line ends and letters."""
        (project / "plans").mkdir()
        (project / "plans" / "één").write_bytes("één\r\n\n".encode())
        git(project, "add", "plans")
        git(project, "commit", "--quiet", "-m", "Plans")
        (project / "plans" / "één").unlink()
        assert last_committed(project / "plans", project / "plans" / "één") == "één\r\n\n".encode()
        assert last_committed(project, project / "part") == b"1\n2\n"

    def test_nothing(self, project: Path, tmp_path: Path) -> None:
        """No such file, no commit, no repository."""
        assert last_committed(project, project / "untracked") is None
        (tmp_path / "fresh").mkdir()
        assert last_committed(tmp_path / "fresh", tmp_path / "fresh" / "a") is None
        git(tmp_path / "fresh", "init", "--quiet")
        assert last_committed(tmp_path / "fresh", tmp_path / "fresh" / "a") is None


class TestRepository:
    def test_found(self, project: Path) -> None:
        """From the top and from a folder further down."""
        (project / "deep" / "er").mkdir(parents=True)
        real = project.resolve()
        assert repository(project) == repository(project / "deep" / "er") == Repository(real, real / ".git")

    def test_none(self, tmp_path: Path) -> None:
        """No repository is no error."""
        assert repository(tmp_path) is None

    def test_without_git(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without git there is no repository to speak of; nothing is tracked, and a commit is refused."""
        monkeypatch.setenv("PATH", str(project))
        assert repository(project) is None
        assert not tracked(project, project / "coplaunch.yaml")
        assert not ignored(project, project / "coplaunch.yaml")
        assert refusal(lambda: commit(project, [project / "coplaunch.yaml"], "Change")) == (
            "git is not installed, so nothing was committed.",
            "Install git, or run the command without --commit.",
            "no-git",
        )

    @posix
    def test_not_the_projects_own_git(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A program called git in the project is never run, also when the search path says "here"."""
        (project / "git").write_text("#!/bin/sh\ntouch was-run\n")
        (project / "git").chmod(0o755)
        monkeypatch.chdir(project)
        monkeypatch.setenv("PATH", os.pathsep.join([".", "", os.environ["PATH"]]))
        (project / "coplaunch.yaml").write_text("a: 2\n")
        commit(project, [project / "coplaunch.yaml"], "Change")
        assert not (project / "was-run").exists()

    @posix
    def test_somebody_elses(self, project: Path) -> None:
        """A repository of someone else is refused, with the command that git itself gives."""
        if os.geteuid() != 0:
            pytest.skip("only root can give a folder to someone else")
        os.chown(project, 1234, 1234)
        os.chown(project / ".git", 1234, 1234)
        assert refusal(lambda: commit(project, [project / "coplaunch.yaml"], "Change")) == (
            "git does not trust this folder, because it belongs to someone else.",
            f"If you trust it: git config --global --add safe.directory {project.resolve()}",
            "git-unsafe-folder",
        )


class TestCommit:
    def test_changed_new_and_deleted(self, project: Path) -> None:
        """The files that are named, and no other; what else is staged stays staged, to the last entry."""
        (project / "old.md").write_text("old\n")
        commit(project, [project / "old.md"], "Before")
        before = staged(project, "coplaunch.yaml", "decisions/1.md", "old.md")
        (project / "coplaunch.yaml").write_text("a: 2\n")
        (project / "decisions").mkdir()
        (project / "decisions" / "1.md").write_text("Go.\n")
        (project / "old.md").unlink()
        paths = [project / "coplaunch.yaml", project / "decisions" / "1.md", project / "old.md"]
        done = commit(project, paths, "Decide: go\n\nBecause 23 of 87 want to.\n")
        assert done == Commit(git(project, "rev-parse", "--short", "HEAD"))
        assert last(project) == (
            "Decide: go\n\nBecause 23 of 87 want to.",
            ["M\tcoplaunch.yaml", "A\tdecisions/1.md", "D\told.md"],
        )
        assert staged(project, "coplaunch.yaml", "decisions/1.md", "old.md") == before
        assert git(project, "status", "--porcelain", "--no-renames").splitlines() == [
            "D  gone",
            "D  named",
            "A  new",
            "M  notes",
            "MM part",
            "A  renamed",
            "?? untracked",
        ]

    def test_same_file_partly_staged(self, project: Path) -> None:
        """Of a file that the user had partly staged, what stands on the disk is committed."""
        commit(project, [project / "part"], "All of it")
        assert git(project, "show", "HEAD:part") == "1\n2\n3"
        assert git(project, "status", "--porcelain", "part") == ""

    def test_nothing_differs(self, project: Path) -> None:
        """No empty commit; it says so. A file that never was is no difference either."""
        head = git(project, "rev-parse", "HEAD")
        before = staged(project)
        done = commit(project, [project / "coplaunch.yaml", project / "never"], "Change")
        assert (done.sha, [str(note) for note in done.notes]) == (None, [NOTHING])
        assert commit(project, [], "Change") == done
        assert (git(project, "rev-parse", "HEAD"), staged(project)) == (head, before)

    def test_nothing_differs_from_the_last_commit(self, project: Path) -> None:
        """Something staged, then put back on the disk: still no commit, and still staged."""
        (project / "coplaunch.yaml").write_text("a: 2\n")
        git(project, "add", "coplaunch.yaml")
        (project / "coplaunch.yaml").write_text("a: 1\n")
        before = staged(project)
        assert commit(project, [project / "coplaunch.yaml"], "Change").sha is None
        assert staged(project) == before

    @pytest.mark.parametrize("exists", [True, False])
    def test_taken_out_of_the_index(self, project: Path, exists: bool) -> None:
        """A file that the user took out of the index is committed as it is on the disk: there, or gone."""
        git(project, "rm", "--quiet", "--cached", "coplaunch.yaml")
        (project / "coplaunch.yaml").write_text("a: 2\n")
        if not exists:
            (project / "coplaunch.yaml").unlink()
        commit(project, [project / "coplaunch.yaml"], "Change")
        assert last(project)[1] == ["M\tcoplaunch.yaml" if exists else "D\tcoplaunch.yaml"]

    def test_first_commit(self, tmp_path: Path) -> None:
        """In a new repository, before its first commit."""
        git(tmp_path, "init", "--quiet", "here")
        project = tmp_path / "here"
        (project / "mine").write_text("m\n")
        (project / "coplaunch.yaml").write_text("a: 1\n")
        git(project, "add", "mine")
        commit(project, [project / "coplaunch.yaml"], "Start")
        assert last(project) == ("Start", ["A\tcoplaunch.yaml"])
        assert git(project, "status", "--porcelain") == "A  mine"

    def test_announced_before(self, project: Path) -> None:
        """A killed run may have announced a new file to git; the next one commits it all the same."""
        (project / "report.md").write_text("Go.\n")
        before = staged(project)
        git(project, "add", "--intent-to-add", "report.md")
        commit(project, [project / "report.md"], "Decide: go")
        assert last(project) == ("Decide: go", ["A\treport.md"])
        assert staged(project, "report.md") == before

    @posix
    @pytest.mark.parametrize(
        "name", ["*", ":(top)x", ":x", "-rf", "--all", "a b", "é", "[ab]", "\\x", "a\nb", "a\rb", '"']
    )
    def test_odd_names(self, project: Path, name: str) -> None:
        """Names that mean something to git or to a shell mean themselves."""
        (project / "d").mkdir()
        (project / "d" / name).write_text("x\n")
        (project / "d" / "other").write_text("x\n")
        assert not tracked(project, project / "d" / name)
        commit(project, [project / "d" / name], "Add")
        assert git(project, "show", "--format=", "--name-only", "-z", "HEAD") == f"d/{name}\0"
        assert tracked(project, project / "d" / name)

    @pytest.mark.parametrize(
        ("message", "kept"),
        [
            ("# Not a comment\n\n#tag", "# Not a comment\n\n#tag"),
            ("-m x --amend", "-m x --amend"),
            ("Één besluit: “ja” €\n", "Één besluit: “ja” €"),
            ("a\x00b\x1b[31mc\u202ed\u2028e\rf", "a b [31mc d e f"),
        ],
    )
    @pytest.mark.parametrize("settings", [(), (("commit.cleanup", "strip"), ("i18n.commitEncoding", "ISO-8859-1"))])
    def test_message(self, project: Path, message: str, kept: str, settings: tuple[tuple[str, str], ...]) -> None:
        """The message is taken as text; characters that cannot be seen become spaces."""
        for setting in settings:
            git(project, "config", *setting)
        (project / "coplaunch.yaml").write_text("a: 2\n")
        commit(project, [project / "coplaunch.yaml"], message)
        assert last(project)[0] == kept

    def test_users_settings(self, project: Path) -> None:
        """A template, a verbose editor, diff settings and line ends of the user do not come between."""
        (project / ".git" / "template").write_text("Dear reviewer\n")
        for setting in [
            ("commit.template", str(project / ".git" / "template")),
            ("commit.verbose", "true"),
            ("core.editor", "false"),
            ("core.autocrlf", "true"),
            ("core.quotePath", "true"),
            ("status.relativePaths", "true"),
            ("diff.external", "false"),
            ("color.ui", "always"),
            ("alias.commit", "!false"),
        ]:
            git(project, "config", *setting)
        (project / "coplaunch.yaml").write_bytes(b"a: 1\r\n")
        assert commit(project, [project / "coplaunch.yaml"], "Change").sha is None
        (project / "coplaunch.yaml").write_bytes(b"a: 2\r\n")
        assert commit(project, [project / "coplaunch.yaml"], "Change").sha is not None
        assert last(project) == ("Change", ["M\tcoplaunch.yaml"])
        assert git(project, "cat-file", "-s", "HEAD:coplaunch.yaml") == "5"

    def test_larger_repository(self, project: Path) -> None:
        """A project in a subdirectory of a larger repository commits its own files there."""
        inner = project / "communities" / "zorg"
        inner.mkdir(parents=True)
        (inner / "coplaunch.yaml").write_text("a: 1\n")
        before = staged(project)
        commit(inner, [inner / "coplaunch.yaml"], "Start")
        assert last(project) == ("Start", ["A\tcommunities/zorg/coplaunch.yaml"])
        assert staged(project, "communities/zorg/coplaunch.yaml") == before

    def test_worktree(self, project: Path, tmp_path: Path) -> None:
        """In a worktree, on its branch; the main one is not touched."""
        git(project, "worktree", "add", "--quiet", "-b", "side", str(tmp_path / "side"))
        side, before = tmp_path / "side", staged(project)
        (side / "coplaunch.yaml").write_text("a: 2\n")
        assert commit(side, [side / "coplaunch.yaml"], "Change").notes == ()
        assert last(side) == ("Change", ["M\tcoplaunch.yaml"])
        assert git(project, "log", "-1", "--format=%s") == "Start"
        assert staged(project) == before

    def test_detached_head(self, project: Path) -> None:
        """On no branch it commits, and says how to keep the commit."""
        git(project, "checkout", "--quiet", "--detach")
        (project / "coplaunch.yaml").write_text("a: 2\n")
        done = commit(project, [project / "coplaunch.yaml"], "Change")
        assert [str(note) for note in done.notes] == [
            f"The commit {done.sha} is on no branch (detached HEAD). To keep it: git switch -c NAME"
        ]
        assert last(project) == ("Change", ["M\tcoplaunch.yaml"])

    @posix
    def test_hooks_run(self, project: Path) -> None:
        """Hooks see the commit as it will be, and their own language and variables."""
        hook(project, "pre-commit", "git diff --cached --name-only '*.yaml' > .git/seen\n")
        hook(project, "commit-msg", 'echo "Reviewed-by: Bo" >> "$1"\n')
        (project / "coplaunch.yaml").write_text("a: 2\n")
        commit(project, [project / "coplaunch.yaml"], "Change\n")
        assert (project / ".git" / "seen").read_text() == "coplaunch.yaml\n"
        assert last(project)[0] == "Change\nReviewed-by: Bo"

    @posix
    @pytest.mark.parametrize("surrounding", ["same", "other"])
    def test_inside_a_hook(self, project: Path, tmp_path: Path, surrounding: str) -> None:
        """Run from a hook, it sees the repository of its project, not the one that the hook belongs to."""
        script = f"""if True:
            from pathlib import Path
            from cop_launch.findings import Refused
            from cop_launch.store.git import commit, tracked
            project = Path({str(project)!r})
            print("tracked", tracked(project, project / "coplaunch.yaml"))
            try:
                print("committed", bool(commit(project, [project / "coplaunch.yaml"], "Inner").sha))
            except Refused as refused:
                print(refused.code)
        """
        if surrounding == "other":
            outer = tmp_path / "outer"
            git(tmp_path, "init", "--quiet", "outer")
            (outer / "a").write_text("a\n")
            git(outer, "add", "a")
        else:
            outer = project
        (project / "coplaunch.yaml").write_text("a: 2\n")
        (tmp_path / "script.py").write_text(script)
        python = f"PYTHONPATH='{faults.SOURCE}' '{sys.executable}'"
        hook(outer, "pre-commit", f"{python} '{tmp_path / 'script.py'}' > '{tmp_path / 'said'}'\n")
        git(outer, "commit", "--quiet", "-m", "Outer")
        said = (tmp_path / "said").read_text().splitlines()
        assert said == ["tracked True", "inside-hook" if surrounding == "same" else "committed True"]
        assert last(outer)[0] == "Outer"
        assert last(project)[0] == ("Outer" if surrounding == "same" else "Inner")

    @posix
    def test_signed(self, project: Path, tmp_path: Path) -> None:
        """A user who signs commits has a signed one."""
        if shutil.which("ssh-keygen") is None:
            pytest.skip("ssh-keygen is not installed: no key to sign with")
        key = tmp_path / "key"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
        for setting in [("gpg.format", "ssh"), ("user.signingKey", str(key)), ("commit.gpgSign", "true")]:
            git(project, "config", *setting)
        (project / "coplaunch.yaml").write_text("a: 2\n")
        commit(project, [project / "coplaunch.yaml"], "Change")
        assert "gpgsig -----BEGIN SSH SIGNATURE-----" in git(project, "cat-file", "commit", "HEAD")

    def test_path_through_a_link(self, project: Path, tmp_path: Path) -> None:
        """A project that is reached through a link commits the same files."""
        (tmp_path / "shortcut").symlink_to(project)
        (project / "coplaunch.yaml").write_text("a: 2\n")
        commit(tmp_path / "shortcut", [tmp_path / "shortcut" / "coplaunch.yaml"], "Change")
        assert last(project) == ("Change", ["M\tcoplaunch.yaml"])


class TestRefused:
    """Every state in which there can be no commit is named, and left as it is."""

    @pytest.fixture(autouse=True)
    def work(self, project: Path) -> None:
        """What coplaunch would commit: a changed file and a new one."""
        (project / "coplaunch.yaml").write_text("a: 2\n")
        (project / "report.md").write_text("Go.\n")

    def refused(self, project: Path) -> tuple[str, str, str]:
        paths = [project / "coplaunch.yaml", project / "report.md"]
        return assert_untouched(project, lambda: commit(project, paths, "Change"))

    def test_no_repository(self, tmp_path: Path) -> None:
        """A folder that is in no repository."""
        assert refusal(lambda: commit(tmp_path, [tmp_path / "a"], "Change")) == (
            f"{tmp_path} is not in a git repository, so nothing was committed.",
            "Run 'git init' here, or run the command without --commit.",
            "no-repository",
        )

    def test_bare_clone(self, project: Path, tmp_path: Path) -> None:
        """A repository without files."""
        git(tmp_path, "clone", "--quiet", "--bare", str(project), "bare")
        assert refusal(lambda: commit(tmp_path / "bare", [tmp_path / "bare" / "a"], "Change")) == (
            "This git repository is bare: it has no files, so there is nothing to commit.",
            "Make a clone with files ('git clone') and work there.",
            "bare-repository",
        )

    def test_outside(self, project: Path, tmp_path: Path) -> None:
        """A file that is not in the repository."""
        assert assert_untouched(project, lambda: commit(project, [tmp_path / "a"], "Change")) == (
            f"{tmp_path / 'a'} is outside the git repository {project.resolve()}.",
            "Keep the project's files in one repository.",
            "outside-repository",
        )

    @pytest.mark.parametrize("missing", ["name", "email"])
    def test_no_identity(self, project: Path, home: Path, missing: str) -> None:
        """git does not know who the user is, and may not guess."""
        git(home, "config", "--global", "--unset", f"user.{missing}")
        git(home, "config", "--global", "user.useConfigOnly", "true")
        assert self.refused(project) == (
            "git does not know who you are, so nothing was committed.",
            "Tell it, with git config --global user.name and git config --global user.email.",
            "no-identity",
        )

    @posix
    @pytest.mark.parametrize("name", ["pre-commit", "prepare-commit-msg", "commit-msg"])
    def test_failing_hook(self, project: Path, name: str) -> None:
        """A hook that says no is heard: its words are shown, without what would steer the terminal."""
        hook(
            project,
            name,
            "echo 'trailing space in coplaunch.yaml'; printf 'fatal: \\033[31mmend\\033[0m\\n' >&2; exit 3",
        )
        assert self.refused(project) == (
            f"A hook of this repository ({name}) stopped the commit of coplaunch.yaml and report.md:\n"
            "| trailing space in coplaunch.yaml\n"
            "| fatal: mend",
            "The files are written. Mend what the hook names, then commit them with 'git commit'.",
            "hook-refused",
        )

    @posix
    def test_failing_hook_elsewhere(self, project: Path, tmp_path: Path) -> None:
        """Hooks may be kept in another folder, and may talk at length."""
        (tmp_path / "hooks").mkdir()
        git(project, "config", "core.hooksPath", str(tmp_path / "hooks"))
        script = tmp_path / "hooks" / "pre-commit"
        script.write_text("#!/bin/sh\nseq 1000\nexit 1\n")
        script.chmod(0o755)
        message, _, code = self.refused(project)
        lines = [*range(1, 21), "[...]", *range(981, 1001)]
        assert code == "hook-refused"
        assert message.splitlines()[1:] == [f"| {line}" for line in lines]

    def test_merge(self, project: Path) -> None:
        """A merge that stopped with conflicts, and one whose conflicts are solved."""
        self.conflicting(project, "merge", "other")
        assert self.refused(project) == unfinished("merge")
        (project / "clash").write_text("solved\n")
        git(project, "add", "clash")
        assert self.refused(project) == unfinished("merge")

    @pytest.mark.parametrize(
        ("command", "named"),
        [
            (("rebase", "other"), "rebase"),
            (("rebase", "--apply", "other"), "rebase"),
            (("cherry-pick", "other"), "cherry-pick"),
            (("revert", "--no-edit", "HEAD~1"), "revert"),
        ],
    )
    def test_in_the_midst(self, project: Path, command: tuple[str, ...], named: str) -> None:
        """A rebase, cherry-pick or revert that is not finished."""
        self.conflicting(project, *command)
        assert self.refused(project) == unfinished(named)

    def test_mail(self, project: Path, tmp_path: Path) -> None:
        """A patch from a mail that is not applied yet."""
        (tmp_path / "mail").write_text(
            "From: Bo <bo@example.org>\nSubject: x\n\n---\n a | 1 +\n\n"
            "diff --git a/nowhere b/nowhere\n--- a/nowhere\n+++ b/nowhere\n@@ -1 +1 @@\n-a\n+b\n-- \n2\n"
        )
        git(project, "reset", "--quiet", "--hard")
        git(project, "am", str(tmp_path / "mail"), check=False)
        assert self.refused(project) == unfinished("am")

    def test_bisect(self, project: Path) -> None:
        """A search for the commit that broke something."""
        git(project, "bisect", "start")
        assert self.refused(project) == unfinished("bisect", "git bisect reset")

    def conflicting(self, project: Path, *command: str) -> None:
        """Two branches that changed the same line, and a git command that stumbles over it; other work stays staged."""
        git(project, "stash", "--quiet", "--include-untracked")
        (project / "clash").write_text("base\n")
        git(project, "add", "clash")
        git(project, "commit", "--quiet", "-m", "Base")
        git(project, "checkout", "--quiet", "-b", "other")
        for branch in ("other", "main"):
            git(project, "checkout", "--quiet", branch)
            (project / "clash").write_text(f"{branch}\n")
            git(project, "commit", "--quiet", "--all", "-m", branch)
        (project / "clash").write_text("later\n")
        git(project, "commit", "--quiet", "--all", "-m", "Later")
        git(project, *command, check=False)
        (project / "coplaunch.yaml").write_text("a: 2\n")
        (project / "report.md").write_text("Go.\n")
        (project / "staged").write_text("s\n")
        git(project, "add", "staged")

    def test_unmerged(self, project: Path) -> None:
        """Conflicts that a stash left, without a merge."""
        git(project, "reset", "--quiet", "--hard")
        (project / "notes").write_text("mine\n")
        git(project, "stash", "--quiet")
        (project / "notes").write_text("theirs\n")
        git(project, "commit", "--quiet", "--all", "-m", "Theirs")
        git(project, "stash", "pop", check=False)
        assert self.refused(project) == (
            "These files still have merge conflicts, so nothing was committed: notes.",
            "Solve the conflicts, 'git add' the files, and run the command again.",
            "unmerged-files",
        )

    def test_stale_lock(self, project: Path) -> None:
        """git's own lock is never removed by us."""
        lock = project.resolve() / ".git" / "index.lock"
        lock.write_bytes(b"")
        before = staged(project)
        assert refusal(lambda: commit(project, [project / "report.md"], "Change")) == (
            f"Another git command is at work here, or one was killed: {lock} exists.",
            "Wait until it is done. If no git command runs, remove that file yourself, and run the command again.",
            "git-busy",
        )
        assert lock.exists()
        assert staged(project) == before

    def test_other_lock(self, project: Path) -> None:
        """The lock of the branch is named as well; what was announced to git is taken back."""
        lock = project.resolve() / ".git" / "refs" / "heads" / "main.lock"
        lock.write_bytes(b"")
        assert self.refused(project)[::2] == (
            f"Another git command is at work here, or one was killed: {lock} exists.",
            "git-busy",
        )
        assert lock.exists()

    def test_ignored(self, project: Path) -> None:
        """A file that .gitignore leaves out is not forced in."""
        (project / ".gitignore").write_text("*.md\n")
        assert self.refused(project) == (
            "git is told to leave out report.md, so nothing was committed.",
            "Look which rule does it: git check-ignore -v report.md",
            "ignored-by-git",
        )

    @posix
    def test_not_signed(self, project: Path) -> None:
        """A commit that cannot be signed is not made unsigned."""
        git(project, "config", "commit.gpgSign", "true")
        git(project, "config", "gpg.program", "false")
        message, hint, code = self.refused(project)
        assert message.splitlines()[0] == "The commit could not be signed, so nothing was committed:"
        assert hint == "The files are written. Look after your key (git config user.signingKey), then use 'git commit'."
        assert code == "not-signed"

    @posix
    def test_read_only_repository(self, project: Path) -> None:
        """A repository that may not be written."""
        for folder in (project / ".git", project / ".git" / "objects"):
            folder.chmod(0o555)
        try:
            if os.access(project / ".git", os.W_OK):
                pytest.skip("permissions mean nothing to root")
            message, hint, code = self.refused(project)
        finally:
            for folder in (project / ".git", project / ".git" / "objects"):
                folder.chmod(0o755)
        assert message.splitlines()[0] == "The git repository may not be written, so nothing was committed:"
        assert hint == "The files are written. Ask for permission, or commit from an account that has it."
        assert code == "repository-read-only"

    def test_anything_else(self, project: Path) -> None:
        """What we have no sentence for is git's to say, quoted."""
        git(project, "config", "core.safecrlf", "true")
        git(project, "config", "core.autocrlf", "true")
        assert self.refused(project) == (
            "git could not do it:\n| fatal: LF would be replaced by CRLF in coplaunch.yaml",
            "Solve what git names, then run the command again.",
            "git-failed",
        )


def unfinished(command: str, finish: str | None = None) -> tuple[str, str, str]:
    """The refusal of a commit in the midst of another git command."""
    return (
        f"A 'git {command}' is not finished, so nothing was committed.",
        f"Finish it ('{finish or f'git {command} --continue'}') or stop it, and run the command again.",
        f"unfinished-{command}",
    )


class TestTrackedAndIgnored:
    @pytest.fixture
    def raw(self, project: Path) -> Path:
        """A project whose raw exports are left out, but for one that slipped in before."""
        raw = project / "evidence" / "raw"
        raw.mkdir(parents=True)
        (raw / "slipped.csv").write_text("Bo,bo@example.org\n")
        git(project, "add", "evidence/raw/slipped.csv")
        (project / ".gitignore").write_text("/evidence/raw/\n")
        (raw / "out.csv").write_text("x\n")
        return raw

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("evidence/raw/slipped.csv", (True, False)),
            ("evidence/raw/out.csv", (False, True)),
            ("evidence/raw/not-there-yet.csv", (False, True)),
            ("evidence/raw/*", (False, True)),
            ("evidence/raw", (True, False)),
            ("evidence/other.csv", (False, False)),
            ("coplaunch.yaml", (True, False)),
            (":(top)coplaunch.yaml", (False, False)),
            ("renamed", (True, False)),
            ("gone", (False, False)),
        ],
    )
    def test_each(self, project: Path, raw: Path, name: str, expected: tuple[bool, bool]) -> None:
        """Whether git follows a file, and whether it would leave it out; a staged file is followed."""
        assert (tracked(project, project / name), ignored(project, project / name)) == expected

    def test_other_places_that_ignore(self, project: Path) -> None:
        """Rules count wherever the user keeps them."""
        (project / ".git" / "info").mkdir(exist_ok=True)
        (project / ".git" / "info" / "exclude").write_text("*.csv\n")
        assert ignored(project, project / "x.csv")

    def test_no_repository(self, tmp_path: Path) -> None:
        """Without a repository nothing is followed, and nothing left out."""
        assert not tracked(tmp_path, tmp_path / "a")
        assert not ignored(tmp_path, tmp_path / "a")

    def test_misled(self, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Variables that point at another repository are not believed."""
        git(tmp_path, "init", "--quiet", "other")
        misleading: Mapping[str, str] = {
            "GIT_DIR": str(tmp_path / "other" / ".git"),
            "GIT_WORK_TREE": str(tmp_path / "other"),
            "GIT_INDEX_FILE": str(tmp_path / "nothing"),
            "GIT_PREFIX": "x/",
            "GIT_LITERAL_PATHSPECS": "1",
            "GIT_ICASE_PATHSPECS": "1",
            "LANGUAGE": "nl",
        }
        for name, value in misleading.items():
            monkeypatch.setenv(name, value)
        assert tracked(project, project / "coplaunch.yaml")
        assert not tracked(project, project / "COPLAUNCH.yaml")
        assert repository(tmp_path) is None
