"""Committing what coplaunch wrote, and nothing else. git is the program itself, with the user's own hooks and settings.

git is called with argument lists and literal paths, messages go in on standard input, and its words are shown only as
a quotation. What it cannot do is a `Refused` with `Exit.MACHINE`; the files that were written stay written.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from cop_launch.findings import Exit, Refused
from cop_launch.locales import Message, msg
from cop_launch.records import Record

_ELSEWHERE = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_DIR",
        "GIT_GLOB_PATHSPECS",
        "GIT_ICASE_PATHSPECS",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_INTERNAL_SUPER_PREFIX",
        "GIT_LITERAL_PATHSPECS",
        "GIT_NAMESPACE",
        "GIT_NOGLOB_PATHSPECS",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_QUARANTINE_PATH",
        "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
        "LANGUAGE",
    }
)
"""Variables that a surrounding hook sets for its own repository, or that change what a path or a sentence means."""

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Repository(Record):
    """A git repository around a project: the folder where its files begin, and git's own folder for this worktree.

    `top` is None where there are no files: a bare clone, or git's own folder.
    """

    top: Path | None
    folder: Path


class Commit(Record):
    """What `commit` did: the short name of the commit, None when nothing differed, and what is worth saying of it."""

    sha: str | None
    notes: tuple[Message, ...] = ()


def repository(project: Path) -> Repository | None:
    """The repository that the project is in, also further up; None without git or without one.

    Raises `Refused` (``git-unsafe-folder``) when git does not trust the folder because it is somebody else's.
    """
    if _binary() is None:
        return None
    answer = _git(project, "rev-parse", "--is-inside-work-tree", "--absolute-git-dir")
    if answer.returncode:
        if "not a git repository" in answer.stderr:
            return None
        raise _git_says(answer.stderr)
    in_files, _, rest = answer.stdout.partition("\n")
    folder = rest.removesuffix("\n")
    if in_files != "true":
        return Repository(None, Path(folder))
    top = _ask(project, "rev-parse", "--show-toplevel").removesuffix("\n")
    return Repository(Path(top), Path(folder))


def tracked(project: Path, path: Path) -> bool:
    """Whether git follows this file, or a file in this folder; no where there is no repository."""
    found = repository(project)
    if found is None or found.top is None:
        return False
    return bool(_ask(found.top, "ls-files", "-z", "--", *_literal([_below(found.top, path)])))


def ignored(project: Path, path: Path) -> bool:
    """Whether a rule, as in `.gitignore`, keeps this file or folder out of git; one that git follows is not ignored."""
    found = repository(project)
    if found is None or found.top is None:
        return False
    return not tracked(project, path) and bool(_ignored(found.top, [_below(found.top, path)]))


def last_committed(project: Path, path: Path) -> bytes | None:
    """What a file held in the last commit; None where there is no repository, no commit, or no such file in it."""
    found = repository(project)
    if found is None or found.top is None:
        return None
    answer = _git(found.top, "cat-file", "blob", f"HEAD:{_below(found.top, path)}")
    return None if answer.returncode else answer.stdout.encode("utf-8", "surrogateescape")


def commit(project: Path, paths: Sequence[Path], message: str) -> Commit:
    """Commit these files as they stand on the disk: new, changed or deleted; everything else stays as it is.

    Whatever else the user has staged stays staged, and is not committed. Of a file that is named here, what stands on
    the disk is committed, even when the user had staged a part of it: the commit holds what coplaunch wrote, and after
    it nothing of that file is left to stage. Hooks, signing and every other setting of the user are respected. When
    git refuses, what was staged is as before.

    The message's first line is its subject; characters that cannot be seen are replaced by spaces.
    """
    if _binary() is None:
        raise _machine(
            "no-git",
            msg("git is not installed, so nothing was committed."),
            msg("Install git, or run the command without --commit."),
        )
    found = repository(project)
    if found is None:
        raise _machine(
            "no-repository",
            msg("{project} is not in a git repository, so nothing was committed.", project=str(project)),
            msg("Run 'git init' here, or run the command without --commit."),
        )
    if found.top is None:
        raise _machine(
            "bare-repository",
            msg("This git repository is bare: it has no files, so there is nothing to commit."),
            msg("Make a clone with files ('git clone') and work there."),
        )
    top = found.top
    names = sorted({_below(top, path) for path in paths})
    _refuse_unfinished(found)
    _refuse_without_identity(top)
    indexed = set(_names(_ask(top, "ls-files", "-z", "--", *_literal(names)))) if names else set()
    new = [name for name in names if name not in indexed and os.path.lexists(top / name)]
    if left_out := _ignored(top, new):
        raise _machine(
            "ignored-by-git",
            msg("git is told to leave out {files:list}, so nothing was committed.", files=left_out),
            msg("Look which rule does it: git check-ignore -v {file}", file=left_out[0]),
        )
    return _commit(found, top, names, new, message)


def _commit(found: Repository, top: Path, names: list[str], new: list[str], message: str) -> Commit:
    """Commit the files, of which `new` are not in the index."""
    committed = False
    try:
        if new:
            # `git commit -- file` knows a new file only once it is announced.
            _ask(top, "add", "--intent-to-add", "--", *_literal(new))
        born = _git(top, "rev-parse", "--verify", "--quiet", "HEAD").returncode == 0
        # A file that is in none of disk, index and last commit is gone without a trace: nothing to commit of it.
        known = _names(_ask(top, "ls-files", "-z", *(["--with-tree=HEAD"] if born else []), "--", *_literal(names)))
        here = _literal(name for name in names if name in known)
        if not here or (born and not _differ(top, here)):
            return Commit(None, (msg("Nothing to commit: git has these files as they are."),))
        answer = _git(
            top,
            *("-c", "i18n.commitEncoding=UTF-8"),
            *("commit", "--only", "--quiet", "--cleanup=whitespace", "--file=-", "--", *here),
            stdin=_UNSEEN.sub(" ", message),
        )
        if answer.returncode:
            raise _commit_refused(found, answer, names)
        committed = True
    finally:
        if new and not committed:
            _git(top, "update-index", "--force-remove", "-z", "--stdin", stdin="".join(f"{name}\0" for name in new))
    sha = _ask(top, "rev-parse", "--short", "HEAD").strip()
    if _git(top, "symbolic-ref", "--quiet", "HEAD").returncode:
        note = msg(
            "The commit {sha} is on no branch (detached HEAD). To keep it: git switch -c NAME",
            sha=sha,
        )
        return Commit(sha, (note,))
    return Commit(sha)


def _differ(top: Path, paths: Sequence[str]) -> bool:
    answer = _git(top, "diff", "--quiet", "--no-ext-diff", "HEAD", "--", *paths)
    if answer.returncode not in {0, 1}:
        raise _git_says(answer.stderr)
    return answer.returncode == 1


# -- what stands in the way -------------------------------------------------------------------------------------------

_UNFINISHED = (
    ("MERGE_HEAD", "merge"),
    ("rebase-merge", "rebase"),
    ("rebase-apply/applying", "am"),
    ("rebase-apply", "rebase"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("BISECT_LOG", "bisect"),
)


def _refuse_unfinished(found: Repository) -> None:
    """Refuse when the repository is in the middle of something: a commit now would become a part of it."""
    if (found.folder / "index.lock").exists():
        raise _locked(found.folder / "index.lock")
    index = os.environ.get("GIT_INDEX_FILE")
    if index and Path(os.path.realpath(index)).parent == Path(os.path.realpath(found.folder)):
        raise _machine(
            "inside-hook",
            msg("This runs in a hook of the same git repository, so nothing was committed."),
            msg("Let the hook run the command without --commit."),
        )
    for sign, command in _UNFINISHED:
        if (found.folder / sign).exists():
            finish = "git bisect reset" if command == "bisect" else f"git {command} --continue"
            raise _machine(
                f"unfinished-{command}",
                msg("A 'git {command}' is not finished, so nothing was committed.", command=command),
                msg("Finish it ('{finish}') or stop it, and run the command again.", finish=finish),
            )
    assert found.top is not None
    listed = _names(_ask(found.top, "ls-files", "--unmerged", "-z"))
    if unmerged := sorted({line.partition("\t")[2] for line in listed}):
        raise _machine(
            "unmerged-files",
            msg("These files still have merge conflicts, so nothing was committed: {files:list}.", files=unmerged),
            msg("Solve the conflicts, 'git add' the files, and run the command again."),
        )


def _refuse_without_identity(top: Path) -> None:
    for who in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
        answer = _git(top, "var", who)
        if answer.returncode:
            raise _machine(
                "no-identity",
                msg("git does not know who you are, so nothing was committed."),
                msg("Tell it, with git config --global user.name and git config --global user.email."),
            )


def _commit_refused(found: Repository, answer: _Answer, names: Sequence[str]) -> Refused:
    """Why git refused to commit. It ends with 128 when something is wrong with git, and with 1 when a hook says no."""
    said = answer.stdout + answer.stderr
    if answer.returncode == 1 and (hooks := _hooks(found)):
        return _machine(
            "hook-refused",
            msg(
                "A hook of this repository ({hooks:list}) stopped the commit of {files:list}:\n{said}",
                hooks=hooks,
                files=names,
                said=_quoted(said),
            ),
            msg("The files are written. Mend what the hook names, then commit them with 'git commit'."),
        )
    return _git_says(said)


def _hooks(found: Repository) -> list[str]:
    """The hooks that can stop a commit, of those that this repository has."""
    assert found.top is not None
    folder = found.top / _ask(found.top, "rev-parse", "--git-path", "hooks").removesuffix("\n")
    names = ("pre-commit", "prepare-commit-msg", "commit-msg")
    return [name for name in names if os.access(folder / name, os.X_OK)]


def _locked(lock: Path | str) -> Refused:
    return _machine(
        "git-busy",
        msg("Another git command is at work here, or one was killed: {lock} exists.", lock=str(lock)),
        msg("Wait until it is done. If no git command runs, remove that file yourself, and run the command again."),
    )


def _git_says(said: str) -> Refused:
    """git's failure as a sentence; its own words as a quotation."""
    if "dubious ownership" in said:
        trust = re.search(r"git config --global --add safe\.directory .*", said)
        return _machine(
            "git-unsafe-folder",
            msg("git does not trust this folder, because it belongs to someone else."),
            msg("If you trust it: {command}", command=trust.group() if trust else "git help config"),
        )
    if lock := re.search(r"Unable to create '(.+?\.lock)': File exists", said):
        return _locked(lock.group(1))
    if "failed to sign" in said or "failed to write commit object" in said:
        return _machine(
            "not-signed",
            msg("The commit could not be signed, so nothing was committed:\n{said}", said=_quoted(said)),
            msg("The files are written. Look after your key (git config user.signingKey), then use 'git commit'."),
        )
    if re.search(r"Permission denied|insufficient permission|Read-only file system", said):
        return _machine(
            "repository-read-only",
            msg("The git repository may not be written, so nothing was committed:\n{said}", said=_quoted(said)),
            msg("The files are written. Ask for permission, or commit from an account that has it."),
        )
    if "No space left on device" in said or "Disk quota exceeded" in said:
        return _machine(
            "git-disk-full",
            msg("git could not commit: the disk is full."),
            msg("The files are written. Make room, then commit them with 'git commit'."),
        )
    return _machine(
        "git-failed",
        msg("git could not do it:\n{said}", said=_quoted(said)),
        msg("Solve what git names, then run the command again."),
    )


