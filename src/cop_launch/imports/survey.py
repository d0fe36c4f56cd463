"""From responses to counts: which column answers which question, which responses count, and what the answers mean.

Pure: tables come in, counts go out, and where something cannot be known it is said as `Unsure`, for somebody to answer.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from cop_launch.findings import Exit, Refused
from cop_launch.imports.dates import day_text, days_of, seconds
from cop_launch.imports.layout import Cells, Column, Layout, Source, never, same
from cop_launch.imports.plain import PLAIN
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
    THEMES,
    WANTS_A_ROLE,
    YES,
    limesurvey_code,
)
from cop_launch.imports.sources import SURVEYS
from cop_launch.imports.tables import Advance, Row, Table, has_text, letter, no_table, wrong_cell
from cop_launch.imports.wording import by_words, chosen, is_about, own_answer, own_question
from cop_launch.imports.wrong import has_no_headings, refuse_wrong_export
from cop_launch.locales import Message, msg

SMALL = 5
"""Fewer people than this are not shown as a group. Source: `design/product.md`, small groups."""

PREVIEW, UNFINISHED, EMPTY, DUPLICATE = "preview", "unfinished", "empty", "duplicate"
NO_CONSENT, OUTSIDE, INITIATORS = "no_consent", "outside_target_group", "initiators"
REASONS = (PREVIEW, UNFINISHED, EMPTY, DUPLICATE, NO_CONSENT, OUTSIDE, INITIATORS)
"""Why a response does not count, in the order in which it is asked: each is left out for one reason only."""

MEANINGS: Mapping[str, tuple[str, ...]] = {
    WANTS_A_ROLE.id: (ACTIVE, MAYBE, DECLINED),
    RECOGNISES.id: (YES, PARTLY, NO),
    IN_TARGET_GROUP.id: (YES, NO),
}
CLOSED = tuple(MEANINGS)
"""Questions whose answers have a meaning, the one that decides first."""

SAMPLE = 2000
"""Responses that are looked at to tell which column is which."""
_CHOSEN = frozenset({"y", "yes", "ja", "j", "1", "true", "checked", "selected", "x", "aangevinkt", "geselecteerd"})
_NOT_CHOSEN = frozenset({"", "n/a", "0", "no", "nee", "n", "false", "not selected", "niet geselecteerd", "n.v.t"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the form asked it: its words, its code, and the columns that hold its answers."""

    heading: str
    code: str
    columns: tuple[Column, ...]

    @property
    def label(self) -> str:
        """What it is called where the mapping is written down."""
        return " ".join((self.heading or self.code).split())

    @property
    def single(self) -> int | None:
        """The column of the answer where one is chosen; None where every option has its own column."""
        return next((column.index for column in self.columns if not column.option), None)


@dataclass(frozen=True, slots=True)
class Responses:
    """A table of responses: the tool it comes from, how it is laid out, and the questions in it."""

    source: Source
    table: Table
    layout: Layout
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Unsure:
    """What has to be asked of a person: which column, or what an answer means.

    `answer` is None when the column of `question` is not known; then `choices` are the columns that it could be.
    """

    question: str
    choices: tuple[Asked, ...] = ()
    answers: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column answers which question of ours; `own` are the questions with our own form's words or code."""

    by_question: Mapping[str, Asked]
    own: frozenset[str] = frozenset()


# -- what kind of table it is -----------------------------------------------------------------------------------------


def recognise(tables: Sequence[Table]) -> Responses:
    """The first sheet that some tool's export is in, or else the first with headings.

    Raises `Refused`: ``wrong-export`` for what is no table of responses, ``bad-table`` where the headings are missing.
    """
    heads = [(table, table.head(40)) for table in tables]
    for table, head in heads:
        refuse_wrong_export(table.file, [row.cells for row in head])
    for source in SURVEYS:
        for table, head in heads:
            cells = _padded(head)
            if len(cells) < 2 and source is PLAIN:
                continue
            if source is PLAIN and has_no_headings(cells):
                raise wrong_cell(
                    table.file,
                    head[0].number,
                    0,
                    msg("the first row looks like an answer, not like a heading above a column"),
                    msg("Put a row above it with the question of each column; a heading is never counted as a person."),
                )
            layout = source.layout(cells)
            if layout is not None and layout.columns:
                return Responses(source, table, layout, _questions(layout.columns))
    problem = msg("there are headings in it at most, and no responses")
    raise no_table(tables[0].file, problem, msg("Export it once more, and choose all responses."))


