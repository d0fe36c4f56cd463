"""`survey import`: what an export becomes in a project, what is asked, what is refused, and what never leaves it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.command import LINE, Answer, call, in_terminal, run, surroundings, tree
from tests.imports.samples import (
    SHAPES,
    TEXTS,
    Rows,
    Shape,
    as_csv,
    as_ods,
    as_xlsx,
    google,
    microsoft,
    people,
    project,
    surveymonkey,
    with_troubles,
)

RAW = "evidence/raw/export.csv"
EVIDENCE = "evidence/march-2025.yaml"


def git(folder: Path, *arguments: str) -> str:
    """What git says."""
    own = ("-c", "user.name=Anna", "-c", "user.email=anna@example.org")
    done = subprocess.run(["git", *own, *arguments], cwd=folder, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def write(folder: Path, rows: Rows | bytes, name: str = RAW) -> Path:
    """An export in the project."""
    path = folder / name
    path.write_bytes(rows if isinstance(rows, bytes) else as_csv(rows))
    return path


def foreign(answers: dict[str, int], question: str = "Would you help us set this up?") -> Rows:
    """An export of somebody else's form: one row for each answer."""
    rows = [["Timestamp", "Where do you work?", question, "Anything else?"]]
    said = [answer for answer, number in answers.items() for _ in range(number)]
    for number, answer in enumerate(said):
        minute = f"3/{10 + number % 18}/2025 {9 + number % 8}:{number % 60:02d}:00"
        rows.append([minute, ["Zwolle", "Tilburg", "Elsewhere"][number % 3], answer, f"remark {number}"])
    return rows


def measured(path: Path, folder: Path, code: int = 0) -> tuple[Answer, int]:
    """An import in a process of its own, and the most memory that it had, in MB. Its errors are in its output."""
    script = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)\n"
        "sys.stdout.buffer.write(done.stdout)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
        "sys.exit(done.returncode)\n"
    )
    command = [sys.executable, "-c", script, *LINE, "survey", "import", str(path)]
    command += [] if code else ["--dry-run", "--json"]
    done = subprocess.run(command, cwd=folder, env=surroundings({}), capture_output=True, check=False)
    assert done.returncode == code, done.stdout[-2000:]
    out, _, memory = done.stdout.decode("utf-8").rstrip("\n").rpartition("\n")
    return Answer(done.returncode, out), int(memory) // 1024


# -- what comes out ---------------------------------------------------------------------------------------------------


def test_an_export_of_our_own_form_is_counted_and_named_in_the_plan(tmp_path: Path) -> None:
    """One command without an option: the evidence file, whole, and two lines in the plan."""
    folder = project(tmp_path / "p")
    before = (folder / "coplaunch.yaml").read_text("utf-8")
    responses = with_troubles(people(), unfinished=False)
    path = write(folder, google(responses, "nl"))
    answer = call("survey", "import", path, "--invited", "90", cwd=folder)
    assert answer.code == 0, answer.err
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert (folder / EVIDENCE).read_text("utf-8") == (
        "format: 1\n"
        "kind: questionnaire\n"
        "source: Google Forms, evidence/raw/export.csv\n"
        f"raw_digest: sha256:{digest}\n"
        "period: {from: 2025-03-10, to: 2025-03-28}\n"
        "invited: 90\n"
        "answered: 62\n"
        "counts:\n"
        "  wants_a_role: {active: 16, maybe: 15, declined: 18}\n"
        '  recognises: {"yes": 27, partly: 12, "no": 5}\n'
        '  left_name_and_contribution: {"yes": 16}\n'
        "  themes: {letters: 25, loud-calls: 22, no-and-then: 22}\n"
        "excluded: {empty: 1, duplicate: 1, outside_target_group: 4}\n"
        "mapping:\n"
        "  consent: Mijn antwoorden mogen worden gebruikt om over deze community te beslissen.\n"
        '  in_target_group: "Hoor jij bij deze groep: claims handlers, in Zwolle?"\n'
        "  recognises: Herken je jezelf in Nadia?\n"
        "  themes: Waarover zou je met collega’s willen uitwisselen?\n"
        "  wants_a_role: Wil je zelf iets doen om deze community op te bouwen?\n"
        "  contribution: Wat zou je willen doen of inbrengen?\n"
        "  name: Je naam, als we je hierover mogen benaderen\n"
        "  contact: Je e-mailadres, als we je mogen benaderen\n"
        "  gains: Wat zou je er zelf uit willen halen?\n"
    )
    after = (folder / "coplaunch.yaml").read_text("utf-8")
    assert after == before + "      left_name_and_contribution: 16\n      evidence: march-2025\n"
    assert call("check", cwd=folder).out.startswith("✓ nothing wrong")


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    """The same export, without the options of the first time, gives the same bytes: nothing is written."""
    folder = project(tmp_path / "p")
    path = write(folder, foreign({"Count me in": 9, "Not for me": 21, "Ask me later": 10}))
    first = call("survey", "import", path, "--active", "Count me in", "--invited", "80", cwd=folder)
    assert first.code == 0, first.err
    before = tree(folder)
    second = run("survey", "import", path, cwd=folder, PYTHONHASHSEED="3", TZ="Asia/Tokyo", LC_ALL="C")
    assert (second.code, tree(folder)) == (0, before)
    assert "says this already" in second.out


