"""It never eats the user's file: killed, out of room, refused by the system, or two at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from tests.store import faults
from tests.store.faults import COMMANDS, MANY_DECISIONS, Command, Scene, Step

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills and strace are POSIX")

needs_strace = pytest.mark.skipif(bool(faults.strace_missing()), reason=str(faults.strace_missing()))

SENTENCES = {
    "ENOSPC": "the disk is full",
    "EACCES": "may not be",
    "EROFS": "the disk is read-only",
    "EIO": "the disk reports a fault",
}
NOT_CONFIRMED = "but the disk did not confirm it"


@pytest.fixture(params=COMMANDS, ids=lambda command: command.name)
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Scene:
    command: Command = request.param
    return faults.scene(command, tmp_path)


@needs_strace
def test_killed_at_every_step(scene: Scene) -> None:
    """Killed at any write, fsync, rename, link or unlink: old bytes or new, and the next run just works."""
    steps = faults.steps(scene)
    calls = {step.call for step in faults.on_project(scene, steps)}
    assert {"write", "fsync"} <= calls
    assert calls & {"rename", "link", "linkat"}, "nothing is put in its place"
    for step in faults.sample(scene, steps):
        with scene.fresh() as project:
            killed = scene.command.run(project, *step.kill())
            assert killed.returncode == -signal.SIGKILL, step
            faults.assert_whole(scene, faults.without_temporary(faults.files_of(project)))
            faults.assert_next_run_works(scene)


@needs_strace
def test_every_step_refused(scene: Scene) -> None:
    """A full disk, a permission, a read-only disk or a fault at any step: nothing truncated, nothing left, a sentence,
    exit 3."""
    steps = faults.sample(scene, faults.on_project(scene, faults.steps(scene)))
    for number, step in enumerate(steps):
        if step.call == "rmdir" or "EEXIST" in step.text or _of_a_leftover(step):
            continue  # a leftover that cannot be removed is swept up by the next run; a folder that is there is there
        for error in faults.faults_at(scene, number, tuple(SENTENCES)):
            with scene.fresh() as project:
                done = scene.command.run(project, *step.fail(error))
                found = faults.files_of(project)
                assert "Traceback" not in done.stderr
                assert done.returncode == 3, (step, error, done.stderr)
                said = " ".join(done.stderr.split())
                assert SENTENCES[error] in said or NOT_CONFIRMED in said, (step, error, said)
                faults.assert_whole(scene, found)
                if scene.command.all_or_nothing:
                    assert found in (scene.old, scene.new), (step, error)


@needs_strace
def test_leftover_that_stays(scene: Scene) -> None:
    """Where even a temporary file cannot be removed, the command does its work, and the next one sweeps up."""
    steps = list(filter(_of_a_leftover, faults.on_project(scene, faults.steps(scene))))
    for step in steps[:5]:
        with scene.fresh() as project:
            done = scene.command.run(project, *step.fail("EIO"))
            assert done.returncode == 0, done.stderr
            assert faults.without_temporary(faults.files_of(project)) == scene.new
            faults.assert_next_run_works(scene)


def _of_a_leftover(step: Step) -> bool:
    """Whether it removes a temporary file, and not a document."""
    return step.call in {"unlink", "unlinkat"} and ".tmp" in step.text


@needs_strace
def test_what_a_killed_render_wrote_is_known_for_ours(tmp_path: Path) -> None:
    """Killed at any step, and then the plan changes: no document is taken for somebody's, and none is left behind."""
    scene = faults.scene(faults.RENDER, tmp_path)
    for step in faults.sample(scene, faults.on_project(scene, faults.steps(scene))):
        with scene.fresh() as project:
            assert scene.command.run(project, *step.kill()).returncode == -signal.SIGKILL
            plan = project / "coplaunch.yaml"
            plan.write_bytes(plan.read_bytes().replace(b"Round Table", b"Square Table"))
            done = scene.command.run(project)
            said = [line for line in done.stdout.splitlines() if "stay" in line or "damaged" in line]
            assert (done.returncode, done.stderr, said) == (0, "", []), step
            assert (project / "plans" / "overview.md").read_text("utf-8").startswith("# Square Table")
            assert faults.files_of(project).keys() == scene.new.keys()