def _machine(code: str, message: Message, hint: Message) -> Refused:
    return Refused(message, hint, Exit.MACHINE, code)


def _quoted(said: str, most: int = 40) -> str:
    """Another program's words, each line marked as a quotation, without what would steer a terminal."""
    plain = re.sub(r"\x1b\[[0-?]*[ -/]*[@-~]", "", said)
    lines = [_UNSEEN.sub(" ", line).rstrip() for line in plain.strip("\n").split("\n")]
    if len(lines) > most:
        lines = [*lines[: most // 2], "[...]", *lines[-most // 2 :]]
    return "\n".join(f"| {line}".rstrip() for line in lines)


# -- paths ------------------------------------------------------------------------------------------------------------


def _below(top: Path, path: Path) -> str:
    """The path from the repository's top, with links in its folders followed, as git has it."""
    real = Path(os.path.realpath(path.parent)) / path.name
    try:
        return real.relative_to(os.path.realpath(top)).as_posix()
    except ValueError:
        raise _machine(
            "outside-repository",
            msg("{file} is outside the git repository {repository}.", file=str(path), repository=str(top)),
            msg("Keep the project's files in one repository."),
        ) from None


def _literal(names: Iterable[str]) -> list[str]:
    """Paths that git takes letter by letter: a `*` or a `:` in a name means itself.

    Not by GIT_LITERAL_PATHSPECS, which the user's hooks would inherit.
    """
    return [f":(top,literal){name}" for name in names]


def _ignored(top: Path, names: Sequence[str]) -> list[str]:
    """Those that a rule leaves out, of files that git does not follow."""
    if not names:
        return []
    # This command knows no `:(literal)`. It takes paths letter by letter once they cannot begin with a colon, and does
    # not look in the index, where it would take them for patterns.
    stdin = "".join(f"./{name}\0" for name in names)
    answer = _git(top, "check-ignore", "--no-index", "-z", "--stdin", stdin=stdin)
    if answer.returncode not in {0, 1}:
        raise _git_says(answer.stderr)
    return [name.removeprefix("./") for name in _names(answer.stdout)]


def _names(listed: str) -> list[str]:
    return [name for name in listed.split("\0") if name]


# -- the program ------------------------------------------------------------------------------------------------------


def _binary() -> str | None:
    """Where git is. Never in the current folder, where Windows looks first: a project must not bring its own."""
    for folder in os.get_exec_path():
        for name in ("git.exe", "git") if os.name == "nt" else ("git",):
            candidate = os.path.join(folder, name)
            if os.path.isabs(folder) and os.path.isfile(candidate) and os.access(candidate, os.X_OK):
                return candidate
    return None


class _Answer(Record):
    returncode: int
    stdout: str
    stderr: str


def _git(folder: Path, *arguments: str, stdin: str = "") -> _Answer:
    """Run git in this folder, in English, whatever repository a surrounding hook points at."""
    environment = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    environment["LC_ALL"] = "C.UTF-8"  # not plain C: the user's hooks inherit it, and may write more than ASCII
    binary = _binary()
    if binary is None:  # gone since we looked
        raise FileNotFoundError("git")
    # Bytes, not text: nothing may translate line ends on the way.
    done = subprocess.run(
        [binary, "-C", str(folder), *arguments],
        input=stdin.encode("utf-8", "surrogateescape"),
        capture_output=True,
        env=environment,
        check=False,
    )
    out, err = (data.decode("utf-8", "surrogateescape") for data in (done.stdout, done.stderr))
    return _Answer(done.returncode, out, err)


def _ask(folder: Path, *arguments: str) -> str:
    """What git answers; `Refused` when it fails."""
    answer = _git(folder, *arguments)
    if answer.returncode:
        raise _git_says(answer.stderr)
    return answer.stdout