def test_a_newer_export_of_the_same_form_needs_no_option(tmp_path: Path) -> None:
    """What was said once is remembered with the form: more answers are counted in the same file."""
    folder = project(tmp_path / "p")
    write(folder, foreign({"Count me in": 9, "Not for me": 21}))
    assert call("survey", "import", RAW, "--active", "Count me in", "--declined", "Not for me", cwd=folder).code == 0
    write(folder, foreign({"Count me in": 12, "Not for me": 28}), "evidence/raw/newer.csv")
    again = call("survey", "import", "evidence/raw/newer.csv", "--json", cwd=folder)
    assert json.loads(again.out)["evidence"]["counts"] == {"wants_a_role": {"active": 12, "maybe": 0, "declined": 28}}
    assert sorted(path.name for path in (folder / "evidence").glob("*.yaml")) == ["march-2025.yaml"]


def test_the_number_who_left_their_name_follows_a_newer_export(tmp_path: Path) -> None:
    """What an import wrote into the plan, a newer export renews; what a person wrote there stays."""
    folder = project(tmp_path / "p")
    plan = folder / "coplaunch.yaml"
    for number in (40, 60):
        known = sum(bool(person.name and person.contribution) for person in people(number=60)[:number])
        path = write(folder, google(people(number=60)[:number], "en"), f"evidence/raw/{number}.csv")
        assert call("survey", "import", path, cwd=folder).code == 0
        assert f"left_name_and_contribution: {known}\n" in plan.read_text("utf-8")
    plan.write_bytes(plan.read_bytes().replace(f"contribution: {known}".encode(), b"contribution: 3"))
    assert call("survey", "import", write(folder, google(people(), "nl")), cwd=folder).code == 0
    assert "left_name_and_contribution: 3\n" in plan.read_text("utf-8")


def test_an_export_that_changed_is_noticed(tmp_path: Path) -> None:
    """When the export is no longer the one that was counted, `check` says so; one that is gone is fine."""
    folder = project(tmp_path / "p")
    path = write(folder, google(people(), "en"))
    assert call("survey", "import", path, cwd=folder).code == 0
    path.write_bytes(path.read_bytes() + b"\r\n")
    said = call("check", "--json", cwd=folder)
    assert [(one["code"], one["file"], one["line"]) for one in json.loads(said.out)["findings"]] == [
        ("export-changed", EVIDENCE, 4)
    ]
    path.unlink()
    assert json.loads(call("check", "--json", cwd=folder).out)["findings"] == []


def test_interviews_keep_their_own_count(tmp_path: Path) -> None:
    """With --kind interviews the counts go under the interviews' own question, and the initiative names them."""
    folder = project(tmp_path / "p")
    path = write(folder, google(people(number=14), "en"))
    answer = call("survey", "import", path, "--kind", "interviews", "--json", cwd=folder)
    found = json.loads(answer.out)
    assert (found["slug"], next(iter(found["evidence"]["counts"]))) == ("interviews-2025-03", "want_to_contribute")
    plan = (folder / "coplaunch.yaml").read_text("utf-8")
    assert "evidence: interviews-2025-03" in plan
    assert call("check", cwd=folder).code == 0


def test_small_themes_are_not_written_and_the_headline_always_is(tmp_path: Path) -> None:
    """Fewer than five people behind a theme, or all but fewer than five: it is not shown; 3 of 8 for the role is."""
    folder = project(tmp_path / "p")
    base = [replace(person, target="yes", themes=("letters",), name="") for person in people(number=8)]
    base = [replace(person, role="active" if person.number < 4 else "declined") for person in base]
    path = write(folder, google(base, "en"))
    found = json.loads(call("survey", "import", path, "--json", cwd=folder).out)
    assert "themes" not in found["evidence"]["counts"]
    assert found["evidence"]["counts"]["wants_a_role"] == {"active": 3, "maybe": 0, "declined": 5}


# -- forms of others --------------------------------------------------------------------------------------------------


def test_a_plain_yes_perhaps_and_no_need_no_option(tmp_path: Path) -> None:
    """Where the words of heading and answers leave no doubt, they are taken as they are, and shown."""
    folder = project(tmp_path / "p")
    path = write(folder, foreign({"Yes, gladly": 9, "Maybe": 11, "No": 30}, "Would you take part?"))
    answer = call("survey", "import", path, cwd=folder)
    assert "yes = Yes, gladly" in answer.out
    assert "wants a role: yes 9, perhaps 11, no 30" in answer.out
    assert "9 of 50 = 18%, 95% interval 9.8% to 30.8%" in answer.out


