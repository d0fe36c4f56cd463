"""Help in the language of the environment, also where Typer says something by itself.

Typer says a few words of its own, in English: it looks for a catalogue of the program by way of variables of the
environment, and says some of them without one. Here they are ours, like the rest.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

import typer.core

from cop_launch.cli.answer import HELP
from cop_launch.cli.options import in_words
from cop_launch.locales import Message, msg

_BY_TYPER: dict[str, Message] = {
    "Arguments": msg("Arguments"),
    "Commands": msg("Commands"),
    "Options": msg("Options"),
    "default: {default}": msg("default: {{default}}"),
    "required": msg("has to be given"),
}
_OF_COMPLETION = {
    "install_completion": msg("Install completion for the current shell."),
    "show_completion": msg("Show completion for the current shell, to copy it or to change the installation."),
}


def in_our_language(command: Any) -> Any:
    """The same command, and those below it, with help in the language of the environment."""
    if HELP.code == "en":
        return command
    typer.core._ = _said  # type: ignore[attr-defined, assignment]
    if sys.stdout.isatty() and (len(sys.argv) == 1 or {"-h", "--help"} & {*sys.argv[1:]}):
        _in_colour()
    _translate(command)
    return command


def _said(text: str) -> str:
    """What Typer says, where it is about help; what it says of wrong use is for `misuse`."""
    return in_words(_BY_TYPER[text]) if text in _BY_TYPER else text


def _in_colour() -> None:
    """The same words where rich writes them, in the frames of a terminal."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = _said("Arguments")
    rich_utils.COMMANDS_PANEL_TITLE = _said("Commands")
    rich_utils.OPTIONS_PANEL_TITLE = _said("Options")
    rich_utils.DEFAULT_STRING = f"[{_said('default: {default}').format(default='{}')}]"
    rich_utils.REQUIRED_LONG_STRING = f"[{_said('required')}]"


def _translate(command: Any) -> None:
    command.options_metavar = in_words(msg("[OPTIONS]"))
    if hasattr(command, "subcommand_metavar"):
        command.subcommand_metavar = in_words(msg("COMMAND [ARGS]..."))
    command.format_usage = partial(_format_usage, command)
    command.get_help_option = partial(_help_option, command.get_help_option)
    for parameter in command.params:
        if parameter.name in _OF_COMPLETION:
            parameter.help = in_words(_OF_COMPLETION[parameter.name])
    for inner in getattr(command, "commands", {}).values():
        _translate(inner)


def _format_usage(command: Any, context: Any, formatter: Any) -> None:
    pieces, usage = " ".join(command.collect_usage_pieces(context)), in_words(msg("Usage:"))
    formatter.write_usage(context.command_path, pieces, prefix=f"{usage} ")


def _help_option(own: Any, context: Any) -> Any:
    found = own(context)
    if found is not None:
        found.help = in_words(msg("Show this message and stop."))
    return found
