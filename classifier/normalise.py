"""Find the writer's own words, cut them into sentences, and bring words to one spelling."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from classifier.personal.references import OUR_FORM

#: Judged up to here, so that no text takes long.
LONGEST = 20_000
#: Less than this is not worth hiding: it is more likely the writer's own.
SHORTEST_QUOTE = 20
LONGEST_LINE = 1_000
#: A line of this length that goes on in lower case was wrapped, not ended.
WRAPPED = 50

#: A stretch of a text: its first code point and the one after its last.
Place = tuple[int, int]

LINE = re.compile(r"[^\r\n]*[^\s][^\r\n]*")
OPENS_QUOTE = re.compile(
    r"on .{6,300} (?:wrote|writes):"
    r"|[-_*]{0,5} ?(?:original message|forwarded message|begin forwarded message)\b.{0,20}"
    r"|_{20,}"
    r"|from: .{1,300} (?:sent|to|date|subject): .{0,300}",
    re.IGNORECASE,
)
CLOSES = re.compile(
    r"--"
    r"|sent from (?:my|yahoo|outlook|mail)\b.{0,40}"
    r"|(?:this|the contents of this) (?:e-?mail|message)\b.{0,80}\bconfidential\b.{0,900}"
    r"|(?:disclaimer|confidentiality(?: notice)?):.{0,900}",
    re.IGNORECASE,
)
ENDS = re.compile(r"(?<![.!?…])[.!?…]+[\"'\u201d\u2019)\]]*(?=\s)")
ABBREVIATED = re.compile(
    r"(?:^|\W)(?:mr|mrs|ms|dr|prof|rev|st|no|ref|tel|ext|approx|vs|[a-z])\.$", re.IGNORECASE
)
LONGEST_ABBREVIATION = 9

TOKEN = re.compile(
    r"(?P<xurl>https?://\S+|www\.\S+)"
    r"|(?P<xemail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)"
    r"|(?P<xhandle>@\w+)"
    r"|(?P<xmoney>[£$€]\s?\d[\d,.]*k?|\d[\d,.]{0,12}\s?(?:quid|pounds?|p)\b)"
    r"|(?P<xtime>\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b)?|\d{1,2}\s?[ap]\.?m\b|\d{1,2}/\d{1,2}(?:/\d{2,4})?)"
    r"|(?P<xphone>\+?\d[\d\s]{8,14}\d)"
    rf"|(?P<xcode>(?-i:{OUR_FORM}|[A-Z]{{1,6}}[-/]?\d{{4,}}(?:[-/][A-Z0-9]+)*)(?![\w-]))"
    r"|(?P<xpostcode>[a-z]{1,2}\d[a-z\d]?\s?(?!\d(?:st|nd|rd|th))\d[a-z]{2}\b)"
    r"|(?P<word>\d+(?:st|nd|rd|th)\b|[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<number>\d+)"
    r"|(?P<mark>[!?.,:;()\"]|(?<=\s)-(?=\s))"
    r"|(?P<emoji>[\U0001F300-\U0001FAFF\u2600-\u27BF])",
    re.IGNORECASE,
)
APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u2018\u02bc\u0060\u00b4\uff07", "'"))
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0f\ufeff]")
SHORTEST_SHOUT, SHOUTED = 3, 0.6
#: Marks of one meaning.
MARKS = str.maketrans({"\u201c": '"', "\u201d": '"', "\u2013": " - ", "\u2014": " - "})
#: What is no word; marks that say something are words to us.
PUNCTUATION = frozenset('.,:;()"-') | {"xcaps", "xshout"}
DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
MOST_DIGITS = 2
#: Words whose spelling is remembered.
MOST_REMEMBERED = 50_000

SPELLINGS = {
    "u": "you", "ur": "your", "yr": "your", "r": "are", "ya": "you", "yous": "you", "youse": "you",
    "n": "and", "cos": "because", "coz": "because", "cuz": "because", "tho": "though",
    "pls": "please", "plz": "please", "plse": "please", "thx": "thanks", "thanx": "thanks",
    "tnx": "thanks", "ta": "thanks", "cheers": "thanks", "thankyou": "thanks", "wk": "week",
    "wks": "weeks", "mth": "month", "mths": "months", "hr": "hour", "hrs": "hours",
    "min": "minutes", "mins": "minutes", "yrs": "years", "appt": "appointment",
    "abt": "about", "wot": "what", "wat": "what", "dat": "that", "wen": "when", "goin": "going",
    "gonna": "going", "gettin": "getting", "nuffin": "nothing", "nowt": "nothing",
    "owt": "anything", "summat": "something", "noone": "nobody", "tmrw": "tomorrow",
    "tomoz": "tomorrow", "ppl": "people", "mold": "mould", "mowld": "mould", "dampe": "damp",
    "complane": "complain", "recieved": "received", "hav": "have", "havnt": "havent",
    "aint": "isnt", "cant": "cannot", "definately": "definitely", "defo": "definitely",
    "msg": "message", "txt": "text", "phoned": "rang", "rung": "rang", "telephoned": "rang",
    "wi": "with", "didnae": "didnt", "dinnae": "dont", "cannae": "cannot", "wasnae": "wasnt",
    "isnae": "isnt", "havenae": "havent", "naebody": "nobody", "wouldnae": "wouldnt",
    "willnae": "wont", "hasnae": "hasnt", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11",
    "twelve": "12", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th",
    "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
}  # fmt: skip


def find_sentences(text: str) -> tuple[Place, ...]:
    """Return where the writer's own sentences lie, without what is quoted and signed with.

    A text that is nothing but a quotation counts whole (labelling guide, R28).
    """
    text = text[:LONGEST]
    lines = [match.span() for match in LINE.finditer(text)]
    own = [line for line, quoted in zip(lines, _quoted(text, lines), strict=True) if not quoted]
    bare = not any(c.isalnum() for start, end in own for c in text[start:end])
    if bare or _length(lines) - _length(own) < SHORTEST_QUOTE:
        own = lines
    return tuple(place for part in _paragraphs(text, own) for place in _split(text, part))


def tokens(text: str) -> list[str]:
    """Return the words and marks of a sentence, each in one spelling, with addresses masked.

    `xcaps` stands before a word in capitals, `xshout` after a sentence in capitals.
    """
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(APOSTROPHES)
    plain = plain.translate(MARKS)
    shouts = sum(map(str.isupper, plain)) > SHOUTED * max(1, sum(map(str.isalpha, plain)))
    found: list[str] = []
    for match in TOKEN.finditer(plain):
        said = match.group()
        if said.isalpha() and said.isupper() and len(said) >= SHORTEST_SHOUT and not shouts:
            found.append("xcaps")
        found.append(_token(match.lastgroup or "", said.lower()))
    return [*found, "xshout"] if shouts else found


def words_of(sentence: Sequence[str]) -> list[str]:
    """Return the tokens of a sentence without its punctuation."""
    return [token for token in sentence if token not in PUNCTUATION]


def _token(kind: str, token: str) -> str:
    if kind == "word":
        return _spell(token)
    if kind == "number":
        return token if len(token) <= MOST_DIGITS else "xnumber"
    return kind if kind.startswith("x") else token


@lru_cache(maxsize=MOST_REMEMBERED)
def _spell(word: str) -> str:
    plain = DRAWN_OUT.sub(r"\1", word.replace("'", ""))
    return SPELLINGS.get(plain, plain)


def _length(places: Sequence[Place]) -> int:
    return sum(end - start for start, end in places)


def _quoted(text: str, lines: Sequence[Place]) -> Iterator[bool]:
    """Say of each line whether it is another's; an opener above `>` lines hides only itself."""
    said = [text[start:end][:LONGEST_LINE].strip() for start, end in lines]
    hidden = False
    for number, line in enumerate(said):
        after = said[number + 1 : number + 3]
        opens = any(OPENS_QUOTE.fullmatch(" ".join([line, *after[:more]])) for more in (0, 1))
        all_below = opens and not any(below.startswith(">") for below in after)
        hidden = hidden or all_below or bool(CLOSES.fullmatch(line))
        yield hidden or opens or line.startswith(">")


def _paragraphs(text: str, lines: Sequence[Place]) -> Iterator[Place]:
    """Join the lines that a mail program wrapped."""
    first, last = 0, 0
    for start, end in lines:
        goes_on = last - first >= WRAPPED and text[start : start + 1].islower()
        if last and goes_on and text[last:start] in {"\n", "\r\n"}:
            last = end
            continue
        if last:
            yield first, last
        first, last = start, end
    if last:
        yield first, last


def _split(text: str, part: Place) -> Iterator[Place]:
    start, end = part
    for match in ENDS.finditer(text, start, end):
        if ABBREVIATED.search(text[max(start, match.end() - LONGEST_ABBREVIATION) : match.end()]):
            continue
        yield from _trim(text, start, match.end())
        start = match.end()
    yield from _trim(text, start, end)


def _trim(text: str, start: int, end: int) -> Iterator[Place]:
    said = text[start:end]
    if said.strip():
        yield start + len(said) - len(said.lstrip()), end - len(said) + len(said.rstrip())