def _padded(head: Sequence[Row]) -> list[Cells]:
    width = max((len(row.cells) for row in head), default=0)
    return [[*row.cells, *[""] * (width - len(row.cells))] for row in head]


def _questions(columns: Sequence[Column]) -> tuple[Asked, ...]:
    """Columns of one question together: those with options, by code or words; a column without is its own question,
    or the whole answer of the question with options after it."""
    grouped: dict[str, list[Column]] = {}
    for column in columns:
        key = f"{column.code}\0{column.heading}" if column.code else column.heading
        if not column.option and any(not other.option for other in grouped.get(key, ())):
            key += f"\0{column.index}"  # another question with the same words
        grouped.setdefault(key, []).append(column)
    return tuple(Asked(group[0].heading, group[0].code, tuple(group)) for group in grouped.values())


# -- which column is which --------------------------------------------------------------------------------------------


def find_columns(responses: Responses, given: Mapping[str, str], themes: Mapping[str, str]) -> Columns | Unsure:
    """Which column answers which question: as given, else by the words of our own form, else by words alone.

    `given` names columns by question: a heading, a part of one that no other heading has, a code, or a letter.
    `themes` are the titles of the project's themes by slug.
    """
    found: dict[str, Asked] = {}
    own: set[str] = set()
    for question, written in given.items():
        found[question] = _named(responses, written)
    for asked in responses.asked:
        known = own_question(asked.heading, asked.code)
        if known is not None and known.id not in found:
            found[known.id] = asked
            own.add(known.id)
    for question, asked in found.items():
        known = own_question(asked.heading, asked.code)
        if known is not None and known.id == question:
            own.add(question)
    if THEMES.id not in found and (asked_themes := _asked_themes(responses.asked, themes)):
        found[THEMES.id] = asked_themes
    taken = {id(asked) for asked in found.values()}
    left = [asked for asked in responses.asked if id(asked) not in taken]
    sample = _sample(responses)
    for question in (WANTS_A_ROLE.id, RECOGNISES.id, IN_TARGET_GROUP.id):
        if question not in found:
            about = [asked for asked in left if is_about(question, asked.heading) and asked.single is not None]
            sure = [asked for asked in about if _all_known(question, sample, asked)]
            if len(sure) == 1 and (len(about) == 1 or question == WANTS_A_ROLE.id):
                found[question] = sure[0]
                left.remove(sure[0])
            elif question == WANTS_A_ROLE.id:
                closed = [asked for asked in about if _is_closed(sample, asked)]
                if len(closed) == 1 and not sure:
                    found[question] = closed[0]
                    left.remove(closed[0])
                    continue
                return Unsure(question, tuple(closed or [asked for asked in left if _is_closed(sample, asked)] or left))
    for question in (CONTRIBUTION.id, NAME.id, CONTACT.id):
        about = [asked for asked in left if is_about(question, asked.heading)]
        if question not in found and len(about) == 1:
            found[question] = about[0]
            left.remove(about[0])
    return Columns(found, frozenset(own))


def _named(responses: Responses, written: str) -> Asked:
    wanted = same(written)
    for fits in (
        lambda asked: wanted in {same(asked.heading), same(asked.label)},
        lambda asked: written == asked.code,
        lambda asked: wanted and wanted in same(asked.heading),
        lambda asked: written.isalpha() and written.isupper() and written in map(_letter, asked.columns),
    ):
        found = [asked for asked in responses.asked if fits(asked)]
        if len(found) == 1:
            return found[0]
        if found:
            raise Refused(
                msg("{n} columns of {file} fit '{written}'.", n=len(found), file=responses.table.file, written=written),
                msg("Write more of its heading, or the letter of the column."),
                Exit.USAGE,
                "unknown-column",
            )
    headings = [asked.label if len(asked.label) <= 60 else asked.label[:59] + "…" for asked in responses.asked[:20]]
    raise Refused(
        msg("There is no column '{written}' in {file}.", file=responses.table.file, written=written),
        msg("The columns are: {headings}", headings=" | ".join(headings)),
        Exit.USAGE,
        "unknown-column",
    )


