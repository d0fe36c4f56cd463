"""The command line, as Typer knows it: its commands and their options. What they do is said elsewhere."""

from __future__ import annotations

import sys
from copy import copy

import typer
from typer.main import get_command

from cop_launch.cli.help import in_our_language
from cop_launch.cli.options import in_words
from cop_launch.findings import Exit, Refused
from cop_launch.locales import msg

app = typer.Typer(
    name="coplaunch",
    help=in_words(msg("Take a community of practice from a hunch to a launched, measured community, gate by gate.")),
    epilog=in_words(
        msg("Begin with `coplaunch init my-community`. From there each answer ends with the next command.")
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich" if sys.stdout.isatty() else None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

# The commands in the order in which a newcomer meets them. Each module imports what it needs only when it runs.
from cop_launch.cli import fill, holidays, look, plan, render, survey, survey_form, templates, write  # noqa: E402

app.command("init", help=in_words(write.INIT))(write.init)
app.command("fill", help=in_words(fill.FILL))(fill.fill)
app.command("status", help=in_words(look.STATUS))(look.status)
app.command("check", help=in_words(look.CHECK))(look.check)
app.command("advance", help=in_words(write.ADVANCE))(write.advance)
app.command("report", help=in_words(look.REPORT))(look.report)
app.command("render", help=in_words(render.RENDER))(render.render)
app.add_typer(plan.plan, name="plan")
plan.plan.command("holidays", help=in_words(holidays.HOLIDAYS))(holidays.holidays)
app.add_typer(survey.app, name="survey")
survey.app.command("form", help=in_words(survey_form.FORM))(survey_form.form)
survey.app.command("import", help=in_words(survey.IMPORT))(survey.import_)
app.add_typer(templates.app, name="templates")
app.command("explain", help=in_words(look.EXPLAIN))(look.explain)
app.command("schema", help=in_words(look.SCHEMA))(look.schema)


def _version(asked: bool) -> None:
    if asked:
        from cop_launch import __version__

        typer.echo(f"coplaunch {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", is_eager=True, callback=_version, help=in_words(msg("Show the version and stop."))
    ),
) -> None:
    """What stands before the command."""


UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""What Typer raises when a command is used wrongly; Typer carries its own Click and does not name this itself."""


def run() -> int:
    """Runs the command line that was typed. Returns the exit code. Raises `Refused` for what cannot be done."""
    try:
        command = in_our_language(get_command(_as_typed(sys.argv[1:2])))
        code = command(prog_name="coplaunch", standalone_mode=False)
    except UsageError as wrong:
        return _misused(wrong)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except SystemExit as ended:
        # Typer makes an exit 1 of a reader who went away while a command was writing: that is their business, no error.
        if isinstance(ended.__context__, BrokenPipeError):
            return int(Exit.FINE)
        raise
    return code if isinstance(code, int) else 0


def _as_typed(words: list[str]) -> typer.Typer:
    """The command line with only the command that was typed: making all of them costs as much as two starts of the
    interpreter. The whole for anything that names none: help, completion, a mistake.
    """
    commands = [one for one in app.registered_commands if one.name in words]
    groups = [one for one in app.registered_groups if one.name in words]
    if not commands and not groups:
        return app
    typed = copy(app)
    typed.registered_commands, typed.registered_groups = commands, groups
    return typed


def _misused(wrong: Exception) -> int:
    text = str(wrong.format_message()) if hasattr(wrong, "format_message") else str(wrong)
    if len(sys.argv) == 1:
        # Called without a command: what is wrong, in Typer's eyes, is the help that was asked for.
        sys.stdout.write(text.rstrip() + "\n")
        return int(Exit.FINE)
    context = getattr(wrong, "ctx", None)
    path = context.command_path if context is not None else "coplaunch"
    from cop_launch.cli.misuse import in_our_words

    sentence, hint = in_our_words(text)
    hint = hint or msg("`{command} --help` shows how it is used", command=path)
    raise Refused(sentence, hint, Exit.USAGE, "usage") from None
