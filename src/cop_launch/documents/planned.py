"""What is planned, in words: an occurrence with its names, as every document about the dry run says it."""

from __future__ import annotations

from cop_launch.documents.rendering import on_one_line
from cop_launch.gates import Dossier
from cop_launch.locales import Message, msg
from cop_launch.model.plan import ItemKind, PlanItem
from cop_launch.records import Record
from cop_launch.schedule.days import Occurrence, Status

KINDS: dict[ItemKind, Message] = {
    ItemKind.CONTENT: msg("content"),
    ItemKind.INTERACTION: msg("interaction"),
    ItemKind.MEMBER: msg("personal attention"),
}
STATUSES: dict[Status, Message] = {
    Status.OPEN: msg("open"),
    Status.DONE: msg("done"),
    Status.SKIPPED: msg("skipped"),
}


class Planned(Record):
    """An occurrence with everything that people want to read of it; texts on one line, empty where nothing is said."""

    occurrence: Occurrence
    item: PlanItem
    what: str
    owner: str
    channel: str
    theme: str
    place: str
    audience: str
    asks: str
    note: str
    usual: bool
    """Whether nothing is to be said of it but what there is to say of its item on any day."""

    @property
    def live(self) -> bool:
        """Whether people come together for it."""
        return bool(self.item.live)


def planned(dossier: Dossier) -> tuple[Planned, ...]:
    """Everything that is planned, in the order of the schedule; put into words once for all documents."""
    return dossier.once(_in_words)


def _in_words(dossier: Dossier) -> tuple[Planned, ...]:
    plan, strategy, concept = dossier.project.plan, dossier.project.strategy, dossier.project.concept_test
    channels = (strategy.channels if strategy else None) or {}
    themes = (concept.themes if concept else None) or {}
    items = (plan.items if plan else None) or {}

    named: dict[str, Planned] = {}

    def in_words(occurrence: Occurrence) -> Planned:
        known = named.get(occurrence.item)
        note = on_one_line(occurrence.note) if occurrence.note else ""
        on_its_day = occurrence.day == occurrence.planned_for and occurrence.instead_of is None
        usual = on_its_day and occurrence.status is Status.OPEN and not note
        if known is not None and known.occurrence.owner == occurrence.owner:
            # Written out: `replace` takes several times as long, and a year of a large plan has thousands.
            same = (known.what, known.owner, known.channel, known.theme, known.place, known.audience, known.asks)
            return Planned(occurrence, known.item, *same, note, usual)
        item = items[occurrence.item]
        channel = channels.get(item.channel or "")
        theme = themes.get(item.theme or "")
        named[occurrence.item] = Planned(
            occurrence,
            item,
            what=on_one_line(item.what or occurrence.item),
            owner=on_one_line(dossier.name(occurrence.owner)) if occurrence.owner else "",
            channel=on_one_line((channel.name if channel else None) or item.channel or ""),
            theme=on_one_line((theme.title if theme else None) or item.theme or ""),
            place=on_one_line(item.place or ""),
            audience=on_one_line(item.audience or ""),
            asks=on_one_line(item.asks or ""),
            note=note,
            usual=usual,
        )
        return named[occurrence.item]

    return tuple(in_words(occurrence) for occurrence in dossier.schedule.occurrences)
