"""Where the method's rules, thresholds and figures come from: one literal, named in fields, criteria and reports."""

from __future__ import annotations

from cop_launch.records import Record


class Source(Record):
    """A published reference: who, what, when, where; what is not known is left out."""

    title: str
    author: str
    year: int | None
    address: str = ""

    def __str__(self) -> str:
        year = f" ({self.year})" if self.year else ""
        return f"{self.author}{year}, {self.title}"


SOURCES: dict[str, Source] = {
    "six-steps": Source(
        "De zes essentiële stappen voor een betrokken community", "Sense of Community", None, "senseofcommunity.nl"
    ),
    "hard-work": Source(
        "Een succesvolle community opbouwen is ook gewoon hard werken (interview with Kirsten Wagenaar, Bind)",
        "Mensje Di Benedetto",
        2020,
        "tappan.nl/blog",
    ),
    "learning-community": Source(
        "Tips bij start, opzet en gebruik van een learning community (session of Daniel Jones, Zurich; CC BY 3.0)",
        "Next Learning Event report",
        2016,
    ),
    "oh-hemel": Source("Oh hemel… een CoP starten?", "NVO2", 2012, "nvo2.nl/blog"),
    "cop-tips": Source("Een community of practice opzetten? Praktische tips en voorbeelden", "Pluvo", 2022),
    "bind-research": Source("Begin met onderzoek", "Bind", 2022, "medium.com/bindcommunity"),
    "bind-organisations": Source("Communities en organisaties: een gelukkig huwelijk", "Bind", 2022),
    "value-cycles": Source(
        "Promoting and assessing value creation in communities and networks",
        "Wenger, Trayner and de Laat",
        2011,
        "wenger-trayner.com/evaluation-framework",
    ),
    "cultivating": Source("Cultivating Communities of Practice", "Wenger, McDermott and Snyder", 2002),
    "feverbee": Source("Community lifecycle and launch articles", "FeverBee", None, "feverbee.com"),
    "garfield": Source(
        "Communities manifesto and success indicators", "Stan Garfield", None, "stangarfield.medium.com"
    ),
    "cdc-kit": Source(
        "Communities of Practice Resource Kit", "Centers for Disease Control and Prevention", None, "cdc.gov"
    ),
    "world-bank": Source("Communities for Development toolkit", "World Bank", None, "collaboration.worldbank.org"),
    "cop-failure": Source("Why communities of practice succeed and why they fail", "Probst and Borzillo", 2008),
    "newcomers": Source("Predicting continued participation in newsgroups", "Joyce and Kraut", 2006),
    "telecom-act": Source(
        "Telecommunicatiewet, article 11.7 (unsolicited messages)", "The Netherlands", 2009, "ddma.nl"
    ),
    "wilson": Source(
        "Two-sided confidence intervals for the single proportion, Statistics in Medicine 17: 857-872", "Newcombe", 1998
    ),
    "dsc": Source("Community health metrics: definitions", "dsc analytics", None, "github.com/pacharanero/dsc"),
    "chaoss": Source("Community health metrics: definitions", "CHAOSS", None, "chaoss.community"),
    "discourse": Source("Daily and monthly active users", "Discourse", None, "discourse.org"),
    "higher-logic": Source("What goes into a community engagement score", "Higher Logic", None),
    "orbit": Source("The Orbit Model", "Orbit", None),
    "sci-2": Source("Sense of Community Index 2", "Chavis and others", None),
    "participation": Source("Participation inequality", "Nielsen Norman Group", 2006, "nngroup.com"),
    "handover": Source("Handing over a community", "CMX", 2025, "cmxhub.com"),
    "charter": Source("Community charter template", "ResearchOps", None, "sourcebook.research-operations.com"),
}
"""Every source by its short name. A test holds that each name that a field or a criterion cites stands here."""
