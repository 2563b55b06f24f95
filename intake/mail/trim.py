"""What a person newly wrote, apart from what they quote and what their program adds.

Each line becomes one letter, and what to hide is decided by the letters: e empty, t text, q quote,
b a line that opens a quote (B where it cannot be anything else), f one that opens a mail passed on,
h a line of a mail's header, d a delimiter, g a signature's, s of a phone or a banner, c closing
words, n a confidentiality notice, m our own marker.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from intake.mail import wording

MOST_LINES = 20_000
LONGEST_LINE = 1_000  # characters of it that are looked at
LONGEST_OPENING, LONGEST_END = 400, 60
OPENING_LINES = 4
LEAST_KEPT = 20  # of a text that quotes nothing, one part in so many must stay visible

COLONS = (":", "：", ":*")  # noqa: RUF001 - as the Chinese write it
ADDRESSED = re.compile(r"@|写道|寫道")
ENDS_OPENING = (*COLONS, "-", ">")
DATED = re.compile(r"[\d@]")
QUOTE = re.compile(r"\s{0,3}(?:>|\|\s|[A-Za-z]{1,3}>\s)")
DELIMITER = re.compile(r"\s*[-_=*~–—]{5,}\s*$")  # noqa: RUF001 - dashes as they are written
DASHES = re.compile(r"--\s?$|—\s*$")
SENTENCE = re.compile(r"\s*p\.?\s?s\b|(?:\S+\s+){8}\S", re.IGNORECASE)
ARMOUR = re.compile(r"-----(BEGIN|END) PGP ([A-Z ]+)-----\s*$")
#: Three lines of a header or more, of which the first says from whom: not a letter's own head.
HEADER = re.compile(r"(?<!h)H(?:[te]{0,2}[hH]){2,}")
#: Where everything below is the mail being answered, or one that is passed on.
CUTS = re.compile(r"[mf]|B(?=e*[^eqbB])|d(?=e*(?:$|[bBfhH]))|" + HEADER.pattern)
SIGNATURE = re.compile(r"[gn]|c(?=(?:e*t){1,6}[es]*(?:$|[bBfmqdgn]|H(?:[te]{0,2}[hH]){2}))")
ENDS_SIGNATURE = re.compile(r"[qbBfm]|" + HEADER.pattern)
MOST_SIGNATURES = 50
LONGEST_SIGNATURE = 12  # lines with something on them, below dashes that may be anything


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A text in two: what the person newly wrote, and the rest."""

    visible: str = field(repr=False)
    hidden: str = field(repr=False)


def visible_text(text: str) -> str:
    """Return what the person newly wrote; never nothing of something."""
    return split_reply(text).visible


def own_text(text: str) -> str:
    """Return all that is not quoted or a program's, signatures too: what a trim may have cut.

    Without the dashes that open a signature, or whoever reads on would take it for one too. What
    somebody else wrote is never among it: it decides no label (labelling guide, R28).
    """
    lines = text.split("\n")[:MOST_LINES]
    letters = letters_of(lines)
    shown = [letter not in "qsnbBmg" for letter in letters]
    cut = CUTS.search(letters)
    for at in range(cut.start() if cut else len(letters), len(letters)):
        shown[at] = False
    _keep_lone_openings(shown, letters)
    return _joined(line for line, show in zip(lines, shown, strict=True) if show)


def split_reply(text: str) -> Reply:
    """Return what the person newly wrote and the rest, each in its order."""
    lines = text.split("\n")
    read, unread = lines[:MOST_LINES], lines[MOST_LINES:]
    letters = letters_of(read)
    shown = _shown(letters, read)
    visible = _joined(line for line, show in zip(read, shown, strict=True) if show)
    rest = (line for line, show in zip(read, shown, strict=True) if not show)
    if _says_nothing(visible) or _lost_too_much(visible, text, letters):
        return Reply(visible=text, hidden="")
    return Reply(visible=visible, hidden=_joined([*rest, *unread]))


def letters_of(lines: Sequence[str]) -> str:
    """Return what each line is, as one letter."""
    letters: list[str] = []
    armoured = False
    for at, whole in enumerate(lines):
        if at < len(letters):  # the line before goes on here
            continue
        line = whole[:LONGEST_LINE].rstrip("\r")
        armour = ARMOUR.match(line)
        if armour:
            armoured = armour[1] == "BEGIN" and armour[2] == "SIGNATURE"
        if armour or armoured:
            letters.append("s")
            continue
        letters += _opening(lines, at) or _letter(line)
    return "".join(letters)


