"""Reading and writing files so that nothing is ever lost: a reader finds the old bytes or the new, never a mixture.

New bytes go to a temporary file beside the old one, are forced to the disk, and take the old one's place in one step,
after a last look whether somebody else changed it meanwhile. A killed run leaves at most a temporary file, which the
next writing command sweeps up. What the machine cannot do is a `Refused` with `Exit.MACHINE`, and says what to do.

A writing command looks like this::

    with locked(project):                    # one coplaunch at a time; sweeps what a killed run left
        before = read(plan)
        apply(project, [Write(report, None, text), Write(plan, before, changed)])
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import Enum
from functools import lru_cache
from pathlib import Path, PurePosixPath

from cop_launch.findings import Exit, Refused
from cop_launch.locales import Message, msg
from cop_launch.records import Record

FOLDERS = ("decisions", "evidence", "plans", "templates")
"""The folders of a project that coplaunch writes in, besides the project itself."""

_ACCESS_LIST = "system.posix_acl_access"
TEMPORARY = re.compile(r"\.coplaunch-.+\.[0-9a-f]{12}\.tmp", re.DOTALL)
"""How a file is called until it takes its place; a killed run may leave one."""


class _Expected(Enum):
    ANYTHING = "anything"


ANYTHING = _Expected.ANYTHING
"""Whatever stands there may be replaced."""


class Write(Record):
    """One file to be written: its path, its bytes before (None: it must not exist yet), and its bytes after (None: it
    is to be taken away)."""

    path: Path
    before: bytes | None
    after: bytes | None


# -- reading ----------------------------------------------------------------------------------------------------------


def read(path: Path) -> bytes:
    """The bytes of a regular file.

    Raises `Refused` with code ``no-such-file`` when there is none, ``not-a-file`` for a folder, pipe or device, and
    ``unreadable`` for anything else that the machine says.
    """
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # opening a pipe would wait for ever
            raise _not_a_file(path)
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise _unreadable(path, error) from error


def read_if_there(path: Path) -> bytes | None:
    """What a file holds; None where there is none, as behind a link that leads to itself."""
    if not path.exists():
        return None
    try:
        return read(path)
    except Refused as refused:
        if refused.code == "no-such-file":
            return None
        raise


# -- paths ------------------------------------------------------------------------------------------------------------

_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3]) *(\..*)?", re.IGNORECASE)
_ENCODED = re.compile(r"%(?:[01][0-9a-f]|2[5ef]|3a|5c|7f|c[01])", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")


def inside(project: Path, relative: str) -> Path:
    """The file of the project that this relative path names; the one place that decides what is inside.

    The path is written with ``/`` and means the same on every system: what leads outside the project or into git's
    own folder, by its words or through a link, is refused, and so is a name that some system cannot hold.
    """
    return Inside(project).file(relative)


class Inside:
    """The same for many files of a project, whose folders are then looked at only once."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._root = os.path.normcase(os.path.join(os.path.realpath(project), ""))
        self._folders: dict[str, str] = {}

    def file(self, relative: str) -> Path:
        """The file that a path names; see `inside`."""
        path = self._project.joinpath(*_parts(relative))
        self.real(path)
        return path

    def real(self, path: Path) -> Path:
        """The file itself, where the path goes through links, which must lead neither outside nor into ``.git``."""
        # As texts: paths compare five times as slowly.
        name, folder = path.name, str(path.parent)
        if os.path.islink(path):
            real = os.path.realpath(path)
        else:
            if folder not in self._folders:
                self._folders[folder] = os.path.realpath(folder)
            real = os.path.join(self._folders[folder], name)
        below = os.path.normcase(real)
        if not below.startswith(self._root) or any(map(_is_git, below.removeprefix(self._root).split(os.sep))):
            raise Refused(
                msg("{file} leads out of the project, to {target}.", file=_name(path), target=real),
                msg("Replace the link with the file itself, or keep what it points at inside the project."),
                code="path",
            )
        return Path(real)


