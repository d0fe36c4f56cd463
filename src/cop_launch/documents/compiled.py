"""Compiled templates, kept from run to run: compiling them takes longer than everything else that rendering does.

Only coplaunch's own templates are kept, in the user's own cache folder. What is kept is code, so the folder counts only
when it belongs to the user and nobody else may write in it. A full disk or a folder that cannot be made costs time,
never a document.
"""

from __future__ import annotations

import marshal
import pickle
import sys
from contextlib import suppress
from pathlib import Path

from jinja2.bccache import Bucket, FileSystemBytecodeCache, bc_magic

from cop_launch import __version__
from cop_launch.kept import kept_folder

LAYOUT = 2
"""How templates are compiled: another number for another way."""


class _Kept(FileSystemBytecodeCache):
    """Jinja's cache of files; it knows a changed template by its digest, and writes each file whole."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Reads a file in one go: Jinja has it read piece by piece, which takes four times as long."""
        with suppress(OSError):
            kept = Path(self._get_cache_filename(bucket)).read_bytes()
            head = bc_magic + pickle.dumps(bucket.checksum, 2)
            if kept.startswith(head):
                with suppress(EOFError, ValueError, TypeError):
                    bucket.code = marshal.loads(memoryview(kept)[len(head) :])  # noqa: S302 - as Jinja does; see above

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def kept_templates() -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept; None where that would not be safe or cannot be."""
    folder = kept_folder(f"templates-{__version__}-{LAYOUT}-{sys.implementation.cache_tag}")
    return _Kept(str(folder)) if folder else None
