"""Find dates of birth, in figures or words, by what stands beside them."""

import re
from collections.abc import Iterator

from classifier.personal.found import Found, squeezed

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}"
ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
TENS = r"(?:twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety)"
TEENS = r"(?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)"
ORDINAL = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
    r"|tenth|eleventh|twelfth)|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth"
)
DAY = rf"(?:\d{{1,2}}\s?(?:st|nd|rd|th)?|{ORDINAL})"
SPELLED_YEAR = (
    rf"(?:(?:nineteen|twenty)[\s-](?:hundred[\s-](?:and[\s-])?)?)?"
    rf"(?:{TENS}(?:[\s-]{ONES})?|{TEENS}|(?:oh|o)[\s-]{ONES})"
    rf"|two[\s-]thousand(?:[\s-](?:and[\s-])?(?:{TEENS}|{ONES}))?"
)
YEAR = rf"(?:\d{{4}}|'?\d{{2}}|{SPELLED_YEAR})\b"
IN_FIGURES = (
    r"\d{1,2}\s?[-/.|,\\]\s?\d{1,2}\s?[-/.|,\\]\s?(?:\d{4}|\d{1,2})|\d{1,2}\s\d{1,2}\s(?:\d{4}|\d{2})"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
)
#: What the fields of a form leave: "day 03 month 03 year 1961".
IN_FORM = (
    rf"day\W{{1,3}}\d{{1,2}}\W{{1,3}}month\W{{1,3}}(?:\d{{1,2}}|{MONTH})"
    r"\W{1,3}year\W{1,3}\d{4}"
)
IN_WORDS = (
    rf"{DAY}[\s,.-]{{0,2}}(?:day\s)?(?:of\s)?(?:the\s)?{MONTH}(?:[\s,./-]{{1,3}}(?:of\s|in\s)?{YEAR})?"
    rf"|{DAY}\s(?:day\s)?of\s(?:the\s)?(?:\d{{1,2}}(?:st|nd|rd|th)?|{ORDINAL})"
    rf"(?:[\s,.-]{{1,3}}(?:of\s)?{YEAR})?"
    rf"|{MONTH}[\s.]{{1,2}}(?:the\s)?{DAY}(?:[\s,]{{1,2}}(?:of\s|in\s)?{YEAR})?"
    rf"|{MONTH}[\s,.]{{1,2}}(?:of\s|in\s)?{YEAR}"
)
DATE = re.compile(
    rf"(?<![\w£/.-])(?:{IN_FORM}|{IN_FIGURES}|(?:the\s)?(?:{IN_WORDS})|(?:spring|summer|autumn|winter)\sof\s{YEAR}"
    rf"|'\d\d|\d{{8}}|\d{{6}}|\d{{1,2}}[-/.](?:\d{{4}}|\d\d)"
    rf"|(?:19|20)\d\d|nineteen[\s-]{TENS}(?:[\s-]{ONES})?)(?![\w/]|[.-]\d)",
    re.IGNORECASE,
)
SAYS_BIRTH = (
    r"(?:d[\s./]{0,2}of?[\s./]{0,2}b\b|dobs\b|(?:date|day|year|month)s?[\s-]of[\s-]birth|birth\s?(?:date|year)"
    r"|birth\s?days?|b'?days?)"
)
#: What a date of birth follows, and how far off it may stand.
CUES = (
    (re.compile(rf"\b{SAYS_BIRTH}", re.IGNORECASE), 60),
    (re.compile(r"\b(?:born|b\.|b(?=\s\d{1,2}[/.-]\d{1,2}[/.-]))(?!\w)", re.IGNORECASE), 32),
    (
        re.compile(
            r"\b(?:aged?|turn(?:s|ed|ing)?|be|is|was)\s\d{1,3}(?=\son\b|[,(\s]{1,3}\d)",
            re.IGNORECASE,
        ),
        16,
    ),
)
#: After an age only a whole date says when somebody was born.
WHOLE = re.compile(rf"{IN_FIGURES}|{IN_WORDS}", re.IGNORECASE)
#: How much further a list of dates is read.
FURTHER = 80
ENDS = re.compile(rf"[.!;]\s(?!\d)|\?\s(?!{DATE.pattern})|\n\s*\n", re.IGNORECASE)
BEFORE_CUE = re.compile(
    rf"(?<![\w£/.-])({IN_FIGURES}|{IN_WORDS})[\s,(-]{{1,3}}(?:is\s|was\s)?(?:my\s|his\s|her\s|the\s)?"
    rf"\b(?:{SAYS_BIRTH}|born\b)",
    re.IGNORECASE,
)
#: What follows the dates of several people: "me (1/2/60), him (3/4/61). Dates of birth as asked".
BIRTHS = re.compile(r"\bdates of birth\b|\bd\.?o\.?bs\b|\bbirthdays?\b", re.IGNORECASE)
WHOLE_DATE = re.compile(
    rf"(?<![\w£/.-])({IN_FIGURES}|{DAY}\s{MONTH}\s(?:19|20)\d\d)(?![\w/])", re.IGNORECASE
)
HOUSEHOLD = 120
#: A date so long ago that hardly anything else is dated so.
OLD = re.compile(
    r"(?<![\d/.-])(?:\d{1,2}([-/.])\d{1,2}\1(?:19\d\d|200\d)|(?:19\d\d|200\d)-\d\d-\d\d)(?![\d/-])"
    r"|(?<![\d/.£-])(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|1[0-2])\2[3-9]\d(?![\d/.-])"
    rf"|(?<!\w)\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{MONTH}[\s,]{{1,2}}19\d\d(?!\w)",
    re.IGNORECASE,
)
NOT_BORN = re.compile(
    r"\b(?:since|dated|until|from|installed|built|tenanc(?:y|ies)|moved\sin|letter|started|fitted"
    r"|signed|act|appointment|visit|party|reported|before)\b",
    re.IGNORECASE,
)
REACH = 25
SPEAKS_OF_BIRTH = re.compile(r"birth|born|\bb|d[\s./]{0,2}of?[\s./]{0,2}b|\d", re.IGNORECASE)


