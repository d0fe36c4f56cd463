"""A small client of the YAML language server: the protocol of editors, spoken over pipes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import pytest

TESTS = Path(__file__).resolve().parents[1]
SERVER = TESTS / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
"""Where `make node` puts it: the version that tests/package.json pins."""
PATIENCE = 60
"""Seconds to wait for an answer: a bound on a server that hangs, not a promise about its speed."""


@contextmanager
def running(folder: Path, settings: dict[str, Any] | None = None) -> Iterator[LanguageServer]:
    """The server, at work in a folder, as an editor starts it; the test is skipped where it is not installed."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node")
    if not SERVER.is_file():
        pytest.skip("no yaml-language-server: `make node` installs it")
    process = subprocess.Popen(
        [node, SERVER, "--stdio"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(os.environ)
    )
    server = LanguageServer(process)
    try:
        server.start(folder, settings or {})
        yield server
        server.ask("shutdown")
        server.tell("exit")
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()


class LanguageServer:
    """Requests and notifications in one direction, answers and diagnostics in the other."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._settings: dict[str, Any] = {}
        self._sent = 0
        self._answers: Queue[dict[str, Any]] = Queue()
        self._diagnostics: Queue[dict[str, Any]] = Queue()
        Thread(target=self._listen, daemon=True).start()

    def start(self, folder: Path, settings: dict[str, Any]) -> None:
        """The greeting; nothing is fetched from anywhere."""
        self._settings = {"schemaStore": {"enable": False}, **settings}
        texts = {"dynamicRegistration": False}
        documentation = {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}}
        self.ask(
            "initialize",
            processId=os.getpid(),
            rootUri=folder.as_uri(),
            capabilities={
                "workspace": {"configuration": True},
                "textDocument": {"completion": {**texts, **documentation}, "hover": texts, "synchronization": texts},
            },
        )
        self.tell("initialized")

    def open(self, file: Path, text: str) -> None:
        """Opens a file with what stands in the editor; each under a name of its own."""
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)

    def found_in(self, file: Path) -> list[dict[str, Any]]:
        """What the server finds wrong with an open file."""
        while True:
            said = self._diagnostics.get(timeout=PATIENCE)
            if said["uri"] == file.as_uri():
                return list(said["diagnostics"])

    def hover(self, file: Path, line: int, character: int) -> str:
        """The text beside a word; line and character count from 0."""
        place = {"textDocument": {"uri": file.as_uri()}, "position": {"line": line, "character": character}}
        shown = self.ask("textDocument/hover", **place)
        return str(shown["contents"]["value"]) if shown else ""

    def completions(self, file: Path, line: int, character: int) -> list[dict[str, Any]]:
        """What can be written at a place; line and character count from 0."""
        place = {"textDocument": {"uri": file.as_uri()}, "position": {"line": line, "character": character}}
        offered = self.ask("textDocument/completion", **place)
        return list(offered["items"] if isinstance(offered, dict) else offered)

    def tell(self, method: str, **parameters: Any) -> None:
        """A notification: it has no answer."""
        self._send({"method": method, "params": parameters})

    def ask(self, method: str, **parameters: Any) -> Any:
        """A request; its answer."""
        self._sent += 1
        self._send({"id": self._sent, "method": method, "params": parameters})
        answer = self._answers.get(timeout=PATIENCE)
        assert answer["id"] == self._sent
        assert "error" not in answer, answer
        return answer["result"]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        pipe = self._process.stdin
        assert pipe is not None
        pipe.write(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        pipe.flush()

    def _listen(self) -> None:
        """Sorts what the server says; what it asks of an editor is answered on the spot."""
        pipe = self._process.stdout
        assert pipe is not None
        while (length := _length(pipe)) is not None:
            message = json.loads(pipe.read(length))
            if message.get("method") == "textDocument/publishDiagnostics":
                self._diagnostics.put(message["params"])
            elif message.get("method") == "workspace/configuration":
                sections = [item.get("section") for item in message["params"]["items"]]
                values = [self._settings if section == "yaml" else {} for section in sections]
                self._send({"id": message["id"], "result": values})
            elif "method" in message and "id" in message:
                self._send({"id": message["id"], "result": None})
            elif "id" in message:
                self._answers.put(message)


def _length(pipe: Any) -> int | None:
    """The length that the headers before a message give; None at the end."""
    length = None
    while (header := pipe.readline().strip()) != b"":
        name, _, value = header.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return length