def _letter(column: Column) -> str:
    return letter(column.index)


def _asked_themes(asked: Sequence[Asked], themes: Mapping[str, str]) -> Asked | None:
    """A question whose options are the themes: a column for each, called by its title."""
    titles = {same(title) for title in themes.values()}  # never by slug: a heading could be that word
    columns = tuple(
        Column(column.index, one.heading, column.option or column.heading)
        for one in asked
        for column in one.columns
        if same(column.option or column.heading) in titles
    )
    return (
        Asked(columns[0].heading if columns[0].heading != columns[0].option else THEMES.id, "", columns)
        if columns
        else None
    )


def _sample(responses: Responses) -> list[Cells]:
    found: list[Cells] = []
    for _, cells in _data(responses, _ignore):
        found.append(cells)
        if len(found) == SAMPLE:
            break
    return found


def _ignore(_: int) -> None:
    """Nobody waits for a sample."""


def _distinct(sample: Sequence[Cells], asked: Asked) -> Counter[str]:
    index = asked.single
    return Counter(same(cells[index]) for cells in sample if cells[index].strip()) if index is not None else Counter()


def _all_known(question: str, sample: Sequence[Cells], asked: Asked) -> bool:
    answers = _distinct(sample, asked)
    return bool(answers) and all(by_words(question, answer) is not None for answer in answers)


def _is_closed(sample: Sequence[Cells], asked: Asked) -> bool:
    """Whether the answers of a question were chosen from a few."""
    answers = _distinct(sample, asked)
    return 1 <= len(answers) <= 12 and (len(answers) <= 5 or len(answers) * 2 <= answers.total())


# -- row by row -------------------------------------------------------------------------------------------------------


def _data(responses: Responses, advance: Advance) -> Iterator[Row]:
    """The responses: the rows below the headings that hold anything, each as wide as the headings."""
    layout, ragged = responses.layout, responses.table.ragged
    left, width = layout.heading_rows, 0
    for row in responses.table.rows(advance):
        cells = row.cells
        if left:
            if has_text(cells):
                width = max(width, max(index for index, cell in enumerate(cells) if cell.strip()) + 1)
                left -= 1
        elif len(cells) == width and cells[0]:
            yield row
        elif has_text(cells):
            yield row if len(cells) == width else _fitted(responses, row, width, ragged)


def _fitted(responses: Responses, row: Row, width: int, ragged: bool) -> Row:
    cells = row.cells
    if len(cells) > width:
        extra = next((index for index in range(width, len(cells)) if cells[index].strip()), None)
        if extra is None:
            return Row(row.number, cells[:width])
        problem = msg("there is something in this row where no column has a heading")
        hint = msg("Export it once more, or open it in a spreadsheet and look what went wrong in this row.")
        raise wrong_cell(responses.table.file, row.number, extra, problem, hint)
    if ragged and len(cells) < width:
        problem = msg("this row ends before the last column does")
        hint = msg("A line break in an answer may have cut it in two. Export it once more from the tool that made it.")
        raise wrong_cell(responses.table.file, row.number, len(cells), problem, hint)
    return Row(row.number, [*cells, *[""] * (width - len(cells))])


@dataclass(slots=True)
class Tally:
    """What one pass over the responses counts. A key holds the answers that matter, not yet by their meaning."""

    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    keys: Counter[tuple[str, str, str, bool, bool, frozenset[str]]] = field(default_factory=Counter)
    days: set[str] = field(default_factory=set)


