"""A letter's words as a plain page that anybody can read: large, high in contrast, in order."""

import re
from collections.abc import Sequence
from html import escape

from intake.domain.letter import LetterText

PAGE = (
    '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>{title}</title>\n</head>\n"
    '<body style="margin:0;padding:16px;max-width:40em;background:#ffffff;color:#111111;'
    'font:{size}/1.6 Arial,Helvetica,sans-serif;text-align:left">\n{body}\n</body>\n</html>\n'
)
HEADING = re.compile(r"(?=.*[A-Z])[A-Z0-9 ,.'\u2019()-]{3,80}")
#: Large print is of 16 points at the least (Code 5.10 asks for reasonable adjustments).
USUAL, LARGE = "16px", "24px"
NUMBERED = re.compile(r"[0-9]{1,3}\. ")
DASHED = re.compile(r"- ")


def draw_letter(letter: LetterText) -> str:
    """Return the page of a letter: the same words in the same order, and nothing of them markup.

    A line in capitals is a heading, lines that are numbered or begin with a dash are a list.
    """
    paragraphs = [part for part in re.split(r"\n{2,}", letter.text.strip("\n")) if part.strip()]
    body = "\n".join(_paragraph(part.split("\n")) for part in paragraphs)
    size = LARGE if letter.large_print else USUAL
    return PAGE.format(title=escape(letter.subject), body=body, size=size)


def _paragraph(lines: Sequence[str]) -> str:
    first, *rest = lines
    if rest and HEADING.fullmatch(first):
        return f'<h2 style="font-size:1.15em">{escape(first)}</h2>\n{_lines(rest)}'
    return _lines(lines)


def _lines(lines: Sequence[str]) -> str:
    """A list where the lines are one, with what stands before and after it."""
    for kind, mark in (("ol", NUMBERED), ("ul", DASHED)):
        items = [bool(mark.match(line)) for line in lines]
        if any(items):
            start, end = items.index(True), len(items) - items[::-1].index(True)
            listed = _list(kind, mark, lines[start:end])
            around = [_said(lines[:start]), listed, _said(lines[end:])]
            return "\n".join(part for part in around if part)
    return _said(lines)


def _list(kind: str, mark: re.Pattern[str], lines: Sequence[str]) -> str:
    """Each mark begins an item; a line without one goes on with the item before it."""
    items: list[list[str]] = []
    for line in lines:
        found = mark.match(line)
        if found:
            items.append([line[found.end() :]])
        else:
            items[-1].append(line)
    first = re.match(r"[0-9]+", lines[0])
    begin = f' start="{int(first[0])}"' if first and int(first[0]) != 1 else ""
    drawn = "\n".join(f"<li>{'<br>'.join(map(escape, item))}</li>" for item in items)
    return f"<{kind}{begin}>\n{drawn}\n</{kind}>"


def _said(lines: Sequence[str]) -> str:
    return f"<p>{'<br>'.join(map(escape, lines))}</p>" if lines else ""
