"""What `render` does: the documents, written into plans/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from cop_launch.cli.answer import load_project, refuse_broken, say_as_json, show, show_next
from cop_launch.cli.watch import refuse_beside_watch, watching
from cop_launch.cli.word import FOLDER as WORD_FILES
from cop_launch.cli.word import parted, word_files
from cop_launch.cli.written import commit_files, names_in, say_commit, show_diff
from cop_launch.findings import Exit, Refused
from cop_launch.locales import Language, Message, in_language, msg, nmsg
from cop_launch.records import Record
from cop_launch.store.places import find_project

if TYPE_CHECKING:
    from cop_launch.store.project import Loaded
    from cop_launch.store.rendered import Rendering, Why

_A_FEW = 5
"""As many names as somebody types again."""
_ARE, _WERE = msg("All documents are up to date."), msg("All documents were up to date.")
"""What there is to say where nothing has to be done: after a look, and after a run."""


class Asked(Record):
    """What is asked of `render`."""

    words: tuple[str, ...] = ()
    html: bool = False
    word: bool = False
    overwrite: bool = False
    check: bool = False
    dry_run: bool = False
    commit: bool = False
    json: bool = False
    watch: bool = False


def render(project: Path, asked: Asked) -> int:
    """Makes what is asked, and writes it; with `watch` again and again."""

    if asked.html and asked.words:
        names = ", ".join(["--html", *asked.words])
        hint = msg("the page shows all documents: leave the names out")
        raise Refused(msg("these do not go together: {names}", names=names), hint, Exit.USAGE, "usage")
    folder = find_project(project)
    if not asked.watch:
        return int(Exit.FINE) if _nothing_changed(folder, asked) else _render(folder, asked)
    once = {
        "--overwrite": asked.overwrite,
        "--check": asked.check,
        "--dry-run": asked.dry_run,
        "--commit": asked.commit,
        "--json": asked.json,
    }
    refuse_beside_watch(once)
    return watching([folder], lambda: _render(folder, asked))


def _nothing_changed(folder: Path, asked: Asked) -> bool:
    """Says that all documents are up to date, where that can be known without making them; whether it did."""
    from cop_launch.store.current import unchanged

    if asked != Asked(html=asked.html, check=asked.check):
        return False
    found = unchanged(folder)
    if found is None or (asked.html and not found.page):
        return False
    language = in_language(found.language)
    _say_names("✓ ", _ARE if asked.check else _WERE, (), language)
    if not asked.check:
        show_next(["coplaunch status"], language)
    return True


def _render(folder: Path, asked: Asked) -> int:
    from cop_launch.documents.choice import PAGE
    from cop_launch.store.current import Current, keep_current, sources_of
    from cop_launch.store.files import locked
    from cop_launch.store.rendered import put

    sources = sources_of(folder)
    loaded = load_project(folder)
    if loaded.broken or loaded.dossier is None:
        return refuse_broken(loaded, asked.json)
    language = in_language(loaded.language)
    rendering = _rendering(loaded, asked, language)
    if asked.check:
        code = _stale(rendering, asked.json, language)
    elif asked.dry_run:
        return show_diff(folder, rendering.writes, asked.json, "render")
    else:
        with locked(folder):
            changed = put(rendering)
            said = msg("Render the plans")
            sha = commit_files(folder, _of_a_commit(rendering), said, language) if asked.commit else None
        code = _say(rendering, changed, sha, asked.json, language)
    if not asked.words and code == Exit.FINE and rendering.faultless:
        page = any(write.path.name == PurePosixPath(PAGE).name for write in rendering.documents)
        keep_current(folder, sources, Current(language.code, page))
    return code


def _rendering(loaded: Loaded, asked: Asked, language: Language) -> Rendering:
    """What has to happen, for the documents that are asked for."""
    from cop_launch.cli.own_templates import own_for_rendering, refuse_templates
    from cop_launch.documents import render_with
    from cop_launch.documents.choice import PAGE, Choice, chosen
    from cop_launch.store.rendered import Why, known, rendering, standing_plans

    assert loaded.dossier is not None
    folder, standing = loaded.folder, standing_plans(loaded.folder)
    written = known(folder)
    plain, as_word = parted(asked.words)
    choices, _ = chosen((*plain, *as_word), ())
    ahead = written.union(*(choice.ahead for choice in choices))
    own = own_for_rendering(folder, language)
    made, wrong = render_with(own, loaded.dossier, language, standing, ahead)
    if wrong:
        refuse_templates(folder, wrong, own, language)
    choices, unknown = chosen(plain, made)
    word_choices, no_word = chosen(as_word, made)
    if unknown or no_word:
        raise _unknown((*unknown, *no_word)[0], made)
    paged = any(PAGE in choice.patterns for choice in choices)
    paged = paged or asked.html or (not asked.words and (folder / PAGE).is_file())
    texts: Mapping[str, str] = made
    if paged or asked.word or as_word or any(name.startswith(WORD_FILES) for name in written):
        # The marks of a merge are for whoever solves it: a page or a Word file is made without.
        kept = {one.path for one in rendering(folder, made, language).kept if one.why is not Why.CONFLICT}
        if asked.overwrite:
            kept -= made.keys() if not asked.words else frozenset[str]().union(*(one.among(made) for one in choices))
        texts = made | {path: standing[path] for path in kept & standing.keys() if path.endswith(".md")}
    if paged:
        made[PAGE] = _page(texts, loaded, language)

    def meant(choice: Choice) -> frozenset[str]:
        return choice.among(made) or _nothing(choice.word)

    for choice in word_choices:
        if not any(path.endswith(".md") for path in choice.patterns):
            raise _no_word_file(choice.word)

    wanted = frozenset[str]().union(*map(meant, choices)) if asked.words else frozenset(made)
    in_word = frozenset[str]().union(*map(meant, word_choices), wanted if asked.word else ())
    texts = {path: text for path, text in texts.items() if path in wanted | in_word}
    words, unmade = word_files(folder, texts, in_word, written, language)
    only = wanted | words.keys() if asked.words else None
    return rendering(folder, {**made, **words}, language, only, asked.overwrite, unmade)


def _page(made: Mapping[str, str], loaded: Loaded, language: Language) -> str:
    """All documents as one page, those that somebody changed as they stand there."""
    from cop_launch.documents.page import page

    assert loaded.dossier is not None
    return page(made, loaded.dossier, language)


def _unknown(word: str, made: Mapping[str, str]) -> Refused:
    from cop_launch.documents.choice import names
    from cop_launch.findings import did_you_mean

    every = names(made)
    hint = did_you_mean(word, every) or msg("choose from {names}", names=", ".join(every))
    return Refused(msg("there is no document or phase '{name}'", name=word), hint, Exit.USAGE, "unknown-document")


def _no_word_file(word: str) -> Refused:
    return Refused(
        msg("There is no Word file of {name}: it is no text.", name=word),
        msg("`coplaunch render {name}` writes it as it is", name=word),
        Exit.USAGE,
        "no-word-file",
    )


def _nothing(word: str) -> frozenset[str]:
    raise Refused(
        msg("This project does not say enough yet for {name}: there is nothing to write.", name=word),
        msg("`coplaunch status` tells what comes next, `coplaunch render` writes the documents that there are"),
        Exit.NO,
        "nothing-to-write",
    )


def _of_a_commit(rendering: Rendering) -> list[Path]:
    """What a commit has to hold: the documents, and that others are gone; also what an earlier run did without it."""
    from cop_launch.store.git import last_committed
    from cop_launch.store.rendered import remembered

    memory = rendering.memory[0].path
    before, _ = remembered(last_committed(rendering.folder, memory) or b"")
    now, _ = remembered(rendering.memory[1].after or b"")
    gone = [
        path for path in (rendering.folder / name for name in sorted(before.keys() - now.keys())) if not path.exists()
    ]
    return [*(write.path for write in (*rendering.documents, *rendering.removals)), memory, *gone]


# -- what is said of it -----------------------------------------------------------------------------------------------


def _say(rendering: Rendering, changed: Sequence[Path], sha: str | None, json: bool, language: Language) -> int:
    from cop_launch.documents.choice import PAGE
    from cop_launch.store.rendered import MEMORY

    folder = rendering.folder
    removed = names_in(folder, [write.path for write in rendering.removals])
    written = [name for name in names_in(folder, changed) if name not in removed]
    if json:
        say_as_json(
            "render",
            written=written,
            removed=removed,
            kept=_as_data(rendering),
            current=names_in(folder, [write.path for write in rendering.documents]),
            commit=sha,
        )
        return int(Exit.FINE)
    documents = [name for name in written if name != MEMORY]
    if documents:
        _say_names("✓ ", nmsg("{n} document written.", "{n} documents written.", len(documents)), documents, language)
    if removed:
        said = nmsg(
            "{n} document taken away; the project has it no more.",
            "{n} documents taken away; the project has them no more.",
            len(removed),
        )
        _say_names("✓ ", said, removed, language)
    if not documents and not removed:
        said = msg("The other documents were up to date.") if rendering.kept else _WERE
        _say_names("✓ ", said, (), language)
    say_kept(rendering, language)
    if PAGE in documents:
        show([[], [(language.say(msg("Open {page} in your browser.", page=PAGE)), "")]])
    say_commit(sha, language)
    show_next(["coplaunch status"], language)
    return int(Exit.FINE)


def _stale(rendering: Rendering, json: bool, language: Language) -> int:
    from cop_launch.store.rendered import MEMORY

    stale = [write.path for write in rendering.documents if write.before != write.after]
    first, last = rendering.memory
    stale += [first.path] if first.before != last.after else []
    names = names_in(rendering.folder, stale)
    leftover = names_in(rendering.folder, [write.path for write in rendering.removals])
    ok = not names and not leftover and not rendering.kept
    if json:
        say_as_json("render-check", ok=ok, stale=names, leftover=leftover, kept=_as_data(rendering))
        return int(Exit.FINE if ok else Exit.NO)
    documents = [name for name in names if name != MEMORY]
    if ok:
        _say_names("✓ ", _ARE, (), language)
    if documents:
        _say_names("", nmsg("{n} document is stale:", "{n} documents are stale:", len(documents)), documents, language)
    if leftover:
        said = nmsg(
            "{n} document is one that the project has no more:",
            "{n} documents are such as the project has no more:",
            len(leftover),
        )
        _say_names("", said, leftover, language)
    if names == [MEMORY] and not leftover:
        said = msg("{file}, by which coplaunch notices what people changed, is not up to date.", file=MEMORY)
        _say_names("", said, (), language)
    say_kept(rendering, language)
    if not ok:
        show_next(["coplaunch render" if names or leftover else "coplaunch status"], language)
    return int(Exit.FINE if ok else Exit.NO)


def _as_data(rendering: Rendering) -> list[dict[str, str]]:
    return [{"file": one.path, "why": one.why.value} for one in rendering.kept]


def _say_names(mark: str, said: Message, names: Sequence[str], language: Language) -> None:
    show(
        [[(mark, "good"), (language.say(said), "" if mark else "bad")], *([(f"    {name}", "quiet")] for name in names)]
    )


def say_kept(rendering: Rendering, language: Language) -> None:
    """What is left as it is, why, and what a person can do about it."""
    from cop_launch.console.screen import Screen, wrapped
    from cop_launch.store.rendered import ATTRIBUTES, MEMORY, Why

    width = Screen().width

    def note(message: Message, names: Sequence[str] = (), hints: Iterable[tuple[Message, str]] = ()) -> None:
        show(wrapped(language.say(message), width, style="warn"))
        show([[(f"    {name}", "")] for name in names])
        for hint, line in hints:
            show(wrapped(language.say(hint), width, "    ", "", "  → "))
            show([[(f"    {line}", "title")]] if line else [])

    for why in Why:
        names = [one.path for one in rendering.kept if one.why is why]
        if names:
            note(_kept_because(why, len(names)), names, _what_to_do(why, names))
    if rendering.damaged:
        said = msg(
            "{file} is damaged: what coplaunch does not know for its own any more, it left as it is.", file=MEMORY
        )
        note(said)
    if rendering.line_ends:
        said = nmsg(
            "{n} calendar had lost the line ends that its format asks for, probably through git:",
            "{n} calendars had lost the line ends that their format asks for, probably through git:",
            len(rendering.line_ends),
        )
        note(
            said,
            rendering.line_ends,
            [(msg("Have git leave them alone, with this line in .gitattributes:"), ATTRIBUTES)],
        )


def _kept_because(why: Why, n: int) -> Message:
    from cop_launch.store.rendered import Why

    match why:
        case Why.EDITED:
            return nmsg(
                "{n} document was changed by hand, and stays as it is:",
                "{n} documents were changed by hand, and stay as they are:",
                n,
            )
        case Why.CONFLICT:
            return nmsg(
                "{n} document has the marks of a merge conflict, and stays as it is:",
                "{n} documents have the marks of a merge conflict, and stay as they are:",
                n,
            )
        case Why.UNKNOWN:
            return nmsg(
                "{n} file in the place of a document is not coplaunch's, and stays as it is:",
                "{n} files in the place of documents are not coplaunch's, and stay as they are:",
                n,
            )
        case Why.LEFT:
            return nmsg(
                "{n} document that the project has no more was changed by hand, and stays:",
                "{n} documents that the project has no more were changed by hand, and stay:",
                n,
            )


def _what_to_do(why: Why, names: Sequence[str]) -> Iterator[tuple[Message, str]]:
    """What a person can do, each with the line to type."""
    from cop_launch.documents.choice import template_of
    from cop_launch.store.rendered import Why

    if why is Why.LEFT:
        yield msg("From now on that is yours, to keep or to delete."), ""
        return
    if why is Why.EDITED and (template := next(filter(None, map(template_of, names)), None)):
        yield (
            msg("To say it in your own words for good, make the template your own:"),
            f"coplaunch templates copy {template}",
        )
    if len(names) > _A_FEW:
        yield msg("To have coplaunch write over all that was changed by hand:"), "coplaunch render --overwrite"
        return
    given = " ".join(PurePosixPath(name).name for name in names)
    yield msg("To have coplaunch write over that:"), f"coplaunch render {given} --overwrite"
