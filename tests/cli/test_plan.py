"""The dry run on the command line: what is on, what came of it, and where the plan does not fit."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import EXAMPLE, call, in_terminal, run, tree

WEEKLY = """\
format: 1
name: Round Table
language: en
people:
  anna: {name: Anna, hours_per_week: 2}
  ben: {name: Ben, hours_per_month: 4}
concept_test:
  themes:
    no: {title: Saying no}
strategy:
  channels:
    teams: {name: Teams, kind: digital}
plan:
  dry_run: {from: 2025-09-01, to: 2025-09-12}
  vacations:
    - {people: [ben], from: 2025-09-10, to: 2025-09-12, why: autumn}
  items:
    # who asks whom
    case:
      {what: Case of the week, kind: interaction, every: week, day: wednesday, owner: ben, minutes: 45,
       asks: Anna, channel: teams}
    talk:
      {what: Conversation hour, kind: interaction, date: 2025-09-04, at: "15:30", owner: anna, minutes: 60, live: true}
    notes: {what: personal message, kind: member, every: day, owner: anna, minutes: 5, count: 2, theme: no}
  log:   # by hand, too
    - {item: notes, date: 2025-09-01, done: true}
    - {item: notes, date: 2025-09-02, skipped: "ill"}   # that day
    - {item: case, date: 2025-09-03, moved_to: 2025-09-04}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two weeks in English, with a log that was begun by hand."""
    (tmp_path / "coplaunch.yaml").write_text(WEEKLY, "utf-8")
    return tmp_path


def added(folder: Path) -> list[str]:
    """The lines that are in the plan now and were not before; nothing else may have changed."""
    before, after = WEEKLY.split("\n"), (folder / "coplaunch.yaml").read_text("utf-8").split("\n")
    new = [line for line in after if line not in before]
    assert [line for line in after if line not in new] == before
    return new


# -- looking ----------------------------------------------------------------------------------------------------------


def test_today(project: Path) -> None:
    """What is on, what it takes to do it, what the log does not know, and the command to record it."""
    answer = call("plan", "today", "--date", "2025-09-04", cwd=project)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == (
        "Round Table · week 1 of 2\n"
        "Thursday 4 September 2025\n"
        "\n"
        "  ○        Case of the week                                 Ben           45 min\n"
        "           case · Teams · asks Anna · moved from 3 September\n"
        "  ○        personal message (2×)                            Anna          10 min\n"
        "           notes · Saying no\n"
        "  ○ 15:30  Conversation hour                                Anna          60 min\n"
        "           talk\n"
        "\n"
        "Not in the log yet\n"
        "  ○  3 Sep personal message (2×)                            Anna          10 min\n"
        "           notes · Saying no\n"
        "\n"
        "Next: coplaunch plan done case --date 2025-09-03\n"
    )


def test_week(project: Path) -> None:
    """Day by day, what moved away included, and everybody's hours: of the week, or of the month."""
    answer = call("plan", "week", "--date", "2025-09-07", cwd=project)
    assert answer.code == 0
    assert answer.out == (
        "Round Table · week 1 of 2\n"
        "\n"
        "Monday 1 September 2025\n"
        "  ✓        personal message (2×)                            Anna          10 min\n"
        "           notes · Saying no\n"
        "\n"
        "Tuesday 2 September 2025\n"
        "  –        personal message (2×)                            Anna          10 min\n"
        "           notes · Saying no\n"
        "           → ill\n"
        "\n"
        "Wednesday 3 September 2025\n"
        "  ○        personal message (2×)                            Anna          10 min\n"
        "           notes · Saying no\n"
        "  →        Case of the week moved to 4 September\n"
        "\n"
        "Thursday 4 September 2025\n"
        "  ○        Case of the week                                 Ben           45 min\n"
        "           case · Teams · asks Anna · moved from 3 September\n"
        "  ○        personal message (2×)                            Anna          10 min\n"
        "           notes · Saying no\n"
        "  ○ 15:30  Conversation hour                                Anna          60 min\n"
        "           talk\n"
        "\n"
        "Friday 5 September 2025\n"
        "  ○        personal message (2×)                            Anna          10 min\n"
        "           notes · Saying no\n"
        "\n"
        "Hours\n"
        "  Anna         ██████████████████░░  1.83 of 2 hours\n"
        "  Ben          ████░░░░░░░░░░░░░░░░  0.75 of 4 hours in September\n"
        "\n"
        "Next: coplaunch plan run\n"
    )


