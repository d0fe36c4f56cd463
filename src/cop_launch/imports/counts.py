"""From what was answered to counts: numbers only, and none of a group that is too small to be one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from cop_launch.answers import Group, is_shown, shown_groups
from cop_launch.findings import Exit, Refused
from cop_launch.imports.columns import Columns
from cop_launch.imports.dates import days_of
from cop_launch.imports.layout import same
from cop_launch.imports.meanings import MEANINGS, Meanings
from cop_launch.imports.questions import (
    ACTIVE,
    CONTACT,
    CONTRIBUTION,
    IN_TARGET_GROUP,
    NAME,
    NO,
    PARTLY,
    RECOGNISES,
    SEGMENT,
    THEMES,
    WANTS_A_ROLE,
    YES,
)
from cop_launch.imports.responses import Responses
from cop_launch.imports.tally import DUPLICATE, EMPTY, NO_CONSENT, PREVIEW, UNFINISHED, Tally
from cop_launch.locales import Message, msg
from cop_launch.model.evidence import SMALL
from cop_launch.records import Record

OUTSIDE, INITIATORS = "outside_target_group", "initiators"
REASONS = (PREVIEW, UNFINISHED, EMPTY, DUPLICATE, NO_CONSENT, OUTSIDE, INITIATORS)
"""Why a response does not count, in the order in which it is asked: each is left out for one reason only."""

MOST_GROUPS, FEW, LONGEST_NAME = 30, 5, 60
"""More groups than this, with longer names, or, where there are more than a few, fewer than two people in each: then
they were not chosen from a list. Set here."""

_ALL = "all"


class Counts(Record):
    """What an import found: numbers only.

    `answered` are all responses in the file; those that count are `answered` less `excluded`. `by_question` has for
    each question how many of those that count gave each answer; `themes_withheld` are themes too small to show.
    `segments` are the groups that may be shown, largest first, and `segments_withheld` counts those too small to.
    """

    answered: int
    excluded: Mapping[str, int]
    by_question: Mapping[str, Mapping[str, int]]
    themes_withheld: int
    first: date | None
    last: date | None
    segments: tuple[Group, ...] = ()
    segments_withheld: int = 0

    @property
    def accepted(self) -> int:
        """The responses that count."""
        return self.answered - sum(self.excluded.values())


def count(
    responses: Responses,
    columns: Columns,
    counted: Tally,
    meanings: Meanings,
    segment_names: Mapping[str, str] | None = None,
) -> Counts:
    """The counts by meaning, of the responses that count.

    `segment_names` are the groups that our own form offers, by every name and code that a tool may give them, as it is
    compared; an empty group is none. Raises `Refused` (``open-column``) where the groups were not chosen from a few.
    """
    excluded = Counter(counted.left_out)
    said: dict[str, Counter[str]] = {question: Counter() for question in (WANTS_A_ROLE.id, RECOGNISES.id)}
    themes: Counter[str] = Counter()
    left_name = 0
    groups: dict[str, Counter[str]] = {}
    for (role, recognised, target, named, initiator, liked, group), number in counted.keys.items():
        if target and meanings.get(IN_TARGET_GROUP.id, {}).get(same(target)) == NO:
            excluded[OUTSIDE] += number
            continue
        if initiator:
            excluded[INITIATORS] += number
            continue
        if role:
            said[WANTS_A_ROLE.id][meanings[WANTS_A_ROLE.id][same(role)]] += number
        if group:
            of_group = groups.setdefault(group, Counter())
            of_group[_ALL] += number
            of_group[ACTIVE] += number if role and meanings[WANTS_A_ROLE.id][same(role)] == ACTIVE else 0
        if recognised:
            said[RECOGNISES.id][meanings[RECOGNISES.id][same(recognised)]] += number
        left_name += number if named else 0
        for slug in liked:
            themes[slug] += number
    accepted = counted.rows - sum(excluded.values())
    by_question: dict[str, Mapping[str, int]] = {}
    for question, answers in said.items():
        if question in columns.by_question:
            by_question[question] = {
                meaning: answers[meaning]
                for meaning in MEANINGS[question]
                if meaning != PARTLY or answers[meaning] or PARTLY in meanings[question].values()
            }
    if {CONTRIBUTION.id} <= set(columns.by_question) and {NAME.id, CONTACT.id} & set(columns.by_question):
        by_question["left_name_and_contribution"] = {YES: left_name}
    shown = {slug: number for slug, number in sorted(themes.items()) if is_shown(number, accepted)}
    if shown:
        by_question[THEMES.id] = shown
    named_groups = _named_groups(responses, columns, groups, segment_names or {})
    segments = shown_groups(named_groups, accepted, said[WANTS_A_ROLE.id][ACTIVE])
    days = days_of(counted.days, responses.layout.order)
    reasons = {reason: excluded[reason] for reason in REASONS if excluded[reason]}
    return Counts(
        counted.rows,
        reasons,
        by_question,
        len(themes) - len(shown),
        days[0] if days else None,
        days[-1] if days else None,
        segments,
        len(named_groups) - len(segments),
    )


def _named_groups(
    responses: Responses, columns: Columns, groups: Mapping[str, Counter[str]], names: Mapping[str, str]
) -> list[Group]:
    """The groups, by the name that the plan has for them or else as most people wrote it.

    In the answers to our own form only those that the plan lists are groups.
    A name that fewer than `SMALL` people wrote in that way is taken as it is compared: nobody's own spelling is kept.
    """
    asked = columns.by_question.get(SEGMENT.id)
    if asked is None:
        return []
    listed = SEGMENT.id in columns.own and any(names.values())
    written: dict[str, Counter[str]] = {}
    for group, counted in groups.items():
        name = names.get(same(group), "" if listed else None)
        key = same(group) if name is None else same(name)
        if key:
            written.setdefault(key, Counter())[name or group] += counted[_ALL]
    unknown = [(key, spellings) for key, spellings in written.items() if not set(spellings) <= set(names.values())]
    in_all = sum(spellings.total() for _, spellings in unknown)
    words = any(len(key) > LONGEST_NAME or "@" in key for key, _ in unknown)
    if words or len(unknown) > MOST_GROUPS or (len(unknown) > FEW and len(unknown) * 2 > in_all):
        raise Refused(
            msg(
                "The column '{heading}' in {file} holds people's own words, not a choice of groups.",
                heading=asked.label,
                file=responses.table.file,
            ),
            msg("Name a column in which people chose one team, place or role, with --segment; or leave it out."),
            Exit.USAGE,
            "open-column",
        )
    found = []
    for key, spellings in sorted(written.items()):
        spelling, often = min(spellings.items(), key=lambda one: (-one[1], one[0]))
        name = " ".join(spelling.split()) if often >= SMALL or key in map(same, names.values()) else key
        of_group = [counted for group, counted in groups.items() if same(names.get(same(group), group)) == key]
        found.append(Group(name, spellings.total(), sum(counted[ACTIVE] for counted in of_group)))
    return found


REASON_WORDS: Mapping[str, Message] = {
    PREVIEW: msg("previews and tests"),
    UNFINISHED: msg("not finished"),
    EMPTY: msg("empty"),
    DUPLICATE: msg("answered twice"),
    NO_CONSENT: msg("without consent"),
    OUTSIDE: msg("outside the target group"),
    INITIATORS: msg("of initiators"),
}
