"""The six phases drawn, from top to bottom: what was decided at each gate, where the project stands, what is ahead.

A shape and a line of words say what a colour says. Steps back are arrows at the left; reviews follow the sixth phase.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from cop_launch.documents.decided import Made, recorded
from cop_launch.documents.drawing import fitted, on_lines, sayer
from cop_launch.documents.rendering import picture_templates
from cop_launch.documents.report import awaits_review, deviates, ending
from cop_launch.gates import Dossier
from cop_launch.locales import Language
from cop_launch.model.decision import ENDS, DecisionKind, Gate, Phase, State, VerdictKind, standing
from cop_launch.phases import PHASES
from cop_launch.records import Record
from cop_launch.workflow import Assessment

PICTURE = "plans/six-phases.svg"

MOST_LINES = 4
"""How many decisions of one gate are drawn; of older ones the number is said. Set here."""
MOST_ARROWS = 3
"""How many steps back are drawn as an arrow; the words below the phase tell of more. Set here."""

_WIDTH, _NODE, _TEXT, _TOP = 480, 56, 84, 66
_ROOM = _WIDTH - _TEXT - 12
_TITLE, _LINE, _GAP, _RADIUS = 20, 17, 18, 10
_LANE = 12
"""Between the arrows, and between the nodes and the first of them."""


class Looks(StrEnum):
    """How a phase is drawn."""

    PASSED = "passed"
    HERE = "here"
    ENDED = "ended"
    AHEAD = "ahead"


class Journey(Record):
    """What the picture shows, in short."""

    gos: int
    returns: int
    at: Gate
    number: int
    verdict: VerdictKind
    open: int
    ended: Made | None
    awaits: bool
    last_review: Made | None
    next_review: date | None


class Stop(Record):
    """A phase, or the time after: how it looks, and what is said of it."""

    gate: Gate
    looks: Looks
    title: str
    now: str | None
    """What is the case now, of the phase in which the project stands or ended."""
    lines: tuple[str, ...]

    @property
    def said(self) -> tuple[str, ...]:
        """All that is said of it."""
        return (self.now, *self.lines) if self.now else self.lines


class Node(Record):
    """A stop where it stands. `solid` is for the road that has been travelled, down to the next one."""

    y: int
    looks: Looks
    title: str
    lines: list[tuple[int, str, bool]]
    """Each with where it stands, and whether it is what is the case now."""
    to: int | None
    solid: bool


class Arrow(Record):
    """A step back: from a node up to one before it."""

    start: int
    end: int
    lane: int


def six_phases(dossier: Dossier, assessment: Assessment, language: Language) -> str:
    """The picture; the assessment is that of the gate before which the project stands."""
    say = sayer(language, "pictures")
    stops = _stops(dossier, assessment, say)
    nodes, bottom = _nodes(stops)
    subtitle, name = say("phases_subtitle"), say("phases_heading", dossier.project.name)
    told = [f"{stop.title}: {'; '.join(stop.said)}." for stop in stops]
    return picture_templates().get_template("six-phases.svg.j2").render(
        language=language.code,
        width=_WIDTH,
        height=bottom,
        title=f"{name}: {subtitle}",
        description=" ".join([say("journey", journey(dossier, assessment)), *told]),
        heading=fitted(name, _WIDTH - 24, 17, bold=True),
        subtitle=subtitle,
        node=_NODE,
        text=_TEXT,
        radius=_RADIUS,
        nodes=nodes,
        arrows=_arrows(dossier, {stop.gate: node.y for stop, node in zip(stops, nodes, strict=True)}),
    )  # fmt: skip


def journey(dossier: Dossier, assessment: Assessment) -> Journey:
    """The picture in short, for who cannot see it."""
    decisions = dossier.project.decisions or []
    stands = standing(decisions)
    held = [decisions[position] for position in stands.in_force]
    reviews = [one for one in held if one.gate is Gate.REVIEW]
    return Journey(
        gos=sum(one.decision is DecisionKind.GO and one.gate is not Gate.REVIEW for one in held),
        returns=sum(made.kind is DecisionKind.BACK for made in _made(dossier)),
        at=assessment.gate.gate,
        number=assessment.gate.number,
        verdict=assessment.verdict,
        open=len(assessment.blocking),
        ended=ending(dossier),
        awaits=awaits_review(dossier, assessment),
        last_review=recorded(dossier, reviews[-1]) if reviews else None,
        next_review=next_review(dossier),
    )


def next_review(dossier: Dossier) -> date | None:
    """The first planned day after the last decision, of a project that goes on after its launch."""
    project = dossier.project
    stands = standing(project.decisions or [])
    if stands.phase is not Phase.LAUNCHED or stands.state is not State.ACTIVE:
        return None
    decided = [d.date for d in project.decisions or [] if d.date]
    planned = sorted((project.launch.reviews_planned if project.launch else None) or [])
    return next((day for day in planned if not decided or day > max(decided)), None)


def _made(dossier: Dossier) -> list[Made]:
    return [made for one in dossier.project.decisions or [] if (made := recorded(dossier, one))]


def _stops(dossier: Dossier, assessment: Assessment, say: Callable[..., str]) -> list[Stop]:
    here = assessment.gate.gate
    gates = [phase.gate for phase in PHASES]
    if here is Gate.REVIEW or any(made.gate is Gate.REVIEW for made in _made(dossier)):
        gates.append(Gate.REVIEW)
    return [_stop(dossier, assessment, gate, place, say) for gate, place in _places(gates, here)]


def _places(gates: list[Gate], here: Gate) -> list[tuple[Gate, str]]:
    at = gates.index(here)
    return [(gate, "before" if n < at else "here" if n == at else "after") for n, gate in enumerate(gates)]


def _stop(dossier: Dossier, assessment: Assessment, gate: Gate, place: str, say: Callable[..., str]) -> Stop:
    decisions = dossier.project.decisions or []
    in_force = standing(decisions).in_force
    ended = ending(dossier)
    now, past = [], []
    for position, decision in enumerate(decisions):
        made = recorded(dossier, decision)
        if made is None or made.gate is not gate:
            continue
        reviewed = gate is Gate.REVIEW and place == "here" and made.kind is not DecisionKind.BACK
        if position in in_force or reviewed:
            now.append(say("taken", made, deviates(made)))
        elif made.kind is DecisionKind.BACK or made.kind in ENDS:
            past.append(say("before", made, deviates(made)))
    looks, current = Looks.PASSED if now else Looks.AHEAD, None
    if place == "here" and ended:
        looks, current = Looks.ENDED, now.pop() if now else None
    elif place == "here":
        looks, current = Looks.HERE, _at_hand(dossier, assessment, say)
    elif not now:
        now.append(say("no_decision", "ended" if ended and place == "after" else place))
    number = next((f"{phase.number}. " for phase in PHASES if phase.gate is gate), "")
    return Stop(gate, looks, number + say("place", gate), current, (*_latest(now, say), *_latest(past, say)))


def _at_hand(dossier: Dossier, assessment: Assessment, say: Callable[..., str]) -> str:
    if awaits_review(dossier, assessment):
        return say("between_reviews", next_review(dossier))
    return say("at_hand", assessment.verdict, len(assessment.blocking))


def _latest(lines: list[str], say: Callable[..., str]) -> list[str]:
    """The last so many lines; how many are older is said in one."""
    more = len(lines) - MOST_LINES
    return [say("and_earlier", more), *lines[more:]] if more > 0 else lines


# -- where everything stands ------------------------------------------------------------------------------------------


def _nodes(stops: list[Stop]) -> tuple[list[Node], int]:
    """Each stop with its place, and where the picture ends."""
    wrapped = [
        [(part, line is stop.now) for line in stop.said for part in on_lines(line, _ROOM, 2, bold=line is stop.now)]
        for stop in stops
    ]
    ys, y = [], _TOP + _RADIUS
    for lines in wrapped:
        ys.append(y)
        y += _TITLE + len(lines) * _LINE + _GAP
    here = next((n for n, stop in enumerate(stops) if stop.looks in {Looks.HERE, Looks.ENDED}), len(stops))
    nodes = [
        Node(
            ys[n],
            stop.looks,
            fitted(stop.title, _ROOM, 14, bold=True),
            [(ys[n] + 5 + _LINE * (at + 1), line, is_now) for at, (line, is_now) in enumerate(wrapped[n])],
            ys[n + 1] if n + 1 < len(stops) else None,
            n < here,
        )
        for n, stop in enumerate(stops)
    ]
    return nodes, y - _GAP + 4


def _arrows(dossier: Dossier, at: dict[Gate, int]) -> list[Arrow]:
    """The latest steps back, each in a lane of its own: the shortest inside."""
    steps = dict.fromkeys(
        (at[made.gate], at[Gate(made.to.value)])
        for made in reversed(_made(dossier))
        if made.kind is DecisionKind.BACK and made.to and made.to is not Phase.LAUNCHED
    )
    latest = [(start, end) for start, end in steps if start > end][:MOST_ARROWS]
    return [
        Arrow(start - 3 * lane, end + 3 * lane, _NODE - _RADIUS - _LANE * (lane + 1))
        for lane, (start, end) in enumerate(sorted(latest, key=lambda step: (step[0] - step[1], step)))
    ]
