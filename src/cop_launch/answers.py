"""What people answered, counted and weighed: how criteria read figures that come by hand or from an evidence file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from cop_launch.gates import Outcome, met, missing, unmet
from cop_launch.locales import Message, msg, nmsg
from cop_launch.model.evidence import SMALL, EvidenceFile
from cop_launch.model.initiative import Willingness
from cop_launch.records import Record, replace
from cop_launch.statistics import SMALL_GROUP, Share, Weighed, answers_to_settle, weigh, wilson, wilson_of_small_group

_NONE = frozenset({"none", "no", "nothing", "geen", "nee", "niets", "0"})


def says_none(text: str) -> bool:
    """Whether a text says that there is none: an answer, and the answer is no."""
    return text.strip().rstrip(".").casefold() in _NONE


# -- groups that are too small ----------------------------------------------------------------------------------------


def is_shown(number: int, of: int) -> bool:
    """Whether so many of so many may be shown: neither they nor the others are too few."""
    return SMALL <= number <= of - SMALL


class Group(Record):
    """A team, place or role among those who answered; `active` want a role, None where that is not shown."""

    name: str
    answered: int
    active: int | None


def shown_groups(groups: Iterable[Group], answered: int, active: int) -> tuple[Group, ...]:
    """The groups that may be shown beside the totals, largest first; of each, whether it can be said who want a role.

    Nobody may find a group of fewer than `SMALL` by taking the others from the total: what is left out is at least
    that large together, and both those in it who want a role and those who do not are, or there is nothing left out.
    So the smallest that could be shown is left out as well, until that holds. `active` of the totals is always shown.
    """
    shown = sorted((one for one in groups if one.answered >= SMALL), key=lambda one: (-one.answered, one.name))
    while shown and 0 < answered - sum(one.answered for one in shown) < SMALL:
        shown.pop()
    said = [one for one in shown if one.active is not None and is_shown(one.active, one.answered)]
    while said:
        yes = active - sum(one.active or 0 for one in said)
        no = answered - active - sum(one.answered - (one.active or 0) for one in said)
        if yes == no == 0 or min(yes, no) >= SMALL:
            break
        said.remove(min(said, key=lambda one: (min(one.active or 0, one.answered - (one.active or 0)), one.name)))
    return tuple(one if one in said else replace(one, active=None) for one in shown)


# -- shares -----------------------------------------------------------------------------------------------------------


class Answers(Record):
    """The answers to one question: so many said yes.

    `counted` are all complete answers that count, blank ones too: the denominator of the share. `to_question` are
    those who answered this question; None when nobody kept count.
    """

    yes: int
    counted: int
    to_question: int | None = None

    @property
    def share(self) -> Share | None:
        """The share that decides; None when the counts do not add up."""
        return Share(self.yes, self.counted) if self.yes <= self.counted else None


def counted_answers(answered: int | None, left_out: Mapping[str, int] | None, file: EvidenceFile | None) -> int | None:
    """The number of answers that count, by hand or else from the evidence file: those answered less those left out.

    None while nobody said how many answered, and when more are left out than there are.
    """
    everyone = answered if answered is not None else file.answered if file else None
    excluded = left_out if left_out is not None else file.excluded if file else None
    if everyone is None:
        return None
    counted = everyone - sum((excluded or {}).values())
    return counted if counted >= 0 else None


def willing_answers(
    said: Willingness | None, counted: int | None, file: EvidenceFile | None, question: str
) -> Answers | None:
    """Those who said yes, by hand or else from the evidence file's counts of `question`; perhaps is not yes.

    None while the yeses or the answers that count are not known.
    """
    if said is None or said.active is None:
        counts = ((file.counts or {}).get(question) if file else None) or {}
        said = Willingness(active=counts.get("active"), maybe=counts.get("maybe"), declined=counts.get("declined"))
    if said.active is None or counted is None:
        return None
    known = said.maybe is not None and said.declined is not None
    return Answers(said.active, counted, said.active + (said.maybe or 0) + (said.declined or 0) if known else None)


def weigh_answers(answers: Answers, threshold: Fraction, minimum: int, group_size: int | None) -> Outcome:
    """What the answers say about a threshold that decides, with the interval and what would settle it.

    `group_size` is the number of people who could answer; None when nobody knows, and then people are left to ask.
    """
    share = answers.share
    if share is None:
        return missing(msg("the counts do not add up: {k} of {n}", k=answers.yes, n=answers.counted))
    left_to_ask = group_size is None or share.denominator < group_size
    weighed = weigh(share, threshold, minimum, left_to_ask, group_size)
    if weighed is Weighed.TOO_FEW:
        return missing(
            msg(
                "{k} of {n}: too few answers to say, {minimum} is the least",
                k=share.numerator,
                n=share.denominator,
                minimum=minimum,
            ),
            nmsg("ask one more person", "ask {n} more people", max(1, minimum - share.denominator)),
            share=share,
        )
    interval = wilson(share)
    figures = {
        "k": share.numerator,
        "n": share.denominator,
        "share": share.fraction,
        "low": interval.low,
        "high": interval.high,
        "least": float(threshold * 100),
    }
    if weighed is Weighed.MET:
        return met(
            msg(
                "{k} of {n} = {share:percent}, 95% interval {low:percent} to {high:percent}; {least:number}% is enough",
                **figures,
            ),
            share=share,
        )
    saw = _of_those_who_answered_this(answers, weighed, threshold, left_to_ask, group_size, figures)
    whole = wilson_of_small_group(share, group_size)
    if saw is None and whole is not None and whole.high < threshold <= interval.high:
        figures |= {"low": whole.low, "high": whole.high, "size": group_size}
        saw = msg(
            "{k} of {n} = {share:percent}, 95% interval for a group of {size} {low:percent} to {high:percent}: "
            "even its upper end is under {least:number}%",
            **figures,
        )
    saw = saw or _under(interval.high < threshold, left_to_ask, figures)
    if weighed is Weighed.UNMET:
        return unmet(saw, share=share)
    return missing(saw, _what_settles(share, threshold, group_size), share=share)


def _under(surely: bool, left_to_ask: bool, figures: dict[str, Any]) -> Message:
    if surely:
        return msg(
            "{k} of {n} = {share:percent}, 95% interval {low:percent} to {high:percent}: "
            "even its upper end is under {least:number}%",
            **figures,
        )
    if not left_to_ask:
        return msg("{k} of {n} = {share:percent}: under {least:number}%, and nobody is left to ask", **figures)
    return msg(
        "{k} of {n} = {share:percent}, 95% interval {low:percent} to {high:percent}: "
        "under {least:number}%, but not for certain",
        **figures,
    )


def _of_those_who_answered_this(
    answers: Answers,
    weighed: Weighed,
    threshold: Fraction,
    left_to_ask: bool,
    group_size: int | None,
    figures: dict[str, Any],
) -> Message | None:
    """Both shares, where leaving out those who left this question blank would change what follows."""
    if answers.to_question is None or not answers.yes <= answers.to_question < answers.counted:
        return None
    other = Share(answers.yes, answers.to_question)
    if weigh(other, threshold, 1, left_to_ask, group_size) in {weighed, Weighed.TOO_FEW}:
        return None
    return msg(
        "{k} of {n} = {share:percent}, 95% interval {low:percent} to {high:percent}: under {least:number}%; "
        "of the {m} who answered this question it is {other:percent}",
        m=other.denominator,
        other=other.fraction,
        **figures,
    )


def _what_settles(share: Share, threshold: Fraction, group_size: int | None) -> Message:
    more = answers_to_settle(share, threshold, group_size)
    if more:
        return nmsg(
            "ask more people: one more answer in the same proportion would settle it",
            "ask more people: {n} more answers in the same proportion would settle it",
            more,
        )
    if group_size is not None and group_size < SMALL_GROUP:
        return nmsg(
            "ask the one person who has not answered: nothing less settles it",
            "ask all {n} people who have not answered: nothing less settles it",
            group_size - share.denominator,
        )
    return msg("so near the threshold no number of answers settles it: ask those who hesitate what would make it a yes")
