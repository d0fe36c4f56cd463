"""The command that asks: the open questions of a phase one by one, each answer checked and saved at once."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cop_launch.cli.answer import HERE, refuse_broken, say_as_json, show, show_next
from cop_launch.cli.options import DryRunOption, JsonOption, ProjectOption, in_words
from cop_launch.findings import Exit, Finding, KeyPath, Refused
from cop_launch.locales import in_language, msg, nmsg
from cop_launch.records import replace
from cop_launch.store.places import PLAN, find_project

if TYPE_CHECKING:
    from cop_launch.filling.answers import Answer
    from cop_launch.gates import PhaseGate
    from cop_launch.store.project import Loaded
    from cop_launch.store.source import Source

FILL = msg(
    "Answer the open questions, one by one.\n\n"
    "In the order that the gate needs them; each answer is checked and saved at once, so you can stop at any moment. "
    "Enter passes a question over, < goes back, . stops. With --answers FILE the answers come from a YAML file in the "
    "shape of the plan, and nothing is asked."
)


def fill(
    phase: Annotated[
        str | None, typer.Argument(help=in_words(msg("The phase, such as initiative; without it, the one at hand.")))
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", help=in_words(msg("A YAML file with answers, in the shape of the plan."))),
    ] = None,
    project: ProjectOption = HERE,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> int:
    """See FILL."""
    from cop_launch.console.screen import can_ask
    from cop_launch.store.project import load

    folder = find_project(project)
    loaded = load(folder)
    if loaded.broken or loaded.dossier is None:
        return refuse_broken(loaded, json)
    gate = _gate(phase, loaded)
    if answers is not None:
        return _from_file(loaded, answers, dry_run, json)
    if json or dry_run or not can_ask():
        hint = msg("run it in a terminal, or give the answers with --answers FILE")
        raise Refused(msg("there is nobody here to ask"), hint, Exit.USAGE, "no-terminal")
    return _in_conversation(loaded, gate)


def _gate(phase: str | None, loaded: Loaded) -> PhaseGate:
    from cop_launch.findings import did_you_mean
    from cop_launch.model.decision import Gate
    from cop_launch.workflow import GATES, gate_of

    assert loaded.dossier is not None
    if phase is None:
        return gate_of(loaded.dossier.project)
    name = phase.replace("-", "_")
    if name not in GATES:
        names = [gate.value for gate in GATES]
        hint = did_you_mean(name, names) or msg("choose from {names}", names=", ".join(names))
        raise Refused(msg("there is no phase '{phase}'", phase=phase), hint, Exit.USAGE, "usage")
    return GATES[Gate(name)]


def _in_conversation(loaded: Loaded, gate: PhaseGate) -> int:
    from cop_launch.cli.conversation import Conversation
    from cop_launch.console.screen import Screen

    Conversation(loaded, gate, Screen(), _read_line).run()
    return int(Exit.FINE)


def _read_line() -> str:
    """A line that was typed, with what the terminal offers for editing it."""
    with suppress(ImportError):  # not on Windows
        import readline  # noqa: F401 - arrow keys, and lines longer than a terminal takes by itself
    sys.stdout.flush()
    return input("> ")


# -- from a file ------------------------------------------------------------------------------------------------------


def _from_file(loaded: Loaded, path: Path, dry_run: bool, json: bool) -> int:
    """Brings a file of answers into the plan; all of it or, when something is wrong with it, nothing."""
    from cop_launch.cli.written import show_diff
    from cop_launch.filling.answers import differences, not_answers
    from cop_launch.filling.questions import as_values
    from cop_launch.store.changes import answered
    from cop_launch.store.files import Write, apply, locked, read
    from cop_launch.store.project import load
    from cop_launch.store.source import read_source

    language = in_language(loaded.language)
    raw = read(path)
    source, findings = read_source(raw, str(path))
    text = raw.decode("utf-8-sig", "replace")
    if source is None or findings:
        return _refuse_answers(findings, str(path), text, json, loaded.language)
    wrong = source.locate(not_answers(source.tree))
    if wrong:
        return _refuse_answers(wrong, str(path), text, json, loaded.language)
    with locked(loaded.folder):
        loaded = load(loaded.folder)
        if loaded.broken or loaded.source is None:
            return refuse_broken(loaded, json)
        changes = tuple(differences(loaded.source.tree, source.tree))
        wrong = _wrong_answers(loaded, changes, source)
        if wrong:
            return _refuse_answers(wrong, str(path), text, json, loaded.language)
        typed = [replace(change, value=as_values(_item(change), change.value)) for change in changes]
        write = Write(loaded.folder / PLAN, loaded.raw, answered(loaded, typed))
        if dry_run:
            return show_diff(loaded.folder, [write], json, "fill")
        apply(loaded.folder, [write])
    if json:
        say_as_json("fill", answered=[".".join(str(part) for part in change.path) for change in changes])
        return int(Exit.FINE)
    said = nmsg("{n} answer saved in {file}.", "{n} answers saved in {file}.", len(changes), file=PLAN)
    show([[("✓ ", "good"), (language.say(said), "")]])

    show_next(["coplaunch status"], language)
    return int(Exit.FINE)


def _item(change: Answer) -> KeyPath:
    """Where a value will stand: an added one as an item of its list."""
    return (*change.path, 0) if change.adds else change.path


def _wrong_answers(loaded: Loaded, changes: Any, answers: Source) -> tuple[Finding, ...]:
    """What would be wrong in the plan with these answers, each at its place in the file of answers."""
    from cop_launch.filling.answers import at_its_answer, what_is_wrong
    from cop_launch.findings import in_order

    assert loaded.dossier is not None
    assert loaded.source is not None
    tree = loaded.source.tree
    wrong = what_is_wrong(tree, changes, loaded.dossier.evidence)
    return in_order(answers.locate(at_its_answer(found, tree, changes) for found in wrong))


def _refuse_answers(findings: tuple[Finding, ...], name: str, text: str, json: bool, language: str) -> int:
    """Everything that is wrong with a file of answers, each at its line; nothing was written."""
    from cop_launch.console import as_json, views
    from cop_launch.console.screen import Screen

    said = in_language(language)
    message = msg("nothing was written: something is wrong in {file}", file=name)
    if json:
        say_as_json("error", **as_json.refused(Refused(message, code="bad-answers", findings=findings), said))
        return int(Exit.NO)
    show(views.findings_lines(findings, {name: text}, said, Screen().width))
    show([[], [(views.sentence(said.say(message)), "bad")]])
    show_next([f"coplaunch fill --answers {name}"], said)
    return int(Exit.NO)