def find_births(text: str) -> Iterator[Found]:
    """Return the dates of birth of a text; places may overlap."""
    if not SPEAKS_OF_BIRTH.search(text):
        return
    for cue, reach in CUES:
        for match in cue.finditer(text):
            yield from _after(text, match.end(), reach, whole=cue is CUES[-1][0])
    for match in BEFORE_CUE.finditer(text):
        yield _found(text, *match.span(1))
    yield from _of_household(text)
    for match in OLD.finditer(text):
        if not NOT_BORN.search(text, max(0, match.start() - REACH), match.start()):
            yield _found(text, *match.span(), certain=False)


def _of_household(text: str) -> Iterator[Found]:
    """Return the dates before "dates of birth as you asked"."""
    for cue in BIRTHS.finditer(text):
        for match in WHOLE_DATE.finditer(text, max(0, cue.start() - HOUSEHOLD), cue.start()):
            if not NOT_BORN.search(text, match.end(), cue.start()):
                yield _found(text, *match.span(1))


def _after(text: str, start: int, reach: int, *, whole: bool) -> Iterator[Found]:
    """Return the dates that follow a cue in its sentence: one, or those of several people."""
    end = min(len(text), start + reach)
    stop = ENDS.search(text, start, end)
    last = start
    for match in DATE.finditer(text, start, min(len(text), end + FURTHER)):
        far = match.start() >= (stop.start() if stop else end)
        if far and not _goes_on(text, last, match.start(), start):
            return
        if NOT_BORN.search(text, last, match.start()):
            return
        if not whole or WHOLE.fullmatch(match[0]):
            yield _found(text, *match.span())
            last = match.end()


def _goes_on(text: str, last: int, place: int, start: int) -> bool:
    """Whether a date follows another one in a list."""
    return last > start and text[last:place].strip(" ,&+\n").lower() in {"", "and", "or"}


def _found(text: str, start: int, end: int, *, certain: bool = True) -> Found:
    return Found(start=start, end=end, kind="DOB", key=squeezed(text[start:end]), certain=certain)
