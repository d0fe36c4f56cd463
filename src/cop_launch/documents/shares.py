"""A share that decides, as people can be told it: the count, the margin, what it says and what would settle it.

The sentences stand in the templates; here is which of them are true.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction
from math import ceil

from cop_launch.answers import Answers
from cop_launch.gates import Criterion, Dossier
from cop_launch.locales import Message
from cop_launch.phases import concept_test, initiative
from cop_launch.records import Record, replace
from cop_launch.statistics import (
    SMALL_GROUP,
    Interval,
    Share,
    Weighed,
    answers_to_settle,
    minimum_answers,
    weigh,
    wilson,
    wilson_of_small_group,
)
from cop_launch.workflow import GATES, assess


class Says(StrEnum):
    """What a share says about its threshold."""

    TOO_FEW = "too_few"
    """Too few answers to say anything."""
    SURE = "sure"
    """Over it, the whole margin too."""
    LIKELY = "likely"
    """At or over it, but the margin begins below it."""
    UNDECIDED = "undecided"
    """Under it, but the margin reaches over it, and there are people left to ask."""
    SURELY_NOT = "surely_not"
    """Under it, the whole margin too; in a small group of known size the margin of that group."""
    NOT = "not"
    """Under it, and nobody is left to ask."""


class Settles(StrEnum):
    """What it takes to say for certain on which side of the threshold the share lies."""

    NOTHING = "nothing"
    """It is certain already."""
    MORE = "more"
    """So many more answers in the same proportion."""
    EVERYONE = "everyone"
    """Nothing less than everybody who has not answered."""
    NEVER = "never"
    """No number of answers: the share lies on the threshold, or too near to it."""


class Margin(Record):
    """An interval in words: its ends in whole percents, or finer where that would tell another story."""

    low: Fraction
    high: Fraction


class Told(Record):
    """One decisive share.

    `fraction` and `margin` are None as long as nobody answered, and the margin too when everybody did. `of_question`
    is the share of those who answered this question, where it would say something else. `whole_group` is the margin in
    a small group of known size; `left` those in it who have not answered.
    """

    criterion: str
    title: Message
    share: Share
    threshold: Fraction
    says: Says
    settles: Settles
    needed: int
    """The count at which the threshold would be reached with these answers."""
    minimum: int
    wanting: int
    """How many answers are wanting to have the minimum."""
    more: int = 0
    """How many more answers would settle it, where a number does."""
    fraction: Fraction | None = None
    interval: Interval | None = None
    margin: Margin | None = None
    maybe: int | None = None
    declined: int | None = None
    blank: int | None = None
    of_question: Share | None = None
    invited: int | None = None
    response: Fraction | None = None
    group_size: int | None = None
    left: int | None = None
    everyone: bool = False
    whole_group: Margin | None = None
    whole_group_interval: Interval | None = None
    whole_group_says: str = ""
    """`over` or `under` where that margin lies on one side of the threshold altogether."""


def told_of_interviews(dossier: Dossier) -> Told | None:
    """The interviewees who want to contribute; None while nobody counted them."""
    answers = initiative.who_want_to_contribute(dossier)
    if answers is None:
        return None
    size, minimum = initiative.size_of_groups(dossier), initiative.enough_interviews(dossier)
    said = dossier.project.initiative.interviews if dossier.project.initiative else None
    told = _told(dossier, initiative.willing_in_interviews, answers, minimum, size, None)
    return told and _with_the_others(told, answers, said.want_to_contribute if said else None)


def told_of_test(dossier: Dossier) -> Told | None:
    """Those who want a role, in the test that decides; None while nobody counted them."""
    test, file = concept_test.latest_test(dossier), concept_test.evidence_of_test(dossier)
    answers = concept_test.who_want_a_role(dossier)
    if test is None or answers is None:
        return None
    size = concept_test.size_of_group(dossier)
    invited = test.invited if test.invited is not None else file.invited if file else None
    told = _told(dossier, concept_test.willing_share, answers, minimum_answers(size), size, invited)
    said = test.wants_a_role
    if told and (said is None or said.active is None) and file:
        counts = (file.counts or {}).get("wants_a_role", {})
        return replace(
            told, maybe=counts.get("maybe"), declined=counts.get("declined"), blank=_blank(answers)
        )  # fmt: skip
    return told and _with_the_others(told, answers, said)


DECISIVE: dict[str, Callable[[Dossier], Told | None]] = {
    initiative.willing_in_interviews.id: told_of_interviews,
    concept_test.willing_share.id: told_of_test,
}
"""The criteria whose share decides, and what tells it."""


def _with_the_others(told: Told, answers: Answers, said: object) -> Told:
    maybe, declined = getattr(said, "maybe", None), getattr(said, "declined", None)
    return replace(told, maybe=maybe, declined=declined, blank=_blank(answers))


def _blank(answers: Answers) -> int | None:
    """Those who left this question open; None where nobody counted."""
    if answers.to_question is None or answers.to_question > answers.counted:
        return None
    return answers.counted - answers.to_question


def _told(
    dossier: Dossier, criterion: Criterion, answers: Answers, minimum: int, size: int | None, invited: int | None
) -> Told | None:
    share = answers.share
    if share is None:
        return None
    threshold = threshold_of(dossier, criterion)
    n = share.denominator
    left_to_ask = size is None or n < size
    weighed = weigh(share, threshold, minimum, left_to_ask, size)
    interval = wilson(share)
    says = _says(share, threshold, weighed, interval, left_to_ask)
    whole = None if weighed is Weighed.TOO_FEW else wilson_of_small_group(share, size)
    settles, more = _settles(share, threshold, says, size, whole)
    return Told(
        criterion.id,
        criterion.title,
        share,
        threshold,
        says,
        settles,
        ceil(threshold * n),
        minimum,
        max(0, minimum - n),
        more,
        fraction=share.fraction if n else None,
        interval=interval if n and left_to_ask else None,
        margin=in_words(interval, threshold) if n and left_to_ask else None,
        of_question=_of_question(answers, threshold, weighed, left_to_ask, size),
        invited=invited if invited is not None and invited >= n else None,
        response=Fraction(n, invited) if invited and invited >= n else None,
        group_size=size if size is not None and size >= n else None,
        left=size - n if size is not None and size >= n else None,
        everyone=bool(n) and not left_to_ask,
        whole_group=in_words(whole, threshold) if whole else None,
        whole_group_interval=whole,
        whole_group_says=_side(whole, threshold),
    )


def threshold_of(dossier: Dossier, criterion: Criterion) -> Fraction:
    """The threshold that counts here: the project's own where it has one."""
    gate = next(gate for gate in GATES.values() if criterion in gate.criteria)
    (item,) = assess(dossier, replace(gate, criteria=(criterion,))).items
    assert item.threshold is not None
    return item.threshold