@pytest.mark.parametrize(
    ("options", "active"),
    [
        (("--active", "Count me in"), {"active": 9, "maybe": 11, "declined": 30}),
        (
            ("--active", "Count me in", "--role-column", "Would you help us set this up?"),
            {"active": 9, "maybe": 11, "declined": 30},
        ),
    ],
)
def test_at_most_two_options_for_a_form_of_others(
    options: tuple[str, ...], active: dict[str, int], tmp_path: Path
) -> None:
    """Which column, and which answer is a yes: a plain no is known, and what nobody knows counts as perhaps, aloud."""
    folder = project(tmp_path / "p")
    heading = "Would you help us set this up?" if "--role-column" in options else "Would you like to join?"
    path = write(folder, foreign({"Count me in": 9, "It depends on my boss": 11, "No, never": 30}, heading))
    answer = call("survey", "import", path, *options, cwd=folder)
    assert answer.code == 0, answer.err
    assert "11 other answers are neither yes nor no, and count as perhaps." in answer.out
    assert "wants_a_role: {active: 9, maybe: 11, declined: 30}" in (folder / EVIDENCE).read_text("utf-8")


def test_outsiders_are_left_out_by_one_answer(tmp_path: Path) -> None:
    """The column and the answers that make somebody one of the target group."""
    folder = project(tmp_path / "p")
    path = write(folder, foreign({"Yes": 9, "No": 30}, "Would you take part?"))
    options = ("--target-column", "Where do you work?", "--target-answer", "Zwolle", "--target-answer", "Tilburg")
    found = json.loads(call("survey", "import", path, *options, "--json", cwd=folder).out)
    assert (found["evidence"]["excluded"], found["accepted"]) == ({"outside_target_group": 13}, 26)
    assert found["evidence"]["counts"]["wants_a_role"] == {"active": 6, "maybe": 0, "declined": 20}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            foreign({"Count me in": 9, "Not for me": 30}, "Would you take part?"),
            "It is not clear what these answers to “Would you take part?” mean: Not for me |\n"
            "Count me in.\n"
            "→ Say which one is a yes, with --active; the others then count as perhaps, or\n"
            "  name them too.\n",
        ),
        (
            foreign({"Yes": 9, "No": 30}, "Shall we?"),
            "It is not clear in which column people say whether they want a role.\n"
            "→ Name it with --role-column, one of: Where do you work? | Shall we?\n",
        ),
    ],
)
def test_without_a_terminal_the_option_is_named(rows: Rows, said: str, tmp_path: Path) -> None:
    """What is not known is not guessed: the command ends at once, says which option answers it, and writes nothing."""
    folder = project(tmp_path / "p")
    path = write(folder, rows)
    before = tree(folder)
    answer = call("survey", "import", path, cwd=folder)
    assert (answer.code, answer.err, answer.out, tree(folder)) == (2, said, "", before)


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX")
def test_in_a_terminal_it_is_asked_by_number(tmp_path: Path) -> None:
    """The column first, then what each unknown answer means; the words of a few people are kept as a mark only."""
    folder = project(tmp_path / "p")
    path = write(folder, foreign({"Count me in": 9, "Only on Mondays": 2, "No": 30}, "Shall we?"))
    answer = in_terminal("survey", "import", path, cwd=folder, typed=["2", "1", "2"])
    assert answer.code == 0, answer.out
    text = (folder / EVIDENCE).read_text("utf-8")
    assert "wants_a_role: {active: 9, maybe: 2, declined: 30}" in text
    assert "wants_a_role.active: Count me in" in text
    assert "Mondays" not in text
    before = tree(folder)
    assert call("survey", "import", path, cwd=folder).code == 0
    assert tree(folder) == before


def test_a_yes_that_does_not_stand_firm_says_so_at_once(tmp_path: Path) -> None:
    """20 of 100 is enough, and whoever reads that reads beside it where the margin begins."""
    folder = project(tmp_path / "p")
    path = write(folder, foreign({"Yes": 20, "No": 80}, "Would you take part?"))
    said = " ".join(call("survey", "import", path, cwd=folder).out.split())
    assert (
        "20 of 100 = 20%, 95% interval 13.3% to 28.9%; 20% is enough. "
        "The lower end of the 95% interval, 13.3%, is under 20%." in said
    )


def test_more_answers_than_invitations_are_refused(tmp_path: Path) -> None:
    """A number of invited that cannot be never comes into the file; who answered twice is no second person."""
    folder = project(tmp_path / "p")
    path = write(folder, google(with_troubles(people(number=20), unfinished=False), "en"))
    before = tree(folder)
    answer = call("survey", "import", path, "--invited", "19", cwd=folder)
    assert (answer.code, answer.err, tree(folder)) == (
        2,
        "20 people answered, and 19 were invited.\n→ Give with --invited how many were asked in all.\n",
        before,
    )
    assert call("survey", "import", path, "--invited", "20", cwd=folder).code == 0


# -- by team or place -------------------------------------------------------------------------------------------------


