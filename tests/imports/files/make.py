"""How the workbooks in this folder were made, once: no writer of XLS, and none that encrypts, is needed for the tests.

In an environment of its own, from the root of the project, with xlwt 1.3.0 and msoffcrypto-tool 6.1.0:
`python -m tests.imports.files.make`. `answers.xls` holds the answers of `people(number=20)` as Google Forms would
export them in English; `protected.xlsx` the same, behind a password (Agile encryption, as Excel does it).
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from tests.imports.samples import as_xlsx, google, people

HERE = Path(__file__).parent


def main() -> None:
    """Write both files."""
    import xlwt  # type: ignore[import-not-found, unused-ignore]
    from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-not-found, unused-ignore]

    rows = google(people(number=20), "en")
    book = xlwt.Workbook()
    sheet = book.add_sheet("Form responses 1")
    for number, row in enumerate(rows):
        for index, cell in enumerate(row):
            if cell:
                sheet.write(number, index, cell)
    book.save(HERE / "answers.xls")
    with (HERE / "protected.xlsx").open("wb") as target:
        OOXMLFile(BytesIO(as_xlsx(rows))).encrypt("secret", target)


if __name__ == "__main__":
    main()