def tally(
    responses: Responses,
    columns: Columns,
    themes: Mapping[str, str],
    initiators: frozenset[str] = frozenset(),
    advance: Advance = _ignore,
) -> Tally:
    """One pass over all responses, in flat memory but for a number for each of them.

    A response is left out for the first of these: it is a preview or a test; it was not finished; it is empty; the
    same response, the same person or the same words came before. `initiators` are names, as they are compared.
    """
    layout, found = responses.layout, columns.by_question
    result = Tally()
    days, left_out = result.days, result.left_out
    answers_of = _several([column.index for asked in responses.asked for column in asked.columns])
    options = any(column.option for asked in responses.asked for column in asked.columns)
    is_double = _doubles(responses)
    consent = found.get(CONSENT.id) if CONSENT.id in columns.own else None
    closed = [found.get(question) for question in CLOSED] + [consent]
    indices = sorted({column.index for asked in closed if asked is not None for column in asked.columns})
    closed_of = _several(indices)
    named, offered = (_filled([found.get(NAME.id), found.get(CONTACT.id)]), _filled([found.get(CONTRIBUTION.id)]))
    names = _picker(found.get(NAME.id)) if initiators else None
    liked = _themes_picker(found.get(THEMES.id), themes, layout.separator)
    submitted = layout.submitted
    preview, unfinished = (None if says is never else says for says in (layout.preview, layout.unfinished))
    # The same few answers come back again and again: what they are is looked at once, and here they are only counted.
    alike: dict[tuple[Sequence[str], bool, bool, frozenset[str]], int] = {}
    day: str | None = None
    for _, cells in _data(responses, advance):
        result.rows += 1
        answers = answers_of(cells)
        if preview is not None and preview(cells):
            left_out[PREVIEW] += 1
        elif unfinished is not None and unfinished(cells):
            left_out[UNFINISHED] += 1
        elif not (answers[0].strip() or has_text(answers)) or (options and _nothing_chosen(responses, cells)):
            left_out[EMPTY] += 1
        elif is_double(cells, answers):
            left_out[DUPLICATE] += 1
        else:
            if submitted is not None:
                moment = cells[submitted]
                first, _, _ = moment.partition(" ")
                if first != day or len(first) < 6:
                    day = first
                    days.add(day_text(moment))
            left_name = named(cells)
            initiator = left_name and names is not None and same(names(cells)) in initiators
            said = (closed_of(cells), left_name and offered(cells), initiator, liked(cells))
            if said in alike:
                alike[said] += 1
                continue
            alike[said] = 1
            if len(alike) > _MOST_DIFFERENT:
                raise Refused(
                    msg("The columns chosen in {file} hold open answers, not a choice.", file=responses.table.file),
                    msg("Name the column in which people say yes, perhaps or no, with --role-column."),
                    Exit.USAGE,
                    "open-column",
                )
    _sort_out(result, alike, closed, indices)
    return result


_MOST_DIFFERENT = 50_000
"""Different sets of answers after which they cannot have been chosen from a few."""


def _sort_out(
    result: Tally,
    alike: Mapping[tuple[Sequence[str], bool, bool, frozenset[str]], int],
    closed: Sequence[Asked | None],
    indices: Sequence[int],
) -> None:
    """Puts the answers that were counted in the columns `indices` at the questions that they answer."""
    cells = [""] * (max(indices, default=0) + 1)
    *questions, consent = map(_picker, closed)
    for (values, left_both, initiator, liked), number in alike.items():
        for index, value in zip(indices, values, strict=True):
            cells[index] = value
        if closed[-1] is not None and same(consent(cells)) in _NOT_CHOSEN:
            result.left_out[NO_CONSENT] += number
            continue
        role, recognised, target = (question(cells) for question in questions)
        result.keys[role, recognised, target, left_both, initiator, liked] += number


def _several(indices: Sequence[int]) -> Callable[[Cells], Sequence[str]]:
    if not indices:
        return lambda cells: ()
    if len(indices) == 1:
        (one,) = indices
        return lambda cells: (cells[one],)
    return itemgetter(*indices)  # gives a tuple, which can be counted and compared as it is


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


def _filled(asked: Sequence[Asked | None]) -> Callable[[Cells], bool]:
    indices = [column.index for one in asked if one is not None for column in one.columns]

    def filled(cells: Cells) -> bool:
        for index in indices:
            cell = cells[index]
            if cell and (len(cell) > 5 or same(cell) not in {"", "n/a", "-"}):
                return True
        return False

    return filled


