"""One pass over the responses: which ones count, and how often the same answers were given together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from operator import itemgetter
from typing import Any, NamedTuple

from cop_launch.findings import Exit, Refused
from cop_launch.imports.columns import CLOSED, Columns
from cop_launch.imports.dates import day_text
from cop_launch.imports.doubles import Doubles
from cop_launch.imports.layout import Cells, never, same
from cop_launch.imports.questions import CONSENT, CONTACT, CONTRIBUTION, NAME, SEGMENT, THEMES, limesurvey_code
from cop_launch.imports.responses import Asked, Responses, blocks_of, ignore
from cop_launch.imports.tables import Advance, has_text
from cop_launch.imports.wording import chosen
from cop_launch.locales import msg

PREVIEW, UNFINISHED, EMPTY, DUPLICATE, NO_CONSENT = "preview", "unfinished", "empty", "duplicate", "no_consent"

_CHOSEN = frozenset({"y", "yes", "ja", "j", "1", "true", "checked", "selected", "x", "aangevinkt", "geselecteerd"})
_NOT_CHOSEN = frozenset({"", "n/a", "0", "no", "nee", "n", "false", "not selected", "niet geselecteerd", "n.v.t"})
_NO_ANSWER = frozenset({"", "n/a"})
_MOST_DIFFERENT = 50_000
"""Different sets of answers after which they cannot have been chosen from a few."""


class Said(NamedTuple):
    """The answers of a response that matter, in the words of the form: the closed questions first, as `CLOSED` lists
    them. `left_both`: a name and a contribution. `segment` is the group that somebody belongs to."""

    role: str
    recognises: str
    target: str
    left_both: bool
    initiator: bool
    liked: frozenset[str]
    segment: str


@dataclass(slots=True)
class Tally:
    """What one pass over the responses counts: how many gave the same answers, not yet by their meaning."""

    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    keys: Counter[Said] = field(default_factory=Counter)
    days: set[str] = field(default_factory=set)


class _Left(NamedTuple):
    """What somebody left behind by which people know who it is."""

    both: bool
    initiator: bool


_NOTHING_LEFT = _Left(both=False, initiator=False)
_BOTH = _Left(both=True, initiator=False)
_INITIATOR = _Left(both=True, initiator=True)
_Alike = tuple[Sequence[str], _Left, frozenset[str], str]


def tally(
    responses: Responses,
    columns: Columns,
    themes: Mapping[str, str],
    initiators: frozenset[str] = frozenset(),
    advance: Advance = ignore,
) -> Tally:
    """One pass over all responses, in flat memory but for a number for each of them.

    A response is left out for the first of these: it is a preview or a test; it was not finished; it is empty; the
    same response, the same person or the same words came before. `initiators` are names and addresses, as they are
    compared.
    """
    layout, found = responses.layout, columns.by_question
    result = Tally()
    without_empty, first_ones = _without_empty(responses), Doubles(responses).first_ones
    consent = found.get(CONSENT.id) if CONSENT.id in columns.own else None
    closed = [found.get(question) for question in CLOSED] + [consent]
    indices = sorted({column.index for asked in closed if asked is not None for column in asked.columns})
    closed_of = _several(indices)
    left, liked = _left(responses, columns, initiators), _liked(found.get(THEMES.id), themes, layout.separator)
    segment = found.get(SEGMENT.id)
    segment_at = segment.single if segment else None
    # The same few answers come back again and again: what they are is looked at once, and here they are only counted.
    alike: Counter[_Alike] = Counter()
    for block in blocks_of(responses, advance):
        rows, number = block, len(block)
        result.rows += number
        for reason, says in ((PREVIEW, layout.preview), (UNFINISHED, layout.unfinished)):
            if says is not never:
                rows = [cells for cells in rows if not says(cells)]
                result.left_out[reason] += number - len(rows)
                number = len(rows)
        for reason, kept in ((EMPTY, without_empty), (DUPLICATE, first_ones)):
            rows = kept(rows)
            result.left_out[reason] += number - len(rows)
            number = len(rows)
        if layout.submitted is not None:
            _add_days(result.days, rows, layout.submitted)
        groups = map(itemgetter(segment_at), rows) if segment_at is not None else repeat("", number)
        alike.update(zip(map(closed_of, rows), left(rows), liked(rows), groups, strict=True))
        if len(alike) > _MOST_DIFFERENT:
            raise Refused(
                msg("The columns chosen in {file} hold open answers, not a choice.", file=responses.table.file),
                msg("Name the column in which people say yes, perhaps or no, with --role-column."),
                Exit.USAGE,
                "open-column",
            )
    _sort_out(result, alike, closed, indices)
    return result


_BEGINNING = itemgetter(slice(11))


def _add_days(days: set[str], rows: Sequence[Cells], submitted: int) -> None:
    moments = list(map(itemgetter(submitted), rows))
    beginnings = set(map(_BEGINNING, moments))  # of a day that is one word, all; of others it is not looked at
    firsts = {beginning.partition(" ")[0] for beginning in beginnings}
    if all(len(first) >= 6 and first[0].isdigit() for first in firsts):
        days.update(map(day_text, firsts))
    else:
        days.update(map(day_text, moments))


def _sort_out(
    result: Tally, alike: Mapping[_Alike, int], closed: Sequence[Asked | None], indices: Sequence[int]
) -> None:
    """Puts the answers that were counted in the columns `indices` at the questions that they answer."""
    cells = [""] * (max(indices, default=0) + 1)
    *questions, consent = map(_picker, closed)
    for (values, left, liked, segment), number in alike.items():
        for index, value in zip(indices, values, strict=True):
            cells[index] = value
        if closed[-1] is not None and same(consent(cells)) in _NOT_CHOSEN:
            result.left_out[NO_CONSENT] += number
            continue
        role, recognised, target = (question(cells) for question in questions)
        result.keys[Said(role, recognised, target, left.both, left.initiator, liked, segment.strip())] += number


def _several(indices: Sequence[int]) -> Callable[[Cells], Sequence[str]]:
    if not indices:
        return lambda cells: ()
    if len(indices) == 1:
        (one,) = indices
        return lambda cells: (cells[one],)
    return itemgetter(*indices)  # gives a tuple, which can be counted and compared as it is


# -- what is empty ----------------------------------------------------------------------------------------------------


def _without_empty(responses: Responses) -> Callable[[list[list[str]]], list[list[str]]]:
    """Takes out the responses that say nothing, or only which options were not chosen."""
    plain = next((asked.single for asked in responses.asked if asked.single is not None), None)
    answers_of = _several([column.index for asked in responses.asked for column in asked.columns])
    checks = [
        (column.index, _NOT_CHOSEN if column.option else _NO_ANSWER)
        for asked in responses.asked
        for column in asked.columns
    ]
    options = any(column.option for asked in responses.asked for column in asked.columns)

    def says_something(cells: Cells) -> bool:
        return has_text(answers_of(cells)) and not (
            options and all(same(cells[index]) in nothing for index, nothing in checks)
        )

    def without(rows: list[list[str]]) -> list[list[str]]:
        if plain is not None and _NO_ANSWER.isdisjoint(map(same, set(map(itemgetter(plain), rows)))):
            return rows  # all of them answered this question
        return [cells for cells in rows if says_something(cells)]

    return without


# -- one answer, several answers, words -------------------------------------------------------------------------------


def _picker(asked: Asked | None) -> Callable[[Cells], str]:
    """The answer to a question of which one answer is chosen, also where each option has its own column."""
    if asked is None:
        return lambda cells: ""
    single = asked.single
    if single is not None:
        return lambda cells: cells[single].strip()
    options = [(column.index, column.option) for column in asked.columns]

    def pick(cells: Cells) -> str:
        return next((option for index, option in options if _is_chosen(cells[index], option)), "")

    return pick


def _is_chosen(cell: str, option: str) -> bool:
    text = same(cell)
    return bool(text) and (text in _CHOSEN or text == same(option))


def _left(
    responses: Responses, columns: Columns, initiators: frozenset[str]
) -> Callable[[Sequence[Cells]], list[_Left]]:
    """Who left a name or address and what they would do, and whose name or address is an initiator's."""
    found = columns.by_question
    known_by = _indices(found.get(NAME.id), found.get(CONTACT.id))
    offered_in = _indices(found.get(CONTRIBUTION.id))
    person = responses.layout.person
    who = [*known_by, *([person] if person is not None else [])] if initiators else known_by
    who_of, nobody = _several(who), ("",) * len(who)

    def left(cells: Cells) -> _Left:
        if initiators and any(same(cells[index]) in initiators for index in who):
            return _INITIATOR
        return _BOTH if _has_words(cells, known_by) and _has_words(cells, offered_in) else _NOTHING_LEFT

    def left_by_all(rows: Sequence[Cells]) -> list[_Left]:
        return [
            _NOTHING_LEFT if known == nobody else left(cells)
            for known, cells in zip(map(who_of, rows), rows, strict=True)
        ]

    return left_by_all