def places(answers: dict[tuple[str, str], int]) -> Rows:
    """An export of somebody else's form, with where people work; so many of each place and answer."""
    rows = [["Timestamp", "Where do you work?", "Would you take part?", "Anything else?"]]
    said = [one for one, number in answers.items() for _ in range(number)]
    for number, (place, answer) in enumerate(said):
        minute = f"3/{10 + number % 18}/2025 {9 + number % 8}:{number % 60:02d}:00"
        rows.append([minute, place, answer, f"remark {number}"])
    return rows


PLACES = {
    ("Zwolle", "Yes"): 14,
    ("Zwolle", "No"): 20,
    ("zwolle ", "No"): 6,
    ("Tilburg", "Yes"): 3,
    ("Tilburg", "No"): 25,
    ("Goes", "Yes"): 2,
    ("Goes", "No"): 2,
    ("", "Yes"): 4,
    ("", "No"): 11,
}


def test_answers_are_counted_by_team_or_place(tmp_path: Path) -> None:
    """One option, remembered with the form; small groups stay among the others, in the file, on the screen, as JSON."""
    folder = project(tmp_path / "p")
    path = write(folder, places(PLACES))
    answer = call("survey", "import", path, "--segment", "Where do you work?", cwd=folder)
    assert answer.code == 0, answer.err
    text = (folder / EVIDENCE).read_text("utf-8")
    assert "segments:\n  - {name: Zwolle, answered: 40, active: 14}\n  - {name: Tilburg, answered: 28}\n" in text
    assert "  segment: Where do you work?\n" in text
    assert "Goes" not in text
    flat = " ".join(answer.out.split())
    assert "team or place: Zwolle 40, of whom 14 yes; Tilburg 28 One group is not shown" in flat
    assert "Where fewer than five say yes, or fewer than five do not, it is not shown how many do." in flat
    before = tree(folder)
    again = call("survey", "import", path, "--json", cwd=folder)
    assert tree(folder) == before
    assert json.loads(again.out)["evidence"]["segments"] == [
        {"name": "Zwolle", "answered": 40, "active": 14},
        {"name": "Tilburg", "answered": 28},
    ]
    assert call("check", cwd=folder).out.startswith("✓ nothing wrong")
    assert call("render", cwd=folder).code == 0
    assert "| Tilburg | 28 | not shown |\n| All others | 19 | not shown |\n" in (folder / "plans/results.md").read_text(
        "utf-8"
    )


@pytest.mark.parametrize("column", ["Anything else?", "Would you take part?", "E-mail"])
def test_peoples_own_words_are_no_teams(column: str, tmp_path: Path) -> None:
    """What everybody wrote differently, what answers another question, an address: refused, and nothing is written."""
    folder = project(tmp_path / "p")
    rows = [[*row, "E-mail" if not number else f"a{number}@example.org"] for number, row in enumerate(places(PLACES))]
    rows[0][0] = "Filled in on"
    path = write(folder, rows)
    before = tree(folder)
    answer = call("survey", "import", path, "--segment", column, cwd=folder)
    assert (answer.code, answer.out, tree(folder)) == (2, "", before)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.rows.__name__)
def test_our_own_form_asks_for_the_teams_of_the_plan(shape: Shape, tmp_path: Path) -> None:
    """The plan lists them, the form asks, the import counts without an option: by name, or by the tool's code."""
    folder = project(tmp_path / "p")
    plan = folder / "coplaunch.yaml"
    plan.write_bytes(plan.read_bytes().replace(b"  themes:\n", b"  segments: [Zwolle, Zwolle Zuid]\n  themes:\n", 1))
    base = [person for person in people(number=60) if person.target == "yes"][:50]
    rows = shape.rows(base, "en")
    codes = shape.rows.__name__ in {"limesurvey_codes", "kobo"}
    names = (
        (["Zwoll", "T2", "elsew"] if shape.id == "limesurvey" else ["zwolle", "zwolle-zuid", "elsewhere"])
        if codes
        else ["Zwolle", "Zwolle Zuid", "Elsewhere, or I would rather not say"]
    )
    headings = 3 if shape.id == "qualtrics" else 2 if shape.id == "surveymonkey" else 1
    at = len(rows[0]) - {"typeform": 4, "limesurvey": 1, "kobo": 5}.get(shape.id, 0)
    heading = "segment" if codes else "In which team or place do you work?"
    for number, row in enumerate(rows):
        under = "Response" if shape.id == "surveymonkey" and number else heading
        if shape.id == "qualtrics" and number != 1:
            under = "Q20" if not number else '{"ImportId":"Q20"}'
        row.insert(at, under if number < headings else names[0 if number % 5 < 2 else 1 if number % 5 < 4 else 2])
    path = write(folder, rows)
    found = json.loads(call("survey", "import", path, "--json", cwd=folder).out)
    segments = {one["name"]: one["answered"] for one in found["evidence"]["segments"]}
    numbers = [number % 5 for number in range(headings, len(rows))]
    assert segments == {"Zwolle": sum(n < 2 for n in numbers), "Zwolle Zuid": sum(n in {2, 3} for n in numbers)}