def test_killed_at_random_moments(scene: Scene) -> None:
    """Killed at any moment: old bytes or new, and the next run just works."""
    with scene.fresh() as project:
        begun = time.monotonic()
        scene.command.run(project)
        lasted = time.monotonic() - begun
    for _ in range(max(1, faults.KILLS // 2 // len(COMMANDS))):
        with scene.fresh() as project:
            _kill_after(scene.command, project, faults.pause(lasted * 1.1))
            found = faults.files_of(project)
            faults.assert_whole(scene, faults.without_temporary(found))
            if found != scene.old:  # as before: the next run is an untouched one
                faults.assert_next_run_works(scene)


def test_killed_while_writing(tmp_path: Path) -> None:
    """Killed in the midst of many writes: every entry of the plan has its report, whole; the next run goes on from
    there."""
    scene = faults.scene(MANY_DECISIONS, tmp_path)
    plans = [faults.PLAN + b"".join(b"  - gate: %d\n" % (i + 1) for i in range(n)) for n in range(61)]
    met = set()
    for _ in range(faults.KILLS // 2):
        with scene.fresh() as project:
            _kill_after(scene.command, project, faults.pause(0.25))
            found = dict(faults.without_temporary(faults.files_of(project)))
            entries = plans.index(found.pop("coplaunch.yaml"))
            met.add(entries)
            reports = {f"decisions/{i + 1}.md" for i in range(entries)}
            assert found.keys() - reports <= {f"decisions/{entries + 1}.md"}
            assert reports <= found.keys()
            assert all(data == scene.new[name] for name, data in found.items())
    with scene.fresh() as project:
        (project / ".coplaunch-coplaunch.yaml.0123456789ab.tmp").write_bytes(b"half")
        faults.assert_next_run_works(scene)
    assert len(met) > 2, "the kills met no write"


def _kill_after(command: Command, project: Path, seconds: float) -> None:
    process = command.start(project)
    time.sleep(seconds)
    process.kill()
    process.wait()


def test_two_at_once(tmp_path: Path) -> None:
    """Two hundred pairs of processes that edit the plan at the same time: no edit is lost."""
    plan = tmp_path / "coplaunch.yaml"
    plan.write_bytes(b"")
    script = """
        import os, sys
        from pathlib import Path
        from cop_launch.findings import Refused
        from cop_launch.store.files import Write, apply, locked, read

        project = Path(sys.argv[1])
        plan = project / "coplaunch.yaml"

        def edit(line):
            try:
                with locked(project):
                    before = read(plan)
                    apply(project, [Write(plan, before, before + line)])
            except Refused as refused:
                return 0 if refused.code == "busy" else 1
            return 42

        for pair in range(200):
            ready, go = os.pipe()
            children = []
            for side in b"ab":
                child = os.fork()
                if not child:
                    os.close(go)
                    os.read(ready, 1)  # returns for both when the other end is closed
                    os._exit(edit(b"%d%c\\n" % (pair, side)))
                children.append(child)
            os.close(go)
            os.close(ready)
            for side, child in zip("ab", children):
                _, status = os.waitpid(child, 0)
                print(f"{pair}{side}", os.waitstatus_to_exitcode(status))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(tmp_path)],
        env=faults.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    ends = dict(line.split() for line in done.stdout.splitlines())
    assert len(ends) == 400
    assert set(ends.values()) <= {"42", "0"}
    assert sorted(plan.read_text().split()) == sorted(edit for edit, end in ends.items() if end == "42")
    assert len(plan.read_text().split()) > 200, "the pairs refused each other instead of waiting"
    assert [path.name for path in tmp_path.iterdir()] == ["coplaunch.yaml"]