def _opening(lines: Sequence[str], at: int) -> str:
    """The letters of "On … wrote:", which may be broken over some lines; none where it is not."""
    if not wording.OPENS.match(lines[at][:LONGEST_LINE]):
        return ""
    joined = ""
    for count, line in enumerate(lines[at : at + OPENING_LINES], start=1):
        joined = f"{joined} {line[:LONGEST_LINE].strip()}".strip()
        if len(joined) > LONGEST_OPENING or not line.strip() or (count > 1 and _begins(line)):
            return ""
        if letter := _opens_quote(joined):
            return letter * count
    return ""


def _begins(line: str) -> bool:
    return QUOTE.match(line) is not None


def _opens_quote(line: str) -> str:
    if not line.endswith(ENDS_OPENING) or not DATED.search(line):
        return ""
    if wording.WROTE_AT_END.search(line, len(line) - LONGEST_END) or _wrote_inside(line):
        return "B" if wording.EXACT.search(line) else "b"
    return ""


def _wrote_inside(line: str) -> bool:
    return line.endswith(COLONS) and wording.WROTE_INSIDE.search(line) is not None


_LETTERS = (
    ("m", wording.MARKER),
    ("B", wording.ORIGINAL),
    ("f", wording.FORWARDED),
    ("g", DASHES),
    ("q", QUOTE),
    ("d", DELIMITER),
    ("s", wording.DEVICE),
    ("s", wording.BANNER),
    ("n", wording.DISCLAIMER),
    ("H", wording.FROM_LINE),
    ("h", wording.HEADER_LINE),
)


def _letter(line: str) -> str:
    if not line.strip():
        return "e"
    for letter, pattern in _LETTERS:
        if pattern.match(line):
            return letter
    if wording.CLOSING.fullmatch(line):
        return "c"
    return _named_opening(line.strip()[:LONGEST_OPENING])


def _named_opening(line: str) -> str:
    """The letter of a line such as "Oak Homes wrote:", which begins with the name."""
    if not line.endswith(COLONS):
        return "t"
    if ADDRESSED.search(line) and _names_writer(line):
        return "B"
    return "b" if wording.WROTE_AT_END.search(line, len(line) - LONGEST_END) else "t"


def _names_writer(line: str) -> bool:
    """Whether it is like "Oak Homes <help@oak.example> wrote:", or a date and an address."""
    wrote = wording.WROTE_AT_END.search(line) or wording.WROTE_INSIDE.search(line)
    return wrote is not None or wording.DATE_AND_ADDRESS.match(line) is not None


def _shown(letters: str, lines: Sequence[str]) -> list[bool]:
    """Which lines the person wrote."""
    shown = [letter not in "qsbB" for letter in letters]
    cut = CUTS.search(letters)
    end = cut.start() if cut else len(letters)
    for at in range(end, len(letters)):
        shown[at] = False
    for start, stop in _signatures(letters[:end], lines):
        for at in range(start, stop):
            shown[at] = False
    _keep_lone_openings(shown, letters)
    return shown


def _keep_lone_openings(shown: list[bool], letters: str) -> None:
    """Show again what is somebody's sentence ("On Monday he wrote:"), for no quote follows it."""
    for found in re.finditer(r"b++(?!e*[qbB])", letters):
        for at in range(found.start(), found.end()):
            shown[at] = True


def _signatures(letters: str, lines: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Where signatures and notices begin and end."""
    at = looked = 0
    while looked < MOST_SIGNATURES and (found := SIGNATURE.search(letters, at)):
        looked += 1
        start = found.start()
        over = ENDS_SIGNATURE.search(letters, start + 1)
        stop = over.start() if over else len(letters)
        if _is_signature(letters[start:stop], lines[start:stop]):
            yield start, stop
            at = stop
        else:
            at = start + 1


def _is_signature(letters: str, lines: Sequence[str]) -> bool:
    written = len(letters) - letters.count("e")
    if letters[0] == "c":
        return not any(SENTENCE.match(line) for line in lines[1:] if not _is_notice(line))
    return lines[0] == "-- " or letters[0] == "n" or written <= LONGEST_SIGNATURE


def _is_notice(line: str) -> bool:
    return wording.DISCLAIMER.match(line[:LONGEST_LINE]) is not None


def _joined(lines: Iterable[str]) -> str:
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1].strip()):
            kept.append(line)
    return "\n".join(kept).strip()


def _says_nothing(text: str) -> bool:
    return not any(c.isalnum() for c in text)


def _lost_too_much(visible: str, text: str, letters: str) -> bool:
    quotes = re.search("[qbBfm]", letters) or HEADER.search(letters)
    return quotes is None and len(visible) * LEAST_KEPT < len(text)
