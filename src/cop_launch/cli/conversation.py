"""A conversation that fills in a project: one question after the other, each answer checked and saved at once."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from typing import Any

from cop_launch.console.screen import Line, Screen, next_line, wrapped
from cop_launch.console.views import sentence
from cop_launch.filling.answers import Answer, value_at, what_is_wrong
from cop_launch.filling.questions import (
    NAMES,
    NEW,
    Question,
    Role,
    Session,
    Stage,
    choices,
    doc_at,
    is_entry,
    label,
    next_question,
    pattern_of,
    takes_fields,
)
from cop_launch.filling.typed import (
    BACK,
    MORE,
    STOPS,
    Choices,
    Reading,
    choose,
    parts_of,
    perhaps_several,
    read_typed,
    says_no,
    says_none,
    says_yes,
    why_not_applicable,
)
from cop_launch.filling.words import slug_of
from cop_launch.findings import KeyPath, Refused
from cop_launch.gates import LEVELS, VERDICTS, Criterion, Dossier, Level, Moment, PhaseGate
from cop_launch.locales import Language, Message, in_language, msg, nmsg
from cop_launch.model.decision import Result, VerdictKind
from cop_launch.records import Record, replace
from cop_launch.store.changes import answered, taken_away
from cop_launch.store.emit import as_read
from cop_launch.store.files import Write, apply, locked, read
from cop_launch.store.places import PLAN
from cop_launch.store.project import Loaded, load
from cop_launch.workflow import Assessment, assess, dossier_for, gate_of

Read = Callable[[], str]
"""Gives the next line that was typed; EOFError when there will be none."""


class _Stop(Exception):
    """The person wants to stop."""


class _Back(Exception):
    """The person wants to go back to the question before."""


class _Put(Record):
    """A question that was put: how things stood before, and the plan's bytes before and after its answer."""

    question: Question
    session: Session
    path: KeyPath = ()
    before: bytes = b""
    after: bytes = b""


