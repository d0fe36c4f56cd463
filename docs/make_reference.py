"""Writes the reference from the model, the criteria and the source: `make reference`.

python docs/make_reference.py             write docs/reference.md (English) and docs/referentie.md (Dutch)
python docs/make_reference.py --check     write nothing; exit 1 when one of them is not current
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent))

from cop_launch.console.as_json import SCHEMA  # noqa: E402
from cop_launch.findings import Exit  # noqa: E402
from cop_launch.gates import LEVELS, RESULTS, Criterion, Moment, PhaseGate, Threshold  # noqa: E402
from cop_launch.locales import Language, Message, in_language  # noqa: E402
from cop_launch.model.evidence import EvidenceFile  # noqa: E402
from cop_launch.model.fields import NotApplicable, Section  # noqa: E402
from cop_launch.model.project import Project  # noqa: E402
from cop_launch.model.structure import FieldDoc, fields, section_at  # noqa: E402
from cop_launch.phases import PHASES, REVIEW  # noqa: E402
from cop_launch.sources import SOURCES  # noqa: E402
from cop_launch.workflow import write_threshold  # noqa: E402
from docs.codes import Code, finding_codes, json_kinds, refusal_codes  # noqa: E402

LANGUAGE_OF = {"reference.md": "en", "referentie.md": "nl"}
"""Each page and the language that it is in."""

WORDS: dict[str, dict[str, dict[str, str]]] = tomllib.loads((DOCS / "words.toml").read_text(encoding="utf-8"))
"""The words of the pages themselves: by part, by name and by language."""


def main() -> int:
    """Write the pages, or look whether they are current."""
    stale = [name for name, text in pages().items() if not _current(DOCS / name, text)]
    for name in stale:
        if "--check" not in sys.argv:
            (DOCS / name).write_text(pages()[name], encoding="utf-8", newline="\n")
        print(f"docs/{name}: {'not current' if '--check' in sys.argv else 'written'}")
    return int("--check" in sys.argv and bool(stale))


def _current(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def pages() -> dict[str, str]:
    """The text of each page by its name."""
    return {name: "\n".join(Page(in_language(code)).lines()) for name, code in LANGUAGE_OF.items()}


class Page:
    """The reference in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def lines(self) -> Iterator[str]:
        """The page, line by line."""
        yield from (f"# {self._word('title')}", "", self._word("intro"), "")
        yield from self._contents("criteria", "fields", "findings", "refusals", "json", "exits", "sources")
        yield from self._part("criteria", "criteria-intro")
        for phase in (*PHASES, REVIEW):
            yield from self._phase(phase)
        yield from self._part("fields", "fields-intro")
        yield from self._fields()
        yield from self._part("findings", "findings-intro")
        yield from self._table(("code", "severity", "says"), map(self._finding, finding_codes()))
        yield from self._part("refusals", "refusals-intro")
        yield from self._table(("code", "exits", "says"), map(self._refusal, refusal_codes()))
        yield from (*self._part("json"), self._word("json-intro").format(schema=SCHEMA), "")
        kinds = sorted(json_kinds())
        yield from self._table(("kind", "holds"), ((f"`{kind}`", self._word(kind, "kinds")) for kind in kinds))
        yield from self._part("exits")
        yield from self._table(
            ("code", "means"), ((str(int(code)), self._word(str(int(code)), "exits")) for code in Exit)
        )
        yield from self._part("sources")
        yield from list(self._sources())

    # -- words --------------------------------------------------------------------------------------------------------

    def _word(self, name: str, part: str = "words") -> str:
        return WORDS[part][name][self._language.code]

    def _say(self, message: Message) -> str:
        return _markdown(self._language.say(message))

    # -- layout -------------------------------------------------------------------------------------------------------

    def _contents(self, *parts: str) -> Iterator[str]:
        for part in parts:
            yield f"- [{self._word(part)}](#{anchor(self._word(part))})"
        yield ""

    def _part(self, *names: str) -> Iterator[str]:
        heading, *paragraphs = names
        yield from (f"## {self._word(heading)}", "")
        for name in paragraphs:
            yield from (self._word(name), "")

    def _table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
        yield f"| {' | '.join(map(self._word, heads))} |"
        yield f"| {' | '.join('---' for _ in heads)} |"
        for row in rows:
            cells = (f" {cell} ".replace("|", r"\|") if cell else " " for cell in row)
            yield f"|{'|'.join(cells)}|"
        yield ""

    # -- criteria -----------------------------------------------------------------------------------------------------

    def _phase(self, phase: PhaseGate) -> Iterator[str]:
        heading = self._word("after" if phase is REVIEW else "phase")
        title = self._say(phase.title)
        yield from (f"### {heading.format(number=phase.number, title=title)}", "", self._say(phase.question), "")
        for criterion in phase.criteria:
            yield from self._criterion(criterion)

    def _criterion(self, found: Criterion) -> Iterator[str]:
        level = self._say(LEVELS[found.level])
        if found.moment is not None:
            level += f", {self._word('start' if found.moment is Moment.START else 'launch')}"
        yield from (f"#### {found.id}", "", f"**{self._say(found.title)}**: {level}.", "", self._say(found.why), "")
        yield f"- {self._word('remedy')}: {self._say(found.remedy)}"
        if found.threshold is not None:
            yield f"- {self._word('threshold')}: {self._threshold(found.threshold)}"
        yield f"- {self._word('may-be')}: {', '.join(self._say(RESULTS[result]) for result in found.may_be)}"
        yield f"- {self._word('reads')}: {', '.join(f'`{path}`' for path in found.reads)}"
        if found.sources:
            yield f"- {self._word('sources-of')}: {'; '.join(_markdown(str(SOURCES[name])) for name in found.sources)}"
        yield ""

    def _threshold(self, found: Threshold) -> str:
        value = write_threshold(found.value, found.unit)
        if found.unit in WORDS["units"]:
            value += f" {self._word(found.unit, 'units')}"
        if not found.published:
            return f"{value}, {self._word('set-here')}"
        return f"{value}, {self._word('published').format(source=_markdown(str(SOURCES[found.source])))}"

    # -- fields -------------------------------------------------------------------------------------------------------

    def _fields(self) -> Iterator[str]:
        everything = list(fields(Project))
        parts = list(dict.fromkeys(doc.path[0] for doc in everything))
        yield from self._field_table(self._word("top"), Project, [doc for doc in everything if len(doc.path) == 1])
        for part in parts:
            inside = [doc for doc in everything if doc.path[0] == part and len(doc.path) > 1]
            if inside:
                yield from self._field_table(self._word("inside").format(name=part), Project, inside)
        yield from self._field_table(self._word("evidence"), EvidenceFile, list(fields(EvidenceFile)))

    def _field_table(self, heading: str, root: type[Section], docs: Sequence[FieldDoc]) -> Iterator[str]:
        yield from (f"### {heading}", "")
        heads = ("field", "question", "takes", "example", "source")
        yield from self._table(heads, (self._field(root, doc) for doc in docs))

    def _field(self, root: type[Section], doc: FieldDoc) -> Sequence[str]:
        example = self._language.say(doc.example)
        source = _markdown(str(SOURCES[doc.source])) if doc.source else ""
        question = f"**{self._say(doc.title)}**: {self._say(doc.question)}"
        return (f"`{doc.name}`", question, self._takes(root, doc), _code(example) if example else "", source)

    def _takes(self, root: type[Section], doc: FieldDoc) -> str:
        said = self._word(doc.kind, "takes")
        if doc.choices:
            said += ": " + ", ".join(f"`{choice}`" for choice in doc.choices)
        if doc.refers_to:
            places = ", ".join(
                f"`{'.'.join(target)}{'/' if target == ('evidence',) else ''}`" for target in doc.refers_to
            )
            said += "; " + self._word("refers").format(places=places)
        if _may_not_apply(root, doc):
            said += ", " + self._word("may-not-apply")
        return said

    # -- codes and sources --------------------------------------------------------------------------------------------

    def _finding(self, code: Code) -> Sequence[str]:
        return (f"`{code.code}`", self._word(code.severity.value), self._sentence(code.message))

    def _refusal(self, code: Code) -> Sequence[str]:
        return (f"`{code.code}`", str(int(code.exit_code or 0)), self._sentence(code.message))

    def _sentence(self, message: Message) -> str:
        # Sentences begin small where a place stands before them, and what git says is a block of its own.
        pattern = self._language.say(Message(message.text, plural=message.plural, n=message.n))
        return _markdown(re.sub(r"(?<!\{)\{\w+(?::\w+)?\}", "…", pattern).split("\n")[0].rstrip(":."))

    def _sources(self) -> Iterator[str]:
        rows = ((f"`{name}`", _markdown(str(source)), source.address) for name, source in SOURCES.items())
        return self._table(("name", "which", "where"), rows)


def _may_not_apply(root: type[Section], doc: FieldDoc) -> bool:
    """Whether `{not_applicable: why}` is an answer to this field too."""
    holder = section_at(root, doc.path[:-1])
    known = {asked.key: asked for asked in holder.model_fields.values()} if holder else {}
    return doc.path[-1] in known and NotApplicable.__name__ in repr(known[doc.path[-1]].annotation)


def anchor(heading: str) -> str:
    """What a link to this heading ends with, as on GitHub."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _markdown(text: str) -> str:
    """A text as Markdown that reads as exactly that text; what stands between backticks is code already."""
    parts = " ".join(text.split()).split("`")
    return "`".join(re.sub(r"([\\*_<\[\]])", r"\\\1", part) if at % 2 == 0 else part for at, part in enumerate(parts))


def _code(text: str) -> str:
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}"


if __name__ == "__main__":
    sys.exit(main())
