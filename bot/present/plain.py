"""A reply as plain text, Markdown or HTML, for pipes, files and pages. Knows no terminal; whatever is interactive stays out."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.model.replies import Block, Footer, Heading, Item, Paragraph, Quotation, Reply, Run, Runs, Style

INDENT = 2
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")
_LINE_MARKS = re.compile(r"^(\s*\d*)([-+.)])(?=\s)", re.MULTILINE)  # what begins a list at the start of a line


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reply: how far it is indented, and its runs. A gap is a line without runs."""

    indent: int
    runs: Runs
    title: bool = False


def lines_of(reply: Reply) -> tuple[Line, ...]:
    """The reply's lines: items stand close together, other blocks apart."""
    lines: list[Line] = []
    above: Block | None = None
    for block in reply.blocks:
        if above is not None and _apart(above, block):
            lines.append(Line(0, ()))
        lines.extend(_lines(block))
        above = block
    return tuple(lines)


def as_text(reply: Reply, *, addresses: bool = True) -> str:
    """Plain text; with `addresses` every link follows its quotation on a line of its own."""
    found: list[str] = []
    for line in lines_of(reply):
        found.append(" " * line.indent + "".join(run.text for run in line.runs))
        if addresses:
            found.extend(" " * line.indent + run.url for run in line.runs if run.url)
    return "\n".join(text.rstrip() for text in found) + "\n"


def as_markdown(reply: Reply) -> str:
    """CommonMark; everything from outside is escaped."""
    return "\n\n".join(_markdown(block) for block in reply.blocks) + "\n"


def as_html(reply: Reply, *, language: str = "en") -> str:
    """One `<section>` without scripts or styles; everything from outside is escaped."""
    body = "\n".join(_html(block) for block in reply.blocks)
    return f'<section lang="{html.escape(language)}">\n{body}\n</section>\n'


def _apart(above: Block, block: Block) -> bool:
    if isinstance(above, Heading):
        return isinstance(block, Heading) or (above.level == 1 and isinstance(block, Item))
    return not (isinstance(above, Item) and isinstance(block, Item))


def _lines(block: Block) -> Iterator[Line]:
    match block:
        case Heading():
            yield Line(0, block.runs, title=True)
        case Paragraph():
            yield from _broken(0, block.runs)
        case Quotation():
            yield from _quotation(block, 0)
        case Item():
            yield from _broken(0, block.head)
            for runs in block.lines:
                yield from _broken(INDENT, runs)
            for quotation in block.quotations:
                yield from _quotation(quotation, INDENT)
        case Footer():
            for runs in block.lines:
                yield from _broken(0, runs)


def _quotation(quotation: Quotation, indent: int) -> Iterator[Line]:
    yield from _broken(indent, quotation.runs)
    yield from _broken(indent + (0 if indent else INDENT), quotation.source)


def _broken(indent: int, runs: Runs) -> Iterator[Line]:
    """Line breaks inside runs become lines."""
    current: list[Run] = []
    for run in runs:
        first, *rest = run.text.split("\n")
        current.append(Run(first, run.style, run.url))
        for text in rest:
            yield Line(indent, tuple(current))
            current = [Run(text, run.style, run.url)]
    yield Line(indent, tuple(current))


def _markdown(block: Block) -> str:
    match block:
        case Heading():
            return "#" * block.level + " " + _md(block.runs)
        case Paragraph():
            return _md(block.runs)
        case Quotation():
            return _md_quotation(block)
        case Item():
            head = "\\\n".join(_md(runs) for runs in (block.head, *block.lines))
            return "\n\n".join([head, *(_md_quotation(quotation) for quotation in block.quotations)])
        case Footer():
            return "\\\n".join(_md(runs) for runs in block.lines)


def _md_quotation(quotation: Quotation) -> str:
    return f"> {_md(quotation.runs)}\\\n> {_md(quotation.source)}"


def _md(runs: Runs) -> str:
    return "".join(_md_run(run) for run in runs).replace("\n", "\\\n")


def _md_run(run: Run) -> str:
    if run.style is Style.CODE:
        return f"`{run.text.replace('`', ' ')}`"
    text = _LINE_MARKS.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", run.text))
    text = f"**{text}**" if run.style is Style.STRONG and text.strip() else text
    return f"[{text}](<{_address(run.url)}>)" if run.url else text


def _address(url: str) -> str:
    return re.sub(r"[<>\s\\]", "", url)


def _html(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{_tagged(block.runs)}</h{block.level}>"
        case Paragraph():
            return f"<p>{_tagged(block.runs)}</p>"
        case Quotation():
            return _html_quotation(block)
        case Item():
            lines = "<br>\n".join(_tagged(runs) for runs in (block.head, *block.lines))
            return "\n".join([f"<p>{lines}</p>", *(_html_quotation(quotation) for quotation in block.quotations)])
        case Footer():
            return "<footer><p>" + "<br>\n".join(_tagged(runs) for runs in block.lines) + "</p></footer>"


def _html_quotation(quotation: Quotation) -> str:
    return f"<blockquote><p>{_tagged(quotation.runs)}</p>\n<footer>{_tagged(quotation.source)}</footer></blockquote>"


_TAGS: dict[Style, Callable[[str], str]] = {
    Style.PLAIN: lambda text: text,
    Style.STRONG: lambda text: f"<strong>{text}</strong>",
    Style.SOFT: lambda text: f"<small>{text}</small>",
    Style.CODE: lambda text: f"<code>{text}</code>",
}


def _tagged(runs: Runs) -> str:
    return "".join(_tag(run) for run in runs)


def _tag(run: Run) -> str:
    text = _TAGS[run.style](html.escape(run.text).replace("\n", "<br>\n"))
    return f'<a href="{html.escape(run.url, quote=True)}">{text}</a>' if run.url else text
