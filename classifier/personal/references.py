"""Find the numbers under which somebody keeps a matter: cases, jobs, tenancies, crimes."""

import re
from collections.abc import Iterator

from classifier.personal.found import Found, squeezed
from classifier.personal.makers import ONLY_MADE
from classifier.personal.plates import SMALL_WORDS
from classifier.personal.words import word_set

#: A code: letters and digits, at least one digit, in at most a few parts.
PIECES = (
    r"[A-Za-z0-9]{1,18}(?:\s?[/\\_.-]\s?(?=[A-Za-z0-9/_.-]{0,14}\d)[A-Za-z0-9]{1,14}"
    r"|[/\\_.-][A-Za-z0-9]{1,14}|\s(?=\d{3})\d{3,8}|(?<=\d{4}\s\d{4})\s\d{1,2}(?!\d)){0,5}"
)
#: Letters written apart before the digits: "rp 88213".
APART = r"(?:(?P<letters>[A-Za-z]{1,5})[ ](?=\d{3}))?"
#: Figures one by one: "sc 2 0 1 8 8".
SPACED = r"(?:[A-Za-z]{1,4} )?\d(?: \d){3,9}(?!\w)"
#: Letters and then digits in groups: "RB 40 1187 2".
GROUPED = r"(?P<apart>[A-Za-z]{1,4})(?: \d{1,6}){2,5}(?!\w)"
CODE = rf"(?P<code>{SPACED}|{GROUPED}|{APART}(?=[A-Za-z/_.-]{{0,12}}\d){PIECES})"
MATTER = (
    r"(?:case|job|complaint|ticket|repair|works?\sorder|work\sorder|order|tenancy|tenant"
    r"|rent\saccount|rent|account|acct|a/c|application|appeal|quote|quotation|letter|visit"
    r"|claim|crime|incident|log|invoice|customer|payment|uprn|policy|enquiry|inquiry|query|call"
    r"|service\srequest|sr|booking|appointment|appt|report|asb|inspection|survey|request"
    r"|confirmation|register|bidding|locata|homechoice|house?mark|housing|passport|licence|permit"
    r"|membership|transaction|police|cad|council\stax|benefit|hb|uc|ombudsman|court|warrant|notice"
    r"|patient|hospital|admission|pupil|school|student|loan|badge|brp|visa|home\soffice|payroll|staff"
    r"|employee|award|journal|pip|esa|dla|dwp|prescription|tracking|delivery|parcel|donor|clinic"
    r"|agreement|lease|property|asset|unit|garage|direct\sdebit|swift|allpay|card\saccount)s?"
)
SAYS = (
    r"(?:\s?(?:is|was|are|were|of|it'?s|ends?|ending|quoted?|given|number(?:ed)?|i\swas\sgiven(?:\sis"
    r"|\swas)?)\b(?:\s(?:in|with))?)?[\s.,:#=\-(\['\"]{0,3}"
)
NAMED = re.compile(
    rf"\b{MATTER}\s?(?:ref(?:erence)?|no|nos|num(?:ber)?s?|nr|id|code|#|:)\.?{SAYS}{CODE}",
    re.IGNORECASE,
)
REFERENCE = re.compile(
    rf"\b(?:ref(?:erence|s)?|uprn|crn|urn)\b\.?(?:\s?(?:no|num(?:ber)?s?|nr|code"
    rf"|id)\b\.?)?(?:\s(?:with|from|at|for)(?:\s[a-z']{{2,14}}){{1,3}}?(?=\s(?:is|was)\s))?{SAYS}{CODE}",
    re.IGNORECASE,
)
LOOSE = re.compile(rf"\b{MATTER}[\s(]\s?#?{CODE}", re.IGNORECASE)
#: What is quoted or logged is a reference where it has letters and digits.
QUOTED = re.compile(
    r"\b(?:quot(?:e|ed|ing)|logged(?:\sit)?|reported|under|gave\s(?:me|us)|chas(?:e|ed|ing)|re|update\son"
    r"|regarding|number\sis|it\sis|its|it's)(?:\s(?:as|under|with|the|number|no|code)){0,2}[\s:#]{1,2}"
    r"(?P<code>(?=[A-Za-z]{1,6}[0-9/_-]|\d{1,8}[A-Za-z])[A-Za-z0-9]{2,16}(?:[/_-][A-Za-z0-9]{1,12}){0,4})"
    r"(?![\w/])",
    re.IGNORECASE,
)
MORE = re.compile(
    r"\s?(?:,\s?and|,|and|&|\+|or|/)\s?(?:also\s)?#?"
    r"(?P<code>(?=[A-Za-z/_-]{0,8}\d{3})[A-Za-z0-9]{4,16}(?:[/_-][A-Za-z0-9]{1,12}){0,4})(?![\w/])",
    re.IGNORECASE,
)
#: The police count their calls anew each day: "log 441 of 12/3".
POLICE = re.compile(
    r"\b(?:log|cad|incident|police)(?:\s(?:no|num(?:ber)?|ref(?:erence)?))?[\s.:#]{1,2}"
    r"(?P<code>(?:\d{1,5}\s?(?:of|-)|\d{3,5}\s?/)\s?\d{1,2}(?:st|nd|rd|th)?"
    r"(?:\s?[/.-]?\s?(?:\d{1,2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}))?"
    r"(?:\s?[/.-]?\s?\d{2,4})?)(?!\w)",
    re.IGNORECASE,
)
#: The Home Office's share code, in threes.
SHARE = re.compile(
    r"\bshare\scode(?:\sis)?[\s:]{1,3}(?P<code>[A-Z0-9]{3}[ -]?[A-Z0-9]{3}[ -]?[A-Z0-9]{3})\b",
    re.IGNORECASE,
)
#: Our own: `7KM-3QX-P9T` as it stands in our letters, or with a figure in small letters.
OUR_FORM = (
    r"(?:[2-9A-HJKMNPQRTV-Z]{3}(?:-[2-9A-HJKMNPQRTV-Z]{3}){2}"
    r"|(?=[a-z-]{0,10}\d)[2-9a-hjkmnpqrtv-z]{3}(?:-[2-9a-hjkmnpqrtv-z]{3}){2})(?![\w-])"
)
OURS = re.compile(rf"(?<![\w-])(?P<code>{OUR_FORM})")
HASHED = re.compile(r"(?<![\w&])(?P<code>#\d{4,10})(?!\w)")
DRIVER = re.compile(r"\b(?P<code>[A-Z9]{5}\d{6}[A-Z9]{2}\d[A-Z]{2})\b", re.IGNORECASE)
BARE = re.compile(
    r"(?<![\w/@.£-])(?P<code>[A-Z]{1,5}[-/]?\d{4,12}(?:[-/][A-Z0-9]{1,8}){0,3}|[A-Z]{2,6}"
    r"(?:[-/][A-Z0-9]{1,8}){0,2}[-/]\d{2,10}(?:[-/][A-Z0-9]{1,8}){0,2}"
    r"|[A-Z]{2,3} \d{5,10}|[A-Z]{2,4} \d{3,6}/\d{2,4}"
    r"|[a-z]{1,5}[-/]?\d{5,12}|[a-z]{1,6}[-/]\d{3,12}(?:[-/][a-z0-9]{1,8}){0,3}"
    r"|[a-z]{2,5}\d{2,8}[-/]\d{2,8}|[a-z]{2,5}[-/][a-z]{2,5}[-/]\d{3,10}"
    r"|[A-Za-z]{1,3}\d{1,3}/\d{2,4}/\d{3,8}|\d{1,2}/\d{5,6}/\d{2}|\d{2,8}[-/][A-Z]{1,5}[-/]?\d{2,8}|\d{3,8}[A-Z]{1,4}\d{0,8}|\d{5,8}/\d{1,8})"
    r"(?![^\W_])"
)
ROAD_OR_PAPER = re.compile(
    r"(?:[ABM]\d{1,4}|[AB]\d)(?:\(M\))?|(?:19|20)\d\d|[a-z]{1,6}[-/](?:19|20)\d\d(?:[-/]\d\d)?"
    r"|(?:BS|EN|ISO|IEC|PAS|HTM|SI|CP|BR|NG|PO)[- ]?\d{2,6}(?:[-/:]\d{1,4})*"
    r"|\d{1,5}(?:W|KW|KWH|MM|CM|M|ML|L|KG|G|MG|FT|IN|PM|AM|K|GB|MB|V|A|BTU|PSI|HZ|TH|ST|ND|RD|HRS?|MINS?"
    r"|S|X|P|PC|PCM|PW|GSM|CC|MPH|LB|LBS|SQ|SQM|WK|WKS|YR|YRS|D|N)",
    re.IGNORECASE,
)
DATE_OR_TIME = re.compile(
    r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{1,4}\.\d\d|\d{1,2}[.:]?\d{0,2}(?:am|pm)|(?:19|20)\d\d(?:[-/]\d\d)?"
    r"|\d{1,3}(?:st|nd|rd|th)|(?:19|20)\d\d[-/.]\d\d[-/.]\d\d",
    re.IGNORECASE,
)
#: Letters that belong to a code although they look like a word; others of four and more do not.
ABBREVIATIONS = word_set(
    "app comp case jobs rept repr wrks tckt ten rent appl hous cust enqu inci invo cmpl compl"
)
LONGEST_LETTERS = 3
UNIT = re.compile(
    r"\s?(?:weeks?|days?|months?|years?|hours?|hrs?|mins?|times?|am|pm|people|quid"
    r"|pounds|per|a\s(?:week|month)|%|degrees|yrs?|wks?)\b",
    re.IGNORECASE,
)
PART = re.compile(
    r"\b(?:part|model|error|fault|product|item|boiler|serial|gc|type|code|valve|pump|stage"
    r"|section|band|form|leaflet|poster|version|drawing|circular|bulletin|sign|grade|shade|colour"
    r"|route|bus|fuse|bulb|lamp|battery|filter|cartridge|hinge|meter|sensor|detector)s?"
    r"(?:\s(?:code|no|number|num|is|called|[a-z-]{3,14}))?[\s:#.-]{0,3}\Z",
    re.IGNORECASE,
)
#: The last word before a code: a maker's part has its number after the maker.
LAST_WORD = re.compile(r"(?P<word>[^\W\d_]{2,20})[ \t]\Z")
BEFORE = 30
DIGIT = re.compile(r"[0-9]")


