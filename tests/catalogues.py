"""Brings the message catalogues up to date with the code: `make messages`.

Messages are collected from `msg(…)` and `nmsg(…)` in the source, from the criteria and from the fields of the model.
Translations that are still asked for are kept; the others go. What is not translated yet is left empty and listed.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from cop_launch.locales import DOMAINS, LANGUAGES
from cop_launch.model.evidence import EvidenceFile
from cop_launch.model.project import Project
from cop_launch.model.structure import fields
from cop_launch.phases import PHASES, REVIEW

SOURCE = Path(__file__).parent.parent / "src" / "cop_launch"
LOCALES = SOURCE / "locales"
TRANSLATED = [language for language in LANGUAGES if language != "en"]
_THE_SAME_EVERYWHERE = {"date", "number", "whole number", "true or false", "time", "choice"}
_BEGINNING = datetime(2025, 1, 1, tzinfo=UTC)
"""A fixed date in the catalogues' headers: the same messages give the same file."""


def messages(domain: str) -> list[tuple[str | tuple[str, str], str]]:
    """Every message of a domain with a word on where it comes from, in the order of the source."""
    if domain == "criteria":
        criteria = [criterion for phase in (*PHASES, REVIEW) for criterion in phase.criteria]
        return [(m.text, c.id) for c in criteria for m in (c.title, c.why, c.remedy)]
    if domain == "fields":
        found: list[tuple[str | tuple[str, str], str]] = []
        for section in (Project, EvidenceFile):
            for doc in fields(section):
                said = [doc.title.text, doc.question.text]
                if doc.kind not in _THE_SAME_EVERYWHERE and not doc.refers_to and doc.example.text:
                    said.append(doc.example.text)
                found += [(text, doc.name) for text in said]
        return found
    keywords = {"msg": None, "nmsg": (1, 2)}
    extracted = extract_from_dir(SOURCE, [("**.py", "python")], {}, keywords=keywords)
    return [
        (message if isinstance(message, str) else (message[0], message[1]), file)
        for file, _, message, _, _ in extracted
    ]


def updated(domain: str, language: str) -> Catalog:
    """The catalogue with exactly the messages that are asked for, and the translations that it had."""
    path = _path(domain, language)
    old = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as file:
            old = read_po(file, locale=language)
    new = Catalog(
        locale=language,
        domain=domain,
        project="coplaunch",
        version="1",
        creation_date=_BEGINNING,
        revision_date=_BEGINNING,
        header_comment=f"# {domain}, {language}",
        last_translator="the coplaunch authors",
        language_team=language,
        fuzzy=False,
        msgid_bugs_address="the issue tracker",
    )
    for text, origin in messages(domain):
        known = old.get(text)
        translation = known.string if known is not None and not known.fuzzy else ""
        new.add(text, translation, auto_comments=[origin])
    return new


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as people edit it."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=110, ignore_obsolete=True)
    return stream.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """The catalogue as the program reads it."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    """The messages that have no translation yet."""
    missing = []
    for message in catalogue:
        strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
        if message.id and not all(strings):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def _path(domain: str, language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / f"{domain}.po"


def main() -> int:
    """Writes every catalogue; 1 when something is not translated."""
    code = 0
    for language in TRANSLATED:
        for domain in DOMAINS:
            catalogue = updated(domain, language)
            path = _path(domain, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(as_po(catalogue))
            path.with_suffix(".mo").write_bytes(as_mo(catalogue))
            missing = untranslated(catalogue)
            print(f"{language} {domain}: {len(catalogue)} messages, {len(missing)} without a translation")
            code |= bool(missing)
    return code


if __name__ == "__main__":
    sys.exit(main())