def _says(share: Share, threshold: Fraction, weighed: Weighed, interval: Interval, left_to_ask: bool) -> Says:
    match weighed:
        case Weighed.TOO_FEW:
            return Says.TOO_FEW
        case Weighed.MET:
            return Says.SURE if interval.low >= threshold or not left_to_ask else Says.LIKELY
        case Weighed.UNDECIDED:
            return Says.UNDECIDED
        case Weighed.UNMET:
            return Says.SURELY_NOT if left_to_ask else Says.NOT


def _settles(
    share: Share, threshold: Fraction, says: Says, size: int | None, whole: Interval | None
) -> tuple[Settles, int]:
    if says in {Says.SURE, Says.SURELY_NOT, Says.NOT} or (whole and not whole.low < threshold <= whole.high):
        return Settles.NOTHING, 0
    if share.denominator == 0:
        return Settles.NEVER, 0
    more = answers_to_settle(share, threshold, size)
    if more == 0:
        return Settles.NOTHING, 0
    if more is not None:
        return Settles.MORE, more
    few_left = size is not None and share.denominator < size < SMALL_GROUP
    return (Settles.EVERYONE if few_left else Settles.NEVER), 0


def _of_question(
    answers: Answers, threshold: Fraction, weighed: Weighed, left_to_ask: bool, size: int | None
) -> Share | None:
    if answers.to_question is None or not answers.yes <= answers.to_question < answers.counted:
        return None
    other = Share(answers.yes, answers.to_question)
    if weighed not in {Weighed.UNMET, Weighed.UNDECIDED} or not other.denominator:
        return None
    return other if weigh(other, threshold, 1, left_to_ask, size) is not weighed else None


def _side(interval: Interval | None, threshold: Fraction) -> str:
    if interval is None:
        return ""
    return "over" if interval.low >= threshold else "under" if interval.high < threshold else ""


def in_words(interval: Interval, threshold: Fraction) -> Margin:
    """An interval as people say it: in whole percents, or in tenths where whole ones would tell another story."""
    for digits in (2, 3, 4):
        low, high = (Fraction(round(bound * 10**digits), 10**digits) for bound in (interval.low, interval.high))
        same_side = (low < threshold) == (interval.low < threshold) and (high < threshold) == (
            interval.high < threshold
        )
        if same_side and high != threshold:
            break
    return Margin(low, high)
