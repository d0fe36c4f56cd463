"""SurveyMonkey: all individual responses, as CSV or XLSX, condensed or expanded."""

from __future__ import annotations

from collections.abc import Sequence

from cop_launch.imports.dates import Order
from cop_launch.imports.layout import Cells, Column, Layout, Source, blank, first_of, positions, same

_OWN = frozenset(
    {
        "respondent id", "collector id", "start date", "end date", "date created", "date modified", "ip address",
        "email address", "first name", "last name", "language",
    }
)  # fmt: skip
_NO_OPTION = frozenset(
    {"", "response", "open-ended response", "reactie", "antwoord", "open antwoord", "respuesta", "respuesta abierta"}
)


def _layout(head: Sequence[Cells]) -> Layout | None:
    headings = head[0]
    found = positions(headings)
    if same(headings[0]) != "respondent id" or "collector id" not in found:
        return None
    rows = 1
    while rows < min(3, len(head)) and not head[rows][0].strip():
        rows += 1
    options = head[1] if rows > 1 else []
    columns, question = [], ""
    for index, heading in enumerate(headings):
        if same(heading) in _OWN or same(heading).startswith("custom data "):
            question = ""
            continue
        question = heading if heading.strip() else question
        option = options[index] if index < len(options) else ""
        if question:
            columns.append(Column(index, question, "" if same(option) in _NO_OPTION else option))
    ended = first_of(found, ("end date", "date modified"))
    return Layout(
        heading_rows=rows,
        columns=tuple(columns),
        response=0,
        person=found.get("email address"),
        submitted=ended,
        started=first_of(found, ("start date", "date created")),
        unfinished=blank(found.get("end date")),
        order=Order.MONTH,
        separator=", ",
    )


SURVEYMONKEY = Source("surveymonkey", "SurveyMonkey", _layout)
