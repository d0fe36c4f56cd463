"""Changes one value in a YAML text and leaves everything else byte for byte: comments, order, quotes, layout.

Pure text in, pure text out. An edit is made by cutting and pasting at the places that the reader found; then the new
text is read again, and unless exactly the intended value changed, the edit is refused. So a strange layout costs at
worst an edit by hand, never a file. A comment inside what is replaced or removed goes with it; one behind the key or
the value stays.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Any

from cop_launch.findings import KeyPath, Refused
from cop_launch.locales import Message, msg
from cop_launch.store.emit import (
    WIDTH,
    BlockList,
    BlockMapping,
    Layout,
    Value,
    as_read,
    block,
    entry,
    flow,
    indented,
    pair,
    scalar,
    short,
)
from cop_launch.store.source import Mark, Source, Tree, read_source

__all__ = ["Value", "add_section", "append_item", "diff", "remove", "scalar", "set_value"]

_BOM = "\ufeff"
_NEWLINE = re.compile(r"\r\n|\n|\r")
_REST_OR_COMMENT = re.compile(r"[ \t]*(?:(?<=[ \t])#[^\r\n]*)?(?=[\r\n]|\Z)")
_NEXT_LINE = re.compile(r"(?:\r\n|\n|\r)([ \t]*)(#[^\r\n]*)?(?=[\r\n]|\Z)")
_GAP = re.compile(r"(?:[ \t\r\n]|(?:\A|(?<=[ \t\r\n,\[{&-]))#[^\r\n]*)*")
_HEADER = re.compile(r"(?:&\S+[ \t]+)?[|>][-+0-9]*")
_ANCHOR = re.compile(r"&\S+")

_Edit = tuple[int, int, str]


def set_value(text: str, path: KeyPath, value: Value, order: Sequence[str] = (), file: str = "coplaunch.yaml") -> str:
    """The text with the value at this path replaced, or put in where it is not there yet.

    A new key comes last among its siblings, or, when `order` names it, after the one that `order` puts before it.
    Raises `Refused` (code `cannot-edit`) when that cannot be done without touching anything else.
    """
    editor = _Editor(text, file, path)
    tree: Any = editor.tree
    for depth, step in enumerate(path):
        steps: Any = tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
        if step not in steps:
            edits = editor.insert(path[:depth], path[depth:], value, order)
            return editor.apply(edits, _with(editor.tree, path, as_read(value)))
        tree = tree[step]
    if not path:
        raise editor.refusal()
    if tree == as_read(value):
        return text
    return editor.apply(editor.replace(path, value), _with(editor.tree, path, as_read(value)))


def append_item(text: str, path: KeyPath, value: Value, file: str = "coplaunch.yaml") -> str:
    """The text with an item added to the list at this path, which may be absent or empty.

    Raises `Refused` (code `cannot-edit`) as `set_value` does, also when something else than a list stands there.
    """
    editor = _Editor(text, file, path)
    present: Any = _at(editor.tree, path)
    if present is None:
        return set_value(text, path, BlockList([value]), file=file)
    if not isinstance(present, list):
        raise editor.refusal(msg("A list is needed here to add something to, and there is something else."))
    grown = _with(editor.tree, path, [*present, as_read(value)])
    return editor.apply(editor.append(path, value), grown)


def add_section(
    text: str, key: str, lines: Sequence[str], order: Sequence[str] = (), file: str = "coplaunch.yaml"
) -> str:
    """The text with an empty key at its outermost level, put in as these lines: the key, with comments around it.

    A blank line keeps it apart from what stands before it: the key that `order` puts before it, else the last one.
    Raises `Refused` (code `cannot-edit`) as `set_value` does, also when the key is there already.
    """
    editor = _Editor(text, file, (key,))
    if isinstance(editor.tree, dict) and key in editor.tree:
        raise editor.refusal(msg("It is there already."))
    return editor.apply(editor.add_section(key, lines, order), _with(editor.tree, (key,), None))


def remove(text: str, path: KeyPath, file: str = "coplaunch.yaml") -> str:
    """The text without this key or item; a collection that loses its last one stays as `{}` or `[]`.

    Raises `Refused` (code `cannot-edit`), also when there is nothing at this path.
    """
    editor = _Editor(text, file, path)
    if not path or path not in editor.marks:
        raise editor.refusal(msg("There is nothing here to remove."))
    return editor.apply(editor.remove(path), _without(editor.tree, path))


def diff(before: str, after: str, file: str) -> str:
    """What changed, as a unified diff; empty when nothing did. Lines end as they do in the file."""
    lines = []
    for line in difflib.unified_diff(_split(before), _split(after), f"a/{file}", f"b/{file}"):
        ending = "" if line.endswith(("\n", "\r")) else "\n\\ No newline at end of file\n"
        lines.append(line + ending)
    return "".join(lines)


def _split(text: str) -> list[str]:
    return re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z", text)


# -- the intended data --------------------------------------------------------------------------------------------


def _at(tree: Any, path: KeyPath) -> Tree:
    for step in path:
        if isinstance(tree, dict):
            tree = tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int) and 0 <= step < len(tree):
            tree = tree[step]
        else:
            return None
    return tree  # type: ignore[no-any-return]


def _with(tree: Any, path: KeyPath, value: Tree) -> Tree:
    """The tree with this value at this path; what an alias shares stays as it is everywhere else."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(tree, list):
        return [_with(item, rest, value) if at == step else item for at, item in enumerate(tree)]
    assert isinstance(step, str)
    return {**(tree or {}), step: _with((tree or {}).get(step), rest, value)}


