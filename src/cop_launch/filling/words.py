"""The words in which people choose what stands in the file as an identifier, and what an entry is called when named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from cop_launch.locales import WEEKDAYS, Message, msg

CHOICES: dict[str, Message] = {
    # organisation
    "company": msg("company"),
    "government": msg("government"),
    "association": msg("association"),
    "education": msg("education"),
    "open_source": msg("open source"),
    "open": msg("they share easily"),
    "mixed": msg("it differs"),
    "hesitant": msg("they hold back"),
    # initiative
    "join": msg("join it"),
    "support": msg("support it"),
    "separate": msg("stay separate"),
    # concept test
    "helping": msg("helping each other"),
    "best_practice": msg("sharing best practices"),
    "knowledge_stewarding": msg("keeping knowledge together"),
    "innovation": msg("making something new"),
    "questionnaire": msg("with a questionnaire"),
    "interviews": msg("in interviews"),
    "workshop": msg("in a workshop"),
    # core group
    "core_group": msg("the core group"),
    "management": msg("the management"),
    "sponsor": msg("the sponsor"),
    "members": msg("the members"),
    "money": msg("money"),
    "working_time": msg("working time"),
    "permission": msg("permission"),
    "a_year": msg("a year to show what it yields"),
    # strategy
    "immediate": msg("immediate: it is good to be there"),
    "potential": msg("potential: something to use later"),
    "applied": msg("applied: it is used in the work"),
    "realized": msg("realized: the work gets better"),
    "reframing": msg("reframing: people see success differently"),
    "digital": msg("digital"),
    "physical": msg("on the spot"),
    "online": msg("online"),
    "free": msg("free"),
    "taken": msg("taken"),
    "unknown": msg("could not be seen"),
    # plan
    **dict(zip(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), WEEKDAYS, strict=True)),
    "content": msg("content: something to read, see or hear"),
    "interaction": msg("interaction: people do something together"),
    "member": msg("personal attention to a member"),
    "first": msg("the first"),
    "second": msg("the second"),
    "third": msg("the third"),
    "fourth": msg("the fourth"),
    "last": msg("the last"),
    "drop": msg("drop it"),
    "move": msg("move it to the next working day"),
    # launch
    "internal": msg("they work here"),
    "consent": msg("they agreed"),
    "customer": msg("they are customers"),
    "course": msg("they took a course"),
    "membership": msg("they are members"),
}
"""For each identifier that a question lets people choose, what it means."""

_SMALL = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at by do for from how i in is it its of on or our the their they to we what who with you your "
        "aan als bij dat de die dit door een en er haar het hoe hun ik je met mijn na naar om onder ons op over te tot "
        "uit van voor waar wat we wie wij zijn",
    )
)
"""Words that a short name does without."""

_READS_AS_A_VALUE = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "not_applicable"})


def slug_of(text: str, taken: Collection[str] = ()) -> str:
    """A short name for an entry, made from its words: `Nee, en dan?` becomes `nee-dan`. Never one that is taken."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()
    words = re.findall(r"[^\W_]+", plain.replace("'", "").replace("’", ""))
    telling = [word for word in words if word not in _SMALL and not word[0].isdigit()] or words
    made = "-".join(telling[:3])[:40].strip("-")
    if made in _READS_AS_A_VALUE or not made or made[0].isdigit():
        made = f"entry-{made}".strip("-")
    base, number = made, 1
    while made in taken:
        number += 1
        made = f"{base}-{number}"
    return made
