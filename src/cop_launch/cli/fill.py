"""The command that asks: the open questions of a phase one by one, each answer checked and saved at once."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cop_launch.cli.options import (
    HERE,
    DryRunOption,
    JsonOption,
    ProjectOption,
    in_words,
    refuse_broken,
    say_as_json,
    show,
)
from cop_launch.findings import Exit, KeyPath, Refused
from cop_launch.locales import Language, in_language, msg, nmsg

if TYPE_CHECKING:
    from cop_launch.filling import Choices, History, Question, Session
    from cop_launch.gates import PhaseGate
    from cop_launch.store.project import Loaded

FILL = msg(
    "Answer the open questions, one by one.\n\n"
    "In the order that the gate needs them; each answer is checked and saved at once, so you can stop at any moment. "
    "Enter passes a question over, < goes back, . stops. With --answers FILE the answers come from a YAML file in the "
    "shape of the plan, and nothing is asked."
)
BACK, STOP, MORE = "<", ".", "?"


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
    from cop_launch.store.project import find_project, load

    folder = find_project(project)
    loaded = load(folder)
    if loaded.broken or loaded.dossier is None:
        return refuse_broken(loaded, json)
    if answers is not None:
        return _from_file(loaded, answers, dry_run, json)
    if json or dry_run or not can_ask():
        hint = msg("run it in a terminal, or give the answers with --answers FILE")
        raise Refused(msg("there is nobody here to ask"), hint, Exit.USAGE, "no-terminal")
    return _Conversation(loaded, _gate(phase, loaded)).run()


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


# -- from a file ------------------------------------------------------------------------------------------------------


def _from_file(loaded: Loaded, answers: Path, dry_run: bool, json: bool) -> int:
    """Brings a file of answers into the plan; all of it or, when something is wrong with it, nothing."""
    from cop_launch.cli.write import _show_diff
    from cop_launch.filling import differences
    from cop_launch.store.changes import answered
    from cop_launch.store.files import Write, apply, locked, read
    from cop_launch.store.project import PLAN
    from cop_launch.store.source import read_source

    language = in_language(loaded.language)
    source, findings = read_source(read(answers), str(answers))
    if source is None or findings:
        raise Refused(
            msg("the answers cannot be read: {problem}", problem=findings[0].message),
            findings[0].hint,
            code="bad-answers",
            findings=findings,
        )
    with locked(loaded.folder):
        assert loaded.source is not None
        changes = tuple(differences(loaded.source.tree, source.tree))
        after = answered(loaded, changes)
        _refuse_wrong(loaded, after, source)
        write = Write(loaded.folder / PLAN, loaded.raw, after)
        if dry_run:
            return _show_diff(loaded.folder, [write], json, "fill")
        apply(loaded.folder, [write])
    if json:
        say_as_json("fill", answered=[".".join(str(part) for part in change.path) for change in changes])
        return int(Exit.FINE)
    said = nmsg("{n} answer saved.", "{n} answers saved.", len(changes))
    show([[("✓ ", "good"), (language.say(said), "")]])
    from cop_launch.console import views

    show(views.next_line(["coplaunch status"], language))
    return int(Exit.FINE)


def _refuse_wrong(loaded: Loaded, after: bytes, answers: Any) -> None:
    """Refuses answers that would make the plan wrong, each at its place in the file of answers."""
    from cop_launch.findings import Severity
    from cop_launch.model.reading import read_project
    from cop_launch.store.project import PLAN
    from cop_launch.store.source import read_source

    assert loaded.dossier is not None
    source, findings = read_source(after, PLAN)
    if source is not None:
        findings = (*findings, *read_project(source.tree, loaded.dossier.evidence)[1])
    wrong = tuple(found for found in findings if found.severity is Severity.ERROR)
    if wrong:
        located = answers.locate([replace(found, place=None) for found in wrong])
        raise Refused(
            msg(
                "{place}: {problem}", place=f"{located[0].place.file}:{located[0].place.line}", problem=wrong[0].message
            ),
            wrong[0].hint or msg("correct the file of answers; nothing was written"),
            code="bad-answers",
            findings=located,
        )


# -- in conversation --------------------------------------------------------------------------------------------------


class _Conversation:
    """Puts one question after the other until none is left or the person stops."""

    def __init__(self, loaded: Loaded, gate: PhaseGate) -> None:
        from cop_launch.console.screen import Screen
        from cop_launch.filling import History, Session

        self.loaded = loaded
        self.gate = gate
        self.language: Language = in_language(loaded.language)
        self.session: Session = Session()
        self.history: History = History()
        self.screen = Screen()
        self.saved = 0
        self.explained: str = ""

    def run(self) -> int:
        from cop_launch.filling import next_question

        self._say(msg("Enter passes a question over, < goes back, . stops. Each answer is saved at once."), "quiet")
        again: Question | None = None
        try:
            while True:
                question = again or next_question(self._dossier, self._tree, self.gate, self.session)
                again = None
                if question is None:
                    break
                again = self._put(question)
        except (EOFError, KeyboardInterrupt, _Stop):
            sys.stdout.write("\n")
        return self._end()

    @property
    def _dossier(self) -> Any:
        from cop_launch.workflow import dossier_for

        assert self.loaded.dossier is not None
        return dossier_for(self.loaded.dossier, self.gate)

    @property
    def _tree(self) -> Any:
        assert self.loaded.source is not None
        return self.loaded.source.tree

    def _put(self, question: Question) -> Question | None:
        """Puts a question until it is answered or passed over; the question to put again after a way back."""
        from cop_launch.filling import choices

        self._show(question)
        offered = choices(question, self._dossier)
        self._offer(question, offered)
        while True:
            written = input("> ").strip()
            if written == STOP:
                raise _Stop
            if written == BACK:
                before = self.history.back()
                if before is None:
                    self._say(msg("This is the first question."), "quiet")
                    continue
                self.session = before[1]
                return before[0]
            if written == MORE:
                self._explain(question)
                continue
            session = self.session
            if not written:
                self._pass_over(question)
            elif not self._answer(question, offered, written):
                continue
            self.history.put(question, session)
            return None

    def _pass_over(self, question: Question) -> None:
        path = question.path
        self.session = self.session.skipping((*path, "+") if question.more and question.count else path)
        if question.more and self.session.focus is not None:
            self.session = replace(self.session, focus=None)

    def _answer(self, question: Question, offered: Choices, written: str) -> bool:
        """Takes an answer; whether it was one."""
        if question.more:
            return self._another(question, offered, written)
        value = self._value(question, offered, written)
        if value is None:
            return False
        path = self._named(question.path, written)
        return self._save(path, value)

    def _another(self, question: Question, offered: Choices, written: str) -> bool:
        """Starts another entry: a person for a mapping by person, else a new one to be filled."""
        path = question.path
        if offered.words or offered.new:
            chosen = self._chosen(replace(offered, several=False), written)
            if not isinstance(chosen, str):
                return False
            self.session = replace(self.session, focus=(*path, chosen))
            return True
        if written.lower() in _words(self.language)[1]:
            self._pass_over(question)
            return True
        if written.lower() not in _words(self.language)[0]:
            self._say(msg("Type 1 for yes, or 2 for no."), "warn")
            return False
        entry: str | int = "+" if question.doc.kind == "mapping" else question.count
        self.session = replace(self.session, focus=(*path, entry))
        return True

    def _value(self, question: Question, offered: Choices, written: str) -> Any:
        """The answer as the value that will stand in the file; None when it was not understood."""
        kind = question.doc.kind
        if kind == "true or false":
            yes, no = _words(self.language)
            if written.lower() not in yes | no:
                self._say(msg("Type 1 for yes, or 2 for no."), "warn")
                return None
            return written.lower() in yes
        if offered.words or offered.new:
            return self._chosen(offered, written)
        if kind == "list":
            return [part.strip() for part in written.split(";") if part.strip()]
        return _typed(kind, written)

    def _chosen(self, offered: Choices, written: str) -> Any:
        """The word or words that were chosen, by number or by name; a new person is added to `people` first."""
        chosen: list[str] = []
        for part in re.split(r"[;,]", written) if offered.several else [written]:
            text = part.strip()
            if text.isdigit() and 0 < int(text) <= len(offered.words):
                chosen.append(offered.words[int(text) - 1])
            elif text in offered.words:
                chosen.append(text)
            elif text and text.lower() in [shown.lower() for shown in offered.shown]:
                chosen.append(offered.words[[shown.lower() for shown in offered.shown].index(text.lower())])
            elif offered.new and text and not text.isdigit():
                slug = self._new_person(text)
                if slug is None:
                    return None
                chosen.append(slug)
            else:
                self._say(msg("Choose a number from the list."), "warn")
                return None
        return chosen if offered.several else chosen[0]

    def _new_person(self, name: str) -> str | None:
        from cop_launch.filling import slug_of

        people = (self._tree.get("people") if isinstance(self._tree, dict) else None) or {}
        slug = slug_of(name, people)
        if not self._save(("people", slug, "name"), name, focus=False):
            return None
        self._say(msg("{name} was added to `people` as {slug}.", name=name, slug=slug), "quiet")
        self._say(msg("What is this person's work? Enter passes it over."), "")
        role = input("> ").strip()
        if role:
            self._save(("people", slug, "role"), role, focus=False)
        self._say(
            msg("On which day did this person agree to be named here? Like 2025-02-25; Enter: not asked yet."), ""
        )
        while day := input("> ").strip():
            if self._save(("people", slug, "consent"), _typed("date", day), focus=False):
                break
        return slug

    def _named(self, path: KeyPath, written: str) -> KeyPath:
        """The path with the new entry's short name in it, made from its first words."""
        from cop_launch.filling import slug_of

        if "+" not in path:
            return path
        at = path.index("+")
        held: Any = self._tree
        for part in path[:at]:
            held = (held or {}).get(part) if isinstance(held, dict) else None
        return (*path[:at], slug_of(written, held or {}), *path[at + 1 :])

    def _save(self, path: KeyPath, value: Any, focus: bool = True) -> bool:
        """Checks an answer and writes it, in a change of its own; whether it was right."""
        from cop_launch.console import views
        from cop_launch.filling import Answer, entry_of, what_is_wrong
        from cop_launch.store.changes import answered
        from cop_launch.store.emit import as_read
        from cop_launch.store.files import Write, apply, locked
        from cop_launch.store.project import PLAN, load

        assert self.loaded.dossier is not None
        wrong = what_is_wrong(self._tree, path, as_read(value), self.loaded.dossier.evidence)
        if wrong:
            for found in wrong:
                self._say(found.message, "bad")
                if found.hint is not None:
                    self.screen.lines([[("  → " + views.sentence(self.language.say(found.hint)), "quiet")]])
            return False
        with locked(self.loaded.folder):
            now = load(self.loaded.folder)
            if now.broken:
                raise Refused(
                    msg("the file was changed meanwhile, and something in it is wrong now"),
                    msg("`coplaunch check` tells what; your answers so far are saved"),
                    code="changed-on-disk",
                )
            after = answered(now, (Answer(path, value),))
            apply(now.folder, [Write(now.folder / PLAN, now.raw, after)])
        self.loaded = load(self.loaded.folder)
        self.saved += 1
        if focus:
            self.session = replace(self.session, focus=entry_of(path) or self.session.focus)
        return True

    # -- what is shown ------------------------------------------------------------------------------------------------

    def _show(self, question: Question) -> None:
        from cop_launch.console.screen import Line, wrapped

        say, width = self.language.say, self.screen.width
        where = ".".join(str(part) for part in question.path if part != "+")
        lines: list[Line] = [[], [(say(question.doc.title), "title"), (f"  {where}", "quiet")]]
        if question.more:
            text = msg("Add one?") if not question.count else msg("Add another? There are {n}.", n=question.count)
            lines += [*wrapped(say(question.doc.question), width), [(say(text), "")]]
        else:
            lines += wrapped(say(question.doc.question), width)
        criterion = question.criterion
        if criterion is not None and criterion.id != self.explained:
            self.explained = criterion.id
            lines += wrapped(say(criterion.why), width, "  ", "quiet", "  ")
        if question.doc.example.text and not question.more and not question.doc.choices and not question.doc.refers_to:
            example = say(msg("For example: {example}", example=say(question.doc.example)))
            lines += wrapped(example, width, "  ", "quiet", "  ")
        now = self._now(question.path)
        if now is not None and not question.more:
            lines += wrapped(say(msg("So far: {answer}", answer=str(now))), width, "  ", "now", "  ")
        self.screen.lines(lines)

    def _now(self, path: KeyPath) -> Any:
        held: Any = self._tree
        for part in path:
            if isinstance(held, dict):
                held = held.get(part)
            elif isinstance(held, list) and isinstance(part, int) and part < len(held):
                held = held[part]
            else:
                return None
        return held

    def _offer(self, question: Question, offered: Choices) -> None:
        lines: list[Any] = []
        if (question.more and not offered.new) or question.doc.kind == "true or false":
            lines.append([(f"  1. {self.language.say(msg('yes'))}   2. {self.language.say(msg('no'))}", "")])
        for number, shown in enumerate(offered.shown, 1):
            lines.append([(f"  {number}. {shown}", "")])
        if offered.new:
            lines.append([("  " + self.language.say(msg("or the name of someone new")), "quiet")])
        if offered.several:
            lines.append([("  " + self.language.say(msg("several: with commas in between")), "quiet")])
        elif question.doc.kind == "list" and not question.more and not offered.words:
            lines.append(
                [
                    (
                        "  " + self.language.say(msg("several: with a semicolon in between; none if there are none")),
                        "quiet",
                    )
                ]
            )
        self.screen.lines(lines)

    def _explain(self, question: Question) -> None:
        from cop_launch.console import explanations

        name = question.criterion.id if question.criterion else question.doc.name
        self.screen.lines(explanations.lines(name, self.language, self.screen.width)[:-2])

    def _say(self, message: Any, style: str) -> None:
        from cop_launch.console.screen import wrapped
        from cop_launch.console.views import sentence

        self.screen.lines(wrapped(sentence(self.language.say(message)), self.screen.width, style=style))

    def _end(self) -> int:
        from cop_launch.cli.look import next_command
        from cop_launch.console import views
        from cop_launch.gates import VERDICTS
        from cop_launch.workflow import assess

        found = assess(self._dossier, self.gate)
        said = nmsg("{n} answer saved.", "{n} answers saved.", self.saved)
        verdict = msg("Verdict so far: {verdict}.", verdict=VERDICTS[found.verdict])
        self.screen.lines([[], [("✓ ", "good"), (self.language.say(said), "")], [(self.language.say(verdict), "")]])
        ready = next_command(self.loaded, found) if found.verdict.value == "go" else "coplaunch status"
        self.screen.lines(views.next_line([ready], self.language))
        return int(Exit.FINE)


class _Stop(Exception):
    """The person wants to stop."""


def _words(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """What counts as yes and as no."""
    yes, no = language.say(msg("yes")), language.say(msg("no"))
    return frozenset({"1", yes, yes[0], "yes", "y"}), frozenset({"2", no, no[0], "no", "n"})


def _typed(kind: str, written: str) -> Any:
    """A typed answer as the value that it is; what does not fit its kind stays text, and the check says why."""
    if kind in {"whole number", "number"} and re.fullmatch(r"0|-?[1-9]\d*", written):
        return int(written)
    if kind == "number" and re.fullmatch(r"-?\d+\.\d+", written):
        return Decimal(written)
    if kind == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", written):
        try:
            return date.fromisoformat(written)
        except ValueError:
            return written
    return written
