"""The dry run, day by day: `plan today|week|run` look, `plan done|skip|move|log` record what came of it."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cop_launch.cli.answer import HERE, load_project, refuse_broken, say_as_json, show, show_next
from cop_launch.cli.days import day_or_today
from cop_launch.cli.options import CommitOption, DryRunOption, JsonOption, ProjectOption, in_words
from cop_launch.findings import Exit, Refused, did_you_mean
from cop_launch.locales import Language, Message, in_language, msg, nmsg
from cop_launch.store.places import find_project

if TYPE_CHECKING:
    from cop_launch.console.planning import Run
    from cop_launch.console.screen import Line
    from cop_launch.schedule.days import Occurrence
    from cop_launch.store.project import Loaded

PLAN = msg("The dry run, day by day: what is on, and what came of it.")
TODAY = msg(
    "Show what is planned today, and what the log does not know yet.\n\n"
    "With --date another day; with --person what one person does. Looks only."
)
WEEK = msg("Show a week, day by day, with everyone's hours.\n\nWith --date the week of another day. Looks only.")
RUN = msg("Show the whole dry run on one screen.\n\nA row for each week, a mark for each day. Looks only.")
DONE = msg(
    "Record that an item happened.\n\n"
    "Today's, or the latest one that is still open; --date says another day. The entry is added to `plan.log`; all "
    "else in the file stays as it is: coplaunch plan done case --note 'twelve replies'"
)
SKIP = msg(
    "Record that an item did not happen, and why.\n\nFor example: coplaunch plan skip case --because 'autumn holiday'"
)
MOVE = msg("Record that an item moved to another day.\n\nFor example: coplaunch plan move case --to 2025-10-24")
LOG = msg(
    "Go through everything that the log does not know yet.\n\n"
    "In a terminal it asks what came of each item; elsewhere it lists them. With --done all of them are recorded as "
    "done. Up to today, or up to --date."
)

plan = typer.Typer(no_args_is_help=True, help=in_words(PLAN))

PersonOption = Annotated[
    str, typer.Option("--person", help=in_words(msg("Only what this person does, by the short name in `people`.")))
]
DayOption = Annotated[
    str, typer.Option("--date", metavar="DATE", help=in_words(msg("Another day than today: 2025-10-01.")))
]
PlannedOption = Annotated[
    str,
    typer.Option(
        "--date", metavar="DATE", help=in_words(msg("The day it was planned for, if not the latest that is open."))
    ),
]
NoteOption = Annotated[str, typer.Option("--note", help=in_words(msg("What is worth remembering.")))]
ItemArgument = Annotated[str, typer.Argument(help=in_words(msg("The short name of the item in `plan.items`.")))]


# -- looking ----------------------------------------------------------------------------------------------------------


@plan.command("today", help=in_words(TODAY))
def today(
    project: ProjectOption = HERE, person: PersonOption = "", day: DayOption = "", json: JsonOption = False
) -> int:
    """See TODAY."""
    from cop_launch.console import planning

    def look(run: Run, chosen: date) -> int:
        from datetime import timedelta

        from cop_launch.schedule.log import open_until

        waiting = open_until(run.schedule, chosen - timedelta(days=1), run.person)
        found = run.own(run.schedule.on(chosen))
        if json:
            say_as_json(
                "plan-today",
                **_where(run, chosen),
                items=planning.as_data(run, found),
                waiting=planning.as_data(run, waiting),
            )
            return int(Exit.FINE)
        open_ = [one for one in found if one.status.value == "open"]
        step = _record_command((open_ or list(waiting))[0], chosen, day) if open_ or waiting else _with_day("week", day)
        return _shown(run, chosen, planning.today_lines(run, chosen, waiting, _width()), step)

    return _look(project, person, day, json, look)


@plan.command("week", help=in_words(WEEK))
def week(
    project: ProjectOption = HERE, person: PersonOption = "", day: DayOption = "", json: JsonOption = False
) -> int:
    """See WEEK."""
    from cop_launch.console import planning

    def look(run: Run, chosen: date) -> int:
        from cop_launch.schedule.days import monday

        if json:
            say_as_json(
                "plan-week",
                **_where(run, chosen),
                items=planning.as_data(run, run.own(run.schedule.in_week(chosen))),
                hours=planning.hours_as_data(planning.week_loads(run, monday(chosen))),
            )
            return int(Exit.FINE)
        return _shown(run, chosen, planning.week_lines(run, chosen, _width()), "coplaunch plan run")

    return _look(project, person, day, json, look)


@plan.command("run", help=in_words(RUN))
def run(project: ProjectOption = HERE, person: PersonOption = "", day: DayOption = "", json: JsonOption = False) -> int:
    """See RUN."""
    from cop_launch.console import planning

    def look(run: Run, chosen: date) -> int:
        from cop_launch.schedule.log import open_until

        schedule = run.schedule
        if json:
            hours = [load for load in run.loads if run.person in {None, load.person}]
            say_as_json(
                "plan-run",
                first=str(schedule.days[0]),
                last=str(schedule.days[-1]),
                weeks=[str(one) for one in schedule.weeks],
                days_off={str(off): why.value for off, why in schedule.days_off.items()},
                person=run.person,
                items=planning.as_data(run, run.own(schedule.occurrences)),
                hours=planning.hours_as_data(hours),
            )
            return int(Exit.FINE)
        show(planning.run_lines(run, _width()))
        waiting = open_until(schedule, chosen, run.person)
        step = _with_day("log", day) if waiting else "coplaunch status"
        show_next([step], run.language)
        return int(Exit.FINE)

    return _look(project, person, day, json, look)


def _look(project: Path, person: str, day: str, json: bool, look: Callable[[Run, date], int]) -> int:
    """Loads the project and hands its dry run to a view."""
    loaded = load_project(project)
    if loaded.broken or loaded.dossier is None:
        return refuse_broken(loaded, json)
    return look(_run(loaded, person), day_or_today(day))


def _run(loaded: Loaded, person: str) -> Run:
    """The dry run; refused where there is none, or nobody of that name."""
    from cop_launch.console.planning import Run

    dossier = loaded.dossier
    assert dossier is not None
    if not dossier.schedule.days:
        raise Refused(
            msg("it is not said from when to when the dry run lasts"),
            msg("fill `from` and `to` in `plan.dry_run`: coplaunch fill plan"),
            Exit.NO,
            "no-dry-run",
        )
    people = dossier.project.people or {}
    if person and person not in people:
        hint = did_you_mean(person, people) or msg("choose from {names}", names=", ".join(people))
        raise Refused(msg("there is no '{slug}' in people", slug=person), hint, Exit.USAGE, "unknown-person")
    return Run(dossier, in_language(loaded.language), person or None)


def _width() -> int:
    from cop_launch.console.screen import Screen

    return Screen().width


def _shown(run: Run, chosen: date, lines: Sequence[Any], step: str) -> int:
    """Prints a view; on a day outside the run, when the run is."""
    from cop_launch.console import planning

    inside = run.schedule.days[0] <= chosen <= run.schedule.days[-1] or run.schedule.on(chosen)
    show(lines if inside else planning.outside_lines(run, chosen, _width()))
    show_next([step if inside else "coplaunch plan run"], run.language)
    return int(Exit.FINE)


def _where(run: Run, chosen: date) -> dict[str, Any]:
    return {
        "date": str(chosen),
        "week": run.week_number(chosen),
        "weeks": len(run.schedule.weeks),
        "off": off.value if (off := run.schedule.days_off.get(chosen)) else None,
        "person": run.person,
    }


def _with_day(command: str, day: str) -> str:
    return f"coplaunch plan {command} --date {day}" if day else f"coplaunch plan {command}"


def _record_command(one: Occurrence, chosen: date, day: str) -> str:
    """How to record that this happened; with its day where that is not the one that is meant anyway."""
    dated = f" --date {one.planned_for}" if day or one.day != chosen else ""
    return f"coplaunch plan done {shlex.quote(one.item)}{dated}"


# -- recording --------------------------------------------------------------------------------------------------------


@plan.command("done", help=in_words(DONE))
def done(
    item: ItemArgument,
    day: PlannedOption = "",
    note: NoteOption = "",
    project: ProjectOption = HERE,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    json: JsonOption = False,
) -> int:
    """See DONE."""
    from cop_launch.schedule import log

    return _record(item, day, project, lambda found: log.done(found, note), dry_run, commit, json, "done")


BecauseOption = Annotated[str, typer.Option("--because", help=in_words(msg("Why it did not happen.")))]
ToOption = Annotated[str, typer.Option("--to", metavar="DATE", help=in_words(msg("The day it moved to: 2025-10-24.")))]


def _skipped(found: Occurrence, because: str, note: str) -> dict[str, Any]:
    from cop_launch.schedule import log

    return log.skipped(found, because, note)


def _moved(found: Occurrence, to: str, note: str) -> dict[str, Any]:
    from cop_launch.schedule import log

    return log.moved(found, day_or_today(to) if to else None, note)


def _add(name: str, what: Message, option: Any, entry: Callable[[Occurrence, str, str], dict[str, Any]]) -> None:
    """A command that records something else than that an item happened, which one option has to say."""

    def command(
        item: ItemArgument,
        said: str = "",
        day: PlannedOption = "",
        note: NoteOption = "",
        project: ProjectOption = HERE,
        dry_run: DryRunOption = False,
        commit: CommitOption = False,
        json: JsonOption = False,
    ) -> int:
        return _record(item, day, project, lambda found: entry(found, said, note), dry_run, commit, json, name)

    command.__annotations__["said"] = option
    plan.command(name, help=in_words(what))(command)


_add("skip", SKIP, BecauseOption, _skipped)
_add("move", MOVE, ToOption, _moved)


def _record(
    item: str,
    day: str,
    project: Path,
    entry: Callable[[Occurrence], dict[str, Any]],
    dry_run: bool,
    commit: bool,
    json: bool,
    command: str,
) -> int:
    """Adds one entry to the log."""
    from cop_launch.schedule.log import meant

    def entries(run: Run) -> list[dict[str, Any]]:
        planned_for = day_or_today(day) if day else None
        found = meant(run.dossier.project.plan, run.schedule, item, planned_for, day_or_today(""))
        return [entry(found)]

    return _write(project, entries, dry_run, commit, json, f"plan-{command}")


@plan.command("log", help=in_words(LOG))
def log(
    all_done: Annotated[
        bool, typer.Option("--done", help=in_words(msg("Record all of them as done, without asking.")))
    ] = False,
    person: PersonOption = "",
    day: DayOption = "",
    project: ProjectOption = HERE,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    json: JsonOption = False,
) -> int:
    """See LOG."""
    from cop_launch.console.screen import can_ask
    from cop_launch.schedule.log import done as as_done
    from cop_launch.schedule.log import open_until

    def entries(run: Run) -> list[dict[str, Any]]:
        waiting = open_until(run.schedule, day_or_today(day), run.person)
        return [as_done(one) for one in waiting] if all_done else _asked(run, waiting)

    def waiting_after(run: Run, added: Sequence[dict[str, Any]]) -> dict[str, Any]:
        from cop_launch.console import planning

        recorded = {(entry["item"], entry["date"]) for entry in added}
        waiting = open_until(run.schedule, day_or_today(day), run.person)
        left = [one for one in waiting if (one.item, one.planned_for) not in recorded]
        return {"waiting": planning.as_data(run, left)}

    if all_done or (can_ask() and not json):
        return _write(project, entries, dry_run, commit, json, "plan-log", person, waiting_after)

    def look(run: Run, chosen: date) -> int:
        from cop_launch.console import planning

        waiting = open_until(run.schedule, chosen, run.person)
        if json:
            say_as_json("plan-log", recorded=[], **waiting_after(run, []), written=[], commit=None)
            return int(Exit.FINE)
        show(planning.waiting_lines(run, waiting, _width()))
        step = _record_command(waiting[0], chosen, "date") if waiting else "coplaunch status"
        show_next([step], run.language)
        return int(Exit.FINE)

    return _look(project, person, day, json, look)


def _asked(run: Run, waiting: Sequence[Occurrence]) -> list[dict[str, Any]]:
    """What came of each, as a person in the terminal says it."""
    from cop_launch.console import planning
    from cop_launch.schedule import log as entries

    language, width, recorded = run.language, _width(), []
    for one in waiting:
        show(planning.item_lines(run, one, width))
        answer = _prompt(language, msg("d = done, s = skipped, m = moved, Enter = later, . = stop")).strip().lower()
        try:
            if answer == ".":
                break
            if answer == "d":
                recorded.append(entries.done(one, _prompt(language, msg("Worth remembering? Enter for nothing"))))
            elif answer == "s":
                recorded.append(entries.skipped(one, _prompt(language, msg("Why?"))))
            elif answer == "m":
                to = _prompt(language, msg("To which day? Such as 2025-10-24"))
                recorded.append(entries.moved(one, day_or_today(to) if to.strip() else None))
        except Refused as refused:
            show([[(language.say(refused.message), "warn")]])
    return recorded


def _prompt(language: Language, question: Message) -> str:
    return str(typer.prompt(language.say(question), default="", show_default=False))


def _write(
    project: Path,
    entries: Callable[[Run], list[dict[str, Any]]],
    dry_run: bool,
    commit: bool,
    json: bool,
    kind: str,
    person: str = "",
    more: Callable[[Run, Sequence[dict[str, Any]]], dict[str, Any]] = lambda run, added: {},
) -> int:
    """Adds entries to the log of the plan, and says what was recorded."""
    from contextlib import nullcontext

    from cop_launch.cli.written import commit_files, names_in, show_diff
    from cop_launch.store.files import apply, locked
    from cop_launch.store.log import logged

    folder = find_project(project)
    with nullcontext() if dry_run else locked(folder):
        loaded = load_project(folder)
        if loaded.broken or loaded.dossier is None:
            return refuse_broken(loaded, json)
        run = _run(loaded, person)
        added = entries(run)
        writes = [logged(loaded, added)] if added else []
        if dry_run:
            return show_diff(folder, writes, json, kind)
        written = apply(folder, writes)
        sha = commit_files(folder, written, _subject(run, added), run.language) if commit and added else None
    if json:
        said = [{key: value if isinstance(value, bool) else str(value) for key, value in one.items()} for one in added]
        say_as_json(kind, recorded=said, **more(run, added), written=names_in(folder, written), commit=sha)
        return int(Exit.FINE)
    return _recorded(run, added, sha)


def _recorded(run: Run, added: Sequence[dict[str, Any]], sha: str | None) -> int:
    from cop_launch.cli.written import say_commit

    language = run.language
    for one in added[:12]:
        show([[("✓ ", "good"), (language.say(_said(run, one)), "")], *_unusual(run, one.get("moved_to"))])
    if len(added) > 12 or not added:
        total = nmsg("{n} entry added to the log.", "{n} entries added to the log.", len(added))
        show([[(language.say(total if added else msg("Nothing was recorded.")), "quiet")]])
    say_commit(sha, language)
    show_next(["coplaunch plan today"], language)
    return int(Exit.FINE)


def _unusual(run: Run, to: date | None) -> list[Line]:
    """That something moved to a day on which nothing is expected: it may be meant, and it may be a slip."""
    from cop_launch.console.planning import DAYS_OFF, outside_lines
    from cop_launch.console.screen import wrapped

    schedule = run.schedule
    if to is None or to in schedule.working_days:
        return []
    if to not in schedule.days:
        return outside_lines(run, to, _width())
    why = run.language.say(DAYS_OFF[schedule.days_off[to]])
    return wrapped(run.language.say(msg("{day} is off in the plan: {why}.", day=to, why=why)), _width())


def _said(run: Run, entry: dict[str, Any]) -> Message:
    item = run.items[entry["item"]]
    values = {"item": item.what or entry["item"], "day": entry["date"]}
    if "skipped" in entry:
        return msg("Recorded: {item}, planned for {day}, was skipped.", **values)
    if "moved_to" in entry:
        return msg("Recorded: {item}, planned for {day}, moved to {to}.", **values, to=entry["moved_to"])
    return msg("Recorded: {item}, planned for {day}, is done.", **values)


def _subject(run: Run, added: Sequence[dict[str, Any]]) -> Message:
    if len(added) == 1:
        return msg("Log what came of {item}, {day}", item=run.items[added[0]["item"]].what or added[0]["item"],
                   day=added[0]["date"])  # fmt: skip
    return nmsg("Log what came of one item", "Log what came of {n} items", len(added))