def _indices(*asked: Asked | None) -> list[int]:
    return [column.index for one in asked if one is not None for column in one.columns]


def _has_words(cells: Cells, indices: Sequence[int]) -> bool:
    for index in indices:
        cell = cells[index]
        if cell and (len(cell) > 5 or same(cell) not in {"", "n/a", "-"}):
            return True
    return False


class _Remembered(dict[Any, frozenset[str]]):
    """What a cell, or several, come to: worked out once for those that come back."""

    def __init__(self, work_out: Callable[[Any], frozenset[str]]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, cells: Any) -> frozenset[str]:
        found = self._work_out(cells)
        if len(self) < 10_000:
            self[cells] = found
        return found


def _liked(
    asked: Asked | None, themes: Mapping[str, str], separator: str
) -> Callable[[Sequence[Cells]], Sequence[frozenset[str]]]:
    """The themes that each response chose, by slug."""
    nothing: frozenset[str] = frozenset()
    slugs = {same(name): slug for slug, title in themes.items() for name in (title, slug, limesurvey_code(slug, 20))}
    with_options = [(c.index, c.option, slugs.get(same(c.option))) for c in asked.columns if c.option] if asked else []
    by_option = [(index, option, slug) for index, option, slug in with_options if slug]
    single = asked.single if asked else None
    if by_option:
        indices = [index for index, _, _ in by_option]
        cells_of: Callable[[Cells], Any] = itemgetter(*indices, indices[0])  # a tuple, also of one

        def work_out(cells: Any) -> frozenset[str]:
            return frozenset(
                slug for cell, (_, option, slug) in zip(cells, by_option, strict=False) if _is_chosen(cell, option)
            )

    elif single is not None and themes:
        cells_of = itemgetter(single)
        known = [*themes.values(), *themes]

        def work_out(cells: Any) -> frozenset[str]:
            return frozenset(slugs[same(option)] for option in chosen(cells, known, separator))

    else:
        return lambda rows: [nothing] * len(rows)
    remembered = _Remembered(work_out)
    return lambda rows: list(map(remembered.__getitem__, map(cells_of, rows)))