def _themes_picker(asked: Asked | None, themes: Mapping[str, str], separator: str) -> Callable[[Cells], frozenset[str]]:
    nothing: frozenset[str] = frozenset()
    if asked is None or not themes:
        return lambda cells: nothing
    slugs = {same(name): slug for slug, title in themes.items() for name in (title, slug, limesurvey_code(slug, 20))}
    with_options = [(c.index, c.option, slugs.get(same(c.option))) for c in asked.columns if c.option]
    by_option = [(index, option, slug) for index, option, slug in with_options if slug]
    if by_option:
        return lambda cells: frozenset(slug for index, option, slug in by_option if _is_chosen(cells[index], option))
    single = asked.single
    if single is None:
        return lambda cells: nothing
    known = [*themes.values(), *themes]
    cache: dict[str, frozenset[str]] = {}

    def pick(cells: Cells) -> frozenset[str]:
        cell = cells[single]
        found = cache.get(cell)
        if found is None:
            found = frozenset(slugs[same(option)] for option in chosen(cell, known, separator))
            if len(cache) < 10_000:
                cache[cell] = found
        return found

    return pick


def _nothing_chosen(responses: Responses, cells: Cells) -> bool:
    """Whether all that a response holds is that options were not chosen."""
    return all(
        same(cells[column.index]) in (_NOT_CHOSEN if column.option else {"", "n/a"})
        for asked in responses.asked
        for column in asked.columns
    )


_NOBODY = frozenset({"", "anonymous", "anoniem", "anónimo", "n/a"})
_REMEMBERED = 10_000


def _doubles(responses: Responses) -> Callable[[Cells, Sequence[str]], bool]:
    """Tells whether a response came before: by its number, by its person, or by its words within the same minute.

    Two people can choose the same answers in the same minute. So alike answers are one person's only when they were
    begun or sent at the same second, or hold words of somebody's own. It is asked of the cells of a response and of its
    answers. Kept are numbers instead of texts, and alike answers only among the last so many: the size of a file must
    not matter.
    """
    layout = responses.layout
    number_at, person_at, submitted, started = layout.response, layout.person, layout.submitted, layout.started
    open_ = _open_columns(responses)
    numbers: set[int] = set()
    people: set[int] = set()
    lately: dict[int, str] = {}
    earlier: dict[int, str] = {}

    def said_before(cells: Cells, said: int, before: str, moment: str) -> bool:
        if not _within_a_minute(before, moment):
            lately[said] = moment
            return False
        return bool(started is not None and cells[started]) or before == moment or any(cells[i].strip() for i in open_)

    def is_double(cells: Cells, answers: Sequence[str]) -> bool:
        nonlocal lately, earlier
        number = hash(cells[number_at]) if number_at is not None and cells[number_at] else None
        if number in numbers:
            return True
        person = None
        if person_at is not None and (name := cells[person_at]) and (name := name.strip().casefold()) not in _NOBODY:
            person = hash(name)
            if person in people:
                return True
        if submitted is not None:
            said = hash((cells[started], answers)) if started is not None else hash(answers)
            moment = cells[submitted]
            before = lately.get(said) or earlier.get(said)
            if before is None:
                if len(lately) >= _REMEMBERED:
                    lately, earlier = {}, lately
                lately[said] = moment
            elif said_before(cells, said, before, moment):
                return True
        if number is not None:
            numbers.add(number)
        if person is not None:
            people.add(person)
        return False

    return is_double


def _within_a_minute(one: str, other: str) -> bool:
    first, second = seconds(one), seconds(other)
    if first is None or second is None:
        return False
    return day_text(one) == day_text(other) and abs(first - second) <= 60


def _open_columns(responses: Responses) -> tuple[int, ...]:
    """The columns with people's own words."""
    sample = _sample(responses)
    found = []
    for asked in responses.asked:
        index = asked.single
        if index is None:
            continue
        answers = _distinct(sample, asked)
        if len(answers) > 1 and len(answers) * 2 > answers.total() and sum(map(len, answers)) > 12 * len(answers):
            found.append(index)
    return tuple(found)


def open_answers(responses: Responses, columns: Columns) -> Iterator[tuple[Asked, Iterator[str]]]:
    """The open questions, and what people wrote there: for reading in a terminal, never for a file."""
    personal = {NAME.id, CONTACT.id}
    skipped = {id(asked) for question, asked in columns.by_question.items() if question in personal}
    open_ = set(_open_columns(responses))
    for asked in responses.asked:
        if id(asked) not in skipped and asked.single in open_:
            index = asked.single
            yield asked, (row.cells[index].strip() for row in _data(responses, _ignore) if row.cells[index].strip())


# -- what the answers mean --------------------------------------------------------------------------------------------

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