def test_only_what_the_plan_lists_is_a_team_of_our_own_form(tmp_path: Path) -> None:
    """A heading that only looks like our question is left alone; and what the list does not have stays unsaid."""
    folder = project(tmp_path / "p")
    rows = places({("Zwolle", "Yes"): 9, ("Zwolle", "No"): 20, ("some words", "No"): 8, ("Ede", "No"): 7})
    rows[0][1] = "Segment"
    path = write(folder, rows)
    found = json.loads(call("survey", "import", path, "--dry-run", "--json", cwd=folder).out)
    assert "segment" not in found["diff"]
    plan = folder / "coplaunch.yaml"
    plan.write_bytes(plan.read_bytes().replace(b"  themes:\n", b"  segments: [Zwolle, Ede]\n  themes:\n", 1))
    for _ in range(2):
        again = json.loads(call("survey", "import", path, "--json", cwd=folder).out)["evidence"]
        # Nobody outside Zwolle says yes: how many do there would say that of the others.
        assert again["segments"] == [{"name": "Zwolle", "answered": 29}, {"name": "Ede", "answered": 7}]
        assert "some words" not in (folder / EVIDENCE).read_text("utf-8")


def test_initiators_are_left_out_by_their_address(tmp_path: Path) -> None:
    """--initiator takes a name or an address; it is written nowhere, and asked for again with a newer export."""
    folder = project(tmp_path / "p")
    rows = places(PLACES)
    rows = [[*row, "Email Address" if not number else f"p{number}@example.org"] for number, row in enumerate(rows)]
    path = write(folder, rows)
    option = ("--initiator", "P1@example.org", "--initiator", "p20@example.org", "--initiator", "x@example.org")
    answer = call("survey", "import", path, *option, cwd=folder)
    assert answer.code == 0, answer.err
    text = (folder / EVIDENCE).read_text("utf-8")
    assert "excluded: {initiators: 2}\n" in text
    assert "example.org" not in text
    assert "wants_a_role: {active: 22, maybe: 0, declined: 63}" in text
    before = tree(folder)
    without = call("survey", "import", path, cwd=folder)
    assert (without.code, tree(folder)) == (2, before)
    assert "Give these again with --initiator; they are never kept." in without.err
    assert call("survey", "import", path, *option, cwd=folder).code == 0
    assert tree(folder) == before


# -- what is refused --------------------------------------------------------------------------------------------------

HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "In export.csv: this file is empty."),
    "spaces": (b" \r\n \r\n", "In export.csv: this file is empty."),
    "pdf": (b"%PDF-1.7 \n", "In export.csv: this is a PDF, a picture of a table and not a table."),
    "page": (b"<!DOCTYPE html><table></table>", "In export.csv: this is a web page or data for programs"),
    "json": (b'[{"a": 1}]', "In export.csv: this is a web page or data for programs"),
    "gzip": (b"\x1f\x8b\x08\x00" + b"x" * 40, "In export.csv: this file is packed (gzip) →"),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "In export.csv: this spreadsheet is damaged."),
    "zip": (b"PK\x03\x04" + b"\0" * 40, "In export.csv: this spreadsheet is damaged."),
    "open quote": (
        b'Timestamp,Would you take part?,Why?\r\n3/1/2025,Yes,fine\r\n3/1/2025,No,"never closed\r\n3/2/2025,Yes,a\r\n',
        'In export.csv, row 3, column C: a quotation mark (") opens here and does not close',
    ),
    "stray quote": (
        b'Timestamp,Would you take part?,Why?\r\n3/1/2025,"Yes"!,fine\r\n',
        'In export.csv, row 2, column B: a quotation mark (") opens here and does not close',
    ),
    "long field": (
        b'Timestamp,Would you take part?\r\n3/1/2025,"' + b"x" * 200_000,
        "In export.csv, row 2, column B: a quotation mark",
    ),
    "zero byte": (
        b"Timestamp,Would you take part?\r\n3/1/2025,Yes\r\n3/1/2025,N\0o\r\n",
        "In export.csv, row 3, column B: a zero byte, which no text holds",
    ),
    "no text": (
        b"Timestamp,Would you take part?\r\n3/1/2025,Yes\x81\r\n",
        "In export.csv, row 2, column B: there are bytes here that are no text",
    ),
    "half utf-16": (
        "Timestamp;Would you take part?\r\n3/1/2025;Yes".encode("utf-16")[:-1],
        "In export.csv, row 2, column B: there are bytes here that are no text",
    ),
    "broken row": (
        b"Timestamp,Would you take part?,Why?\r\n3/1/2025,Yes,two\r\nlines\r\n",
        "In export.csv, row 3, column B: this row ends before the last column does.",
    ),
    "extra cell": (
        b"Timestamp,Would you take part?\r\n3/1/2025,Yes,and more\r\n",
        "In export.csv, row 2, column C: there is something in this row where no column has a heading.",
    ),
    "no headings": (
        b"2025-03-01,Yes,fine\r\n2025-03-02,No,no\r\n",
        "In export.csv, row 1, column A: the first row looks like an answer",
    ),
    "answers for headings": (
        b"Zwolle,Yes\r\nZwolle,No\r\nTilburg,Yes\r\n",
        "In export.csv, row 1, column A: the first row looks like an answer",
    ),
    "headings only": (b"Name,Would you take part?\r\n", "In export.csv: there are headings in it at most"),
    "summary": (
        b"Q1. Would you take part?,,\r\nAnswer Choices,Responses,\r\nYes,23.00%,20\r\nNo,77.00%,67\r\n",
        "In export.csv: this is a summary by SurveyMonkey",
    ),
    "members": (
        b"username,email,status,billing-active,has-2fa,has-sso,userid,fullname,displayname,expiration-timestamp\r\n",
        "In export.csv: this is Slack's list of members.",
    ),
    "report": (b"date,value\r\n2025-01-01,4\r\n", "In export.csv: this is a report from Discourse."),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_or_wrong_file_ends_in_one_sentence(name: str, tmp_path: Path) -> None:
    """Exit 1, a sentence with row and column letter where there is one, what to do, and nothing changed."""
    folder = project(tmp_path / "p")
    raw, said = HOSTILE[name]
    path = write(folder, raw)
    before = tree(folder)
    answer = call("survey", "import", path, cwd=folder)
    flat = " ".join(answer.err.split())
    assert (answer.code, answer.out, tree(folder)) == (1, "", before), answer
    assert flat.startswith(said), flat
    assert "→" in flat