def test_week_of_one_person(project: Path) -> None:
    """Only what this person does, and this person's hours."""
    answer = call("plan", "week", "--date", "2025-09-03", "--person", "ben", cwd=project)
    assert answer.out == (
        "Round Table · week 1 of 2 · Ben\n"
        "\n"
        "Wednesday 3 September 2025\n"
        "  →        Case of the week moved to 4 September\n"
        "\n"
        "Thursday 4 September 2025\n"
        "  ○        Case of the week                                               45 min\n"
        "           case · Teams · asks Anna · moved from 3 September\n"
        "\n"
        "Hours\n"
        "  Ben          ████░░░░░░░░░░░░░░░░  0.75 of 4 hours in September\n"
        "\n"
        "Next: coplaunch plan run\n"
    )


def test_run(project: Path) -> None:
    """A row for each week, a mark for each day."""
    answer = call("plan", "run", "--date", "2025-09-04", cwd=project)
    assert answer.out == (
        "Round Table\n"
        "1 September 2025 to 12 September 2025\n"
        "\n"
        "            Mo  Tu  We  Th  Fr        done    hours\n"
        "  1  1 Sep  ✓   –   ○   ○   ○          1/7      2.6\n"
        "  2  8 Sep  ○   ○   ○   ○   ○          0/5      0.8\n"
        "\n"
        "1 of 12 done, 1 skipped, 10 open; 1 moved to another day.\n"
        "✓ done  – skipped  ○ open  → moved away  · nothing planned  2 several, mixed\n"
        "\n"
        "Next: coplaunch plan log --date 2025-09-04\n"
    )


@pytest.mark.parametrize("view", ["today", "week"])
def test_a_day_outside_the_run(project: Path, view: str) -> None:
    """Says when the run is, and where to look."""
    answer = call("plan", view, "--date", "2025-12-01", cwd=project)
    assert answer.code == 0
    assert answer.out == (
        "1 December 2025 is after the dry run, which lasted from 1 September 2025 to 12\n"
        "September 2025.\n"
        "\n"
        "Next: coplaunch plan run\n"
    )


@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize("view", ["today", "week", "run"])
def test_it_fits_the_terminal(view: str, columns: int) -> None:
    """No line of the real example is wider than the window."""
    answer = in_terminal(
        "plan", view, "--date", "2025-10-09", cwd=EXAMPLE, columns=columns, NO_COLOR="1", COLUMNS=str(columns)
    )
    assert answer.code == 0
    assert [line for line in answer.out.split("\n") if len(line) > columns and "coplaunch" not in line] == []


@pytest.mark.parametrize("view", ["today", "week", "run", "log"])
def test_looking_writes_nothing(project: Path, view: str) -> None:
    """Not a byte, not a date of change."""
    before = tree(project)
    assert run("plan", view, "--date", "2025-09-04", cwd=project).code == 0
    assert run("plan", view, "--date", "2025-09-04", "--json", cwd=project).code == 0
    assert tree(project) == before


def data(*arguments: str, cwd: Path) -> Any:
    """The JSON object that a command answers."""
    return json.loads(call(*arguments, "--json", cwd=cwd).out)


def test_as_json(project: Path) -> None:
    """The same for programs."""
    found = data("plan", "today", "--date", "2025-09-04", "--person", "ben", cwd=project)
    assert {key: found[key] for key in ("kind", "date", "week", "weeks", "off", "person", "waiting")} == {
        "kind": "plan-today",
        "date": "2025-09-04",
        "week": 1,
        "weeks": 2,
        "off": None,
        "person": "ben",
        "waiting": [],
    }
    assert found["items"] == [
        {
            "item": "case",
            "what": "Case of the week",
            "kind": "interaction",
            "owner": "ben",
            "date": "2025-09-04",
            "at": None,
            "minutes": 45,
            "planned_for": "2025-09-03",
            "instead_of": None,
            "status": "open",
            "note": None,
            "channel": "teams",
            "theme": None,
            "asks": "Anna",
            "place": None,
        }
    ]
    week = data("plan", "week", "--date", "2025-09-04", cwd=project)
    hours = {(one["person"], one["per"]): (one["planned"], one["available"]) for one in week["hours"]}
    assert hours == {("anna", "week"): (1.8333, 2.0), ("ben", "month"): (0.75, 4.0)}
    whole = data("plan", "run", cwd=project)
    assert (whole["first"], whole["last"], len(whole["items"])) == ("2025-09-01", "2025-09-12", 12)


