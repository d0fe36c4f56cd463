"""Where the `coplaunch` command starts and ends, with as little as can be done before the answer and after it.

Measured on a command that reads the model, against the bare interpreter's start: looking for plugins that there are
not costs 1x to 2x, taking the interpreter down piece by piece at the end 2x to 4x. Neither is of use to anybody.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from typing import NoReturn

from cop_launch import __version__

SELDOM = 50_000
"""So many more objects made than let go before garbage is looked for: a command makes little that only this finds."""


def main() -> NoReturn:
    """Run the command line in `sys.argv` and end the process with its exit code.

    Files are closed and locks released where they were opened, so that nothing but the answer is waiting at the end.
    """
    try:
        code = _run()
        if sys.stdout:
            sys.stdout.flush()
    except BrokenPipeError:  # who was reading (`coplaunch status | head -1`) has seen enough
        code = 0
    except OSError as wrong:
        if wrong.filename is not None:
            raise  # a file, not the answer: whoever opened it should have said what to do
        code = _unwritten(wrong)
    if sys.stderr:
        sys.stderr.flush()
    os._exit(code)


def _run() -> int:
    if sys.argv[1:] == ["--version"]:
        print(f"coplaunch {__version__}")  # noqa: T201 nothing else is loaded yet
        return 0
    _speak_utf8()
    # pydantic would read the metadata of every installed package in search of plugins.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Everything that is imported stays until the end: looking through it for garbage, now or later, is in vain.
    gc.disable()
    from cop_launch.cli import run

    gc.freeze()
    gc.set_threshold(SELDOM)
    gc.enable()
    return run()


def _speak_utf8() -> None:
    """Dutch, dashes and box characters on every console: some would still die on them under their old code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _unwritten(wrong: OSError) -> int:
    """Say that the answer could not be written: the disk it was sent to is full, say."""
    from cop_launch.findings import Exit
    from cop_launch.locales import in_language, language_of_environment, msg

    sentence = msg("The answer could not be written: {reason}.", reason=wrong.strerror or type(wrong).__name__)
    print(in_language(language_of_environment()).say(sentence), file=sys.stderr)  # noqa: T201 the console is gone
    return Exit.MACHINE


if __name__ == "__main__":
    main()