@lru_cache(1000)
def _parts(relative: str) -> tuple[str, ...]:
    """The names in a path whose words lead nowhere else, and that every system can hold."""

    def refuse(message: Message, hint: Message | None = None) -> Refused:
        return Refused(message, hint or msg("Write a path inside the project, such as plans/concept.md."), code="path")

    if not relative.isprintable():
        raise refuse(msg("The path {path} has a character that cannot be seen.", path=ascii(relative)))
    if relative.startswith(("/", "\\")) or _DRIVE.match(relative):
        raise refuse(msg("The path '{path}' is absolute; paths start at the project's folder.", path=relative))
    if "\\" in relative:
        raise refuse(msg("The path '{path}' has a backslash; folders are separated by '/'.", path=relative))
    if _ENCODED.search(relative):
        raise refuse(msg("The path '{path}' is encoded; write the characters themselves.", path=relative))
    parts = PurePosixPath(relative).parts
    if not parts:
        raise refuse(msg("The path '{path}' names no file.", path=relative))
    for part in parts:
        if part == "..":
            raise refuse(msg("The path '{path}' leads out of the project.", path=relative))
        if _is_git(part):
            raise refuse(msg("The path '{path}' leads into git's own folder.", path=relative))
        if part.endswith((".", " ")):
            raise refuse(msg("In the path '{path}', '{part}' ends in a dot or a space.", path=relative, part=part))
        if wrong := re.search(r'[<>:"|?*]', part):
            raise refuse(msg("The path '{path}' has the character {sign}.", path=relative, sign=wrong.group()))
        if _RESERVED.fullmatch(part):
            raise refuse(msg("In the path '{path}', '{part}' is a name that Windows keeps.", path=relative, part=part))
    return parts


def _is_git(part: str) -> bool:
    return part.casefold() in {".git", "git~1"}


def _name(path: Path) -> str:
    """The path as people know it: from where they stand, where it is below."""
    with suppress(OSError, ValueError):
        below = path.relative_to(Path.cwd())
        if below.parts:
            return below.as_posix()
    return str(path)


# -- writing ----------------------------------------------------------------------------------------------------------


def write_atomically(
    path: Path, data: bytes, *, expected: bytes | _Expected | None = ANYTHING, project: Path | None = None
) -> bool:
    """Put these bytes in the file, whole or not at all; whether anything had to be written.

    `expected` is what the caller read (None: no file): when the disk holds something else, nothing is written and the
    `Refused` has code ``changed-on-disk``. Links are followed inside the project (by default the file's own folder).
    Permissions stay; folders that are missing are made; a read-only file is refused.
    """
    staged = _stage(path, Inside(project or path.parent).real(path), data, expected)
    if staged is None:
        return False
    try:
        _force(staged)
        _land(staged)
        _confirm(staged)
    finally:
        _drop(staged)
    return True


def write_new(path: Path, data: bytes, *, replace_leftover: bool = False, project: Path | None = None) -> bool:
    """Write a file that is written once; whether anything had to be written.

    A file that is there already, with other bytes, is refused (``already-there``), unless the caller knows it for the
    leftover of a killed run.
    """
    return write_atomically(path, data, expected=ANYTHING if replace_leftover else None, project=project)


def apply(project: Path, writes: Sequence[Write]) -> tuple[Path, ...]:
    """Write these files in this order, or take them away, and return those that changed, links followed: what a commit
    has to name.

    Everything that can fail is done first: paths and `before` are checked, and all new bytes are on the disk, before
    the first file changes. Should a later step fail while only new files came into being, those are taken away again;
    after a kill the files written so far stay, each of them whole. The first is on the disk for good before the others
    come, all of them when this returns.
    """
    staged: list[_Staged] = []
    places = Inside(project)
    try:
        for write in writes:
            path = places.file(Path(os.path.relpath(write.path, project)).as_posix())
            one = _stage(path, places.real(path), write.after, write.before)
            if one is not None:
                staged.append(one)
        # All together: the disk makes one round for what was written before it was asked to.
        for one in staged:
            _force(one)
        for one in staged:
            _land(one)
            if one is staged[0]:
                _confirm(one)
        for one in {one.target.parent: one for one in staged[1:]}.values():
            _confirm(one)
    except BaseException:
        landed = [one for one in staged if one.in_place]
        if all(one.expected is None for one in landed):
            for one in reversed(landed):
                with suppress(OSError):
                    one.target.unlink()
        raise
    finally:
        for one in reversed(staged):
            _drop(one)
    return tuple(one.target for one in staged)