def test_nothing_to_look_at(tmp_path: Path) -> None:
    """Without a dry run there is no day to show."""
    (tmp_path / "coplaunch.yaml").write_text("format: 1\nlanguage: en\n", "utf-8")
    answer = call("plan", "today", cwd=tmp_path)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == (
        "It is not said from when to when the dry run lasts.\n"
        "→ Fill `from` and `to` in `plan.dry_run`: coplaunch fill plan.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("today", "--person", "bem"), "There is no 'bem' in people.\n→ Did you mean 'ben'?\n"),
        (("today", "--date", "1-9-2025"), "'1-9-2025' is not a date.\n→ Write year, month and day: 2025-02-25.\n"),
    ],
)
def test_wrong_use(project: Path, arguments: tuple[str, ...], said: str) -> None:
    """A sentence that says what to write instead."""
    answer = call("plan", *arguments, cwd=project)
    assert (answer.code, answer.out, answer.err) == (2, "", said)


# -- recording --------------------------------------------------------------------------------------------------------

RECORDED = [
    (("done", "notes", "--date", "2025-09-03"), "{item: notes, date: 2025-09-03, done: true}"),
    (
        ("done", "notes", "--date", "2025-09-03", "--note", "yes: no"),
        '{item: notes, date: 2025-09-03, done: true, note: "yes: no"}',
    ),
    (("skip", "talk", "--because", "- ill"), '{item: talk, date: 2025-09-04, skipped: "- ill"}'),
    (("move", "talk", "--to", "2025-09-05"), "{item: talk, date: 2025-09-04, moved_to: 2025-09-05}"),
    (("done", "case", "--date", "2025-09-04"), "{item: case, date: 2025-09-03, done: true}"),
    (("done", "case", "--date", "2025-09-03"), "{item: case, date: 2025-09-03, done: true}"),
    (("move", "case", "--to", "2025-09-05"), "{item: case, date: 2025-09-03, moved_to: 2025-09-05}"),
    (("done", "notes"), "{item: notes, date: 2025-09-12, done: true}"),
]


@pytest.mark.parametrize(("arguments", "entry"), RECORDED)
def test_one_line_is_added(project: Path, arguments: tuple[str, ...], entry: str) -> None:
    """To the log, and nothing else changes: comments, order and layout stay."""
    answer = call("plan", *arguments, cwd=project)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("✓ Recorded: ")
    assert answer.last == "Next: coplaunch plan today"
    assert added(project) == [f"    - {entry}"]


MOVED = [
    ("2025-09-05", ""),
    ("2025-09-06", "6 September 2025 is off in the plan: no working day.\n"),
    (
        "2026-09-04",
        "4 September 2026 is after the dry run, which lasted from 1 September 2025 to 12\nSeptember 2025.\n",
    ),
]


@pytest.mark.parametrize(("to", "unusual"), MOVED)
def test_a_move_to_an_unusual_day_is_seen(project: Path, to: str, unusual: str) -> None:
    """It is recorded, since it may have been so; that nothing is expected on that day is said."""
    answer = call("plan", "move", "talk", "--to", to, cwd=project)
    assert (answer.code, answer.out.partition(".\n")[2]) == (0, f"{unusual}\nNext: coplaunch plan today\n")
    assert added(project) == [f"    - {{item: talk, date: 2025-09-04, moved_to: {to}}}"]


def test_a_later_entry_of_what_moved(project: Path) -> None:
    """Moved and then done: two entries, one occurrence."""
    call("plan", "done", "case", "--date", "2025-09-03", cwd=project)
    items = data("plan", "today", "--date", "2025-09-04", "--person", "ben", cwd=project)["items"]
    assert [(one["item"], one["date"], one["status"]) for one in items] == [("case", "2025-09-04", "done")]


