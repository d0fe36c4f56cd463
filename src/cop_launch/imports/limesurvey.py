"""LimeSurvey: the responses as CSV or Excel, with codes, texts or both above the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cop_launch.imports.layout import Cells, Column, Layout, Source, blank, first_of, same, split_option

_OWN = {
    "id": ("id", "response id", "antwoord id", "antwoord-id", "respons-id"),
    "submitdate": ("submitdate", "date submitted", "datum ingestuurd", "datum verzonden", "datum ingediend"),
    "lastpage": ("lastpage", "last page", "laatste pagina"),
    "startlanguage": ("startlanguage", "start language", "starttaal", "begintaal", "start taal"),
    "seed": ("seed", "zaad", "startwaarde"),
    "startdate": ("startdate", "date started", "startdatum", "datum gestart", "begindatum"),
    "datestamp": ("datestamp", "date last action", "datum laatste actie", "datum laatste handeling"),
    "ipaddr": ("ipaddr", "ip address", "ip-adres", "ip adres"),
    "refurl": ("refurl", "referrer url", "verwijzende url", "url van verwijzer"),
    "token": ("token", "access code", "toegangscode"),
    "timing": ("interviewtime", "total time", "totale tijd"),
}
_OWN_CODES = {name: code for code, names in _OWN.items() for name in names}
_TIMING = re.compile(r"(?:group|question|groep|vraag)(?:time\d*| time: .*|tijd: .*)|\w+time", re.IGNORECASE)
_WITH_CODE = re.compile(r"([A-Za-z]\w*)((?:\[[^\]]*\])*)\.\s+(.*)", re.DOTALL)
_CODE = re.compile(r"([A-Za-z]\w*)((?:\[[^\]]*\])+)")


def _own(heading: str) -> str | None:
    """Which of LimeSurvey's own columns this is: `id`, `Response ID` and `id. Response ID` are one."""
    text = same(heading)
    code, _, rest = text.partition(". ")
    return _OWN_CODES.get(text) or (_OWN_CODES.get(code) if rest else None)


def _column(index: int, heading: str) -> Column:
    if found := _WITH_CODE.fullmatch(heading):
        text, option = split_option(found[3]) if found[2] else (found[3], "")
        return Column(index, text, option, found[1])
    if found := _CODE.fullmatch(heading):
        return Column(index, found[1], found[2].strip("[]"), found[1])
    text, option = split_option(heading)
    return Column(index, text, option, heading if re.fullmatch(r"\w+", heading) else "")


def _layout(head: Sequence[Cells]) -> Layout | None:
    headings = head[0]
    own = {index: name for index, heading in enumerate(headings) if (name := _own(heading))}
    found: dict[str, int] = {}
    for index, name in own.items():
        found.setdefault(name, index)
    if own.get(0) != "id" or "submitdate" not in found or not {"lastpage", "startlanguage"} & set(found):
        return None
    columns = tuple(
        _column(index, heading)
        for index, heading in enumerate(headings)
        if index not in own and heading.strip() and not _TIMING.fullmatch(same(heading))
    )
    return Layout(
        heading_rows=1,
        columns=columns,
        response=0,
        person=found.get("token"),
        submitted=found["submitdate"],
        started=first_of(found, ("startdate",)),
        unfinished=blank(found["submitdate"]),
    )


LIMESURVEY = Source("limesurvey", "LimeSurvey", _layout)