def changed(raw: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """A spreadsheet with something else in one of its parts."""
    after = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as packed, zipfile.ZipFile(after, "w", zipfile.ZIP_DEFLATED) as written:
        for part in packed.namelist():
            data = packed.read(part)
            written.writestr(part, data.replace(old, new, 1) if part == name else data)
    return after.getvalue()


FAR = (
    b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string" '
    b'table:number-columns-repeated="16000"><text:p>x</text:p></table:table-cell></table:table-row>'
)
SHEET = google(people(number=5), "en")
SPREADSHEETS: dict[str, tuple[bytes, str]] = {
    "far.xlsx": (
        changed(
            as_xlsx(SHEET),
            "xl/worksheets/sheet1.xml",
            b"</sheetData>",
            b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        ),
        "a sheet has a cell so far away that there is no room for all cells before it.",
    ),
    "far.ods": (
        changed(as_ods(SHEET), "content.xml", b"</table:table>", FAR + b"</table:table>"),
        "a sheet has a cell so far away that there is no room for all cells before it.",
    ),
    "half.xlsx": (as_xlsx(SHEET)[:3000], "this spreadsheet is damaged."),
    "empty.xlsx": (as_xlsx([]), "no sheet of this spreadsheet holds anything."),
    "bomb.xlsx": (
        changed(as_xlsx(SHEET), "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData>" + b" " * (513 << 20)),
        "this spreadsheet is too large to read.",
    ),
    "packed.zip": (
        changed(as_xlsx(SHEET), "none", b"", b"").replace(b"workbook.xml", b"workbook.txt"),
        "this is a packed folder (zip), not a spreadsheet.",
    ),
}


@pytest.mark.parametrize("name", SPREADSHEETS)
def test_a_broken_spreadsheet_takes_no_memory(name: str, tmp_path: Path) -> None:
    """A cell in the very last corner, a bomb, half a file: refused before anything makes room for what is claimed."""
    folder = project(tmp_path / "p")
    raw, said = SPREADSHEETS[name]
    path = write(folder, raw, f"evidence/raw/{name}")
    before = tree(folder)
    answer, memory = measured(path, folder, code=1)
    assert " ".join(answer.out.split()).startswith(f"In {name}: {said}")
    assert memory < 250
    assert tree(folder) == before


FILES = Path(__file__).parents[1] / "imports" / "files"
LOCKED_ODS = changed(
    as_ods(SHEET),
    "META-INF/manifest.xml",
    b"</manifest:manifest>",
    b'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml" manifest:size="4000">'
    b'<manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="x"/>'
    b"</manifest:file-entry></manifest:manifest>",
)


def locked_xls() -> bytes:
    """A workbook of Excel 97 whose first record after its beginning says, as Excel writes it, that it is encrypted."""
    raw = bytearray((FILES / "answers.xls").read_bytes())
    after = raw.index(b"\x09\x08\x10\x00") + 20
    raw[after : after + 2] = b"\x2f\x00"
    raw[after + 4 : after + 6] = b"\x01\x00"
    return bytes(raw)


@pytest.mark.parametrize("name", ["protected.xlsx", "protected.xls", "protected.ods"])
def test_a_spreadsheet_with_a_password_is_refused(name: str, tmp_path: Path) -> None:
    """Of Excel today, of Excel 97, of LibreOffice: one sentence with what to do, and nothing changed."""
    raw = {
        "protected.xlsx": (FILES / "protected.xlsx").read_bytes(),
        "protected.xls": locked_xls(),
        "protected.ods": LOCKED_ODS,
    }[name]
    folder = project(tmp_path / "p")
    path = write(folder, raw, f"evidence/raw/{name}")
    before = tree(folder)
    answer = call("survey", "import", path, cwd=folder)
    assert (answer.code, answer.out, tree(folder)) == (1, "", before)
    assert answer.err == (
        f"In {name}: this spreadsheet is protected with a password.\n"
        "→ Save a copy without a password, and import that.\n"
    )


def test_a_workbook_of_excel_97_is_read(tmp_path: Path) -> None:
    """The same counts as from the same answers in a workbook of today."""
    folder = project(tmp_path / "p")
    old = write(folder, (FILES / "answers.xls").read_bytes(), "evidence/raw/answers.xls")
    new = write(folder, as_xlsx(google(people(number=20), "en")), "evidence/raw/answers.xlsx")
    found = [
        json.loads(call("survey", "import", one, "--dry-run", "--json", cwd=folder).out)["diff"] for one in (old, new)
    ]
    both = [re.sub(r"answers\.xlsx?|sha256:\w+", "", diff) for diff in found]
    assert both[0] == both[1]
    assert "+answered: 20\n" in both[0]


def test_a_row_that_went_wrong_in_a_spreadsheet_has_its_place(tmp_path: Path) -> None:
    """What stands beyond the headings is found by row and letter in a spreadsheet too."""
    folder = project(tmp_path / "p")
    rows = [list(row) for row in SHEET]
    rows[3] += ["", "beyond"]
    answer = call("survey", "import", write(folder, as_xlsx(rows), "evidence/raw/wide.xlsx"), cwd=folder)
    assert answer.code == 1
    assert answer.err.startswith("In wide.xlsx, row 4, column L: there is something in this row where no column")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A folder, a pipe, nothing at all; a name that is no name for a file in evidence/."""
    folder = project(tmp_path / "p")
    codes = [call("survey", "import", name, cwd=folder).code for name in ("evidence", "evidence/raw/none.csv")]
    if os.name != "nt":
        os.mkfifo(folder / "evidence/raw/pipe")
        codes.append(call("survey", "import", "evidence/raw/pipe", cwd=folder).code)
    assert set(codes) == {1}
    path = write(folder, SHEET)
    for name in ("../out", "a/b", ".hidden", "x" * 80):
        assert call("survey", "import", path, "--slug", name, cwd=folder).code == 2


def test_an_export_that_git_would_follow_is_refused(tmp_path: Path) -> None:
    """Followed, not ignored, or outside the folder for exports while there is no git: refused, with the line to add."""
    folder = project(tmp_path / "p")
    loose = write(folder, google(people(), "en"), "answers [1].csv")
    said = [call("survey", "import", loose, cwd=folder)]
    git(folder, "init", "-q")
    said.append(call("survey", "import", loose, cwd=folder))
    git(folder, "add", "-A")
    said.append(call("survey", "import", loose, cwd=folder))
    assert [answer.code for answer in said] == [1, 1, 1]
    flat = [" ".join(answer.err.split()) for answer in said]
    assert flat == [
        "The file answers [1].csv holds personal data, and nothing keeps it out of git. → Move it to evidence/raw/, "
        "and add this line to .gitignore: evidence/raw/.",
        "The file answers [1].csv holds personal data, and nothing keeps it out of git. → Move it to evidence/raw/, "
        "or add this line to .gitignore: /answers\\ \\[1\\].csv.",
        "The file answers [1].csv holds personal data, and git follows it. → Let git forget it: git rm --cached "
        "'answers [1].csv'. Add this line to .gitignore: /answers\\ \\[1\\].csv. Whoever has the history still has the "
        "file.",
    ]
    git(folder, "rm", "-q", "--cached", "answers [1].csv")
    (folder / ".gitignore").write_text("evidence/raw/\n/answers\\ \\[1\\].csv\n", "utf-8")
    assert call("survey", "import", loose, cwd=folder).code == 0
    assert not (folder / "evidence/raw/answers [1].csv").exists()


# -- what never leaves the export -------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.rows.__name__)
def test_git_never_sees_a_person(shape: Shape, tmp_path: Path) -> None:
    """After import, render and commit, no cell of a response is in the history, unless the plan says it already."""
    folder = project(tmp_path / "p")
    git(folder, "init", "-q")
    git(folder, "config", "user.name", "Anna")
    git(folder, "config", "user.email", "anna@example.org")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Start")
    rows = shape.rows(with_troubles(people(), shape.unfinished, shape.preview), "en")
    path = write(folder, rows)
    assert call("survey", "import", path, "--commit", cwd=folder).code == 0
    assert call("render", "--commit", cwd=folder).code == 0
    history = git(folder, "log", "-p", "--all")
    assert "Count the answers in march-2025" in history
    plan = (folder / "coplaunch.yaml").read_text("utf-8")
    headings = 3 if shape.id == "qualtrics" else 2 if shape.id == "surveymonkey" else 1
    told = {cell for row in rows[headings:] for cell in row if len(cell) > 6 and cell not in plan}
    told -= set(TEXTS["en"].values()) | {"declined"}  # the form's own words, which `render` prints
    days = {cell for cell in told if re.fullmatch(r"2025-\d\d-\d\d", cell)}
    assert len(told - days) > 50
    assert sorted(cell for cell in told - days if cell in history) == []
    assert git(folder, "status", "--porcelain") == ""


def test_git_never_sees_a_person_by_way_of_a_team(tmp_path: Path) -> None:
    """Counted by place, with initiators by their address: of every cell only the names of large enough places, and the
    answers that say yes or no, are in the history; not the place where four work, nor anybody's words or address."""
    folder = project(tmp_path / "p")
    git(folder, "init", "-q")
    git(folder, "config", "user.name", "Anna")
    git(folder, "config", "user.email", "anna@example.com")
    rows = places(PLACES)
    rows = [[*row, "Email Address" if not number else f"p{number}@example.org"] for number, row in enumerate(rows)]
    path = write(folder, rows)
    options = ("--segment", "Where do you work?", "--initiator", "p1@example.org")
    assert call("survey", "import", path, *options, "--commit", cwd=folder).code == 0
    git(folder, "add", "-A")
    assert call("render", "--commit", cwd=folder).code == 0
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "All there is")
    history = git(folder, "log", "-p", "--all")
    plan = (folder / "coplaunch.yaml").read_text("utf-8")
    told = {cell for row in rows[1:] for cell in row if cell not in plan} - {"Tilburg", "Yes", "No"}
    assert "Goes" in told
    assert len(told) > 150
    assert sorted(cell for cell in told if cell in history) == []


