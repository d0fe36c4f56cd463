"""What an import of answers found, for people: what it was taken for, what was left out and why, and what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cop_launch.console.screen import Line, wrapped
from cop_launch.console.views import sentence
from cop_launch.imports.counts import REASON_WORDS, Counts
from cop_launch.imports.questions import (
    ACTIVE,
    CONSENT,
    CONTACT,
    CONTRIBUTION,
    DECLINED,
    GAINS,
    IN_TARGET_GROUP,
    MAYBE,
    MISSING_VOICES,
    NAME,
    NO,
    PARTLY,
    RECOGNISES,
    SEGMENT,
    THEMES,
    WANTS_A_ROLE,
    YES,
)
from cop_launch.locales import Language, Message, msg, nmsg
from cop_launch.records import Record

QUESTION_WORDS: Mapping[str, Message] = {
    CONSENT.id: msg("consent"),
    IN_TARGET_GROUP.id: msg("belongs to the target group"),
    RECOGNISES.id: msg("recognises themselves"),
    THEMES.id: msg("themes"),
    WANTS_A_ROLE.id: msg("wants a role"),
    SEGMENT.id: msg("team or place"),
    CONTRIBUTION.id: msg("what they would do"),
    GAINS.id: msg("what they want out of it"),
    MISSING_VOICES.id: msg("who should not be missing"),
    NAME.id: msg("name"),
    CONTACT.id: msg("e-mail address"),
}
MEANING_WORDS: Mapping[str, Message] = {
    ACTIVE: msg("yes"),
    MAYBE: msg("perhaps"),
    DECLINED: msg("no"),
    YES: msg("yes"),
    PARTLY: msg("partly"),
    NO: msg("no"),
}


class Shown(Record):
    """What is shown of an import. `mapping` has for each question its heading, and by meaning the answers; `unused` are
    the headings that answer none of the questions."""

    source: str
    sheet: str
    counts: Counts
    mapping: Mapping[str, tuple[str, Mapping[str, Sequence[str]]]]
    unused: Sequence[str]
    folded: int
    says: Sequence[Message]


def import_lines(shown: Shown, language: Language, width: int) -> list[Line]:
    """All that an import found."""
    say = language.say
    counts = shown.counts
    read = nmsg("{source}: {n} response", "{source}: {n} responses", counts.answered, source=shown.source)
    lines: list[Line] = [[(say(read), "title"), (f"  ({shown.sheet})" if shown.sheet else "", "quiet")], []]
    lines += _left_out_lines(counts, language)
    lines += [[], [(say(msg("What answers what")), "title")]]
    for question, (heading, answers) in shown.mapping.items():
        lines += wrapped(
            say(msg("{question}: {heading}", question=QUESTION_WORDS[question], heading=heading)),
            width,
            "    ",
            "",
            "  ",
        )
        for meaning, said in answers.items():
            if said:
                listed = " | ".join(said)
                lines += wrapped(f"{say(MEANING_WORDS[meaning])} = {listed}", width, "      ", "quiet", "    ")
    if shown.unused:
        listed = " | ".join(shown.unused)
        lines += wrapped(say(msg("not used: {headings}", headings=listed)), width, "    ", "quiet", "  ")
        if IN_TARGET_GROUP.id not in shown.mapping:
            outsiders = msg("If one of these tells who is not in the target group, name it with --target-column.")
            lines += wrapped(say(outsiders), width, "    ", "quiet", "    ")
    if shown.folded:
        other = nmsg(
            "One other answer is neither yes nor no, and counts as perhaps.",
            "{n} other answers are neither yes nor no, and count as perhaps.",
            shown.folded,
        )
        lines += wrapped(say(other), width, "    ", "warn", "  ")
    lines += [[], [(say(msg("What was counted")), "title")]]
    for question, counted in counts.by_question.items():
        lines += _count_lines(question, counted, counts.accepted, language, width)
    if counts.themes_withheld:
        withheld = nmsg(
            "One theme is not shown: fewer than five people chose it, or all but a few did.",
            "{n} themes are not shown: fewer than five people chose each, or all but a few did.",
            counts.themes_withheld,
        )
        lines += wrapped(say(withheld), width, "    ", "quiet", "  ")
    lines += _segment_lines(counts, language, width)
    for message in shown.says:
        lines += [[], *wrapped(sentence(say(message)), width)]
    return lines


def _segment_lines(counts: Counts, language: Language, width: int) -> list[Line]:
    say = language.say
    parts = [
        msg("{name} {number:number}", name=one.name, number=one.answered)
        if one.active is None
        else msg(
            "{name} {number:number}, of whom {active:number} yes", name=one.name, number=one.answered, active=one.active
        )
        for one in counts.segments
    ]
    lines: list[Line] = []
    if parts:
        listed = "; ".join(say(part) for part in parts)
        question = QUESTION_WORDS[SEGMENT.id]
        lines += wrapped(say(msg("{question}: {answers}", question=question, answers=listed)), width, "    ", "", "  ")
    if counts.segments_withheld:
        withheld = nmsg(
            "One group is not shown: fewer than five people, or one smaller than that would follow from it.",
            "{n} groups are not shown: fewer than five people in each, or one smaller than that would follow from it.",
            counts.segments_withheld,
        )
        lines += wrapped(say(withheld), width, "    ", "quiet", "  ")
    if any(one.active is None for one in counts.segments):
        hidden = msg("Where fewer than five say yes, or fewer than five do not, it is not shown how many do.")
        lines += wrapped(say(hidden), width, "    ", "quiet", "  ")
    return lines


def _left_out_lines(counts: Counts, language: Language) -> list[Line]:
    say = language.say
    lines: list[Line] = [
        [
            (f"  {language.number(number):>7}  ", "warn"),
            (say(msg("left out: {reason}", reason=REASON_WORDS[reason])), ""),
        ]
        for reason, number in counts.excluded.items()
        if number
    ]
    lines.append(
        [
            (f"  {language.number(counts.accepted):>7}  ", "good"),
            (say(nmsg("answer counts", "answers count", counts.accepted)), ""),
        ]
    )
    return lines


def _count_lines(
    question: str, answers: Mapping[str, int], accepted: int, language: Language, width: int
) -> list[Line]:
    say = language.say
    if question == "left_name_and_contribution":
        number = answers[YES]
        left = nmsg(
            "one person left a name and what they would do", "{n} people left a name and what they would do", number
        )
        return wrapped(say(left), width, "    ", "", "  ")
    if question == THEMES.id:
        listed = ", ".join(f"{slug} {language.number(number)}" for slug, number in answers.items())
        return wrapped(say(msg("themes: {listed}", listed=listed)), width, "    ", "", "  ")
    parts = [
        say(msg("{meaning} {number:number}", meaning=MEANING_WORDS[meaning], number=number))
        for meaning, number in answers.items()
    ]
    blank = accepted - sum(answers.values())
    if blank:
        parts.append(say(msg("blank {number:number}", number=blank)))
    name = QUESTION_WORDS.get(question, QUESTION_WORDS[WANTS_A_ROLE.id])
    return wrapped(say(msg("{question}: {answers}", question=name, answers=", ".join(parts))), width, "    ", "", "  ")