def test_names_that_are_left_out_are_seen_to_be(project: Path) -> None:
    """An item that is not there: all names to choose from, or twelve of them and a sign that there are more."""
    said = call("plan", "done", "xyzzy", cwd=project).err
    assert said == "There is no 'xyzzy' in plan.items.\n→ Choose from case, talk, notes.\n"
    more = "".join(f"    item-{letter}: {{what: x, date: 2025-09-04}}\n" for letter in "abcdefghij")
    text = (project / "coplaunch.yaml").read_text("utf-8").replace("  log:", f"{more}  log:")
    (project / "coplaunch.yaml").write_text(text, "utf-8")
    said = " ".join(call("plan", "done", "xyzzy", cwd=project).err.split())
    names = ", ".join(["case", "talk", "notes", *(f"item-{letter}" for letter in "abcdefghi")])
    assert said == f"There is no 'xyzzy' in plan.items. → Choose from {names}, …"


REFUSED = [
    (("done", "nots"), 2, "There is no 'nots' in plan.items.\n→ Did you mean 'notes'?\n"),
    (
        ("done", "talk", "--date", "2025-09-05"),
        2,
        "'talk' does not fall on 5 September 2025.\n→ It falls on 2025-09-04.\n",
    ),
    (
        ("done", "case", "--date", "2025-09-10"),
        2,
        "'case' does not fall on 10 September 2025.\n→ It falls on 2025-09-03.\n",
    ),
    (
        ("done", "notes", "--date", "2025-09-01"),
        1,
        "'notes' of 1 September 2025 is in the log already: done.\n→ To correct it, change its line under `plan.log`\n",
    ),
    (
        ("move", "notes", "--date", "2025-09-02", "--to", "2025-09-03"),
        1,
        "'notes' of 2 September 2025 is in the log already: skipped.\n"
        "→ To correct it, change its line under `plan.log`\n",
    ),
    (
        ("skip", "talk"),
        2,
        "What is skipped needs a reason.\n"
        "→ Add --because with a few words; the dry-run report tells what came of the\n  plan.\n",
    ),
    (("move", "talk"), 2, "What is moved needs a day to move to.\n→ Add --to with the day, such as --to 2025-09-04.\n"),
    (
        ("move", "case", "--to", "2025-09-04"),
        2,
        "'case' is on 4 September 2025 already.\n→ Choose another day with --to.\n",
    ),
]