class Conversation:
    """Asks until nothing is left to ask, or the person stops."""

    def __init__(self, loaded: Loaded, gate: PhaseGate, screen: Screen, read: Read) -> None:
        self.gate = gate
        self._stand(loaded)
        self.language: Language = in_language(loaded.language)
        self.screen = screen
        self.saved = 0
        self.asked: Question | None = None
        """The question that is being put."""
        self._read = read
        self._session = Session()
        self._history: list[_Put] = []
        self._again: _Put | None = None
        """The question to which the person went back."""
        self._topic: Criterion | None = None
        self._about: KeyPath = ()
        self._known: dict[str, Result] = {}
        """The outcome of each criterion when it was last spoken of."""

    def run(self) -> None:
        """The whole conversation, to its end. Raises `Refused` when the file cannot be changed any more."""
        self._known = self._results()
        self._greet()
        try:
            while (question := self._next()) is not None:
                self._put(question)
        except (EOFError, KeyboardInterrupt, _Stop):
            self.screen.lines([[]])
        self._end()

    # -- how things stand ---------------------------------------------------------------------------------------------

    def _stand(self, loaded: Loaded) -> None:
        """Looks at the project as it is now: the gate sees it anew."""
        assert loaded.dossier is not None
        self.loaded = loaded
        self.dossier: Dossier = dossier_for(loaded.dossier, self.gate)
        self._assessed: Assessment = assess(self.dossier, self.gate)

    @property
    def _tree(self) -> Any:
        assert self.loaded.source is not None
        return self.loaded.source.tree

    def _results(self) -> dict[str, Result]:
        return {item.criterion.id: item.result for item in self._assessed.items}

    def _next(self) -> Question | None:
        """The next question; between one stage and the next it is said where things stand."""
        if self._again is not None:
            return self._again.question
        while True:
            question = next_question(self.dossier, self._tree, self._assessed, self._session)
            if question is not None or self._session.stage is Stage.EVERYTHING:
                return question
            self._session = replace(self._session, stage=Stage(self._session.stage + 1), focus=())
            more = next_question(self.dossier, self._tree, self._assessed, self._session)
            if more is not None:
                self._say_stage()

    # -- putting a question -------------------------------------------------------------------------------------------

    def _put(self, question: Question) -> None:
        """Puts a question until it is answered, passed over or left for the one before."""
        earlier, self._again = self._again, None
        self.asked = question
        session = self._session
        offered = choices(question, self.dossier, self._tree, self.language)
        self._show(question, offered, earlier)
        while True:
            try:
                written = self._typed()
                if written == MORE:
                    self._explain(question)
                    continue
                before = self.loaded.raw
                path = self._take(question, offered, written, earlier)
            except _Back:
                if self._go_back():
                    return
                continue
            if path is None:
                continue
            if written or earlier is None:
                self._history.append(_Put(question, session, path, before, self.loaded.raw))
            else:
                self._history.append(earlier)
            self._say_what_changed()
            return

    def _typed(self) -> str:
        """One line from the person, without spaces around it. Raises `_Stop` and `_Back` for what means that."""
        written = self._read().strip()
        if written.casefold() in STOPS:
            raise _Stop
        if written == BACK:
            raise _Back
        return written

    def _take(self, question: Question, offered: Choices, written: str, earlier: _Put | None) -> KeyPath | None:
        """Takes what was typed; the path that it was saved at, () where nothing was, None where it was no answer."""
        if not written:
            if earlier is None:
                self._pass_over(question)
            else:
                self._session = replace(self._session, skipped=self._session.skipped | {question.key})
                self._session = self._after(question, earlier.path)
            return ()
        if written == "-" and earlier is not None and earlier.path:
            self._undo(earlier)
            return ()
        if question.role is not Role.VALUE and question.count and self._says_that_was_all(written):
            self._pass_over(question)
            return ()
        if earlier is not None and earlier.path:
            return self._change(question, offered, written, earlier)
        return self._answer(question, offered, written)

    def _says_that_was_all(self, written: str) -> bool:
        return says_no(written, self.language) or says_none(written, self.language)

    def _pass_over(self, question: Question) -> None:
        self._session = self._session.without(question)

    def _answer(self, question: Question, offered: Choices, written: str) -> KeyPath | None:
        if question.may_be_none and says_none(written, self.language):
            return self._save(question, [Answer(question.whole, "none")])
        if question.role is not Role.VALUE and says_yes(written, self.language) and not offered:
            self._problem(msg("type the answer itself"), msg("Enter passes it over"))
            return None
        if question.takes.may_not_apply and not question.count:
            why = why_not_applicable(written, self.language)
            if why is not None:
                return self._does_not_apply(question, why)
        if question.role is Role.KEY:
            return self._name(question, offered, written)
        if offered:
            return self._chosen(question, offered, written)
        if question.role is Role.ITEM or question.takes.several:
            return self._items(question, written)
        read = self._understood(question, written)
        return None if read is None else self._save(question, [Answer(self._named(question.path, written), read.value)])

    def _understood(self, question: Question, written: str) -> Reading | None:
        try:
            written.encode()
        except UnicodeEncodeError:
            self._problem(msg("some of these letters cannot be read"), msg("type it once more"))
            return None
        if question.takes.kind == "name":
            return Reading(slug_of(written))
        if question.takes.kind == "figure" and written in self.dossier.evidence:
            return Reading({"evidence": written})
        read = read_typed(question.takes.kind, written, self.language)
        if read.problem is not None:
            self._problem(read.problem, read.hint)
            return None
        if read.said is not None:
            self._say(read.said, "quiet", "  ")
        return read

    def _does_not_apply(self, question: Question, why: str) -> KeyPath | None:
        while not why:
            self._say(msg("Why does this not apply?"))
            why = self._typed()
        return self._save(question, [Answer(question.path, {"not_applicable": why})])

    def _items(self, question: Question, written: str) -> KeyPath | None:
        """One item for a list, or several on one line: a text with commas when the person says that it is many."""
        parts = [written]
        if question.takes.kind == "text":
            parts = self._one_or_several(perhaps_several(written), written)
        elif not re.search(r"[^\W\d]", written):  # in `7 January, 2025` the comma is no boundary
            parts = parts_of(written)
        values = []
        for part in parts:
            read = self._understood(question, part)
            if read is None:
                return None
            values.append(read.value)
        held = value_at(self._tree, question.path)
        if held is None:
            return self._save(question, [Answer(question.path, values)])
        return self._save(question, [Answer(question.path, value, adds=True) for value in values])

    def _one_or_several(self, parts: list[str], written: str) -> list[str]:
        if len(parts) == 1:
            return [written]
        self._say(msg("Is this one answer, or are these {n}? 1: one; 2: {parts:list}.", n=len(parts), parts=parts))
        while True:
            said = self._typed()
            if said in {"", "1", "2"}:
                return parts if said == "2" else [written]
            self._problem(msg("type 1 or 2"), None)

    # -- choosing -----------------------------------------------------------------------------------------------------

    def _chosen(self, question: Question, offered: Choices, written: str) -> KeyPath | None:
        """Saves the choice; somebody new is added to `people` in the same change."""
        named = self._named_people(offered, written, question.takes.several)
        if named is None:
            return None
        words, people = named
        value: Any = words if question.takes.several else words[0]
        saved = self._save(question, [*people, Answer(self._named(question.path, words[0]), value)])
        if saved is not None:
            self._get_to_know(people)
        return saved

    def _name(self, question: Question, offered: Choices, written: str) -> KeyPath | None:
        """Starts an entry that is named before anything else is asked about it."""
        people: list[Answer] = []
        if offered:
            named = self._named_people(offered, written, several=False)
            if named is None:
                return None
            (key,), people = named
        else:
            key = slug_of(written, value_at(self._tree, question.path) or ())
        place = (*question.path, key)
        if not takes_fields(place):
            self._session, self._about = self._session.at(place), question.path
            return ()
        saved = self._save(question, [*people, Answer(place, {})])
        if saved is not None:
            self._get_to_know(people)
        return saved

    def _named_people(self, offered: Choices, written: str, several: bool) -> tuple[list[str], list[Answer]] | None:
        """The words that were chosen, and who has to be added to `people` for that; None where it is unclear."""
        if offered.new and (says_none(written, self.language) or says_no(written, self.language)):
            self._problem(msg("'{written}' is not a name", written=written), msg("Enter passes it over"))
            return None
        someone_else: frozenset[str] = frozenset()
        while (chosen := choose(offered, written, several, someone_else)).near:
            near = offered.shown[offered.words.index(chosen.near)]
            self._say(msg("Do you mean {name}? 1: yes; 2: no, this is someone else.", name=near))
            said = self._typed()
            if said == "1" or says_yes(said, self.language):
                written = written.replace(chosen.unclear, chosen.near)
            elif said == "2" or says_no(said, self.language):
                someone_else |= {chosen.unclear}
        if chosen.unclear or not chosen.words:
            hint = msg("type a number, or a name") if offered.new else msg("type a number from the list")
            self._problem(msg("'{written}' is not on the list", written=chosen.unclear or written), hint)
            return None
        return self._as_people(chosen.words, chosen.new)

    def _as_people(self, words: Sequence[str], new: frozenset[str]) -> tuple[list[str], list[Answer]]:
        slugs: list[str] = []
        people: list[Answer] = []
        taken = set(value_at(self._tree, ("people",)) or ())
        for word in words:
            if word in new:
                slug = slug_of(word, taken)
                taken.add(slug)
                people.append(Answer(("people", slug, "name"), word))
                slugs.append(slug)
            else:
                slugs.append(word)
        return slugs, people

    def _get_to_know(self, people: Sequence[Answer]) -> None:
        """Asks the work and the consent of people who are new in the plan."""
        for person in people:
            place, name = person.path[:-1], str(person.value)
            self._say(msg("{name} is in the plan now.", name=name), "quiet", "  ")
            self._ask_about((*place, "role"), msg("What is the work of {name}? Enter passes it over.", name=name))
            consent = msg("On which day did {name} agree to be named in the plan? Enter: not asked yet.", name=name)
            if not self._ask_about((*place, "consent"), consent):
                said = msg("Ask {name} before the plan goes round; then add the day, as `consent`.", name=name)
                self._say(said, "quiet", "  ")

    def _ask_about(self, path: KeyPath, text: Message) -> bool:
        """A question on the side; whether it was answered."""
        doc = doc_at(path)
        assert doc is not None
        self._say(text)
        while True:
            try:
                written = self._typed()
            except _Back:
                return False
            if written == MORE:
                self._say(doc.question, "quiet", "  ")
                continue
            if not written:
                return False
            read = read_typed(doc.kind, written, self.language)
            if read.problem is not None:
                self._problem(read.problem, read.hint)
            elif self._write([Answer(path, read.value)]):
                if read.said is not None:
                    self._say(read.said, "quiet", "  ")
                return True

    # -- saving -------------------------------------------------------------------------------------------------------

    def _named(self, path: KeyPath, written: str) -> KeyPath:
        """The path with the new entry's short name in it, made from its first words."""
        if NEW not in path:
            return path
        at = path.index(NEW)
        return (*path[:at], slug_of(written, value_at(self._tree, path[:at]) or ()), *path[at + 1 :])

    def _save(self, question: Question, answers: Sequence[Answer]) -> KeyPath | None:
        """Saves answers in one change, and goes on where the last one stands; its path, or None when it is wrong."""
        if not self._write(answers):
            return None
        path = answers[-1].path
        self._session = self._after(question, path)
        if question.role in {Role.ENTRY, Role.KEY}:
            self._about = path if question.role is Role.KEY else path[:-1]
        return path

    def _after(self, question: Question, path: KeyPath) -> Session:
        """The session after an answer at this path: the rest of its entry comes next, and it is not asked once more."""
        session = self._session if question.role is not Role.VALUE else self._session.without(question)
        if path and path[0] != "people":
            session = session.at(path if question.role in {Role.ITEM, Role.KEY} or len(path) < 3 else path[:-1])
        return session

    def _write(self, answers: Sequence[Answer]) -> bool:
        """Checks answers and writes them; whether they were right."""
        assert self.loaded.dossier is not None
        checked = [replace(answer, value=as_read(answer.value)) for answer in answers]
        wrong = what_is_wrong(self._tree, checked, self.loaded.dossier.evidence)
        for found in wrong:
            self._problem(found.message, found.hint)
        if wrong:
            return False
        self._apply(lambda now: answered(now, answers))
        self.saved += 1
        return True

    def _apply(self, change: Callable[[Loaded], bytes]) -> None:
        """Changes the plan as it stands on disk now, which somebody else may have edited meanwhile."""
        with locked(self.loaded.folder):
            unchanged = read(self.loaded.folder / PLAN) == self.loaded.raw
            now = self.loaded if unchanged else load(self.loaded.folder)
            if now.broken:
                raise Refused(
                    msg("the file was changed meanwhile, and something in it is wrong now"),
                    msg("`coplaunch check` tells what; your answers so far are saved"),
                    code="changed-on-disk",
                )
            apply(now.folder, [Write(now.folder / PLAN, now.raw, change(now))])
        self._stand(load(self.loaded.folder))

    # -- going back ---------------------------------------------------------------------------------------------------

    def _go_back(self) -> bool:
        """To the question before; whether there is one."""
        if not self._history:
            self._say(msg("This is the first question."), "quiet", "  ")
            return False
        self._again = self._history.pop()
        self._session = self._again.session
        return True

    def _undo(self, earlier: _Put) -> None:
        """Takes an answer away: the file is as it was, or, when more was written since, without that value."""
        if self.loaded.raw == earlier.after:
            self._apply(lambda now: earlier.before if now.raw == earlier.after else taken_away(now, earlier.path))
        else:
            self._apply(lambda now: taken_away(now, earlier.path))
        self._session = self._session.without(earlier.question)
        self._say(msg("Taken away."), "quiet", "  ")

    def _change(self, question: Question, offered: Choices, written: str, earlier: _Put) -> KeyPath | None:
        """Puts another answer in the place of one that was given."""
        if self.loaded.raw != earlier.after:
            held = value_at(self._tree, earlier.path)
            if held is not None and not isinstance(held, dict):
                settled = replace(question, path=earlier.path, role=Role.VALUE, count=1)
                return self._answer(settled, offered, written)
            return self._answer(question, offered, written)
        self._apply(lambda now: earlier.before if now.raw == earlier.after else now.raw)
        path = self._answer(question, offered, written)
        if path is None:
            self._apply(lambda now: earlier.after if now.raw == earlier.before else now.raw)
        return path

    # -- what is shown ------------------------------------------------------------------------------------------------

    def _greet(self) -> None:
        say = self.language.say
        self.screen.lines([[(say(self.gate.title), "title")], *self._wrapped(self.gate.question)])
        self.screen.lines([[]])
        self._say(
            msg("Enter passes a question over, < goes back, ? tells more, . stops. Each answer is saved at once."),
            "quiet",
        )
        decided = [made for made in self.dossier.project.decisions or [] if made.gate is self.gate.gate and made.date]
        if decided and self.gate.gate.value != "review":
            day = decided[-1].date
            self._say(
                msg("This gate was decided on {day:date}; what you change now is seen at the next check.", day=day),
                "warn",
            )

    def _say_stage(self) -> None:
        """Where things stand when everything of one kind was asked."""
        if self._session.stage is Stage.EVERYTHING:
            said = msg("That was all that the gate looks at. What follows makes the documents richer; . stops.")
        elif self._assessed.verdict is VerdictKind.GO:
            said = msg("All that is required is in order. What follows is advised; . stops.")
        else:
            said = msg("That was all that is required. What follows is advised; . stops.")
        self.screen.lines([[]])
        self._say(said, "good")
        self._topic = None

    def _show(self, question: Question, offered: Choices, earlier: _Put | None) -> None:
        self._show_topic(question.criterion)
        lines: list[Line] = [[], *self._about_lines(question)]
        if question.role is not Role.VALUE and question.count:
            lines += self._wrapped(self._another(question), "title")
        if question.role is not Role.ITEM or not question.count:
            text = NAMES.get(pattern_of(question.path)) if question.role is Role.KEY else None
            lines += self._wrapped(text or question.doc.question, "" if question.count else "title")
        lines += self._hints(question, offered)
        if earlier is not None and earlier.path:
            now = self._in_words(value_at(self._tree, earlier.path), offered)
            lines += self._wrapped(msg("Now: {answer}. Enter keeps it, - takes it away.", answer=now), "now", "  ")
        elif question.again:
            now = self._in_words(value_at(self._tree, question.path), offered)
            lines += self._wrapped(msg("So far: {answer}. Enter keeps it.", answer=now), "now", "  ")
        self.screen.lines(lines)

    def _show_topic(self, criterion: Criterion | None) -> None:
        """The criterion that waits for the next answers, once: its title, why it is asked, and how far things are."""
        if criterion is None or criterion == self._topic:
            return
        self._topic = criterion
        say = self.language.say
        done, needed = self._progress()
        how_far = msg(
            "{level}; {done} of {all} required in order", level=LEVELS[criterion.level], done=done, all=needed
        )
        lines: list[Line] = [[], [(say(criterion.title), "now"), (f"  {say(how_far)}", "quiet")]]
        lines += self._wrapped(criterion.why, "quiet", "  ")
        if criterion.moment is Moment.LAUNCH and self._assessed.moment_verdict(Moment.START) is not VerdictKind.GO:
            lines += self._wrapped(
                msg("This is for later: it follows from the dry run. Enter passes it over."), "quiet", "  "
            )
        found = next(item for item in self._assessed.items if item.criterion.id == criterion.id)
        if found.result is Result.UNMET:
            lines += self._wrapped(msg("Not enough yet: {saw}.", saw=found.outcome.saw), "warn", "  ")
        self.screen.lines(lines)

    def _progress(self) -> tuple[int, int]:
        """How many of the criteria that a go needs are in order, and how many there are."""
        needed = [item for item in self._assessed.items if item.criterion.level is not Level.ADVISED]
        return sum(item.result not in _OPEN for item in needed), len(needed)

    def _about_lines(self, question: Question) -> list[Line]:
        """What the next questions are about, when that is not what the last one was about."""
        single = question.role is Role.VALUE and is_entry(question.path)
        about = question.path if single else question.holder
        if about == self._about or len(about) < 2:
            self._about = about
            return []
        self._about = about
        if question.role in {Role.ENTRY, Role.KEY} and not question.count:
            whole = doc_at(about)
            return self._wrapped(whole.question, "now") if whole is not None and question.role is Role.ENTRY else []
        if question.role is Role.ITEM:
            return []
        parts = []
        for length in range(2, len(about) + 1):
            doc = doc_at(about[:length])
            if is_entry(about[:length]):
                parts.append(label(self._tree, about[:length]))
            elif doc is not None:
                parts.append(self.language.say(doc.title))
        return [[(" › ".join(parts), "now")]]

    def _another(self, question: Question) -> Message:
        held = value_at(self._tree, question.holder)
        if question.role is Role.ITEM:
            names = [str(item) for item in held or ()]
        else:
            entries: Any = list(held) if isinstance(held, dict) else range(len(held or ()))
            names = [label(self._tree, (*question.holder, entry)) for entry in entries]
        return nmsg(
            "Another one? There is “{last}”. Enter if that was all.",
            "Another one? There are {n}, the last “{last}”. Enter if that was all.",
            len(names),
            last=textwrap.shorten(names[-1], 50, placeholder="…").rstrip("."),
        )

    def _hints(self, question: Question, offered: Choices) -> list[Line]:
        say, takes = self.language.say, question.takes
        lines: list[Line] = []
        if takes.kind == "true or false":
            yes, no = say(msg("yes")), say(msg("no"))
            lines.append([(f"  1. {yes}   2. {no}", "")])
        for number, (word, shown) in enumerate(zip(offered.words, offered.shown, strict=True), 1):
            identifier = [(f"  {word}", "quiet")] if takes.choices and shown != word else []
            lines.append([(f"  {number}. {shown}", ""), *identifier])
        if offered.new and offered.words:
            lines += self._wrapped(msg("or the name of someone else, who is added to the plan"), "quiet", "  ")
        elif offered.new:
            lines += self._wrapped(msg("a name; who is new is added to the plan"), "quiet", "  ")
        if takes.several and offered:
            lines += self._wrapped(msg("several: with commas in between"), "quiet", "  ")
        example = self._example(question, offered)
        if example and not (question.count and question.role is not Role.VALUE):
            lines += self._wrapped(msg("For example: {example}", example=example), "quiet", "  ")
        if takes.kind == "figure":
            lines += self._wrapped(msg("Type it as: 34 of 36"), "quiet", "  ")
            if self.dossier.evidence:
                files = list(self.dossier.evidence)
                lines += self._wrapped(
                    msg("or as the name of a file in evidence/: {names:list}", names=files), "quiet", "  "
                )
        if question.may_be_none and self._speaks_of_none(question):
            lines += self._wrapped(msg("If there are none: type none."), "quiet", "  ")
        if takes.may_not_apply and not question.count:
            lines += self._wrapped(msg("If it does not apply: type n/a and why."), "quiet", "  ")
        return lines

    @staticmethod
    def _speaks_of_none(question: Question) -> bool:
        """Whether it is worth saying that none is an answer: where people look for something that may not be there."""
        doc = doc_at(question.whole)
        return doc is not None and (doc.example.text == "none" or "`none`" in doc.question.text)

    def _example(self, question: Question, offered: Choices) -> str:
        if offered or question.role is Role.KEY or question.takes.kind in {"figure", "true or false"}:
            return ""
        example = self.language.say(question.doc.example)
        if question.doc.kind == "list":
            example = example.strip("[]").split(", ")[0]
        if question.doc.kind in {"mapping", "section"} or example in {"none", ""} or example.startswith(("{", "…")):
            return ""
        return example.strip('"')

    def _in_words(self, value: Any, offered: Choices) -> str:
        if isinstance(value, list):
            return self.language.join([self._in_words(item, offered) for item in value])
        if isinstance(value, dict):
            return ", ".join(f"{key} {self._in_words(inner, offered)}" for key, inner in value.items())
        if value in offered.words:
            return offered.shown[offered.words.index(value)]
        if value in {"true", "false"}:
            return self.language.say(msg("yes") if value == "true" else msg("no"))
        return str(value)

    def _explain(self, question: Question) -> None:
        """More about a question: why it is asked, what to do when nobody knows, and where the answer is written."""
        criterion = question.criterion or self._topic
        lines: list[Line] = []
        if criterion is not None:
            lines += self._wrapped(criterion.why, "", "  ")
            lines += self._wrapped(criterion.remedy, "", "  ")
        where = ".".join(str(part) for part in question.path if part != NEW and not isinstance(part, int))
        lines += self._wrapped(msg("In the file: {where}", where=where), "quiet", "  ")
        if criterion is not None:
            command = f"coplaunch explain {criterion.id}"
            lines += self._wrapped(msg("More about it: {command}", command=command), "quiet", "  ")
        self.screen.lines(lines)

    def _say_what_changed(self) -> None:
        """Which criteria came in order with the last answer, and which turn out to say no."""
        done, needed = self._progress()
        results = self._results()
        for item in self._assessed.items:
            before, now = self._known[item.criterion.id], results[item.criterion.id]
            if before == now or item.criterion.level is Level.ADVISED:
                continue
            if now is Result.UNMET:
                said = msg("{criterion}: not enough yet; {saw}", criterion=item.criterion.title, saw=item.outcome.saw)
                self._say(said, "warn", "  ")
            elif before in _OPEN and now not in _OPEN:
                said = msg(
                    "{criterion}: in order, {done} of {all}", criterion=item.criterion.title, done=done, all=needed
                )
                self.screen.lines([[("  ✓ ", "good"), (self.language.say(said), "good")]])
        self._known = results

    def _problem(self, message: Message, hint: Message | None) -> None:
        self._say(message, "bad", "  ")
        if hint is not None:
            text = sentence(self.language.say(hint))
            self.screen.lines(wrapped(text, self.screen.width, "    ", "", "  → "))

    def _say(self, message: Message, style: str = "", indent: str = "") -> None:
        text = sentence(self.language.say(message))
        self.screen.lines(wrapped(text, self.screen.width, indent, style))

    def _wrapped(self, message: Message, style: str = "", indent: str = "") -> list[Line]:
        return wrapped(self.language.say(message), self.screen.width, indent, style)

    def _end(self) -> None:
        from cop_launch.cli.looking import next_command

        found, say = self._assessed, self.language.say
        said = nmsg("{n} answer saved in {file}.", "{n} answers saved in {file}.", self.saved, file=PLAN)
        done, needed = self._progress()
        verdict = msg(
            "{gate}: {verdict}; {done} of {all} required in order.",
            gate=self.gate.title,
            verdict=VERDICTS[found.verdict],
            done=done,
            all=needed,
        )
        lines: list[Line] = [[("✓ ", "good"), (say(said), "")], *self._wrapped(verdict)]
        for item in found.blocking:
            lines.append([(f"  ○ {say(item.criterion.title)}", ""), (f"  {item.criterion.id}", "quiet")])
            lines += self._wrapped(msg("{saw}", saw=item.outcome.saw), "quiet", "    ")
        self.screen.lines(lines)
        ready = found.verdict is VerdictKind.GO and _is_at_hand(self.loaded, self.gate)
        commands = [next_command(self.loaded, found)] if ready else ["coplaunch status"]
        self.screen.lines(next_line(commands, self.language))


_OPEN = frozenset({Result.MISSING, Result.UNMET})


def _is_at_hand(loaded: Loaded, gate: PhaseGate) -> bool:
    assert loaded.dossier is not None
    return gate_of(loaded.dossier.project) is gate
