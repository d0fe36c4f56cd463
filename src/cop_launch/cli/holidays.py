"""The command that writes a country's public holidays into the plan, once."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cop_launch.cli.answer import HERE, load_project, refuse_broken, say_as_json, show, show_next
from cop_launch.cli.options import CommitOption, DryRunOption, JsonOption, ProjectOption, in_words
from cop_launch.findings import Exit, Refused
from cop_launch.locales import in_language, msg, nmsg
from cop_launch.store.places import PLAN, find_project

if TYPE_CHECKING:
    from cop_launch.store.project import Loaded

HOLIDAYS = msg(
    "Write the public holidays into the plan, once.\n\n"
    "Those of one country, in the years of the dry run: coplaunch plan holidays --country NL. Then correct them by "
    "hand: take out the days on which people work all the same, add those on which nobody does."
)


def holidays(
    country: Annotated[
        str, typer.Option("--country", help=in_words(msg("Its two letters; without it, the one in the plan.")))
    ] = "",
    project: ProjectOption = HERE,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    json: JsonOption = False,
) -> int:
    """See HOLIDAYS."""
    from cop_launch.cli.written import commit_files, say_commit, show_diff
    from cop_launch.schedule.public_holidays import public_holidays
    from cop_launch.store.files import Write, apply, locked

    folder = find_project(project)
    with locked(folder):
        loaded = load_project(folder)
        if loaded.broken or loaded.dossier is None:
            return refuse_broken(loaded, json)
        language = in_language(loaded.language)
        chosen, years = _asked(loaded, country)
        days = public_holidays(chosen, years, language.code)
        writes = [Write(folder / PLAN, loaded.raw, _with_holidays(loaded, chosen, days))]
        if dry_run:
            return show_diff(folder, writes, json, "holidays")
        written = apply(folder, writes)
        said = msg("Write down the public holidays of {country}", country=chosen)
        sha = commit_files(folder, written, said, language) if commit else None
    if json:
        dates = [{"date": day.isoformat(), "name": name} for day, name in days.items()]
        say_as_json("holidays", country=chosen, dates=dates, commit=sha)
        return int(Exit.FINE)
    count = nmsg("{n} holiday written into the plan.", "{n} holidays written into the plan.", len(days))
    show([[("✓ ", "good"), (language.say(count), "")]])
    show([[(f"    {language.weekday(day)} {language.day(day)}  {name}", "quiet")] for day, name in days.items()])
    say_commit(sha, language)
    show_next(["coplaunch check"], language)
    return int(Exit.FINE)


def _asked(loaded: Loaded, country: str) -> tuple[str, range]:
    """Of which country, and in which years."""
    assert loaded.dossier is not None
    plan = loaded.dossier.project.plan
    run, written = (plan.dry_run, plan.holidays) if plan else (None, None)
    if written and written.dates:
        raise Refused(
            msg("the plan has its holidays already"),
            msg("change them by hand; to have them written anew, take out `dates` under plan.holidays first"),
            code="already-there",
        )
    if not run or not run.from_ or not run.to:
        hint = msg("answer plan.dry_run: from when to when")
        raise Refused(msg("the plan does not say in which years the dry run is"), hint, code="no-dry-run")
    chosen = (country or (written.country if written else None) or "").strip().upper()
    if not chosen:
        raise Refused(msg("the plan names no country"), msg("add --country NL"), Exit.USAGE, "country")
    return chosen, range(run.from_.year, run.to.year + 1)


def _with_holidays(loaded: Loaded, country: str, days: Mapping[date, str]) -> bytes:
    """The plan's bytes with the holidays in their place, everything else as it was."""
    from cop_launch.model.plan import Holidays, Plan
    from cop_launch.model.structure import keys
    from cop_launch.store.emit import BlockList, BlockMapping
    from cop_launch.store.splice import set_value

    assert loaded.source is not None
    path = ("plan", "holidays")
    dates = BlockList([{"date": day, "name": name} for day, name in days.items()])
    mark, text = loaded.source.marks.get(path), loaded.source.text
    if mark is not None and mark.style == "block":
        text = set_value(text, (*path, "country"), country, order=keys(Holidays))
        text = set_value(text, (*path, "dates"), dates, order=keys(Holidays))
    else:
        # A dozen days do not fit on the one line on which `{country: NL, dates: none}` stands.
        tree: Any = loaded.source.tree
        kept = tree["plan"].get("holidays") or {}
        text = set_value(text, path, BlockMapping({**kept, "country": country, "dates": dates}), order=keys(Plan))
    return (codecs.BOM_UTF8 if loaded.source.bom else b"") + text.encode()
