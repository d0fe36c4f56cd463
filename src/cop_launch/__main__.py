"""Where the `coplaunch` command starts: does as little as it can before the first answer."""

from __future__ import annotations

import gc
import io
import sys

from cop_launch import __version__


def main() -> int:
    """Run the command line in `sys.argv` and return its exit code."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"coplaunch {__version__}\n")
        return 0
    _speak_utf8()
    # Everything that is imported stays until the end: looking through it for garbage, during or after, is in vain.
    gc.disable()
    from cop_launch.cli import run

    gc.freeze()
    gc.enable()
    return run()


def _speak_utf8() -> None:
    """Dutch, dashes and box characters on every console: some would still die on them under their old code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