# -- counts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counts:
    """What an import found: numbers only.

    `answered` are all responses in the file; those that count are `answered` less `excluded`. `by_question` has for
    each question how many of those that count gave each answer; `themes_withheld` are themes too small to show.
    """

    answered: int
    excluded: Mapping[str, int]
    by_question: Mapping[str, Mapping[str, int]]
    themes_withheld: int
    first: date | None
    last: date | None

    @property
    def accepted(self) -> int:
        """The responses that count."""
        return self.answered - sum(self.excluded.values())


def count(responses: Responses, columns: Columns, counted: Tally, meanings: Meanings) -> Counts:
    """The counts by meaning, of the responses that count."""
    excluded = Counter(counted.left_out)
    said: dict[str, Counter[str]] = {question: Counter() for question in (WANTS_A_ROLE.id, RECOGNISES.id)}
    themes: Counter[str] = Counter()
    left_name = 0
    for (role, recognised, target, named, initiator, liked), number in counted.keys.items():
        if target and meanings.get(IN_TARGET_GROUP.id, {}).get(same(target)) == NO:
            excluded[OUTSIDE] += number
            continue
        if initiator:
            excluded[INITIATORS] += number
            continue
        if role:
            said[WANTS_A_ROLE.id][meanings[WANTS_A_ROLE.id][same(role)]] += number
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
    shown = {slug: number for slug, number in sorted(themes.items()) if SMALL <= number <= accepted - SMALL}
    if shown:
        by_question[THEMES.id] = shown
    days = days_of(counted.days, responses.layout.order)
    reasons = {reason: excluded[reason] for reason in REASONS if excluded[reason]}
    return Counts(
        counted.rows,
        reasons,
        by_question,
        len(themes) - len(shown),
        days[0] if days else None,
        days[-1] if days else None,
    )


REASON_WORDS: Mapping[str, Message] = {
    PREVIEW: msg("previews and tests"),
    UNFINISHED: msg("not finished"),
    EMPTY: msg("empty"),
    DUPLICATE: msg("answered twice"),
    NO_CONSENT: msg("without consent"),
    OUTSIDE: msg("outside the target group"),
    INITIATORS: msg("of initiators"),
}


# -- the mapping, as the evidence file keeps it -----------------------------------------------------------------------

_BETWEEN = " | "


def written_mapping(
    responses: Responses, columns: Columns, given: Mapping[str, Mapping[str, Sequence[str]]]
) -> dict[str, str]:
    """What the next import needs to know: the column of each question, and which answers were said to mean what.

    Answers that our own form or their words explain are not kept: they would be explained in the same way again.
    """
    written: dict[str, str] = {}
    labels = Counter(asked.label for asked in responses.asked)
    for question in (one.id for one in QUESTIONS):
        asked = columns.by_question.get(question)
        if asked is None:
            continue
        unique = labels[asked.label] <= 1 or question == THEMES.id
        written[question] = asked.label if unique else _letter(asked.columns[0])
        for meaning, answers in given.get(question, {}).items():
            if answers:
                written[f"{question}.{meaning}"] = _BETWEEN.join(answers)
    return written


def read_mapping(mapping: Mapping[str, str]) -> tuple[dict[str, str], dict[str, dict[str, list[str]]]]:
    """The columns and the answers of a mapping that was written before."""
    columns: dict[str, str] = {}
    answers: dict[str, dict[str, list[str]]] = {}
    known = {question.id for question in QUESTIONS}
    for key, value in mapping.items():
        question, _, meaning = key.partition(".")
        if question in known and not meaning:
            columns[question] = value
        elif question in known:
            answers.setdefault(question, {})[meaning] = value.split(_BETWEEN)
    return columns, answers


def fits(responses: Responses, mapping: Mapping[str, str]) -> bool:
    """Whether every column of a mapping is in this table: an export of the same form."""
    columns, _ = read_mapping(mapping)
    labels = {same(asked.label) for asked in responses.asked} | {same(asked.code) for asked in responses.asked}
    return WANTS_A_ROLE.id in columns and all(same(label) in labels for label in columns.values())


def kept_short(answer: str) -> str:
    """An answer of a few people, as the mapping keeps it: a mark by which it is known again, and no words."""
    return "#" + hashlib.sha256(same(answer).encode()).hexdigest()[:16]
