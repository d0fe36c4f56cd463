"""A share that decides, drawn: the point, its margin, and the threshold that it is held against. SVG.

Its words are those of the templates in which the same share is told, so that picture and text never differ.
"""

from __future__ import annotations

from collections.abc import Mapping

from cop_launch.documents.rendering import picture_templates, words_of
from cop_launch.documents.shares import DECISIVE, Says, Told
from cop_launch.gates import Dossier
from cop_launch.locales import Language
from cop_launch.records import Record
from cop_launch.statistics import Interval

_WIDTH, _LEFT, _RIGHT = 640, 24, 616
_BAR_Y, _BAR, _NARROW_Y, _NARROW = 66, 26, 100, 12


class Bar(Record):
    """A margin."""

    x: int
    y: int
    width: int
    height: int
    unsure: bool


class Word(Record):
    """A text and where it stands."""

    text: str
    x: int = _LEFT
    y: int = 0


def share_pictures(dossier: Dossier, language: Language) -> Mapping[str, str]:
    """A picture for each decisive share of which something is counted, by its path."""
    told = [tell(dossier) for tell in DECISIVE.values()]
    return {f"plans/{picture_of(one)}": drawn(one, language) for one in told if one and picture_of(one)}


def picture_of(told: Told | None) -> str | None:
    """The file of a share's picture, beside the documents; None as long as there is nothing to draw."""
    return f"{told.criterion}.svg" if told and told.fraction is not None else None


def drawn(told: Told, language: Language) -> str:
    """The picture. Only for a share of which something is counted."""
    assert told.fraction is not None
    words = words_of("shares", language)

    def say(macro: str) -> str:
        return words(macro, told)

    narrow = told.whole_group_interval
    axis = _NARROW_Y + _NARROW + 14 if narrow else _BAR_Y + _BAR + 14
    legend = [text for text in (say("picture_margin"), say("picture_small_group")) if text]
    bars = [_bar(told.interval, _BAR_Y, _BAR, told.says is Says.TOO_FEW)] if told.interval else []
    bars += [_bar(narrow, _NARROW_Y, _NARROW, told.says is Says.TOO_FEW)] if narrow else []
    threshold = _x(float(told.threshold))
    right = told.threshold > 0.8
    return picture_templates().get_template("share.svg.j2").render(
        language=language.code,
        width=_WIDTH,
        height=axis + 28 + 18 * len(legend) + 8,
        left=_LEFT,
        right=_RIGHT,
        axis=axis,
        title=say("plainly"),
        description=" ".join(text for text in (say("says"), *legend) if text),
        heading=say("picture_heading"),
        threshold=threshold,
        threshold_at=threshold - 6 if right else max(_LEFT, threshold - 6),
        threshold_anchor="end" if right else "start",
        threshold_name=say("picture_threshold"),
        bars=bars,
        point=_x(float(told.fraction)),
        point_y=_BAR_Y + _BAR // 2,
        legend=[Word(text, y=axis + 44 + 18 * number) for number, text in enumerate(legend)],
        ticks=[Word(f"{percent}%", _x(percent / 100)) for percent in range(0, 101, 20)],
    )  # fmt: skip


def _bar(interval: Interval, y: int, height: int, unsure: bool) -> Bar:
    return Bar(_x(interval.low), y, max(2, _x(interval.high) - _x(interval.low)), height, unsure)


def _x(share: float) -> int:
    return _LEFT + round((_RIGHT - _LEFT) * share)
