"""How many take part, drawn over time: what each review counted, beside what may be expected. About the group only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from cop_launch.documents.drawing import drawable, fitted, on_lines, sayer
from cop_launch.documents.rendering import picture_templates
from cop_launch.documents.support import TAKE_PART
from cop_launch.gates import Dossier
from cop_launch.locales import Language
from cop_launch.model.decision import Phase, standing
from cop_launch.model.review import Review
from cop_launch.records import Record
from cop_launch.sources import SOURCES
from cop_launch.statistics import Share

PICTURE = "plans/participation.svg"

_WIDTH, _LEFT, _RIGHT, _TOP, _AXIS = 480, 52, 456, 84, 224
_STEPS = 4
"""Into how many parts the axis is divided."""
_APART = 104
"""Pixels between two points of which the day is written down; others are drawn without words."""


class Point(Record):
    """What one review counted."""

    day: date
    share: Share


class Participation(Record):
    """The figures in short: never of a person, and at least two."""

    points: tuple[Point, ...]
    expected: Fraction
    author: str
    year: str
    """Where the expectation is from."""


class Mark(Record):
    """A point where it stands; words only where there is room for them."""

    x: int
    y: int
    full: str
    words: list[tuple[int, str]]
    """Each with where it stands."""
    share: str
    anchor: str


def participation_picture(dossier: Dossier, language: Language) -> Mapping[str, str]:
    """The picture by its path; none while fewer than two reviews counted how many were active."""
    found = participation(dossier)
    if found is None:
        return {}
    say = sayer(language, "pictures")
    name, heading = dossier.project.name, say("participation_heading")
    top = _top(found)
    legend = on_lines(say("participation_expected", found), _RIGHT - 12 - 30, 3, 11)
    below = _AXIS + 76
    return {
        PICTURE: picture_templates().get_template("participation.svg.j2").render(
            language=language.code,
            width=_WIDTH,
            height=below + len(legend) * 15 + 2,
            left=_LEFT,
            right=_RIGHT,
            title=f"{drawable(name)}: {heading}" if name else heading,
            description=say("participation", found),
            heading=fitted(heading, _WIDTH - 24, 17, bold=True),
            subtitle=fitted(say("participation_subtitle"), _WIDTH - 24),
            ticks=[(_y(top * step / _STEPS, top), language.percent(top * step / _STEPS)) for step in range(_STEPS + 1)],
            expected=_y(found.expected, top),
            line=" ".join(f"{_x(found, point)},{_y(point.share.fraction, top)}" for point in found.points),
            marks=_marks(found, top, language),
            legend_at=below - 4,
            legend=[(below + line * 15, text) for line, text in enumerate(legend)],
        )
    }  # fmt: skip


def participation(dossier: Dossier) -> Participation | None:
    """What the reviews counted, by day; None while there are not two figures, or the community is not launched."""
    project = dossier.project
    if standing(project.decisions or []).phase is not Phase.LAUNCHED:
        return None
    by_day = {point.day: point for review in project.reviews or [] if (point := _point(dossier, review))}
    if len(by_day) < 2:
        return None
    source = SOURCES["learning-community"]
    points = tuple(by_day[day] for day in sorted(by_day))
    return Participation(points, TAKE_PART, source.author, str(source.year))


def _point(dossier: Dossier, review: Review) -> Point | None:
    share = dossier.share(review.active, "active")
    counted = review.active.period.to if review.active and review.active.period else None
    day = review.date or counted or (review.period.to if review.period else None)
    return Point(day, share) if day and share and share.denominator else None


# -- where everything stands ------------------------------------------------------------------------------------------


def _top(found: Participation) -> Fraction:
    """The share at the top of the axis: as little as has room for all, in parts of whole percents."""
    most = max(found.expected, *(point.share.fraction for point in found.points))
    return next(top for percent in (12, 20, 40, 60, 80, 100) if (top := Fraction(percent, 100)) >= most)


def _x(found: Participation, point: Point) -> int:
    first, last = found.points[0].day, found.points[-1].day
    return _LEFT + 16 + (_RIGHT - _LEFT - 32) * (point.day - first).days // (last - first).days


def _y(share: Fraction, top: Fraction) -> int:
    return _AXIS - int((_AXIS - _TOP) * share / top)


def _marks(found: Participation, top: Fraction, language: Language) -> list[Mark]:
    say = sayer(language, "pictures")
    last = _x(found, found.points[-1])
    marks: list[Mark] = []
    told = -_APART
    for point in found.points:
        x, y = _x(found, point), _y(point.share.fraction, top)
        words: list[tuple[int, str]] = []
        if x == last or (x - told >= _APART and last - x >= _APART):
            told = x
            lines = (language.day_of_month(point.day), f"{point.day.year}", say("participation_count", point))
            words = [(_AXIS + 20 + 15 * at, text) for at, text in enumerate(lines)]
        shown = language.percent(point.share.fraction) if words else ""
        anchor = "end" if x == last else "start" if not marks else "middle"
        marks.append(Mark(x, y, say("participation_point", point), words, shown, anchor))
    return marks
