"""Which codes the program can answer with, read off its source: findings, refusals, and the kinds of JSON objects.

A finding or a refusal is made where something is found wrong, so its code stands there and nowhere else. This finds
those places in the syntax tree: calls of `Finding` and `Refused`, and of the helpers that take a `code` and pass it on.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cop_launch.findings import Exit, Severity
from cop_launch.locales import Message
from cop_launch.model.reading import _CODES, _SENTENCES

SOURCE = Path(__file__).resolve().parents[1] / "src" / "cop_launch"


@dataclass(frozen=True, slots=True)
class Code:
    """A code with the first sentence that goes with it; `exit_code` is None for what a file is checked for."""

    code: str
    message: Message
    severity: Severity = Severity.ERROR
    exit_code: Exit | None = None


@dataclass(frozen=True, slots=True)
class _Maker:
    """A function that makes findings or refusals: where in its arguments the code stands."""

    position: int
    refuses: bool
    exit_code: Exit | None = None


@dataclass(frozen=True, slots=True)
class _Call:
    node: ast.Call
    around: list[ast.AST]
    """The functions around it, the innermost first, then the module."""


_MAKERS = {"Finding": _Maker(0, refuses=False), "Refused": _Maker(3, refuses=True)}


def finding_codes() -> list[Code]:
    """What `check` can find, by code."""
    return _first_of_each(code for code in _all() if code.exit_code is None)


def refusal_codes() -> list[Code]:
    """What can be refused, by code."""
    return _first_of_each(code for code in _all() if code.exit_code is not None)


def json_kinds() -> set[str]:
    """Every `kind` that an answer with --json can have."""
    # Those that are said in words put together, or by what says it for all commands.
    found = {"status", "check", "error", "plan-done", "plan-move", "plan-skip"}
    for path in SOURCE.joinpath("cli").glob("*.py"):
        for node in ast.walk(_parsed(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "say_as_json":
                kind = node.args[0]
                if isinstance(kind, ast.Constant):
                    found.add(str(kind.value))
    return found


def _all() -> Iterator[Code]:
    modules = {path: _parsed(path) for path in sorted(SOURCE.rglob("*.py"))}
    shared = {name: maker for module in modules.values() for name, maker in _helpers(module).items() if name[0] != "_"}
    for module in modules.values():
        makers = {**_MAKERS, **shared, **_helpers(module)}
        for call in _calls(module, [module]):
            maker = makers.get(_name(call.node))
            code = maker and _argument(call.node, maker.position, "code")
            if maker is None or not isinstance(code, ast.Constant):
                continue
            message = _first_message(call.node, call.around)
            if message is None:
                continue  # it is chosen while running; another place says the same code in words that stand there
            names = {ast.unparse(part) for part in ast.walk(call.node) if isinstance(part, ast.Attribute)}
            names |= {"Severity.WARNING"} if any(keyword.arg == "warning" for keyword in call.node.keywords) else set()
            severity = next((one for one in Severity if f"Severity.{one.name}" in names), Severity.ERROR)
            exits = [Exit[name.removeprefix("Exit.")] for name in sorted(names) if name.startswith("Exit.")]
            exit_code = maker.exit_code or exits[0] if exits or maker.exit_code else Exit.NO
            yield Code(str(code.value), message, severity, exit_code if maker.refuses else None)
    for kind, said in _SENTENCES.items():
        yield Code(_CODES.get(kind, kind), said({"written": "…", "instead": "…"})[0])


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _first_of_each(codes: Iterator[Code]) -> list[Code]:
    found: dict[str, Code] = {}
    for code in codes:
        if code.code not in found or found[code.code].message.text == "{said}":  # somebody else's words
            found[code.code] = code
    return [found[code] for code in sorted(found)]


def _helpers(module: ast.Module) -> dict[str, _Maker]:
    """The functions of a module with an argument `code` that they hand to `Finding` or `Refused`."""
    found = {}
    for node in ast.walk(module):
        if not isinstance(node, ast.FunctionDef):
            continue
        names = [argument.arg for argument in node.args.args if argument.arg != "self"]
        inside = [part for part in ast.walk(node) if isinstance(part, ast.Call) and _name(part) in _MAKERS]
        if "code" not in names or not inside:
            continue
        refuses = _name(inside[0]) == "Refused"
        machine = "Exit.MACHINE" in ast.unparse(inside[0])
        found[node.name] = _Maker(names.index("code"), refuses, Exit.MACHINE if machine else None)
    return found


def _calls(node: ast.AST, around: list[ast.AST]) -> Iterator[_Call]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield _Call(child, around)
        yield from _calls(child, [child, *around] if isinstance(child, ast.FunctionDef) else around)


def _name(call: ast.Call) -> str:
    """The last part of what is called: `Finding`, and `_note` for `self._note`."""
    return ast.unparse(call.func).rsplit(".", 1)[-1]


def _argument(call: ast.Call, position: int, name: str) -> ast.expr | None:
    named = next((keyword.value for keyword in call.keywords if keyword.arg == name), None)
    return named or (call.args[position] if position < len(call.args) else None)


def _first_message(call: ast.Call, around: list[ast.AST]) -> Message | None:
    """The first sentence among the arguments; a name is followed to where it got its value, last before the call."""
    for argument in call.args:
        for part in _in_order(argument):
            followed = _value_of(part.id, call.lineno, around) if isinstance(part, ast.Name) else None
            for node in _in_order(followed or part):
                if isinstance(node, ast.Call) and _name(node) in {"msg", "nmsg"}:
                    return _message(node)
                if followed and isinstance(node, ast.Name) and (deeper := _value_of(node.id, call.lineno, around)):
                    sentences = [inner for inner in _in_order(deeper) if isinstance(inner, ast.Call)]
                    if sentences and _name(sentences[0]) in {"msg", "nmsg"}:
                        return _message(sentences[0])
    return None


def _message(call: ast.Call) -> Message:
    texts = [str(argument.value) for argument in call.args[:2] if isinstance(argument, ast.Constant)]
    return Message(texts[0], plural=texts[1], n=2) if _name(call) == "nmsg" else Message(texts[0])


def _in_order(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _in_order(child)


def _value_of(name: str, before: int, around: list[ast.AST]) -> ast.expr | None:
    """What a name was bound to last before a line, in the functions around it or else in the module."""
    for scope in around:
        statements = scope.body if isinstance(scope, ast.Module) else list(ast.walk(scope))
        found = [
            statement.value
            for statement in statements
            if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value and statement.lineno < before
            for target in (statement.targets if isinstance(statement, ast.Assign) else [statement.target])
            if isinstance(target, ast.Name) and target.id == name
        ]
        if found:
            return max(found, key=lambda value: value.lineno)
    return None