@pytest.mark.parametrize(("arguments", "code", "said"), REFUSED)
def test_refused(project: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    """With a sentence, what to do, and a file that stays as it is."""
    before = tree(project)
    answer = call("plan", *arguments, cwd=project)
    assert (answer.code, answer.out, answer.err) == (code, "", said)
    assert tree(project) == before
    refused = data("plan", *arguments, cwd=project)
    assert (refused["kind"], refused["exit_code"]) == ("error", code)


def test_what_is_still_to_come(tmp_path: Path) -> None:
    """Is recorded only when its day is named."""
    text = WEEKLY.replace("2025-", "2125-").replace("date: 2125-09-01, done", "date: 2125-09-03, done")
    (tmp_path / "coplaunch.yaml").write_text(text, "utf-8")
    answer = call("plan", "done", "talk", cwd=tmp_path)
    assert (answer.code, answer.err) == (
        1,
        "The next 'talk' is on 4 September 2125, and that is still to come.\n"
        "→ Add --date 2125-09-04 to record it already.\n",
    )
    assert call("plan", "done", "talk", "--date", "2125-09-04", cwd=tmp_path).code == 0


def test_dry_run(project: Path) -> None:
    """The diff of one line, and nothing written."""
    before = tree(project)
    answer = call("plan", "done", "talk", "--dry-run", cwd=project)
    assert answer.code == 0
    changed = [line for line in answer.out.split("\n") if line[:1] in {"+", "-"} and line[:3] not in {"+++", "---"}]
    assert changed == ["+    - {item: talk, date: 2025-09-04, done: true}"]
    assert tree(project) == before


def test_commit(project: Path) -> None:
    """Exactly the plan, with a message that reads as history; what else is staged stays staged."""

    def git(*arguments: str) -> str:
        identity = ["-c", "user.name=Anna", "-c", "user.email=anna@example.org"]
        done = subprocess.run(["git", *identity, *arguments], cwd=project, capture_output=True, check=True)
        return done.stdout.decode()

    git("init", "-q")
    git("config", "user.name", "Anna")
    git("config", "user.email", "anna@example.org")
    git("add", "coplaunch.yaml")
    git("commit", "-qm", "Begin")
    (project / "other.txt").write_text("other", "utf-8")
    git("add", "other.txt")
    answer = call("plan", "skip", "talk", "--because", "ill", "--commit", cwd=project)
    assert (answer.code, answer.err) == (0, "")
    assert git("log", "-1", "--format=%s", "--name-only").split("\n") == [
        "Log what came of Conversation hour, 4 September 2025",
        "",
        "coplaunch.yaml",
        "",
    ]
    assert git("diff", "--cached", "--name-only") == "other.txt\n"


def test_log_lists(project: Path) -> None:
    """Without a terminal: what the log does not know, oldest first, and how to record it."""
    answer = call("plan", "log", "--date", "2025-09-04", "--person", "anna", cwd=project)
    assert answer.out == (
        "Not in the log yet\n"
        "  ○  3 Sep personal message (2×)                                          10 min\n"
        "           notes · Saying no\n"
        "  ○  4 Sep personal message (2×)                                          10 min\n"
        "           notes · Saying no\n"
        "  ○  4 Sep Conversation hour                                              60 min\n"
        "           talk\n"
        "\n"
        "Next: coplaunch plan done notes --date 2025-09-03\n"
    )


def test_log_all_done(project: Path) -> None:
    """Everything up to a day at once; a second time there is nothing left."""
    assert call("plan", "log", "--done", "--date", "2025-09-04", cwd=project).code == 0
    assert added(project) == [
        "    - {item: notes, date: 2025-09-03, done: true}",
        "    - {item: case, date: 2025-09-03, done: true}",
        "    - {item: notes, date: 2025-09-04, done: true}",
        "    - {item: talk, date: 2025-09-04, done: true}",
    ]
    before = tree(project)
    answer = call("plan", "log", "--done", "--date", "2025-09-04", cwd=project)
    assert answer.out == "Nothing was recorded.\n\nNext: coplaunch plan today\n"
    assert tree(project) == before


def test_log_as_json_has_one_shape(project: Path) -> None:
    """Whether it lists or records: what was recorded, what still waits, what was written."""

    def told(*arguments: str) -> tuple[object, ...]:
        found = data("plan", "log", "--person", "anna", *arguments, cwd=project)
        recorded, waiting = ([(one["item"], one["date"]) for one in found[key]] for key in ("recorded", "waiting"))
        return list(found), recorded, waiting, found["written"], found["commit"]

    keys = ["schema", "kind", "recorded", "waiting", "written", "commit"]
    first = [("notes", "2025-09-03"), ("notes", "2025-09-04"), ("talk", "2025-09-04")]
    assert told("--date", "2025-09-04") == (keys, [], first, [], None)
    assert told("--date", "2025-09-03", "--done") == (keys, first[:1], [], ["coplaunch.yaml"], None)
    assert told("--date", "2025-09-04") == (keys, [], first[1:], [], None)


def test_log_asks_in_a_terminal(project: Path) -> None:
    """What came of each, one by one; what is passed over stays open."""
    typed = ["d", "three replies", "m", "2025-09-05", "", "s", "ill"]
    answer = in_terminal("plan", "log", "--date", "2025-09-04", cwd=project, typed=typed, NO_COLOR="1", CI="")
    assert answer.code == 0
    assert added(project) == [
        "    - {item: notes, date: 2025-09-03, done: true, note: three replies}",
        "    - {item: case, date: 2025-09-03, moved_to: 2025-09-05}",
        "    - {item: talk, date: 2025-09-04, skipped: ill}",
    ]


# -- where the plan does not fit --------------------------------------------------------------------------------------


def in_english(folder: Path, *changes: tuple[str, str]) -> Path:
    """The real example with these changes; in English, so that what is said does not depend on the catalogue."""
    text = (EXAMPLE / "coplaunch.yaml").read_text("utf-8")
    text = text[: text.index("\ndecisions:")] + "\n"
    for old, new in (("language: nl", "language: en"), ("phase: launched", "phase: initiative"), *changes):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / "evidence").mkdir()
    for path in EXAMPLE.glob("evidence/*.yaml"):
        (folder / "evidence" / path.name).write_bytes(path.read_bytes())
    (folder / "coplaunch.yaml").write_text(text, "utf-8")
    return folder