def test_what_people_wrote_is_shown_in_a_terminal_only(tmp_path: Path) -> None:
    """--show-open prints open answers to a person, refuses a pipe, and writes nothing."""
    folder = project(tmp_path / "p")
    path = write(folder, google(people(), "en"))
    before = tree(folder)
    piped = call("survey", "import", path, "--show-open", cwd=folder)
    assert (piped.code, piped.out) == (2, "")
    if os.name != "nt":
        shown = in_terminal("survey", "import", path, "--show-open", cwd=folder)
        assert 'Zij zei "nee", en toen?' in shown.out
        assert "Respondent-" not in shown.out
    assert tree(folder) == before


# -- large ------------------------------------------------------------------------------------------------------------


def many(number: int) -> Rows:
    """So many responses, all of different people."""
    base = people(3, 1000)
    return microsoft(
        [
            replace(base[n % 1000], number=n + 1, sent=base[n % 1000].sent + timedelta(minutes=2 * (n // 1000)))
            for n in range(number)
        ],
        "en",
    )


def test_a_hundred_thousand_rows_in_flat_memory(tmp_path: Path) -> None:
    """Ten times the rows take no ten times the memory: what is kept of each is a number."""
    folder = project(tmp_path / "p")
    taken = []
    for number in (10_000, 100_000):
        answer, memory = measured(write(folder, as_csv(many(number)), f"evidence/raw/{number}.csv"), folder)
        assert f"+answered: {number}\\n" in answer.out
        taken.append(memory)
    assert taken[1] - taken[0] < 30, taken


def test_twenty_thousand_rows_of_a_workbook(tmp_path: Path) -> None:
    """A large workbook stays far under 500 MB."""
    folder = project(tmp_path / "p")
    answer, memory = measured(write(folder, as_xlsx(many(20_000)), "evidence/raw/large.xlsx"), folder)
    assert "+answered: 20000\\n" in answer.out
    assert memory < 250


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX")
def test_long_work_shows_a_bar(tmp_path: Path) -> None:
    """At a terminal a bar tells how far it is; in a pipe there is none."""
    folder = project(tmp_path / "p")
    path = write(folder, as_csv(many(100_000)))
    shown = in_terminal("survey", "import", path, "--dry-run", cwd=folder)
    assert shown.code == 0
    assert "Counting" in shown.out
    assert "%" in shown.out
    assert "Counting" not in run("survey", "import", path, "--dry-run", cwd=folder).err


def test_surveymonkey_with_a_third_heading_row(tmp_path: Path) -> None:
    """Every row above the first number is a heading, two or three."""
    folder = project(tmp_path / "p")
    rows = surveymonkey(people(), "en")
    rows.insert(2, ["", "", "", "", "", "", "", "", "", *["(choose one)"] * (len(rows[0]) - 9)])
    found = json.loads(call("survey", "import", write(folder, rows), "--json", cwd=folder).out)
    assert found["evidence"]["answered"] == 60