def difference(project: Path, writes: Sequence[Write]) -> str:
    """What `apply` would change, as a unified diff that `git apply` and `patch` understand; bytes that are not UTF-8
    are replaced, and of what is no text it only says that it differs."""
    from difflib import unified_diff

    lines: list[str] = []
    for write in writes:
        if write.before == write.after:
            continue
        name = Path(os.path.relpath(write.path, project)).as_posix()
        old, new = (_lines(write.before or b""), _lines(write.after or b""))
        source = "/dev/null" if write.before is None else f"a/{name}"
        target = "/dev/null" if write.after is None else f"b/{name}"
        if b"\0" in (write.before or b"") + (write.after or b""):  # no text, as git tells it
            lines.append(f"Binary files {source} and {target} differ\n")
            continue
        for line in unified_diff(old, new, source, target):
            lines.append(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n")
    return "".join(lines)


def _lines(data: bytes) -> list[str]:
    """Lines that end in LF only, as diff counts them; `splitlines` would also split at U+2028."""
    return re.findall(r"[^\n]*\n|[^\n]+", data.decode("utf-8", "replace"))


class _Staged:
    """New bytes that lie ready beside the file whose place they will take; or a file that is to be taken away.

    `path` is the file as the caller named it, for sentences, and `target` the real one. `temporary` is None where the
    file is to be taken away. `made` are the folders that had to be made.
    """

    __slots__ = ("expected", "in_place", "made", "path", "target", "temporary")

    def __init__(self, path: Path, target: Path, temporary: Path | None, expected: bytes | _Expected | None) -> None:
        self.path = path
        self.target = target
        self.temporary = temporary
        self.expected = expected
        self.made: list[Path] = []
        self.in_place = False


def _stage(path: Path, target: Path, data: bytes | None, expected: bytes | _Expected | None) -> _Staged | None:
    """The new bytes, in a temporary file; None when the file holds them already."""
    current = read_if_there(target)
    if current == data:
        return None
    _still(path, current, expected)
    if data is None:
        return _stage_removal(path, target, expected)
    # A long name would not leave room for ours beside it.
    temporary = target.with_name(f".coplaunch-{target.name[:40]}.{os.urandom(6).hex()}.tmp")
    staged = _Staged(path, target, temporary, expected)
    try:
        if current is None:
            _make_folders(staged)
            _fill(temporary, data)
        else:
            _fill(temporary, data, target, _writable(path, target))
    except OSError as error:
        _drop(staged)
        raise _unwritable(path, error) from error
    except BaseException:
        _drop(staged)
        raise
    return staged


def _stage_removal(path: Path, target: Path, expected: bytes | _Expected | None) -> _Staged:
    """A file that may be taken away; what its owner made read-only may not."""
    try:
        _writable(path, target)
    except OSError as error:
        raise _unwritable(path, error) from error
    return _Staged(path, target, None, expected)


def _still(path: Path, current: bytes | None, expected: bytes | _Expected | None) -> None:
    """Refuse when the disk does not hold what the caller expects."""
    if expected is ANYTHING or current == expected:
        return
    if expected is None:
        raise _already_there(path)
    raise Refused(
        msg("{file} was changed by another program while coplaunch was at work.", file=_name(path)),
        msg("Nothing was written over it. Run the command again."),
        Exit.MACHINE,
        "changed-on-disk",
    )


def _writable(path: Path, target: Path) -> os.stat_result:
    """The state of the old file. Read-only is refused: a rename would replace what its owner said is not to change."""
    state = os.stat(target)
    if not state.st_mode & 0o222:
        raise Refused(
            msg("{file} is read-only.", file=_name(path)),
            msg("Make it writable (chmod u+w), if it is meant to change, and run the command again."),
            Exit.MACHINE,
            "read-only",
        )
    if not os.access(target, os.W_OK):
        os.close(os.open(target, os.O_WRONLY))  # fails, and says why: permission, or a disk that is read-only
    return state


def _make_folders(staged: _Staged) -> None:
    missing: list[Path] = []
    folder = staged.target.parent
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for folder in reversed(missing):
        folder.mkdir()
        staged.made.append(folder)
        _force_folder(folder.parent)


def _fill(temporary: Path, data: bytes, target: Path | None = None, state: os.stat_result | None = None) -> None:
    """Make the temporary file, with the owner and permissions of the old one."""
    mode = 0o666 if state is None else stat.S_IMODE(state.st_mode)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        if target is not None and state is not None:
            _make_like(descriptor, target, state)
    finally:
        os.close(descriptor)


def _make_like(descriptor: int, target: Path, state: os.stat_result) -> None:
    """Give the open file the owner, mode and access list of the old one."""
    if sys.platform == "win32":
        return
    new = os.fstat(descriptor)
    if (new.st_uid, new.st_gid) != (state.st_uid, state.st_gid):
        with suppress(PermissionError):  # only root may give files away
            os.fchown(descriptor, state.st_uid, state.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(state.st_mode))
    if sys.platform == "linux":
        # Without its list, a file whose mode shows the list's mask would open itself to the whole group.
        with suppress(OSError):
            os.setxattr(descriptor, _ACCESS_LIST, os.getxattr(target, _ACCESS_LIST))


def _force(staged: _Staged) -> None:
    """Force the new bytes to the disk."""
    if staged.temporary is None:
        return
    try:
        descriptor = os.open(staged.temporary, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _unwritable(staged.path, error) from error


def _land(staged: _Staged) -> None:
    """Let the new bytes take their place, or the file go, after a last look."""
    try:
        if staged.expected is None and staged.temporary is not None:
            _move_to_free_place(staged.temporary, staged.target)
        else:
            if staged.expected is not ANYTHING:
                _still(staged.path, read_if_there(staged.target), staged.expected)
            if staged.temporary is None:
                os.unlink(staged.target)
            else:
                os.replace(staged.temporary, staged.target)
        staged.in_place = True
    except FileExistsError:
        raise _already_there(staged.path) from None
    except OSError as error:
        raise _unwritable(staged.path, error) from error


def _confirm(staged: _Staged) -> None:
    """Force the names in its folder to the disk: what came or went there stays so, whatever happens to the machine."""
    try:
        _force_folder(staged.target.parent)
    except OSError as error:
        name, reason = _name(staged.path), error.strerror or str(error)
        raise Refused(
            msg("{file} was written, but the disk did not confirm it: {reason}.", file=name, reason=reason)
            if staged.temporary is not None
            else msg("{file} was taken away, but the disk did not confirm it: {reason}.", file=name, reason=reason),
            msg("Look after the disk, then run 'git diff' to see what stands there."),
            Exit.MACHINE,
            "not-confirmed",
        ) from error


def _move_to_free_place(temporary: Path, target: Path) -> None:
    """Put a new file in its place without ever replacing one that came there meanwhile."""
    if sys.platform == "win32":
        os.rename(temporary, target)  # refuses there to replace
    else:
        try:
            os.link(temporary, target)
        except OSError as error:
            if error.errno not in {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}:
                raise
            # No hard links on this disk (a USB stick, some network drives): the lock is what keeps others away.
            if target.exists():
                raise FileExistsError(target) from None
            os.rename(temporary, target)


def _drop(staged: _Staged) -> None:
    """Remove what is left beside the file: the temporary file, and folders that were made for nothing."""
    if staged.temporary is not None:
        with suppress(OSError):
            staged.temporary.unlink()
    for folder in reversed(staged.made):
        with suppress(OSError):  # not empty: the file came in
            folder.rmdir()


def _force_folder(folder: Path) -> None:
    """Force a folder's list of names to the disk; a rename is not durable before that."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.EOPNOTSUPP}:  # some network drives cannot; they do it by themselves
            raise
    finally:
        os.close(descriptor)


# -- one at a time ----------------------------------------------------------------------------------------------------

if sys.platform == "win32":
    import msvcrt

    def _given_back(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

    def _taken(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _given_back(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)

    def _taken(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def locked(project: Path, patience: float = 5.0) -> Iterator[None]:
    """Hold the project against other runs of coplaunch, waiting up to `patience` seconds for one that is writing.

    Sweeps up what a killed run left. The lock is on the folder itself, so it leaves nothing behind, and the system
    gives it back when a run is killed. Programs that are started meanwhile don't inherit it. It is not re-entrant.
    """
    descriptor, held = _open_lock(project)
    try:
        deadline = time.monotonic() + patience
        while not held:
            if time.monotonic() >= deadline:
                raise Refused(
                    msg("Another coplaunch is writing in {project}.", project=_name(project)),
                    msg("Wait until it is done, and run the command again."),
                    Exit.MACHINE,
                    "busy",
                )
            time.sleep(0.02)
            held = _taken(descriptor)
        sweep(project)
        yield
    finally:
        if held:
            # A child between its start and its program may still hold the descriptor: closing ours would not free it.
            _given_back(descriptor)
        os.close(descriptor)


def _open_lock(project: Path) -> tuple[int, bool]:
    """What the lock is held on, and whether it is held already."""
    try:
        if sys.platform != "win32":
            descriptor = os.open(project, os.O_RDONLY | os.O_DIRECTORY)
            try:
                return descriptor, _taken(descriptor)
            except OSError:  # a network drive that cannot lock folders
                os.close(descriptor)
        elif not project.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        from hashlib import sha256
        from tempfile import gettempdir

        digest = sha256(os.path.normcase(os.path.realpath(project)).encode("utf-8", "surrogatepass")).hexdigest()
        place = os.path.join(gettempdir(), f"coplaunch-{digest[:24]}.lock")
        descriptor = os.open(place, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        return descriptor, _taken(descriptor)
    except OSError as error:
        if error.errno in {errno.ENOENT, errno.ENOTDIR}:
            raise Refused(
                msg("There is no folder {folder}.", folder=_name(project)),
                msg("Start a project with 'coplaunch init', or go to the folder of one."),
                Exit.MACHINE,
                "no-such-folder",
            ) from error
        raise _unreadable(project, error) from error


def sweep(project: Path) -> None:
    """Remove the temporary files of killed runs. The caller holds the lock, so that none is of a run that goes on."""
    folders, places = [str(project)], Inside(project)
    for name in FOLDERS:
        with suppress(Refused):  # a link that leads elsewhere; nothing of ours is there
            folders.extend(folder for folder, _, _ in os.walk(places.real(project / name)))
    for folder in folders:
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if TEMPORARY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                    with suppress(OSError):
                        os.unlink(entry.path)


# -- sentences --------------------------------------------------------------------------------------------------------


def _already_there(path: Path) -> Refused:
    return Refused(
        msg("{file} is there already; it is left as it is.", file=_name(path)),
        msg("Move it away if it may go, and run the command again."),
        Exit.MACHINE,
        "already-there",
    )


def _not_a_file(path: Path) -> Refused:
    return Refused(
        msg("{file} is not a file.", file=_name(path)),
        msg("Name the file itself, not its folder."),
        Exit.MACHINE,
        "not-a-file",
    )


def _unreadable(path: Path, error: OSError) -> Refused:
    name = _name(path)
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            message = msg("There is no file {file}.", file=name)
            hint = msg("Check the name, and the folder that you are in.")
            return Refused(message, hint, Exit.MACHINE, "no-such-file")
        case errno.EISDIR:
            return _not_a_file(path)
        case errno.EACCES | errno.EPERM if path.is_dir():  # Windows says so of a folder that is opened as a file
            return _not_a_file(path)
        case errno.EACCES | errno.EPERM:
            message = msg("{file} may not be read by you.", file=name)
            hint = msg("Ask its owner for permission, or close the program that holds it.")
        case errno.EIO:
            message = msg("{file} could not be read: the disk reports a fault.", file=name)
            hint = msg("Make a copy of the project on another disk, and have this one looked at.")
        case _:
            message = msg("{file} could not be read: {reason}.", file=name, reason=error.strerror or str(error))
            hint = msg("Look at the file and its folder, and run the command again.")
    return Refused(message, hint, Exit.MACHINE, "unreadable")


def _unwritable(path: Path, error: OSError) -> Refused:
    name = _name(path)
    match error.errno:
        case errno.ENOSPC:
            message = msg("{file} could not be written: the disk is full.", file=name)
            hint = msg("Make room, and run the command again. Nothing was lost.")
        case errno.EDQUOT:
            message = msg("{file} could not be written: your share of the disk is used up.", file=name)
            hint = msg("Make room, and run the command again. Nothing was lost.")
        case errno.EACCES | errno.EPERM:
            message = msg("{file} may not be written by you.", file=name)
            hint = msg("Check the permissions of the file and its folder, and close programs that have it open.")
        case errno.EROFS:
            message = msg("{file} could not be written: the disk is read-only.", file=name)
            hint = msg("Copy the project to a disk that can be written, and run the command there.")
        case errno.EIO:
            message = msg("{file} could not be written: the disk reports a fault.", file=name)
            hint = msg("Make a copy of the project on another disk, and have this one looked at.")
        case errno.ENAMETOOLONG:
            message = msg("{file} could not be written: its name is too long.", file=name)
            hint = msg("Choose a shorter name, or a folder less deep.")
        case errno.ENOTDIR:
            message = msg("{file} could not be written: a part of its path is a file, not a folder.", file=name)
            hint = msg("Move that file away, and run the command again.")
        case _:
            message = msg("{file} could not be written: {reason}.", file=name, reason=error.strerror or str(error))
            hint = msg("Look at the file and its folder, and run the command again. Nothing was lost.")
    return Refused(message, hint, Exit.MACHINE, "unwritable")
