"""Sample exports in the shapes that form tools give them: made from one group of invented people, whose answers are
known. So what an import must count is known without reading any file."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

Rows = list[list[str]]

PLAN = """\
format: 1
name: Round Table
language: {language}
phase: initiative
people: {{anna: {{name: Anna, role: lead, consent: 2025-01-07}}}}
initiative:
  initiators: [anna]
  target_groups: {{claims: {{who: "claims handlers, in Zwolle", size: 180}}}}
concept_test:
  persona: {{nadia: {{is: claims handler}}}}
  themes:
    no-and-then: {{title: "No, and then?"}}
    loud-calls: {{title: "Calls that get loud, or silent"}}
    letters: {{title: Letters}}
  tests:
    - id: march-2025
      kind: questionnaire
      reached: claims
"""
THEMES = {
    "no-and-then": "No, and then?",
    "loud-calls": "Calls that get loud, or silent",
    "letters": "Letters",
}

TEXTS: dict[str, dict[str, str]] = {
    "nl": {
        "consent": "Mijn antwoorden mogen worden gebruikt om over deze community te beslissen.",
        "target": "Hoor jij bij deze groep: claims handlers, in Zwolle?",
        "recognises": "Herken je jezelf in Nadia?",
        "themes": "Waarover zou je met collega’s willen uitwisselen?",
        "role": "Wil je zelf iets doen om deze community op te bouwen?",
        "contribution": "Wat zou je willen doen of inbrengen?",
        "name": "Je naam, als we je hierover mogen benaderen",
        "contact": "Je e-mailadres, als we je mogen benaderen",
        "gains": "Wat zou je er zelf uit willen halen?",
        "yes": "Ja",
        "partly": "Deels",
        "no": "Nee",
        "active": "Ja, ik wil zelf iets doen",
        "maybe": "Misschien, vertel me er eerst meer over",
        "declined": "Nee",
        "": "",
    },
    "en": {
        "consent": "My answers may be used to decide about this community.",
        "target": "Do you belong to this group: claims handlers, in Zwolle?",
        "recognises": "Do you recognise yourself in Nadia?",
        "themes": "Which of these would you like to exchange on?",
        "role": "Would you like a role in building this community?",
        "contribution": "What would you like to do or bring?",
        "name": "Your name, if we may contact you about this",
        "contact": "Your e-mail address, if we may contact you about this",
        "gains": "What would you want to get out of it yourself?",
        "yes": "Yes",
        "partly": "Partly",
        "no": "No",
        "active": "Yes, I want to do something myself",
        "maybe": "Perhaps, tell me more first",
        "declined": "No",
        "": "",
    },
}
QUESTIONS = ("consent", "target", "recognises", "themes", "role", "contribution", "name", "contact", "gains")
CODES = {
    "consent": "consent",
    "target": "in_target_group",
    "recognises": "recognises",
    "themes": "themes",
    "role": "wants_a_role",
    "contribution": "contribution",
    "name": "name",
    "contact": "contact",
    "gains": "gains",
}


@dataclass(frozen=True)
class Person:
    """What one respondent answered, and how the tool came by it."""

    number: int
    sent: datetime
    target: str = "yes"
    recognises: str = ""
    themes: tuple[str, ...] = ()
    role: str = ""
    contribution: str = ""
    name: str = ""
    contact: str = ""
    gains: str = ""
    consent: str = "yes"
    finished: bool = True
    preview: bool = False
    empty: bool = False

    @property
    def started(self) -> datetime:
        """When the form was opened."""
        return self.sent - timedelta(minutes=4, seconds=self.number % 50)

    def text(self, question: str, language: str, between: str = ";") -> str:
        """The words in the cell of a question."""
        if self.empty:
            return ""
        if question == "themes":
            return between.join(THEMES[slug] for slug in self.themes)
        value = str(getattr(self, question))
        open_ = question in {"contribution", "name", "contact", "gains"}
        return value if open_ else TEXTS[language][value]


def people(seed: int = 7, number: int = 60) -> list[Person]:
    """Invented respondents, with line breaks, quotes, accents and separators in what they write."""
    chance = random.Random(seed)
    words = [
        "Ik lees graag mee; soms",
        'Zij zei "nee", en toen?',
        "één uur per maand\nmeer niet",
        "=SUM(A1:A9)",
        "Koffie, thee & een café",
        "",
    ]
    found = []
    for number_, day in enumerate(chance.choices(range(19), k=number)):
        role = chance.choices(["active", "maybe", "declined", ""], [3, 3, 4, 1])[0]
        outside = chance.random() < 0.1
        found.append(
            Person(
                number_ + 1,
                datetime(2025, 3, 10, 9) + timedelta(days=day, minutes=7 * number_, seconds=number_ % 60),
                "no" if outside else "yes",
                "" if outside else chance.choice(["yes", "yes", "partly", "no", ""]),
                () if outside else tuple(slug for slug in THEMES if chance.random() < 0.5),
                "" if outside else role,
                "" if outside or role in {"declined", ""} else f"{chance.choice(words)} {number_}".strip(),
                "" if outside or role != "active" else f"Respondent-{number_}",
                "",
                "" if outside else chance.choice(words),
            )
        )
    return found


def with_troubles(found: Sequence[Person], unfinished: bool = True, preview: bool = False) -> list[Person]:
    """The same people, and responses that do not count, where the tool tells them apart."""
    more = list(found)
    last = found[-1].number
    if unfinished:
        more.insert(3, replace(found[0], number=last + 1, finished=False, contribution="half a word"))
        more.append(replace(found[1], number=last + 2, finished=False))
    if preview:
        more.insert(0, replace(found[2], number=last + 3, preview=True, contribution="trying out"))
    more.append(Person(last + 4, found[-1].sent + timedelta(hours=1), empty=True))
    twice = next(person for person in found if person.role == "active" and person.target == "yes")
    more.insert(10, twice)
    return more


def truth(responses: Sequence[Person]) -> dict[str, object]:
    """What an import has to find, counted from the people themselves."""
    excluded: Counter[str] = Counter()
    seen: set[int] = set()
    counts: dict[str, Counter[str]] = {"wants_a_role": Counter(), "recognises": Counter(), "themes": Counter()}
    left = 0
    for person in responses:
        if person.preview:
            excluded["preview"] += 1
        elif not person.finished:
            excluded["unfinished"] += 1
        elif person.empty:
            excluded["empty"] += 1
        elif person.number in seen:
            excluded["duplicate"] += 1
        elif person.target == "no":
            excluded["outside_target_group"] += 1
            seen.add(person.number)
        else:
            seen.add(person.number)
            counts["wants_a_role"][person.role] += 1
            counts["recognises"][person.recognises] += 1
            counts["themes"].update(person.themes)
            left += bool(person.name and person.contribution)
    accepted = len(responses) - sum(excluded.values())
    excluded["outside_target_group"] += 0
    return {
        "answered": len(responses),
        "excluded": dict(excluded),
        "wants_a_role": {key: counts["wants_a_role"][key] for key in ("active", "maybe", "declined")},
        "recognises": {key: counts["recognises"][key] for key in ("yes", "partly", "no")},
        "themes": {k: n for k, n in sorted(counts["themes"].items()) if 5 <= n <= accepted - 5},
        "left": left,
    }


# -- one table for each source ----------------------------------------------------------------------------------------


def google(found: Sequence[Person], language: str) -> Rows:
    """The sheet of a form: a moment, then the questions; several answers joined by a comma and a space."""
    texts = TEXTS[language]
    moment = "%d-%m-%Y %H:%M:%S" if language == "nl" else "%m/%d/%Y %H:%M:%S"
    rows = [["Tijdstempel" if language == "nl" else "Timestamp", *(texts[question] for question in QUESTIONS)]]
    rows += [[p.sent.strftime(moment), *(p.text(q, language, ", ") for q in QUESTIONS)] for p in found]
    return rows


def microsoft(found: Sequence[Person], language: str) -> Rows:
    """The workbook: American moments under Dutch headings, a semicolon after every choice, a non-breaking space."""
    texts = TEXTS[language]
    own = {
        "nl": ["ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Tijd van laatste wijziging"],
        "en": ["ID", "Start time", "Completion time", "Email", "Name"],
    }[language]
    heads = [texts[question].replace(" ", "\N{NO-BREAK SPACE}", 1) for question in QUESTIONS]
    heads[QUESTIONS.index("themes")] += "\n"
    rows = [[*own, *heads]]
    moment = "%m/%d/%y %H:%M:%S"
    for p in found:
        themes = p.text("themes", language)
        cells = [p.text(q, language) if q != "themes" else themes and themes + ";" for q in QUESTIONS]
        meta = [str(p.number), p.started.strftime(moment), p.sent.strftime(moment), "anonymous", "", ""]
        rows.append([*meta[: len(own)], *cells])
    return rows


def limesurvey(found: Sequence[Person], language: str) -> Rows:
    """Codes and texts above the columns; a column for each theme, with Y or nothing."""
    texts = TEXTS[language]
    heads = [
        "id. Response ID", "submitdate. Date submitted", "lastpage. Last page", "startlanguage. Start language",
        "seed. Seed", "startdate. Date started", "datestamp. Date last action",
    ]  # fmt: skip
    for question in QUESTIONS:
        code = CODES[question].replace("_", "")
        if question == "themes":
            heads += [f"{code}[SQ00{n}]. {texts[question]} [{title}]" for n, title in enumerate(THEMES.values(), 1)]
        else:
            heads.append(f"{code}. {texts[question]}")
    rows = [[*heads, "interviewtime. Total time"]]
    for p in found:
        cells: list[str] = []
        for question in QUESTIONS:
            if question == "themes":
                cells += ["Y" if slug in p.themes and not p.empty else "" for slug in THEMES]
            else:
                cells.append(p.text(question, language))
        sent = p.sent.isoformat(" ") if p.finished else ""
        meta = [str(p.number), sent, "4", language, "129", p.started.isoformat(" "), p.sent.isoformat(" ")]
        rows.append([*meta, *cells, "61.2"])
    return rows


def limesurvey_codes(found: Sequence[Person], language: str) -> Rows:
    """The same with codes only, also for the answers, cut at five letters."""
    whole = limesurvey(found, language)
    short = {TEXTS[language][code]: code[:5] for code in ("yes", "partly", "active", "maybe")}
    roles = {TEXTS[language]["no"]: "no"}
    heads = [head.split(". ")[0] for head in whole[0]]
    for n, slug in enumerate(THEMES, 1):
        heads = [head.replace(f"[SQ00{n}]", f"[{slug}]") for head in heads]
    rows = [heads]
    for row in whole[1:]:
        cells = [short.get(cell, roles.get(cell, cell)) for cell in row]
        role = heads.index("wantsarole")
        cells[role] = "decli" if cells[role] == "no" else cells[role]
        rows.append(cells)
    return rows


def surveymonkey(found: Sequence[Person], language: str) -> Rows:
    """Two heading rows: the question over the first of its columns, the options below."""
    texts = TEXTS[language]
    own = [
        "Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name",
        "Last Name", "Custom Data 1",
    ]  # fmt: skip
    first, second = list(own), [""] * len(own)
    for question in QUESTIONS:
        if question == "themes":
            first += [texts[question], "", ""]
            second += list(THEMES.values())
        else:
            first.append(texts[question])
            open_ = question in {"contribution", "name", "contact", "gains"}
            second.append("Open-Ended Response" if open_ else "Response")
    rows = [first, second]
    moment = "%m/%d/%Y %I:%M:%S %p"
    for p in found:
        cells: list[str] = []
        for question in QUESTIONS:
            if question == "themes":
                cells += [title if slug in p.themes and not p.empty else "" for slug, title in THEMES.items()]
            else:
                cells.append(p.text(question, language))
        sent = p.sent.strftime(moment) if p.finished else ""
        number = str(11_800_000_000 + p.number)
        rows.append([number, "400", p.started.strftime(moment), sent, f"192.0.2.{p.number}", "", "", "", "", *cells])
    return rows


def typeform(found: Sequence[Person], language: str) -> Rows:
    """A column for each theme, called by its title and nothing else."""
    texts = TEXTS[language]
    heads = ["#"]
    for question in QUESTIONS:
        heads += list(THEMES.values()) if question == "themes" else [texts[question]]
    rows = [[*heads, "Response Type", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"]]
    for p in found:
        cells = [f"x{p.number:08d}"]
        for question in QUESTIONS:
            if question == "themes":
                cells += [title if slug in p.themes and not p.empty else "" for slug, title in THEMES.items()]
            else:
                cells.append(p.text(question, language))
        sent = p.sent.isoformat(" ") if p.finished else ""
        state = "completed" if p.finished else "partial"
        rows.append([*cells, state, p.started.isoformat(" "), sent, f"net{p.number % 5}"])
    return rows


def qualtrics(found: Sequence[Person], language: str) -> Rows:
    """Three heading rows: codes, texts in the language of the account, and what imports need."""
    texts = TEXTS[language]
    own = [
        "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate",
        "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference",
        "LocationLatitude", "LocationLongitude", "DistributionChannel", "UserLanguage",
    ]  # fmt: skip
    german = ["Startdatum", "Enddatum", "Antworttyp", "IP-Adresse", "Fortschritt", "Dauer (in Sekunden)", "Beendet"]
    codes, words = list(own), [*german, *own[len(german) :]]
    for number, question in enumerate(QUESTIONS, 1):
        if question == "themes":
            codes += [f"Q{number}_{n}" for n in range(1, len(THEMES) + 1)]
            words += [f"{texts[question]} - Selected Choice - {title}" for title in THEMES.values()]
            codes.append(f"Q{number}_DO")
            words.append("Display order")
        else:
            codes.append(f"Q{number}")
            words.append(texts[question])
    rows = [codes, words, [json.dumps({"ImportId": code, "timeZone": "Europe/Amsterdam"}) for code in codes]]
    for p in found:
        cells: list[str] = []
        for question in QUESTIONS:
            if question == "themes":
                cells += [title if slug in p.themes and not p.empty else "" for slug, title in THEMES.items()]
                cells.append("" if p.empty else "1|2|3")
            else:
                cells.append(p.text(question, language))
        sent = p.sent.isoformat(" ")
        status = "Survey Preview" if p.preview else "IP Address"
        meta = [
            p.started.isoformat(" "), sent, status, f"192.0.2.{p.number}", "100" if p.finished else "40", "240",
            str(p.finished), sent, f"R_{p.number:015d}", "", "", "", "", "52.5", "6.1", "anonymous", language.upper(),
        ]  # fmt: skip
        rows.append([*meta, *cells])
    return rows


def kobo(found: Sequence[Person], language: str) -> Rows:
    """Names of groups before the names of questions, codes for answers, and a column for each theme besides."""
    heads = ["start", "end"]
    for question in QUESTIONS:
        path = f"concept/{CODES[question]}"
        heads.append(path)
        if question == "themes":
            heads += [f"{path}/{slug}" for slug in THEMES]
    rows = [[*heads, "_id", "_uuid", "_submission_time", "_validation_status", "_index"]]
    for index, p in enumerate(found, 1):
        cells = [p.started.isoformat(), p.sent.isoformat()]
        for question in QUESTIONS:
            if question == "themes":
                cells.append("" if p.empty else " ".join(p.themes))
                cells += ["" if p.empty else str(int(slug in p.themes)) for slug in THEMES]
            elif question in {"contribution", "name", "contact", "gains"}:
                cells.append(p.text(question, language))
            else:
                cells.append("" if p.empty else str(getattr(p, question)))
        rows.append([*cells, str(9000 + p.number), f"uuid-{p.number}", p.sent.isoformat(), "", str(index)])
    return rows


def plain(found: Sequence[Person], language: str) -> Rows:
    """A sheet that somebody keeps: a number, a day, the questions."""
    texts = TEXTS[language]
    rows = [["Nr", "Datum" if language == "nl" else "Date", *(texts[question] for question in QUESTIONS)]]
    rows += [[str(p.number), f"{p.sent:%Y-%m-%d}", *(p.text(q, language) for q in QUESTIONS)] for p in found]
    return rows


@dataclass(frozen=True)
class Shape:
    """A source: how it lays its table out, and what it tells apart."""

    id: str
    rows: Callable[[Sequence[Person], str], Rows]
    unfinished: bool = True
    preview: bool = False


SHAPES: tuple[Shape, ...] = (
    Shape("google_forms", google, unfinished=False),
    Shape("microsoft_forms", microsoft, unfinished=False),
    Shape("limesurvey", limesurvey),
    Shape("limesurvey", limesurvey_codes),
    Shape("surveymonkey", surveymonkey),
    Shape("typeform", typeform),
    Shape("qualtrics", qualtrics, preview=True),
    Shape("kobo", kobo, unfinished=False),
    Shape("plain", plain, unfinished=False),
)


# -- dialects ---------------------------------------------------------------------------------------------------------


def as_csv(rows: Rows, delimiter: str = ",", encoding: str = "utf-8", newline: str = "\r\n", before: str = "") -> bytes:
    """The table as CSV."""
    text = io.StringIO(newline="")

    class Dialect(csv.excel):
        # Where lines end in CR alone, a line feed in a cell would go unquoted.
        quoting = csv.QUOTE_ALL if newline == "\r" else csv.QUOTE_MINIMAL

    csv.writer(text, Dialect, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return (before + text.getvalue()).encode(encoding)


def as_xlsx(rows: Rows, sheet: str = "Sheet1") -> bytes:
    """The table as a workbook, every cell as text."""
    import xlsxwriter  # type: ignore[import-untyped]

    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        for index, cell in enumerate(row):
            if cell:
                page.write_string(number, index, cell)
    book.close()
    return raw.getvalue()


def as_ods(rows: Rows) -> bytes:
    """The table as an OpenDocument spreadsheet, with the million empty rows that these claim."""

    def cell(text: str) -> str:
        paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
        return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Answers">{body}<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        packed.writestr("META-INF/manifest.xml", manifest)
        packed.writestr("content.xml", content)
    return raw.getvalue()


DIALECTS: Mapping[str, Callable[[Rows], bytes]] = {
    "comma": as_csv,
    "semicolon-bom": lambda rows: as_csv(rows, ";", "utf-8-sig", "\n"),
    "dutch-excel": lambda rows: as_csv(rows, ";", "cp1252"),
    "sep-line": lambda rows: as_csv(rows, ";", "cp1252", before="sep=;\r\n"),
    "unicode-text": lambda rows: as_csv(rows, "\t", "utf-16"),
    "old-mac": lambda rows: as_csv(rows, ",", "utf-8", "\r"),
    "trailing": lambda rows: as_csv([*rows, *[[""] * len(rows[0])] * 7], ";") + b"\r\n\r\n",
    "xlsx": as_xlsx,
    "ods": as_ods,
}


def project(folder: Path, language: str = "en") -> Path:
    """A project in the concept test, whose one test has no figures yet."""
    (folder / "evidence" / "raw").mkdir(parents=True)
    (folder / "coplaunch.yaml").write_bytes(PLAN.format(language=language).encode())
    (folder / ".gitignore").write_bytes(b"evidence/raw/\n.coplaunch-*.tmp\n")
    return folder