def _without(tree: Any, path: KeyPath) -> Tree:
    step, rest = path[0], path[1:]
    if isinstance(tree, list):
        return [_without(item, rest) if at == step else item for at, item in enumerate(tree) if rest or at != step]
    return {key: _without(item, rest) if key == step else item for key, item in tree.items() if rest or key != step}


# -- the text ------------------------------------------------------------------------------------------------------


class _Editor:
    """One text and what is in it; works out the cuts for one edit, makes them, and checks what came of it."""

    def __init__(self, text: str, file: str, path: KeyPath) -> None:
        self.file = file
        self.path = path
        self.bom = _BOM if text.startswith(_BOM) else ""
        self.text = text.removeprefix(_BOM)
        source, findings = read_source(self.text.encode("utf-8", "surrogatepass"), file)
        serious = tuple(finding for finding in findings if finding.code != "empty-file")
        if source is None or serious:
            raise Refused(
                msg("{file} cannot be changed while there is something wrong with it.", file=file),
                msg("'coplaunch check' says what; mend that first."),
                code="cannot-edit",
                findings=serious,
            )
        self.source: Source = source
        self.marks = source.marks
        self.tree = source.tree
        for depth in range(len(path) + 1):
            mark = self.marks.get(path[:depth])
            if path[:depth] in source.shared or (mark and mark.style == "alias" and depth < len(path)):
                raise self.refusal(msg("This value stands in more than one place, by way of & and *."))
        first = _NEWLINE.search(self.text)
        self.newline = first.group() if first else "\n"

    def refusal(self, why: Message | None = None) -> Refused:
        place = self.source.place(self.path)
        return Refused(
            msg(
                "{file}:{line}: '{field}' cannot be changed here without touching something else. {why}",
                file=self.file,
                line=str(place.line),
                field=".".join(str(step) for step in self.path),
                why=why or msg("The way it is written is too unusual."),
            ),
            msg("Edit it by hand."),
            code="cannot-edit",
        )

    def apply(self, edits: Iterable[_Edit], intended: Tree) -> str:
        """The text after the cuts. Refused unless it reads as intended, and everything else as before."""
        pieces = []
        upto = 0
        for start, end, new in sorted(edits, key=lambda edit: edit[:1]):  # at one place, in the order that was given
            if start < upto:
                raise self.refusal()
            pieces += [self.text[upto:start], new]
            upto = end
        text = "".join([*pieces, self.text[upto:]])
        try:
            source, findings = read_source(text.encode(), self.file)
        except UnicodeEncodeError:
            raise self.refusal(msg("The new text holds a character that no file can hold.")) from None
        if source is None or findings or source.tree != intended:
            raise self.refusal()
        return self.bom + text

    # -- where things are -----------------------------------------------------------------------------------------

    def line_start(self, index: int) -> int:
        return self.source.lines.start_of_line(index)

    def column(self, index: int) -> int:
        return index - self.line_start(index)

    def line_end(self, index: int) -> int:
        """Where the line ends, before its line ending."""
        found = _NEWLINE.search(self.text, index)
        return found.start() if found else len(self.text)

    def next_line(self, index: int) -> int:
        found = _NEWLINE.search(self.text, index)
        return found.end() if found else len(self.text)

    def begins_line(self, index: int) -> bool:
        return not self.text[self.line_start(index) : index].strip(" ")

    def children(self, path: KeyPath) -> list[KeyPath]:
        tree = _at(self.tree, path)
        steps: Iterable[str | int] = (
            tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
        )
        return [child for child in ((*path, step) for step in steps) if child in self.marks]

    def end(self, path: KeyPath) -> int:
        """Where a value really ends: a collection with its last value, text after | or > with its last line."""
        mark = self.marks[path]
        while mark.style == "block" or (mark.style == "flow" and self.text[mark.start] not in "{[&"):
            children = self.children(path)
            path = children[-1]
            mark = self.marks[path]
        if mark.style not in {"literal", "folded"}:
            return mark.end
        header = self.header(mark)
        written = self.text[mark.start : mark.end]
        if "+" in header.group():
            found = re.compile(r"(?:\r\n|\n|\r)\Z").search(written)
            return mark.start + (found.start() if found else len(written))
        return self.line_end(mark.start + max(len(written.rstrip()), header.end() - mark.start))

    def header(self, mark: Mark) -> re.Match[str]:
        found = _HEADER.match(self.text, mark.start)
        if found is None:
            raise self.refusal()
        return found

    def in_flow(self, path: KeyPath) -> bool:
        """Whether what stands directly in this collection stands within brackets."""
        return any(self.marks[path[:depth]].style == "flow" for depth in range(len(path) + 1))

    def after_opening(self, path: KeyPath) -> int:
        """Right behind the colon of a key or the dash of an item."""
        mark = self.marks[path]
        if mark.key_end is None:
            return self.dash(path) + 1
        found = re.compile(r"\s*:").match(self.text, mark.key_end)
        if found is None:
            raise self.refusal()
        return found.end()

    def dash(self, path: KeyPath) -> int:
        """The dash of an item in a list without brackets."""
        at = path[-1]
        assert isinstance(at, int)
        if at:
            index = self.line_end(self.end((*path[:-1], at - 1)))
        else:
            index = self.marks[path[:-1]].start
            anchor = _ANCHOR.match(self.text, index)
            index = anchor.end() if anchor else index
        gap = _GAP.match(self.text, index)
        index = gap.end() if gap else index
        if self.text[index : index + 1] != "-":
            raise self.refusal()
        return index

    def opening(self, path: KeyPath) -> int:
        """Where the key or the dash of a value starts; within brackets, an item itself."""
        mark = self.marks[path]
        if mark.key_start is not None:
            return mark.key_start
        return mark.start if self.in_flow(path[:-1]) else self.dash(path)

    def below(self, index: int, column: int) -> int:
        """The end of this line, or of the comments below it that are indented further than this column."""
        index = last = self.line_end(index)
        while (found := _NEXT_LINE.match(self.text, index)) is not None:
            index = found.end()
            if found.group(2) is None:
                continue
            if len(found.group(1)) <= column:
                break
            last = index
        return last

    def layout(self, path: KeyPath) -> Layout:
        """What the nearest collections are indented by."""
        steps: dict[bool, tuple[int, int]] = {}
        for other, mark in self.marks.items():
            if mark.style != "block" or mark.key_start is None or not self.begins_line(mark.start):
                continue
            indent = self.column(mark.start) - self.column(mark.key_start)
            near = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(other, path, strict=False)))
            is_list = self.text[mark.start] == "-" and isinstance(_at(self.tree, other), list)
            if is_list not in steps or near > steps[is_list][0]:
                steps[is_list] = (near, indent)
        dash = steps[True][1] if True in steps else None
        step = steps[False][1] if False in steps else (dash or 2)
        return Layout(step, step if dash is None else dash, not self.text or self.text.endswith(("\n", "\r")))

    def lines(self, lines: Sequence[str], column: int) -> str:
        """Lines to stand at this column, each preceded by a line ending."""
        return "".join(self.newline + line for line in indented(lines, column))

    # -- replacing ------------------------------------------------------------------------------------------------

    def replace(self, path: KeyPath, value: Value) -> list[_Edit]:
        """The cuts that put this value in the place of another."""
        mark = self.marks[path]
        if mark.style == "block" and self.text[mark.start] == "&":
            raise self.refusal(msg("It has a name, with &."))
        if self.in_flow(path[:-1]):
            return self._replace_on_line(path, mark, flow(value))
        quote = {"single": "'", "double": '"'}.get(mark.style, "")
        layout = self.layout(path)
        if quote and isinstance(value, str) and "\n" not in value:
            return self._replace_on_line(path, mark, scalar(value, quote=quote))
        is_collection = isinstance(value, (dict, list, tuple)) and bool(value)
        if not (is_collection and mark.style == "block"):
            written = short(value, WIDTH - self.column(mark.start), layout)
            if written is not None:
                return self._replace_on_line(path, mark, written)
        return self._replace_by_block(path, mark, value, layout)

    def _replace_on_line(self, path: KeyPath, mark: Mark, written: str) -> list[_Edit]:
        start, end = mark.start, mark.end
        if mark.style == "block" and self.begins_line(start):
            opening = self.after_opening(path)
            return [(opening, opening, " " + written), self._whole_lines(start, self.end(path))]
        if mark.style in {"literal", "folded"}:
            header = self.header(mark).end()
            return [(start, header, written), (self.line_end(header), self.end(path), "")]
        if start == end:
            before = "" if self.in_flow(path[:-1]) and mark.key_end is None else " "
            if mark.key_end is not None and ":" not in self.text[mark.key_end : start]:
                before = ": "
            return [(start, start, before + written)]
        gap = " " if self.text[start - 1 : start] == ":" else ""
        return [(start, self.end(path) if mark.style == "block" else end, gap + written)]

    def _whole_lines(self, start: int, end: int) -> _Edit:
        """Cuts the lines from one place to another; the end of the file keeps or lacks its line ending as before."""
        first, after = self.line_start(start), self.next_line(end)
        if after == self.line_end(end) and first:  # the last line, without an ending
            first -= 2 if self.text[:first].endswith("\r\n") else 1
        return first, after, ""

    def _replace_by_block(self, path: KeyPath, mark: Mark, value: Value, layout: Layout) -> list[_Edit]:
        opening = self.after_opening(path)
        is_item = mark.key_start is None
        owner = opening - 1 if is_item else mark.key_start
        assert owner is not None
        is_list = isinstance(value, (list, tuple))
        column = self.column(owner) + (2 if is_item else layout.dash if is_list else layout.step)
        same_line = not _NEWLINE.search(self.text, opening, mark.start)
        if mark.style == "block" and self.begins_line(mark.start):
            was_list = self.text[mark.start] == "-" and isinstance(_at(self.tree, path), list)
            if was_list == is_list or self.column(mark.start) > self.column(owner):
                column = self.column(mark.start)
        elif not same_line:
            column = self.column(mark.start)
        elif (
            isinstance(value, str)
            and mark.style in {"literal", "folded"}
            and (content := self._content(mark)) is not None
        ):
            column = content
        sign, lines = block(value, column, layout)
        end = self.end(path)
        apart = self.next_line(opening) != self.line_start(mark.start)
        if sign and mark.style == "block" and self.begins_line(mark.start) and apart:
            return self._replace_on_line(path, mark, scalar(str(value)))  # a comment in between would become text

        if mark.style == "block" and self.begins_line(mark.start):
            # On lines of its own below the key: the new lines take their place.
            below = self.lines(lines, column)
            cut: _Edit = (self.line_start(mark.start), self.line_end(end), below.removeprefix(self.newline))
            return [(opening, opening, f" {sign}"), cut] if sign else [cut]
        if mark.style == "block":
            # `- a: 1` and what follows.
            first_line, rest = (sign, lines) if sign else (lines[0], lines[1:])
            return [(mark.start, self.line_end(end), first_line + self.lines(rest, self.column(mark.start)))]
        if mark.style in {"literal", "folded"}:
            value_end, rest_end = self.header(mark).end(), end
        else:
            value_end, rest_end = end, self.line_end(end)
        if not sign and (is_item or not same_line):
            first_line, lines = lines[0], lines[1:]
        else:
            first_line = sign
        start = mark.start if first_line and mark.start > opening else opening
        if first_line and start == opening:
            first_line = " " + first_line
        return [(start, value_end, first_line), (self.line_end(value_end), rest_end, self.lines(lines, column))]

    def _content(self, mark: Mark) -> int | None:
        """The column of the text after | or >, where that has any."""
        found = re.compile(r"\s*").match(self.text, self.line_end(self.header(mark).end()))
        assert found is not None
        return self.column(found.end()) if found.end() < mark.end else None

    # -- putting in -----------------------------------------------------------------------------------------------

    def insert(self, parent: KeyPath, missing: KeyPath, value: Value, order: Sequence[str]) -> list[_Edit]:
        """The cuts that put in the first of the missing keys, with the others inside it."""
        key, tree = missing[0], _at(self.tree, parent)
        for step in reversed(missing[1:]):
            value = BlockMapping({str(step): value})
        if any(not isinstance(step, str) for step in missing) or not (tree is None or isinstance(tree, dict)):
            raise self.refusal(msg("There is nothing here that it could be put into."))
        assert isinstance(key, str)
        place = self._commented_out(parent, key)
        if place is not None:
            at, column = place
            return [(at, at, self.lines(entry(f"{scalar(key)}:", value, column, self.layout((*parent, key))), column))]
        if not tree:
            if not parent and () not in self.marks:
                return self._first(key, value)
            return self.replace(parent, BlockMapping({key: value}))
        before, after = self._neighbours(parent, key, order)
        if self.in_flow(parent):
            return self._insert_in_flow(before, after, pair(key, value))
        children = self.children(parent)
        first = self.marks[children[0]].key_start
        assert first is not None
        column = self.column(first)
        lines = entry(f"{scalar(key)}:", value, column, self.layout((*parent, key)))
        if before is not None:
            at = self.below(self.end(before), column)
            return [(at, at, self.lines(lines, column))]
        assert after is not None
        at = self.opening(after)
        written = self.lines(lines, column).removeprefix(self.newline)
        if not self.begins_line(at):
            return [(at, at, written.removeprefix(" " * column) + self.newline + " " * column)]
        at = self._above(at)
        return [(at, at, written + self.newline)]

    def add_section(self, key: str, lines: Sequence[str], order: Sequence[str]) -> list[_Edit]:
        """The cuts that put in lines of their own at the outermost level."""
        if not self.children(()):
            at, gap = len(self.text), "" if not self.text or self.text.endswith(("\n", "\r")) else self.newline
            return [(at, at, gap + self.lines(lines, 0).removeprefix(self.newline) + self.newline)]
        if self.in_flow(()):
            raise self.refusal()
        before, after = self._neighbours((), key, order)
        if before is not None:
            at = self.below(self.end(before), 0)
            return [(at, at, self.newline + self.lines(lines, 0))]
        assert after is not None
        at = self._above(self.opening(after))
        return [(at, at, self.lines([*lines, ""], 0).removeprefix(self.newline) + self.newline)]

    def _commented_out(self, parent: KeyPath, key: str) -> tuple[int, int] | None:
        """Right below the lines in which this key is commented out, as an example or a question, and its column.

        There a person would have written it. None where there are no such lines, or within brackets.
        """
        mark = self.marks.get(parent)
        children = self.children(parent) if mark else []
        if mark is None or mark.style not in {"block", "plain"} or (parent and self.in_flow(parent[:-1])):
            return None
        if mark.style == "plain" and mark.start != mark.end:
            return None
        start = self.after_opening(parent) if parent else 0
        inside = len(parent)
        later = [
            other.key_start
            for path, other in self.marks.items()
            if other.key_start is not None and other.key_start > start and path[:inside] != parent
        ]
        upto = min(later, default=len(self.text))
        line = re.compile(rf"^( *)# ?{re.escape(scalar(key))}:(?=[ \r\n]|\Z)", re.MULTILINE)
        found = line.search(self.text, start, upto)
        if found is None:
            return None
        column = len(found.group(1))
        owner = self.column(self.opening(parent)) if parent else -1
        expected = self.column(self.opening(children[0])) if children else column
        if column != expected or column <= owner:
            return None
        deeper = re.compile(rf"(?:\r\n|\n|\r) {{{column}}}#(?:  [^\r\n]*)?(?=[\r\n]|\Z)")
        at = self.line_end(found.end())
        while (more := deeper.match(self.text, at)) is not None:
            at = more.end()
        return at, column

    def _first(self, key: str, value: Value) -> list[_Edit]:
        """Into a file that has nothing yet but comments."""
        lines = entry(f"{scalar(key)}:", value, 0, Layout())
        at = len(self.text)
        gap = "" if not self.text or self.text.endswith(("\n", "\r")) else self.newline
        return [(at, at, gap + self.lines(lines, 0).removeprefix(self.newline) + self.newline)]

    def _neighbours(self, parent: KeyPath, key: str, order: Sequence[str]) -> tuple[KeyPath | None, KeyPath | None]:
        """The sibling that a new key comes after, or else the one that it comes before."""
        children = self.children(parent)
        if key not in order:
            return children[-1], None
        at = order.index(key)
        earlier = [child for child in children if child[-1] in order[:at]]
        if earlier:
            return max(earlier, key=lambda child: order.index(str(child[-1]))), None
        later = [child for child in children if child[-1] in order[at:]]
        return (None, later[0]) if later else (children[-1], None)

    def _above(self, index: int) -> int:
        """The start of this line, or of the comments right above it, unless these are the head of the file."""
        start = first = self.line_start(index)
        indent = self.text[start:index]
        while first:
            previous = self.line_start(first - (2 if self.text[:first].endswith("\r\n") else 1))
            if not self.text.startswith(indent + "#", previous):
                return first
            first = previous
        return start

    def append(self, path: KeyPath, value: Value) -> list[_Edit]:
        """The cuts that add an item to a list that is there."""
        children = self.children(path)
        mark = self.marks[path]
        if not children:
            inside = self.text[mark.start : mark.end]
            if self.in_flow(path) and "#" in inside:
                at = mark.start + inside.index("[") + 1
                return [(at, at, flow(value))]
            plain = not isinstance(value, (dict, list, tuple))
            return self.replace(path, [value] if plain or self.in_flow(path[:-1]) else BlockList([value]))
        if self.in_flow(path):
            return self._insert_in_flow(children[-1], None, flow(value))
        column = self.column(self.dash(children[-1]))
        if isinstance(value, dict) and any(
            self.marks[child].style == "block" and isinstance(_at(self.tree, child), dict) for child in children
        ):
            value = BlockMapping(value)
        at = self.below(self.end(children[-1]), column)
        return [(at, at, self.lines(entry("-", value, column, self.layout(path)), column))]

    def _insert_in_flow(self, before: KeyPath | None, after: KeyPath | None, written: str) -> list[_Edit]:
        if before is None:
            assert after is not None
            at = self.opening(after)
            between = self.newline + " " * self.column(at) if self.begins_line(at) else " "
            return [(at, at, f"{written},{between}")]
        start, end = self.opening(before), self.end(before)
        comma = self.comma_after(end)
        last = end if comma is None else comma + 1
        if self.begins_line(start) and _REST_OR_COMMENT.match(self.text, last):
            at = self.line_end(last)
            new = self.newline + " " * self.column(start) + written
            return [(end, end, ","), (at, at, new)] if comma is None else [(at, at, new + ",")]
        return [(end, end, f", {written}")]

    def comma_after(self, index: int) -> int | None:
        """The comma that follows a value within brackets; None when a bracket does."""
        gap = _GAP.match(self.text, index)
        index = gap.end() if gap else index
        return index if self.text[index : index + 1] == "," else None

    # -- taking out -----------------------------------------------------------------------------------------------

    def remove(self, path: KeyPath) -> list[_Edit]:
        """The cuts that take out a key or an item."""
        parent = path[:-1]
        children = self.children(parent)
        at = children.index(path)
        if self.in_flow(parent):
            return self._remove_from_flow(children, at)
        if len(children) == 1:
            if not parent:
                raise self.refusal(msg("It is the only one in this file."))
            return self.replace(parent, [] if isinstance(path[-1], int) else {})
        start, end = self.opening(path), self.end(path)
        if self.begins_line(start):
            return [self._whole_lines(start, end)]
        following = self.opening(children[at + 1])
        between = self.text[self.line_end(end) : following]
        return [(start, self.line_end(end) if between.strip() else following, "")]

    def _remove_from_flow(self, children: list[KeyPath], at: int) -> list[_Edit]:
        path = children[at]
        start, end = self.opening(path), self.end(path)
        comma = self.comma_after(end)
        if comma is not None and "#" in self.text[end:comma]:
            raise self.refusal()
        last = end if comma is None else comma + 1
        alone = self.begins_line(start) and _REST_OR_COMMENT.match(self.text, last) is not None
        if comma is None and at:
            previous = self.comma_after(self.end(children[at - 1]))
            if previous is not None and "#" not in self.text[previous:start]:
                return [(previous, end, "")]
        if alone:
            return [self._whole_lines(start, last)]
        while self.text[last : last + 1] in {" ", "\t"} and len(children) > 1:
            last += 1
        return [(start, last, "")]