def find_references(text: str) -> Iterator[Found]:
    """Return the references of a text; places may overlap."""
    if not DIGIT.search(text):
        return
    for pattern, fewest in ((REFERENCE, 2), (NAMED, 3), (LOOSE, 4), (QUOTED, 4)):
        for match in pattern.finditer(text):
            code = _code_of(match)
            if _is_reference(code, text, match.end(), fewest):
                yield _found(match, code)
                yield from _more(text, match.end())
    for pattern in (POLICE, SHARE, DRIVER, HASHED, BARE):
        for match in pattern.finditer(text):
            if pattern is not BARE or _is_bare(match, text):
                yield _found(match, match["code"])


def find_ours(text: str) -> list[Found]:
    """Return our own references; by chance one may look like a postcode, a plate or a name."""
    return [_found(match, match["code"]) for match in OURS.finditer(text)]


def _is_bare(match: re.Match[str], text: str) -> bool:
    """Whether a code that nothing announces is one, and no road, standard, amount or part."""
    letters, *apart = match[0].split()
    if ROAD_OR_PAPER.fullmatch(match[0]) or (apart and letters in SMALL_WORDS - {"JOB"}):
        return False
    near = max(0, match.start() - BEFORE)
    last = LAST_WORD.search(text, near, match.start())
    made = last is not None and last["word"].lower() in ONLY_MADE
    return not (made or PART.search(text, near, match.start()))


