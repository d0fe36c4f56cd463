"""What headings and answers mean: by the exact words of our own form, and, in forms of others, by their words alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from cop_launch.imports.layout import same
from cop_launch.imports.questions import (
    ACTIVE,
    CONSENT,
    CONTACT,
    CONTRIBUTION,
    DECLINED,
    IN_TARGET_GROUP,
    MAYBE,
    NAME,
    NO,
    PARTLY,
    QUESTIONS,
    RECOGNISES,
    WANTS_A_ROLE,
    YES,
    FormQuestion,
)

# -- our own form -----------------------------------------------------------------------------------------------------


@cache
def _patterns(id_: str) -> tuple[re.Pattern[str], ...]:
    """The words of a question, in every language, as they are compared; what the form fills in may be anything."""
    question = next(question for question in QUESTIONS if question.id == id_)
    words = (*question.words.values(), *question.earlier)
    return tuple(re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(same(text)))) for text in words)


def _loose(code: str) -> str:
    """A code as tools leave it: without the signs that some of them do not allow, and with no group before it."""
    return re.sub(r"[^a-z0-9]", "", code.casefold().rsplit("/", 1)[-1].rsplit("-", 1)[-1])


def _begins(words: str, cut: str) -> bool:
    """Whether a heading that was cut off can be these words; behind what the form fills in nothing can be told."""
    fixed, filled_in, _ = same(words).partition("{")
    return fixed.startswith(cut) or bool(filled_in and cut.startswith(fixed))


def own_question(heading: str, code: str) -> FormQuestion | None:
    """The question of our own form with these words above its column, or with this code; cut-off words will do."""
    text = same(heading)
    cut = text if heading.rstrip().endswith(("...", "…")) and len(text) > 20 else ""
    for question in QUESTIONS:
        if _loose(question.id) in {_loose(code), _loose(heading)} or any(
            p.fullmatch(text) for p in _patterns(question.id)
        ):
            return question
        if cut and any(_begins(words, cut) for words in question.words.values()):
            return question
        last = text.rsplit("/", 1)[-1]  # a group before it
        if last != text and any(p.fullmatch(last) for p in _patterns(question.id)):
            return question
    return None


def own_answer(question: FormQuestion, answer: str) -> str | None:
    """What an answer to our own question means; tools give the words or the code, and cut codes at five letters."""
    text = same(answer)
    for option in question.options:
        if text in {same(words) for words in option.words.values()} or text == option.meaning:
            return option.meaning
    if len(text) == 5 and text.isalpha():
        return next((option.meaning for option in question.options if option.meaning.startswith(text)), None)
    return None


# -- forms of others: columns -----------------------------------------------------------------------------------------

_ABOUT: Mapping[str, re.Pattern[str]] = {
    WANTS_A_ROLE.id: re.compile(
        r"\b(rol|rollen|role|meedoen|meewerken|meehelpen|meebouwen|bijdragen|actief|actieve|actively|active|deelnemen|"
        r"contribute|take part|participate|join|help|helpen|iets doen)\b"
    ),
    RECOGNISES.id: re.compile(r"\b(herken|herkent|herkenbaar|recogni[sz]e|recogni[sz]able|identify with)\b"),
    IN_TARGET_GROUP.id: re.compile(
        r"\b(doelgroep|target group|target audience|behoor je|behoort u|hoor je bij|hoor jij bij|do you belong)\b"
    ),
    CONTRIBUTION.id: re.compile(
        r"\b(wat zou je (willen )?(doen|bijdragen|inbrengen)|jouw bijdrage|je bijdrage|welke bijdrage|"
        r"waarmee wil je helpen|"
        r"what would you (like to )?(do|bring|contribute)|your contribution|what could you)\b"
    ),
    NAME.id: re.compile(r"^(je |jouw |uw |your )?(naam|name|voornaam|first name|full name)\b"),
    CONTACT.id: re.compile(r"\b(e-?mail|mailadres|telefoonnummer|phone)\b"),
    CONSENT.id: re.compile(r"(?!)"),  # whoever made the form knows what was consented to
}  # fmt: skip


def is_about(question: str, heading: str) -> bool:
    """Whether the words above a column could be this question, in a form of somebody else."""
    pattern = _ABOUT.get(question)
    return bool(pattern and pattern.search(same(heading)))


# -- forms of others: answers -----------------------------------------------------------------------------------------


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_YES = _words(
    "ja yes graag zeker absoluut absolutely definitely certainly sure gladly actief actively enthousiast jazeker"
)
_MAYBE = _words("misschien maybe perhaps wellicht mogelijk possibly twijfel weet know unsure later eventueel")
_NO = _words("nee neen no not niet nooit never geen")
_PARTLY = _words("deels gedeeltelijk partly somewhat beetje bit soms sometimes enigszins half")
_FILLING = _words(
    "ik i wil will zou would like to want a an een rol role het dit this that doe do mee doen meedoen take part "
    "nog yet don dont t dank je u bedankt thank thanks you with pleasure please heel erg very much nu now op at the "
    "moment helemaal volledig fully completely myself mezelf me in mij erin daar d er wel bijdragen contribute "
    "actieve active iets something zelf deze community aan willen liever rather helpen help m"
)


def by_words(question: str, answer: str) -> str | None:
    """What an answer means, when every one of its words is known; None otherwise, since half a sentence can turn it."""
    words = frozenset(re.findall(r"[^\W\d_]+", same(answer)))
    if not words or words - (_YES | _MAYBE | _NO | _PARTLY | _FILLING):
        return None
    role = question == WANTS_A_ROLE.id
    if words & _MAYBE or ("sure" in words and words & _NO):
        return MAYBE if role else None
    if words & _PARTLY:
        return MAYBE if role else PARTLY
    if words & _NO:
        return None if words & _YES - {"graag", "actief", "actively"} else DECLINED if role else NO
    if words & _YES:
        return ACTIVE if role else YES
    return None


# -- several answers in one cell --------------------------------------------------------------------------------------


def chosen(cell: str, options: Iterable[str], separator: str) -> list[str]:
    """The options in a cell that joins them, also those that hold the separator themselves; what is no option is
    passed over."""
    known = sorted((option for option in options if option), key=len, reverse=True)
    sign = separator.strip() or separator
    rest, found = cell.strip(), []
    while rest:
        for option in known:
            if rest.casefold().startswith(option.casefold()):
                after = rest[len(option) :].lstrip()
                if not after or after.startswith(sign) or (separator == " " and rest[len(option)] == " "):
                    found.append(option)
                    rest = after.removeprefix(sign).lstrip() if separator != " " else after
                    break
        else:
            _, _, rest = rest.partition(sign)
            rest = rest.lstrip()
    return found
