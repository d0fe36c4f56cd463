"""The command line: gather, decide, apply. Each command is at most a page; what it does is said elsewhere."""

from __future__ import annotations

import sys

from cop_launch.cli.answer import print_refused
from cop_launch.cli.plainly import plainly
from cop_launch.findings import Refused


def run() -> int:
    """Runs the command line that was typed; every way out goes through here. Returns the exit code."""
    try:
        plain = plainly(sys.argv[1:])
        if plain is not None:
            return plain()
        from cop_launch.cli import app

        return app.run()
    except Refused as refused:
        print_refused(refused)
        return int(refused.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return 130
