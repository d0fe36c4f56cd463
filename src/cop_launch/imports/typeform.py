"""Typeform: the responses as CSV or XLSX."""

from __future__ import annotations

from collections.abc import Sequence

from cop_launch.imports.layout import Cells, Column, Layout, Source, first_of, positions, same

_SUBMITTED = ("submit date (utc)", "submit date")
_OWN = frozenset(
    {
        "#", "response type", "start date (utc)", "start date", "stage date (utc)", *_SUBMITTED, "network id", "tags",
        "ending", "score", "token",
    }
)  # fmt: skip


def _layout(head: Sequence[Cells]) -> Layout | None:
    headings = head[0]
    found = positions(headings)
    submitted = first_of(found, _SUBMITTED)
    if headings[0].strip() != "#" or submitted is None:
        return None
    state = found.get("response type")

    def unfinished(cells: Cells) -> bool:
        return not cells[submitted].strip() or (state is not None and same(cells[state]) not in {"", "completed"})

    return Layout(
        heading_rows=1,
        columns=tuple(Column(i, text) for i, text in enumerate(headings) if text.strip() and same(text) not in _OWN),
        response=0,
        submitted=submitted,
        started=first_of(found, ("start date (utc)", "start date")),
        unfinished=unfinished,
        separator=", ",
    )


TYPEFORM = Source("typeform", "Typeform", _layout)
