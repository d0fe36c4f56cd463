"""Whatever an own template asks for, rendering comes to an end, within its time and memory, and says which template."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from cop_launch.documents import apart
from cop_launch.documents.apart import rendered_apart
from cop_launch.documents.own import Fault, Wrong
from cop_launch.documents.rendering import render_template
from cop_launch.locales import Language, in_language

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = in_language("en")
NAME = "note.md.j2"


@pytest.fixture(autouse=True)
def _jobs_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The jobs here are in a module of the tests."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def _job(language: Language, values: Mapping[str, object]) -> dict[str, str]:
    """Two documents, of which one has its own template."""
    return {"a.md": render_template("note", language, **values), "b.md": render_template("other", language)}


def rendered(text: str, **values: object) -> tuple[object, tuple[Fault, ...]]:
    """What comes of a template."""
    return rendered_apart({NAME: text, "other.md.j2": "fine"}, ENGLISH, _job, values)


def test_data_goes_there_and_text_comes_back() -> None:
    """In whatever letters."""
    assert rendered("{{ x }} é", x="*ü* \N{PARTY POPPER}") == (
        {"a.md": "\\*ü\\* \N{PARTY POPPER} é\n", "b.md": "fine\n"},
        (),
    )


RUNAWAYS = {
    "loops in loops": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "macros in macros": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(99) }}",
    "includes": "{% if 1 %}{% include 'note.md.j2' %}{% endif %}",
    "much text": "{% for a in range(99999) %}{% for b in range(9) %}" + "x" * 999 + "{% endfor %}{% endfor %}",
    "doubled lists": "{% set n = namespace(s=[1]) %}{% for a in range(99) %}{% set n.s = n.s + n.s %}{% endfor %}",
    "doubled words": "{% set n = namespace(s='a') %}{% for a in range(99) %}{% set n.s = n.s + n.s %}{% endfor %}",
    "long joins": "{% set s = range(9999) %}{% for a in s %}{% for b in s %}{{ s | join(b) }}{% endfor %}{% endfor %}",
    "sorted often": "{% for a in range(99999) %}{% set s = range(99999) | map('string') | sort %}{% endfor %}",
    "deep brackets": "{{ " + "(" * 9999 + "1" + ")" * 9999 + " }}",
    "deep tags": "{% if 1 %}" * 999 + "{% endif %}" * 999,
    "long sums": "{{ 1" + " + 1" * 60_000 + " }}",
    "many tags": "{% for a in [1] %}{% endfor %}" * 9_000,
}


@pytest.mark.parametrize("runaway", RUNAWAYS)
def test_it_comes_to_an_end(runaway: str) -> None:
    """Within its time, its memory, its size or its depth, and it is told of the template that it was."""
    made, faults = rendered(RUNAWAYS[runaway])
    if runaway in {"many tags", "long sums"} and not faults:
        return  # a quick machine gets there
    assert made is None
    assert {fault.template for fault in faults} == {NAME}
    assert {fault.wrong for fault in faults} <= {Wrong.TIME, Wrong.MEMORY, Wrong.SIZE, Wrong.DEPTH, Wrong.FAILED}


def _burn(language: Language) -> str:
    """Computes one huge value, for which no error can interrupt it."""

    def power() -> int:
        huge: int = 7 ** (10**8)
        return huge.bit_length()

    return render_template("note", language, power=power)


@pytest.mark.skipif(sys.platform == "win32", reason="there, the one who waits ends it")
def test_what_hears_nothing_is_ended_from_outside() -> None:
    """A single step that takes too long takes the process with it, and only that."""
    assert rendered_apart({NAME: "{{ power() }}"}, ENGLISH, _burn) == (None, (Fault(Wrong.TIME, NAME),))


def _sleeps(language: Language) -> str:
    """Takes no computing time at all."""

    def sleep() -> None:
        time.sleep(600)

    return render_template("note", language, power=sleep)


def test_who_waits_has_patience_for_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no limit of the system ends it, the one who started it does."""
    monkeypatch.setattr(apart, "PATIENCE", 8)
    assert rendered_apart({NAME: "{{ power() }}"}, ENGLISH, _sleeps) == (None, (Fault(Wrong.TIME, NAME),))


def _fails(_: Language) -> str:
    raise ZeroDivisionError("a mistake of ours")


def test_a_mistake_of_the_program_keeps_its_traceback() -> None:
    """It is nobody's template."""
    with pytest.raises(RuntimeError, match=r"in _fails\n.*\n*ZeroDivisionError: a mistake of ours"):
        rendered_apart({NAME: ""}, ENGLISH, _fails)
