"""Phase 1, initiative: is there a need, and who pulls?"""

from __future__ import annotations

from fractions import Fraction

from cop_launch.gates import (
    Dossier,
    Effort,
    Level,
    Outcome,
    PhaseGate,
    Unit,
    criterion,
    met,
    missing,
    number_of,
    share_of,
    unmet,
)
from cop_launch.locales import msg, nmsg
from cop_launch.model.decision import Gate, Result
from cop_launch.statistics import Share, Weighed, weigh, wilson

SMALL_GROUP = 40
"""Below this size a target group counts as small, and six interviews are enough. Set here."""


@criterion(Level.REQUIRED, reads="initiative.urgency initiative.initiators", sources="oh-hemel", effort=Effort.MEET)
def urgency_stated(d: Dossier) -> Outcome:
    """Why now, in someone else's words

    An idea that only its initiators find urgent goes quiet as soon as they are busy. Someone else has to be able to
    say why this cannot wait.

    Ask two or three people why this matters now, and write down what they say, who said it and when.
    """
    initiative = d.project.initiative
    said = (initiative.urgency if initiative else None) or []
    complete = [s for s in said if s.text and s.by and s.date]
    if complete:
        return met(
            nmsg(
                "one person says why now: {by}",
                "{n} people say why now, {by} among them",
                len(complete),
                by=complete[0].by,
            )
        )
    if said:
        return missing(msg("something was said, but not by whom and when"), msg("add `by` and `date` to what was said"))
    return missing(msg("nobody other than the initiator has said why now"))


@criterion(
    Level.REQUIRED,
    reads="initiative.interviews.held initiative.interviews.evidence initiative.target_groups.*.size",
    sources="feverbee",
    threshold=number_of(10),
    effort=Effort.GATHER,
)
def interviews_enough(d: Dossier, threshold: Fraction) -> Outcome:
    """Enough conversations held

    Ten open conversations show which needs come back; in a group of under 40 people six do. A need that one
    enthusiast describes is a hunch.

    Interview people from the target group until you have ten; `coplaunch render` makes the interview guide.
    """
    interviews = d.project.initiative.interviews if d.project.initiative else None
    held = interviews.held if interviews else None
    enough = _enough_interviews(d, threshold)
    if held is None:
        return missing(msg("no interviews counted yet"))
    if held >= enough:
        return met(
            nmsg(
                "one interview held, {enough} are enough",
                "{n} interviews held, {enough} are enough",
                held,
                enough=enough,
            )
        )
    return missing(
        nmsg(
            "one interview held, {enough} are needed", "{n} interviews held, {enough} are needed", held, enough=enough
        ),
        nmsg("hold one more interview", "hold {n} more interviews", enough - held),
    )


@criterion(
    Level.DECISIVE,
    reads="initiative.interviews.want_to_contribute initiative.interviews.held initiative.interviews.evidence "
    "initiative.target_groups.*.size",
    sources="hard-work wilson",
    threshold=share_of(20, "hard-work"),
    may_be=(Result.MET, Result.MISSING, Result.UNMET),
    effort=Effort.GATHER,
)
def willing_in_interviews(d: Dossier, threshold: Fraction) -> Outcome:
    """People who were interviewed want to contribute

    At least one in five of the people interviewed has to want to contribute actively, or the community has little
    chance. Perhaps is not yes.

    Ask every interviewee whether and what they would contribute, and count yes, perhaps and no.
    """
    share = _willing(d)
    if share is None:
        return missing(msg("nobody has counted how many interviewees want to contribute"))
    group = _group_size(d)
    weighed = weigh(share, threshold, _enough_interviews(d, Fraction(10)), group is None or share.denominator < group)
    interval = wilson(share)
    if weighed is Weighed.TOO_FEW:
        return missing(
            msg(
                "{k} of {n} interviewees want to contribute: too few conversations to say",
                k=share.numerator,
                n=share.denominator,
            ),
            share=share,
        )
    values = {
        "k": share.numerator,
        "n": share.denominator,
        "share": share.fraction,
        "low": interval.low,
        "high": interval.high,
        "threshold": threshold,
    }
    if weighed is Weighed.MET:
        return met(
            msg(
                "{k} of {n} = {share:percent} want to contribute, 95% interval {low:percent} to {high:percent}; {threshold:percent} is enough",
                **values,
            ),
            share=share,
        )
    if weighed is Weighed.UNMET:
        return unmet(
            msg(
                "{k} of {n} = {share:percent} want to contribute, 95% interval {low:percent} to {high:percent}: under {threshold:percent}",
                **values,
            ),
            share=share,
        )
    return missing(
        msg(
            "{k} of {n} = {share:percent} want to contribute, 95% interval {low:percent} to {high:percent}: {threshold:percent} is still possible",
            **values,
        ),
        msg("interview more people"),
        share=share,
    )


def _group_size(d: Dossier) -> int | None:
    groups = (d.project.initiative.target_groups if d.project.initiative else None) or {}
    sizes = [group.size for group in groups.values()]
    return sum(size for size in sizes if size is not None) if sizes and None not in sizes else None


def _enough_interviews(d: Dossier, threshold: Fraction) -> int:
    group = _group_size(d)
    return min(6, int(threshold)) if group is not None and group < SMALL_GROUP else int(threshold)


def _willing(d: Dossier) -> Share | None:
    """Those who want to contribute actively, of all who were interviewed."""
    interviews = d.project.initiative.interviews if d.project.initiative else None
    said = interviews.want_to_contribute if interviews else None
    if interviews is None or said is None or said.active is None:
        return None
    held = interviews.held if interviews.held is not None else said.active + (said.maybe or 0) + (said.declined or 0)
    return Share(said.active, held) if said.active <= held else None


PHASE = PhaseGate(
    Gate.INITIATIVE,
    1,
    msg("Initiative"),
    msg("Is there a need, who feels it, and who pulls?"),
    (urgency_stated, interviews_enough, willing_in_interviews),
)
