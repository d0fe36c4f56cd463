"""Google Forms: the responses as CSV, or the sheet that they are collected in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cop_launch.imports.dates import Order
from cop_launch.imports.layout import EMAIL, Cells, Column, Layout, Source, first_of, positions, same, split_option

_TIMESTAMP = frozenset(
    {
        "timestamp", "tijdstempel", "zeitstempel", "horodateur", "marca temporal", "informazioni cronologiche",
        "carimbo de data/hora", "tidsstempel", "tidsstämpel", "aikaleima", "sygnatura czasowa", "časová značka",
        "ประทับเวลา", "タイムスタンプ", "时间戳记", "отметка времени", "zaman damgası",
    }
)  # fmt: skip
_OWN = frozenset({*EMAIL, "score", "username", "gebruikersnaam", "totaalscore", "total score"})


def _layout(head: Sequence[Cells]) -> Layout | None:
    headings = head[0]
    if same(headings[0]) not in _TIMESTAMP:
        return None
    columns = []
    for index, heading in enumerate(headings):
        if index == 0 or same(heading) in _OWN or not heading.strip():
            continue
        question, option = split_option(heading)  # the rows of a grid question
        columns.append(Column(index, question, option) if option else Column(index, heading))
    # The language of the form decides about 3/4/2025; the sheet follows it.
    english = same(headings[0]) == "timestamp"
    joined_by_semicolons = any(re.search(r"\S;\S", cell) for row in head[1:] for cell in row)
    return Layout(
        heading_rows=1,
        columns=tuple(columns),
        person=first_of(positions(headings), (*EMAIL, "username", "gebruikersnaam")),
        submitted=0,
        order=Order.MONTH if english else Order.DAY,
        separator=";" if joined_by_semicolons else ", ",
    )


GOOGLE_FORMS = Source("google_forms", "Google Forms", _layout)
