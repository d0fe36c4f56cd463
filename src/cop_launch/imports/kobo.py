"""KoboToolbox and ODK: the submissions of an XLSForm, with names or labels above the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cop_launch.imports.layout import Cells, Column, Layout, Source, first_of, same

_OWN = frozenset(
    {
        "start", "end", "today", "deviceid", "phonenumber", "username", "simserial", "subscriberid", "audit",
        "formhub/uuid", "submissiondate", "key", "parent_key", "instanceid", "instancename", "submitterid",
        "submittername", "attachmentspresent", "attachmentsexpected", "status", "reviewstate", "edits", "formversion",
        "__version__", "set-of-questions",
    }
)  # fmt: skip


def _layout(head: Sequence[Cells]) -> Layout | None:
    headings = head[0]
    found: dict[str, int] = {}
    for index, heading in enumerate(headings):
        found.setdefault(heading.strip().casefold(), index)
    kobo = {"_uuid", "_submission_time", "_index", "_id"} & set(found)
    odk = "submissiondate" in found and {"key", "instanceid", "meta-instanceid"} & set(found)
    if len(kobo) < 2 and not odk:
        return None
    paths = [_path(heading) for heading in headings]
    whole = {"/".join(path) for path in paths}
    columns = []
    for index, path in enumerate(paths):
        name = "/".join(path)
        if not path or name.startswith(("_", "meta")) or same(path[-1]) in _OWN or same(name) in _OWN:
            continue
        option = path[-1] if len(path) > 1 and "/".join(path[:-1]) in whole else ""
        question = path[:-1] if option else path
        columns.append(Column(index, "/".join(question), option, question[-1]))
    return Layout(
        heading_rows=1,
        columns=tuple(columns),
        response=first_of(found, ("_uuid", "key", "meta-instanceid", "instanceid", "_id")),
        submitted=first_of(found, ("_submission_time", "submissiondate")),
        started=found.get("start"),
        separator=" ",
    )


def _path(heading: str) -> list[str]:
    """A heading as groups and question: a slash stands between, where it is no part of a sentence."""
    return [part.strip() for part in re.split(r"(?<=\S)/(?=\S)", heading.strip()) if part.strip()]


KOBO = Source("kobo", "KoboToolbox / ODK", _layout)
