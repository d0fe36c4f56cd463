"""Any table with a heading above each column and one response in each row."""

from __future__ import annotations

from collections.abc import Sequence

from cop_launch.imports.layout import EMAIL, Cells, Column, Layout, Source, first_of, positions, same

_MOMENTS = (
    "submitted", "submitted at", "submitted on", "submission date", "date submitted", "completed", "completion time",
    "timestamp", "date", "datum", "ingevuld op", "ingevuld", "datum ingevuld", "verzonden op", "datum en tijd",
    "tijdstip",
)  # fmt: skip
_NUMBERS = ("id", "nr", "no", "number", "nummer", "response id", "responseid", "respondent", "respondent id", "#")


def _layout(head: Sequence[Cells]) -> Layout | None:
    headings = head[0]
    found = positions(headings)
    submitted, response, person = (first_of(found, names) for names in (_MOMENTS, _NUMBERS, EMAIL))
    return Layout(
        heading_rows=1,
        columns=tuple(
            Column(index, heading, "", heading if same(heading) == heading.casefold() else "")
            for index, heading in enumerate(headings)
            if heading.strip() and index not in {submitted, response, person}
        ),
        response=response,
        person=person,
        submitted=submitted,
    )


PLAIN = Source("plain", "table", _layout)
