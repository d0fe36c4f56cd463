"""The form tools whose exports are recognised, each in a file of its own."""

from __future__ import annotations

from cop_launch.imports.google_forms import GOOGLE_FORMS
from cop_launch.imports.kobo import KOBO
from cop_launch.imports.layout import Source
from cop_launch.imports.limesurvey import LIMESURVEY
from cop_launch.imports.microsoft_forms import MICROSOFT_FORMS
from cop_launch.imports.plain import PLAIN
from cop_launch.imports.qualtrics import QUALTRICS
from cop_launch.imports.surveymonkey import SURVEYMONKEY
from cop_launch.imports.typeform import TYPEFORM

SURVEYS: tuple[Source, ...] = (
    GOOGLE_FORMS,
    MICROSOFT_FORMS,
    LIMESURVEY,
    SURVEYMONKEY,
    TYPEFORM,
    QUALTRICS,
    KOBO,
    PLAIN,
)
"""Where answers come from, in the order in which they are tried; a plain table fits whatever has headings."""