def found(folder: Path) -> list[tuple[str, str, str, str]]:
    """Each finding: how bad, its code, the words at the place it points at, what it says."""
    lines = (folder / "coplaunch.yaml").read_text("utf-8").split("\n")
    return [
        (one["severity"], one["code"], lines[one["line"] - 1][one["column"] - 1 :], one["message"])
        for one in data("check", cwd=folder)["findings"]
    ]


def test_one_week_too_full(tmp_path: Path) -> None:
    """The example fits; with a longer first day it does not, and the lines that fill that week say so."""
    folder = in_english(tmp_path, ('at: "10:00", minutes: 300,', 'at: "10:00", minutes: 1230,'))
    assert found(folder) == [
        (
            "warning",
            "overfull",
            "20,",
            "'persoonlijke-berichten' takes 1 of the 21.5 hours that Marloes is planned for in the week of 1 September "
            "2025, and has 20",
        ),
        (
            "warning",
            "overfull",
            "1230, place: Zwolle, live: true}",
            "Marloes, week of 1 September 2025: 21.5 of 20 hours: startdag 20.5 h and persoonlijk bericht 1 h",
        ),
    ]


def test_bad_rules_at_their_line(tmp_path: Path) -> None:
    """A day that does not exist, an end before the start, nobody's item, 26 hours in a day: all in one run."""
    folder = in_english(
        tmp_path,
        ("kind: interaction, date: 2025-09-03,", "kind: interaction, date: 2025-02-31,"),
        ("from: 2025-09-18, times: 3,", "from: 2025-09-18, until: 2025-09-01, times: 3,"),
        ('2025-11-20, owner: marloes, at: "13:00", minutes: 180', "2025-11-20, owner: marlous, minutes: 1560"),
        ("from: 2025-10-23, times: 2,", "from: 2025-10-23, times: 0,"),
    )
    wrong = [one for one in found(folder) if one[0] == "error"]
    assert [(code, at.split(",")[0], message) for _, code, at, message in wrong] == [
        ("impossible-date", "2025-02-31", "there is no day 2025-02-31"),
        (
            "ends-before-it-starts",
            "2025-09-01",
            "'duobellen' ends on 1 September 2025, before it starts on 18 September 2025.",
        ),
        ("never", "0", "0 times is never, so 'duobellen-najaar' does not happen."),
        ("dangling-reference", "marlous", "there is no 'marlous' in people"),
        ("more-than-a-day", "1560", "'oogstmiddag' takes 26 hours in one day."),
    ]


def test_notes_alone_are_no_warnings(tmp_path: Path) -> None:
    """A plan that is only begun is not wrong: what it still lacks is noted, and counted as such."""
    text = (
        "format: 1\nlanguage: en\nplan:\n"
        "  dry_run: {from: 2025-09-01, to: 2025-09-05}\n"
        "  items:\n    case: {kind: interaction, date: 2025-09-02, asks: Anna}\n"
    )
    (tmp_path / "coplaunch.yaml").write_text(text, "utf-8")
    answer = call("check", cwd=tmp_path)
    assert answer.code == 0
    assert answer.out == (
        "coplaunch.yaml:5:3: note one-sided-week: the week of 1 September 2025 lacks content and attention to members\n"
        "    5 │   items:\n"
        "      │   ^^^^^\n"
        "    → A week has content, interaction and attention to members.\n"
        "coplaunch.yaml:5:3: note uncovered-days: 4 of 5 working days have nothing planned, the first is "
        "1 September 2025\n"
        "    5 │   items:\n"
        "      │   ^^^^^\n"
        "    → Plan something for it, if only a personal message, or make it a quiet day.\n"
        "\n"
        "2 notes\n"
        "\n"
        "Next: coplaunch status\n"
    )
