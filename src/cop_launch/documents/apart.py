"""Rendering in a process of its own, with little time and memory: whatever an own template does, it comes to an end.

No sandbox can foresee every way in which a few words may ask for hours or for all memory. A process can be ended. It is
given the project as data, answers with text as data, and is only started when a project has templates of its own.

Time is the process's own computing time, so that a busy machine fails nobody. Where the system can hold a process to
limits (not Windows), these hold it even while it computes a single huge value; elsewhere the one who waits for it ends
it.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import threading
import time
from _thread import interrupt_main
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from cop_launch.documents.own import Fault, Own, TooLong, Wrong
from cop_launch.documents.rendering import rendered_by
from cop_launch.locales import Language, in_language
from cop_launch.records import as_mapping

SECONDS = 2.0
"""Computing time for one template."""

MEMORY = 1 << 30
"""Bytes of address space for the whole process; without own templates it needs a twentieth."""

PATIENCE = 60
"""Seconds after which a process is ended that answers nothing."""

Made = str | dict[str, str]
"""A document, or several by their path."""


def rendered_apart(
    own: Mapping[str, str], language: Language, job: Callable[..., Made], *arguments: Any
) -> tuple[Made | None, tuple[Fault, ...]]:
    """What `job(language, *arguments)` makes with these templates; None where they have faults, with all of those.

    The job is a function at the top of a module; its arguments can be pickled.
    """
    request = pickle.dumps((dict(own), language.code, job, arguments))
    root = str(Path(__file__).resolve().parents[2])
    # -P: the folder one happens to stand in, a project perhaps, is no place to import from.
    command = [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {root!r}); {_ENTRY}"]
    environment = {**os.environ, "PYDANTIC_DISABLE_PLUGINS": "__all__"}
    try:
        done = subprocess.run(
            command, input=request, capture_output=True, timeout=PATIENCE, check=False, env=environment
        )
        said, ended, wrong = done.stdout, done.returncode, done.stderr
    except subprocess.TimeoutExpired as late:
        said, ended, wrong = late.stdout or b"", None, b""
    lines = [json.loads(line) for line in said.split(b"\n")[:-1]]
    faults = tuple(_fault(line["fault"]) for line in lines if "fault" in line)
    made = next((line["made"] for line in lines if "made" in line), None)
    if made is not None and not faults:
        return made, ()
    if ended == 0:
        return None, faults
    at = next((line["at"] for line in reversed(lines) if "at" in line), None)
    if not isinstance(at, str) or at not in own or (ended is not None and 0 < ended < 128):
        raise RuntimeError(f"rendering apart ended with {ended}:\n{wrong.decode('utf-8', 'replace')}")
    # It was ended from outside, while it was at this template.
    return None, (*faults, Fault(Wrong.TIME, at))


_ENTRY = "from cop_launch.documents.apart import main; main()"


def _fault(line: Mapping[str, Any]) -> Fault:
    return Fault(**{**line, "wrong": Wrong(line["wrong"]), "known": tuple(line["known"])})


# -- in the other process ---------------------------------------------------------------------------------------------


def main() -> None:
    """Reads a job, does it, and says what came of it, a line at a time: what it is at, each fault, what was made."""
    own, code, job, arguments = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - from the process that started this
    clock = _Clock()
    language = in_language(code)

    @contextmanager
    def limited(template: str) -> Iterator[None]:
        _say("at", template)
        with clock.running():
            yield

    _limit_memory()
    renderer = Own(own, language, limited, lambda fault: _say("fault", as_mapping(fault)))
    if renderer.checked():
        made: Made | None = None
        with rendered_by(renderer):
            try:
                made = job(language, *arguments)
            except Exception as error:
                # Words of the project's own, where a picture or a page looks them up.
                if not renderer.blame("", error):
                    raise
        if not renderer.faults:
            _say("made", made)
    sys.stdout.flush()
    os._exit(0)


def _say(what: str, value: Any) -> None:
    sys.stdout.buffer.write(json.dumps({what: value}).encode() + b"\n")
    sys.stdout.buffer.flush()


class _Clock:
    """Ends what takes too long: with an error inside it, and with the whole process where that cannot be heard."""

    def __init__(self) -> None:
        import signal

        self._until: float | None = None
        signal.signal(signal.SIGINT, self._ring)
        threading.Thread(target=self._watch, daemon=True).start()

    @contextmanager
    def running(self) -> Iterator[None]:
        """What happens within has `SECONDS` of computing time."""
        self._until = time.process_time() + SECONDS
        _limit_time(self._until + 2)
        try:
            yield
        finally:
            self._until = None
            _limit_time(None)

    def _watch(self) -> None:
        while True:
            time.sleep(0.05)
            if self._until is not None and time.process_time() > self._until:
                interrupt_main()

    def _ring(self, *_: object) -> None:
        if self._until is not None:
            self._until = None
            raise TooLong


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):  # a system that counts address space otherwise
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(until: float | None) -> None:
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = hard if until is None else int(until) + 1
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
