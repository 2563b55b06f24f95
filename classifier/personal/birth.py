"""Find dates of birth, in figures or words, by what stands beside them."""

import re
from collections.abc import Iterator

from classifier.personal.found import Found, squeezed

#: Those of other tongues as well, where English ones do not begin alike.
MONTH = (
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}"
    r"|stycz[a-z]{1,3}|lut(?:y|ego)|kwie[a-z]{3,5}|maj[a-z]{0,2}|czerw[a-z]{2,3}|lip(?:ca|iec)"
    r"|sierp[a-z]{2,3}|wrze[^\W\d_]{3,4}|listopad[a-z]?|grud[a-z]{2,4}|enero|abril|mayo|julio"
    r"|agosto|diciembre|fevereiro|maio|setembro|outubro|dezembro|gennaio|maggio|giugno|luglio"
    r"|settembre|ottobre|dicembre|mai|okt(?:ober|[oó]ber)?|dezember|ianuarie|iunie|iulie|ocak"
    r"|[sş]ubat|nisan|may.s|haziran|temmuz|a[gğ]ustos|eyl[uü]l|ekim|kas.m|aral.k)"
)
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day[\s,]{1,2})"
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
    r"\d{1,2}\s?[-/.|,\\]\s?\d{1,2}\s?[-/.|,\\]\s?(?:\d{4}|'?\d{1,2})|\d{1,2}\s\d{1,2}\s(?:\d{4}|\d{2})"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
)
#: What the fields of a form leave: "day 03 month 03 year 1961".
IN_FORM = (
    rf"day\W{{1,3}}\d{{1,2}}\W{{1,3}}month\W{{1,3}}(?:\d{{1,2}}|{MONTH})"
    r"\W{1,3}year\W{1,3}\d{4}"
)
IN_WORDS = (
    rf"{DAY}[\s,./-]{{0,2}}(?:day\s)?(?:of\s)?(?:the\s)?{MONTH}"
    rf"(?:[\s,./-]{{1,3}}(?:of\s|in\s)?{YEAR}|(?:19|20)\d\d\b)?"
    rf"|{DAY}\s(?:day\s)?of\s(?:the\s)?(?:\d{{1,2}}(?:st|nd|rd|th)?|{ORDINAL})"
    rf"(?:[\s,.-]{{1,3}}(?:of\s)?{YEAR})?"
    rf"|{MONTH}[\s.]{{1,2}}(?:the\s)?{DAY}(?:[\s,]{{1,2}}(?:of\s|in\s)?{YEAR})?"
    rf"|{MONTH}[\s,.]{{1,2}}(?:of\s|in\s)?{YEAR}"
)
#: A feast that stands for its day: "Christmas Day 1950".
FEAST = (
    r"(?:christmas|boxing|new\syear'?s|easter|valentine'?s|hallowe'?en|st\.?\s[a-z]{3,12}'?s)"
    rf"(?:\s(?:day|eve|sunday|monday))?[\s,]{{1,2}}(?:of\s|in\s)?{YEAR}"
)
DATE = re.compile(
    rf"(?<![\w£/.-])(?:{IN_FORM}|{IN_FIGURES}|{WEEKDAY}?(?:the\s)?(?:{IN_WORDS})|{FEAST}"
    rf"|(?:spring|summer|autumn|winter)\sof\s{YEAR}"
    rf"|'\d\d|(?<!0\d\d )\d{{8}}|(?<!0\d{{3}} )(?<!0\d{{4}} )\d{{6}}|\d{{1,2}}[-/.](?:\d{{4}}|\d\d)"
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
            r"\b(?:aged?|turn(?:s|ed|ing)?|be|is|was|am|i'm|he's|she's)\s"
            rf"(?:\d{{1,3}}|{TENS}(?:[\s-]{ONES})?|{TEENS}|{ONES})"
            r"(?:\s(?:years?\sold|yrs?(?:\sold)?|y/?o))?(?=\son\b|[,.;(\s-]{1,3}\d)",
            re.IGNORECASE,
        ),
        16,
    ),
)
#: After an age only a whole date says when somebody was born.
WHOLE = re.compile(rf"{IN_FIGURES}|(?:the\s)?(?:{IN_WORDS})", re.IGNORECASE)
#: How much further a list of dates is read.
FURTHER = 80
ENDS = re.compile(rf"[.!;]\s(?!\d)|\?\s(?!{DATE.pattern})|\n\s*\n", re.IGNORECASE)
BEFORE_CUE = re.compile(
    rf"(?<![\w£/.-])({IN_FIGURES}|{IN_WORDS})[\s,(-]{{1,3}}(?:is\s|was\s)?(?:(?:my|his|her|the|our|their|(?:s?he|they|i|we)\s(?:is|was|were))\s)?(?:[a-z]{{2,12}}'?s\s)?"
    rf"\b(?:{SAYS_BIRTH}|born\b)",
    re.IGNORECASE,
)
#: What follows the dates of several people: "me (1/2/60), him (3/4/61). Dates of birth as asked".
BIRTHS = re.compile(r"\bdates of birth\b|\bd\.?o\.?bs\b|\bbirthdays?\b", re.IGNORECASE)
WHOLE_DATE = re.compile(
    rf"(?<![\w£/.-])({IN_FIGURES}|{DAY}\s{MONTH}\s(?:19|20)\d\d)(?![\w/])", re.IGNORECASE
)
HOUSEHOLD = 120
#: Who is listed with a date: "kids: Zoe 4/5/2014, Max 9/9/2017", "my son Max (9/9/2017)".
KIN = (
    r"\b(?:kids?|child(?:ren)?|sons?|daughters?|twins?|bab(?:y|ies)|boys?|girls?|wife|husband|partner"
    r"|mum|mother|dad|father|nan|gran(?:d[a-z]{2,9})?|brothers?|sisters?|family|household|occupants?"
    r"|my\s(?:two|three|four|five)|little\sones|occupiers|dependants?|tenants?|applicants?|carer|me|us|members?|names?)\b"
)
LISTED = re.compile(rf"{KIN}[ \t]?[:=-]", re.IGNORECASE)
IN_BRACKETS = re.compile(
    rf"(?P<before>{KIN}.{{0,80}}?)[ \t]?[(\[][ \t]?(?P<date>{IN_FIGURES}|{IN_WORDS})[ \t]?[)\]]",
    re.IGNORECASE,
)
FULL_YEAR = re.compile(r"(?:19|20)\d\d")
#: What is dated so and is no birth.
HAPPENED = re.compile(
    r"(?:ed|fell|came|rang|went|said|told|wrote|sent|got|call|email|photos?|note|due|moved)\W{0,2}\Z",
    re.IGNORECASE,
)
#: A date so long ago that hardly anything else is dated so.
OLD = re.compile(
    r"(?<![\d/.-])(?:\d{1,2}([-/.])\d{1,2}\1(?:19\d\d|200\d)|(?:19\d\d|200\d)([-.])\d\d?\2\d\d?)(?![\d/-])"
    r"|(?<![\d/.£-])(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|1[0-2])\3[3-9]\d(?![\d/.-])"
    rf"|(?<!\w)\d{{1,2}}-?{MONTH}-?19\d\d(?!\w)"
    rf"|(?<!\w)\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{MONTH}[\s,]{{1,2}}"
    rf"(?:19\d\d|'[3-9]\d|(?:thirty|fou?rty|fifty|sixty|seventy)[\s-]{ONES})(?!\w)",
    re.IGNORECASE,
)
NOT_BORN = re.compile(
    r"\b(?:since|dated|until|from|installed|built|tenanc(?:y|ies)|moved\sin|letter|started|fitted"
    r"|signed|act|appointment|visit|party|reported|before|serviced|tested|checked|inspected"
    r"|painted|decorated|rewired|expir(?:es|y|ed|ing)|valid|renew(?:al|ed|s)|runs?\sout)\b",
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
    yield from _listed(text)
    yield from _old(text)


def _old(text: str) -> Iterator[Found]:
    """Return the dates so old that they are births, and the same years where they are put right."""
    years: set[str] = set()
    for match in OLD.finditer(text):
        year = match[0][-4:]
        known = year in years and year.isdigit()
        if known or not NOT_BORN.search(text, max(0, match.start() - REACH), match.start()):
            years.add(year)
            yield _found(text, *match.span(), certain=False)


def _of_household(text: str) -> Iterator[Found]:
    """Return the dates before "dates of birth as you asked"."""
    for cue in BIRTHS.finditer(text):
        for match in WHOLE_DATE.finditer(text, max(0, cue.start() - HOUSEHOLD), cue.start()):
            if not NOT_BORN.search(text, match.end(), cue.start()):
                yield _found(text, *match.span(1))


def _listed(text: str) -> Iterator[Found]:
    """Return the dates beside people of a household: "children: Zoe 4/5/2014", "Max (9/9/2017)"."""
    last = 0
    for cue in LISTED.finditer(text):
        last = max(last, cue.end())
        for match in WHOLE_DATE.finditer(text, last, cue.end() + HOUSEHOLD):
            before = text[last : match.start()]
            if not (FULL_YEAR.search(match[1]) and _is_of_person(before)):
                break
            yield _found(text, *match.span(1))
            last = match.end()
    found = IN_BRACKETS.search(text)
    while found:
        if FULL_YEAR.search(found["date"]) and _is_of_person(found["before"]):
            yield _found(text, *found.span("date"))
        found = IN_BRACKETS.search(text, found.start("date"))


def _is_of_person(before: str) -> bool:
    """Whether a date stands beside somebody and not beside what happened."""
    return not (NOT_BORN.search(before) or HAPPENED.search(before))


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
