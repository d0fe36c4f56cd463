"""Microsoft Forms: the workbook that it opens in Excel, or that workbook saved as CSV, in Dutch, English or Spanish."""

from __future__ import annotations

from collections.abc import Sequence

from cop_launch.imports.dates import Order
from cop_launch.imports.layout import EMAIL, Cells, Column, Layout, Source, first_of, positions, same

_STARTED = ("start time", "begintijd", "starttijd", "hora de inicio")
_COMPLETED = ("completion time", "tijd van voltooien", "voltooiingstijd", "hora de finalización")
_OWN = frozenset(
    {
        "id", *_STARTED, *_COMPLETED, *EMAIL, "name", "naam", "nombre",
        "last modified time", "tijd van laatste wijziging", "hora de la última modificación", "language", "taal",
        "total points", "totaal aantal punten", "total de puntos", "quiz feedback", "feedback over test",
        "comentarios del cuestionario", "grade posted time", "tijd waarop cijfer is gepubliceerd",
    }
)  # fmt: skip
_OF_A_QUIZ = ("points - ", "punten - ", "puntos - ", "feedback - ", "comentarios - ")
_FIRST_OF_A_FORM = 8
"""The tool's own columns come first; a question may have the same name as one of them further on."""


def _layout(head: Sequence[Cells]) -> Layout | None:
    headings = head[0]
    found = positions(headings)
    started, completed = first_of(found, _STARTED), first_of(found, _COMPLETED)
    if same(headings[0]) != "id" or started is None or completed is None:
        return None
    own = {index for index, heading in enumerate(headings[:_FIRST_OF_A_FORM]) if same(heading) in _OWN}
    seen: set[str] = set()
    columns = []
    for index, heading in enumerate(headings):
        name = same(heading)
        first = name not in seen
        seen.add(name)
        if not name or heading.casefold().lstrip().startswith(_OF_A_QUIZ):
            continue
        if index in own and first:
            continue
        columns.append(Column(index, heading))
    return Layout(
        heading_rows=1,
        columns=tuple(columns),
        response=0,
        person=first_of(found, EMAIL),
        submitted=completed,
        started=started,
        order=Order.MONTH,  # also under Dutch headings
        separator=";",
    )


MICROSOFT_FORMS = Source("microsoft_forms", "Microsoft Forms", _layout)
