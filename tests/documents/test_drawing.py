"""Texts in pictures: as they were written, and never wider than the room that they have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_launch.documents import drawing
from cop_launch.documents.drawing import drawable, fitted, on_lines, sayer, width
from cop_launch.documents.rendering import on_one_line
from cop_launch.locales import LANGUAGES, in_language
from tests.documents.test_rendering import HOSTILE

ROOM = st.integers(20, 600)
SIZE = st.sampled_from((11, 12, 17))


@given(st.text(), ROOM, SIZE, st.booleans())
def test_a_text_is_whole_or_ends_in_an_ellipsis(text: str, room: int, size: int, bold: bool) -> None:
    """Either way it fits, and what is left of it is its beginning."""
    shown = fitted(text, room, size, bold=bold)
    assert width(shown, size, bold=bold) <= room
    assert shown == drawable(text) or drawable(text).startswith(shown.removesuffix("…").rstrip())


@given(st.text(), ROOM, st.integers(1, 4))
def test_lines_fit_and_are_no_more_than_asked(text: str, room: int, most: int) -> None:
    """Nothing is lost but what an ellipsis stands for."""
    lines = on_lines(text, room, most)
    assert 1 <= len(lines) <= most
    assert all(width(line) <= room for line in lines)
    if not any("…" in line for line in lines):
        assert " ".join(lines).split() == drawable(text).split()


def test_a_text_takes_no_more_lines_than_it_needs() -> None:
    """A line is filled before the next begins, and the last one says that there is more."""
    assert on_lines("aan de tweede zin na nee", 90, 3) == ["aan de", "tweede zin na", "nee"]
    assert on_lines("aan de tweede zin na nee", 90, 2) == ["aan de", "tweede zin…"]
    assert on_lines("aan de tweede zin na nee", 900, 3) == ["aan de tweede zin na nee"]


def test_each_letter_is_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a text is that does not fit: nothing is measured again for each letter that goes."""
    measured: list[str] = []
    usual = drawing._em

    def counted(letter: str) -> float:
        measured.append(letter)
        return usual(letter)

    monkeypatch.setattr(drawing, "_em", counted)
    for text in ("x" * 5_000, "woord " * 900):
        measured.clear()
        assert fitted(text, 300).endswith("…")
        assert on_lines(text, 300, 3)[-1].endswith("…")
        assert len(measured) < 5 * len(text)


@pytest.mark.parametrize(
    ("wide", "narrow"), [("WWWW", "llll"), ("漢字", "ab"), ("ABC", "abc"), ("mmm", "nnn")], ids=str
)  # fmt: skip
def test_wide_letters_take_more_room(wide: str, narrow: str) -> None:
    """A name in capitals or in Chinese is cut sooner."""
    assert width(wide) > width(narrow)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("written", HOSTILE)
def test_a_picture_says_words_as_they_were_written(written: str, language: str) -> None:
    """What Markdown would need a backslash before has none in a picture."""
    said = sayer(in_language(language), "pictures")("phases_heading", written)
    assert said == on_one_line(written)


@given(st.text())
def test_whatever_is_written_can_stand_in_xml(text: str) -> None:
    """No control character, half character or reversed direction is left."""
    shown = drawable(text)
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert not any(ord(letter) < 0x20 or 0xFFFE <= ord(letter) <= 0xFFFF for letter in shown)