def _code_of(match: re.Match[str]) -> str:
    """Return the code without letters before it that are a word: "job in 2021"."""
    groups = match.groupdict()
    code, letters = match["code"], groups.get("letters") or groups.get("apart")
    if not letters or letters.lower() in ABBREVIATIONS:
        return code
    rest = code[len(letters) + 1 :]
    word = letters.upper() in SMALL_WORDS or len(letters) > LONGEST_LETTERS
    return rest if word or DATE_OR_TIME.fullmatch(rest) else code


def _is_reference(code: str, text: str, end: int, fewest: int) -> bool:
    digits = sum(map(str.isdigit, code)) + (not code.isdigit())
    if digits < fewest or DATE_OR_TIME.fullmatch(code) or ROAD_OR_PAPER.fullmatch(code):
        return False
    return not (code.isdigit() and UNIT.match(text, end))


def _more(text: str, place: int) -> Iterator[Found]:
    """Return the references that follow one in a list."""
    while match := MORE.match(text, place):
        if not _is_reference(match["code"], text, match.end(), LONGEST_LETTERS):
            return
        yield _found(match, match["code"])
        place = match.end()


def _found(match: re.Match[str], code: str) -> Found:
    end = match.end("code")
    return Found(start=end - len(code), end=end, kind="REF", key=squeezed(code))
