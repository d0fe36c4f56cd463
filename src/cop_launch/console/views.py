"""What people read in the terminal, as lines: findings with the place they point at, the state of a project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cop_launch.console.screen import Line, plain, wrapped
from cop_launch.findings import Finding, Severity
from cop_launch.gates import LEVELS, RESULTS, VERDICTS, Effort, KillCriterionState, Level, Moment, PhaseGate
from cop_launch.locales import Language, Message, msg, nmsg
from cop_launch.model.decision import Decision, DecisionKind, Gate, Phase, Result, State, VerdictKind, standing
from cop_launch.model.project import Project
from cop_launch.phases import PHASES
from cop_launch.workflow import Assessment, Weighed, reviews_decided

SEVERITIES: dict[Severity, Message] = {
    Severity.ERROR: msg("error"),
    Severity.WARNING: msg("warning"),
    Severity.NOTE: msg("note"),
}
DECISIONS: dict[DecisionKind, Message] = {
    DecisionKind.GO: msg("go"),
    DecisionKind.NO_GO: msg("no-go"),
    DecisionKind.BACK: msg("back"),
    DecisionKind.SUPPORT_EXISTING: msg("support what exists"),
    DecisionKind.CONTINUE: msg("continue"),
    DecisionKind.ADJUST: msg("adjust"),
    DecisionKind.HAND_OVER: msg("hand over"),
    DecisionKind.STOP: msg("stop"),
}
EFFORTS: dict[Effort, Message] = {
    Effort.WRITE: msg("write it down"),
    Effort.MEET: msg("talk to someone"),
    Effort.GATHER: msg("gather it, in weeks"),
}
_MARKS = {
    Result.MET: ("✓", "good"),
    Result.MISSING: ("○", "quiet"),
    Result.UNMET: ("✗", "bad"),
    Result.WAIVED: ("~", "warn"),
    Result.NOT_APPLICABLE: ("–", "quiet"),
}
_VERDICT_STYLES = {VerdictKind.GO: "good", VerdictKind.NOT_YET: "warn", VerdictKind.NO_GO: "bad"}
_SEVERITY_STYLES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.NOTE: "quiet"}


def title_of(gate: PhaseGate, language: Language) -> str:
    """The phase's name in this language."""
    return language.say(gate.title)


def sentence(text: str) -> str:
    """The text as a sentence: with a capital and a full stop, where it stands on its own.

    A path at its start keeps its letters: that is how it opens.
    """
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    is_path = "/" in first or "." in first[:-1]
    return (text if is_path else text[:1].upper() + text[1:]) + ("" if text[-1:] in ".…?!:)`" else ".")


NARROW = 80
"""In a window with fewer columns than a pipe is taken to have, long lines are broken."""


# -- findings ---------------------------------------------------------------------------------------------------------


def findings_lines(findings: Sequence[Finding], texts: Mapping[str, str], language: Language, width: int) -> list[Line]:
    """Each finding as `file:line:column: error code: what is wrong`, the line it is about with a caret, what to do."""
    lines: list[Line] = []
    for finding in findings:
        place = finding.place
        where = f"{place.file}:{place.line}:{place.column}: " if place else ""
        severity = language.say(SEVERITIES[finding.severity])
        what = language.say(finding.message).removesuffix(".")
        head: Line = [
            (where, "title"),
            (f"{severity} {finding.code}", _SEVERITY_STYLES[finding.severity]),
            (f": {plain(what)}", ""),
        ]
        # On one line, as other programs read it; over several only in a window that is too narrow for it.
        text = "".join(piece for piece, _ in head)
        lines += wrapped(text, width, "      ", first="") if len(text) > width < NARROW else [head]
        if place and place.file in texts:
            lines += _quoted(texts[place.file], place.line, place.column, place.length, width)
        if finding.hint is not None:
            lines += wrapped(sentence(language.say(finding.hint)), width, "      ", "quiet", "    → ")
    return lines


