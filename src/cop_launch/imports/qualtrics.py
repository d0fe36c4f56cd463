"""Qualtrics: the responses as CSV or XLSX, with their three heading rows, or two in the older export."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cop_launch.imports.layout import Cells, Column, Layout, Source, first_of, one_of, positions, same

_OWN = frozenset(
    {
        "startdate", "enddate", "status", "ipaddress", "progress", "duration (in seconds)", "finished", "recorddate",
        "recordeddate", "responseid", "responseset", "recipientlastname", "recipientfirstname", "recipientemail",
        "externalreference", "externaldatareference", "locationlatitude", "locationlongitude", "locationaccuracy",
        "distributionchannel", "userlanguage", "name", "emailaddress", "q_recaptchascore",
    }
)  # fmt: skip
_NO = frozenset({"0", "false", "falsch", "onwaar", "nee", "no", "faux", "falso"})
_OLD = re.compile(r"V\d+")
_NOT_AN_ANSWER = re.compile(r".*_DO(?:_.*)?$|.*_(?:First Click|Last Click|Page Submit|Click Count)$")
_ONE_OF_SEVERAL = re.compile(r"(.+)_(\d+)(_TEXT)?")
_SELECTED = re.compile(r"\s+-\s+Selected Choice\b")
_TRIAL = re.compile(r"preview|test|vorschau|voorbeeld|aperçu|vista previa|anteprima", re.IGNORECASE)


def _layout(head: Sequence[Cells]) -> Layout | None:
    codes = list(head[0])
    old = bool(_OLD.fullmatch(codes[0])) and len(head) > 1 and same(head[1][0]) == "responseid"
    if old:
        codes = [head[1][index] if _OLD.fullmatch(code) else code for index, code in enumerate(codes)]
    found = positions(codes)
    imported = next((n for n, row in enumerate(head[:4]) if sum('"ImportId"' in cell for cell in row) > 1), None)
    if "responseid" not in found or not {"finished", "status", "startdate"} & set(found):
        return None
    rows = imported + 1 if imported is not None else 2 if old else 1
    texts = head[1] if rows > 1 else codes
    status = found.get("status")

    def preview(cells: Cells) -> bool:
        if status is None:
            return False
        said = cells[status].strip()
        return said in {"1", "2", "9"} or bool(_TRIAL.search(said))

    return Layout(
        heading_rows=rows,
        columns=tuple(
            _column(index, code, texts[index] if index < len(texts) else code)
            for index, code in enumerate(codes)
            if code.strip() and same(code) not in _OWN and not _NOT_AN_ANSWER.fullmatch(code)
        ),
        response=found["responseid"],
        person=first_of(found, ("recipientemail", "emailaddress")),
        submitted=first_of(found, ("recordeddate", "enddate")),
        started=found.get("startdate"),
        unfinished=one_of(found.get("finished"), _NO),
        preview=preview,
        separator=",",
    )


def _column(index: int, code: str, text: str) -> Column:
    several = _ONE_OF_SEVERAL.fullmatch(code)
    if several and " - " in text:
        question, _, option = _SELECTED.sub("", text, count=1).rpartition(" - ")
        if question:
            return Column(index, question, option, several[1])
    return Column(index, _SELECTED.sub("", text), "", code)


QUALTRICS = Source("qualtrics", "Qualtrics", _layout)
