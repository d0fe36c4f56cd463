"""What the answers mean: as somebody said, as our own form says, or by their words."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

from cop_launch.imports.columns import CLOSED, Columns, Unsure
from cop_launch.imports.layout import same
from cop_launch.imports.questions import (
    ACTIVE,
    DECLINED,
    IN_TARGET_GROUP,
    MAYBE,
    NO,
    PARTLY,
    QUESTIONS,
    RECOGNISES,
    WANTS_A_ROLE,
    YES,
)
from cop_launch.imports.tally import Tally
from cop_launch.imports.wording import by_words, own_answer

MEANINGS: Mapping[str, tuple[str, ...]] = {
    WANTS_A_ROLE.id: (ACTIVE, MAYBE, DECLINED),
    RECOGNISES.id: (YES, PARTLY, NO),
    IN_TARGET_GROUP.id: (YES, NO),
}

Meanings = Mapping[str, Mapping[str, str]]
"""For each question: what an answer, as it is compared, means."""


def find_meanings(
    counted: Tally, columns: Columns, given: Mapping[str, Mapping[str, Sequence[str]]]
) -> tuple[Meanings, Unsure | None]:
    """What every answer means: as given, as our own form says, or by its words. And what has to be asked.

    `given` has answers by question and meaning. When it says which answers are a yes, the ones that nobody knows are
    neither yes nor no: perhaps, or in the target group none.
    """
    meanings: dict[str, dict[str, str]] = {}
    unsure: Unsure | None = None
    for position, question in enumerate(CLOSED):
        if question not in columns.by_question:
            continue
        answers: Counter[str] = Counter()
        for key, number in counted.keys.items():
            if key[position]:
                answers[str(key[position])] += number
        known = {same(answer): meaning for meaning, said in given.get(question, {}).items() for answer in said}
        settled = YES_OF[question] in given.get(question, {})
        unknown: Counter[str] = Counter()
        for answer, number in answers.items():
            meaning = known.get(same(answer)) or known.get(same(kept_short(answer))) or explained(question, answer)
            if meaning is None and settled:
                meaning = OTHERWISE[question]
            if meaning is None:
                unknown[answer] += number
            else:
                known[same(answer)] = meaning
        meanings[question] = known
        if unknown and unsure is None:
            listed = sorted(unknown.items(), key=lambda one: (-one[1], one[0]))
            unsure = Unsure(question, (columns.by_question[question],), tuple(listed))
    return meanings, unsure


YES_OF = {WANTS_A_ROLE.id: ACTIVE, RECOGNISES.id: YES, IN_TARGET_GROUP.id: YES}
OTHERWISE = {WANTS_A_ROLE.id: MAYBE, RECOGNISES.id: PARTLY, IN_TARGET_GROUP.id: NO}
"""What an answer means of which nobody said anything, once somebody said which ones are a yes."""


def explained(question: str, answer: str) -> str | None:
    """What an answer means by our own form, or by its words; None where neither tells."""
    ours = next((one for one in QUESTIONS if one.id == question), None)
    return (own_answer(ours, answer) if ours else None) or by_words(question, answer)


def kept_short(answer: str) -> str:
    """An answer of a few people, as the mapping keeps it: a mark by which it is known again, and no words."""
    return "#" + hashlib.sha256(same(answer).encode()).hexdigest()[:16]