def _quoted(text: str, line: int, column: int, length: int, width: int) -> list[Line]:
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if line > len(rows):
        return []
    row, number = plain(rows[line - 1]), str(line)
    room = max(20, width - len(number) - 9)
    start = max(0, column - 1 - room // 2) if len(row) > room else 0
    shown = ("…" if start else "") + row[start : start + room] + ("…" if len(row) > start + room else "")
    before = column - 1 - start + bool(start)
    carets = "^" * max(1, min(length, len(shown) - before))
    gap = " " * len(number)
    return [
        [(f"    {number} │ ", "quiet"), (shown, "")],
        [(f"    {gap} │ ", "quiet"), (" " * before + carets, "bad")],
    ]


def count_line(findings: Sequence[Finding], language: Language) -> Line:
    """How many errors and warnings there are, in one sentence; notes are counted where there is nothing else."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    said_errors = language.say(nmsg("one error", "{n} errors", errors))
    said_warnings = language.say(nmsg("one warning", "{n} warnings", warnings))
    if errors and warnings:
        return [(language.say(msg("{errors} and {warnings}", errors=said_errors, warnings=said_warnings)), "bad")]
    if not errors and not warnings:
        return [(language.say(nmsg("one note", "{n} notes", len(findings))), "quiet")]
    return [(said_errors, "bad")] if errors else [(said_warnings, "warn")]


# -- the state of a project -------------------------------------------------------------------------------------------


def status_lines(project: Project, assessment: Assessment, language: Language, width: int) -> list[Line]:
    """The screen people live in: six phases at a glance, the verdict so far, what blocks, three next steps."""
    organisation = project.organisation.name if project.organisation else None
    name = project.name or language.say(msg("A community without a name yet"))
    lines: list[Line] = [[(name, "title"), (f" · {organisation}" if organisation else "", "quiet")], []]
    lines += _phase_lines(project, assessment, language, width)
    lines.append([])
    state = standing(project.decisions or []).state
    if state is not State.ACTIVE:
        lines += wrapped(language.say(_ENDED[state]), width, style="now")
        return lines
    if assessment.gate.gate is Gate.REVIEW and not reviewed(project):
        return [
            *lines,
            *_no_review_lines(project, language, width),
            *kill_lines(assessment.kill_criteria, language, width),
        ]
    lines += assessment_lines(assessment, language, width)
    lines += next_step_lines(assessment, language, width)
    lines += kill_lines(assessment.kill_criteria, language, width)
    return lines


def reviewed(project: Project) -> bool:
    """Whether the file holds a review that is not decided yet."""
    return len(project.reviews or []) > reviews_decided(project.decisions or [])


def _no_review_lines(project: Project, language: Language, width: int) -> list[Line]:
    decided = reviews_decided(project.decisions or [])
    planned = sorted((project.launch.reviews_planned if project.launch else None) or [])
    said = (
        msg(
            "The next review is planned for {day}. When it is held, `coplaunch fill review` asks what belongs in it.",
            day=planned[decided],
        )
        if decided < len(planned)
        else msg("No review is open. When the next one is held, `coplaunch fill review` asks what belongs in it.")
    )
    return wrapped(language.say(said), width)


_ENDED: dict[State, Message] = {
    State.STOPPED: msg("This project was stopped. `coplaunch advance --back-to PHASE` takes it up again."),
    State.SUPPORTING: msg("Nothing new is started: what exists already is supported."),
    State.CLOSED: msg("This community was closed."),
}


def _phase_lines(project: Project, assessment: Assessment, language: Language, width: int) -> list[Line]:
    decisions = project.decisions or []
    stands = standing(decisions)
    held = {decisions[position].gate: decisions[position] for position in stands.in_force}
    name_width = _name_width(language)
    lines: list[Line] = []
    for gate in PHASES:
        decision = held.get(gate.gate)
        title = f"{title_of(gate, language):<{name_width}}"
        if decision is not None and decision.decision is not None:
            lines.append(_decided_line(gate.number, title, decision, language))
        elif gate is assessment.gate:
            verdict = language.say(VERDICTS[assessment.verdict])
            lines.append(
                [
                    (f" {gate.number} ", "now"),
                    ("▶ ", "now"),
                    (title, "title"),
                    (verdict, _VERDICT_STYLES[assessment.verdict]),
                    (f"  {_tally(assessment, language)}" if _tally_fits(assessment, language, width) else "", "quiet"),
                ]
            )
        else:
            lines.append([(f" {gate.number}   {title}", "quiet")])
    if stands.phase is Phase.LAUNCHED:
        lines += _review_lines(decisions, assessment, language, name_width)
    return lines


def _decided_line(number: int, title: str, decision: Decision, language: Language) -> Line:
    assert decision.decision is not None
    bad = decision.decision in {DecisionKind.NO_GO, DecisionKind.STOP}
    what = language.say(DECISIONS[decision.decision])
    return [
        (f" {number} ", "quiet"),
        ("✗ " if bad else "✓ ", "bad" if bad else "good"),
        (title, ""),
        (f"{what:<{_decision_width(language)}}", "bad" if bad else "good"),
        (language.day(decision.date) if decision.date else "", "quiet"),
    ]


def _decision_width(language: Language) -> int:
    """The column of decisions: as wide as the longest that can stand there often, and two spaces."""
    usual = (kind for kind in DECISIONS if kind is not DecisionKind.SUPPORT_EXISTING)
    return max(len(language.say(DECISIONS[kind])) for kind in usual) + 2


def _review_lines(
    decisions: Sequence[Decision], assessment: Assessment, language: Language, name_width: int
) -> list[Line]:
    title = f"{title_of(assessment.gate, language):<{name_width}}"
    lines: list[Line] = []
    for decision in decisions:
        if decision.gate is Gate.REVIEW and decision.decision is not None:
            lines.append([("   ", ""), *_decided_line(0, title, decision, language)[1:]])
    return lines


def _name_width(language: Language) -> int:
    return max(len(title_of(gate, language)) for gate in PHASES) + 2


def _tally_fits(assessment: Assessment, language: Language, width: int) -> bool:
    """Whether the counts have room beside the phase and its verdict; else they stand below the phases."""
    verdict = language.say(VERDICTS[assessment.verdict])
    return 5 + _name_width(language) + len(verdict) + 2 + len(_tally(assessment, language)) <= width


def _tally(assessment: Assessment, language: Language) -> str:
    """How many criteria of each level are in order, of how many; levels that the gate does not have are left out."""
    good = (Result.MET, Result.WAIVED, Result.NOT_APPLICABLE)
    counts = []
    for level in Level:
        results = [item.result in good for item in assessment.items if item.criterion.level is level]
        if results:
            counts.append(f"{language.say(LEVELS[level])} {sum(results)}/{len(results)}")
    return " · ".join(counts)


def assessment_lines(assessment: Assessment, language: Language, width: int) -> list[Line]:
    """What stands in the way, and the warnings; for the plan by its two moments."""
    lines: list[Line] = []
    verdict = language.say(VERDICTS[assessment.verdict])
    head = language.say(msg("Verdict so far on {phase}:", phase=title_of(assessment.gate, language).lower()))
    lines.append([(head + " ", ""), (verdict, _VERDICT_STYLES[assessment.verdict])])
    if not _tally_fits(assessment, language, width):
        lines.append([(_tally(assessment, language), "quiet")])
    moments = [moment for moment in Moment if any(i.criterion.moment is moment for i in assessment.items)]
    if moments:
        for moment in moments:
            chosen = [item for item in assessment.blocking if item.criterion.moment is moment]
            said = language.say(VERDICTS[assessment.moment_verdict(moment)])
            lines += [[], [(language.say(_MOMENTS[moment]) + " ", "title"), (said, "quiet")]]
            lines += item_lines(chosen, language, width)
    elif assessment.blocking:
        lines += [[], [(language.say(msg("In the way")), "title")]]
        lines += item_lines(assessment.blocking, language, width)
    warnings = assessment.of(Result.UNMET, level=Level.ADVISED)
    if warnings:
        lines += [[], [(language.say(msg("Warnings")), "title")]]
        lines += item_lines(warnings, language, width)
    return lines


_MOMENTS: dict[Moment, Message] = {
    Moment.START: msg("To start the dry run:"),
    Moment.LAUNCH: msg("To launch:"),
}


def item_lines(items: Sequence[Weighed], language: Language, width: int) -> list[Line]:
    """Each criterion on a line: its mark, its title, its id; below it what was seen, where the answer is no."""
    lines: list[Line] = []
    for item in items:
        mark, style = _MARKS[item.result]
        title = language.say(item.criterion.title)
        id_ = item.criterion.id
        lines += titled(mark, style, title, "bad" if item.result is Result.UNMET else "", id_, width)
        if item.result is Result.UNMET or item.outcome.share is not None:
            lines += wrapped(language.say(item.outcome.saw), width, "    ", "quiet")
        if item.waiver is not None:
            lines += wrapped(item.waiver.why or "", width, "    ", "quiet")
    return lines


def titled(mark: str, style: str, title: str, title_style: str, id_: str, width: int) -> list[Line]:
    """A title behind its mark, with its id at the right edge; below it where the window is too narrow for both."""
    room = width - 4 - len(title) - len(id_)
    if room >= 2:
        return [[(f"  {mark} ", style), (title, title_style), (" " * room, ""), (id_, "quiet")]]
    first, *rest = wrapped(title, width, "    ", title_style, "")
    return [[(f"  {mark} ", style), *first], *rest, [(f"    {id_}", "quiet")]]


def next_step_lines(assessment: Assessment, language: Language, width: int) -> list[Line]:
    """At most three next steps, the cheapest first."""
    if not assessment.next_steps:
        return []
    lines: list[Line] = [[], [(language.say(msg("Next steps")), "title")]]
    for number, item in enumerate(assessment.next_steps, 1):
        todo = language.say(item.outcome.todo or item.criterion.remedy)
        lines += wrapped(sentence(todo), width, "     ", "", f"  {number}. ")
        where = ".".join(str(part) for part in item.outcome.path)
        effort = language.say(EFFORTS[item.criterion.effort])
        lines.append([(f"     {where} · {effort}", "quiet")])
    return lines


def kill_lines(states: Sequence[KillCriterionState], language: Language, width: int) -> list[Line]:
    """How the kill criteria stand; those that are reached in full."""
    if not states:
        return []
    reached = [state for state in states if state.reached]
    if not reached:
        said = language.say(
            nmsg("The kill criterion is not reached", "None of the {n} kill criteria is reached", len(states))
        )
        return [[], [(said, "quiet")]]
    lines: list[Line] = [[], [(language.say(msg("Kill criterion reached")), "bad")]]
    for state in reached:
        lines += wrapped(state.when, width, "    ", "bad", "  ✗ ")
    return lines


def result_word(item: Weighed, language: Language) -> str:
    """The outcome in a word."""
    return language.say(RESULTS[item.result])


def level_word(level: Level, language: Language) -> str:
    """The level in a word."""
    return language.say(LEVELS[level])
