"""Find numbers of people: telephones, cards, bank accounts, NHS numbers, dates of birth."""

import re
from collections.abc import Iterator

import phonenumbers
from stdnum import iban, luhn
from stdnum.gb import nhs

from classifier.personal.birth import find_births
from classifier.personal.found import Found, blotted, digits_of, squeezed
from classifier.personal.spoken import ONE, find_spoken

#: A run of digits in which a letter stands for the digit it looks like: `o77OO`, `l23`.
DISGUISED = re.compile(r"(?<![A-Za-z])[0-9OolI|]{2,40}")
REAL_DIGIT = re.compile(r"[0-9]")
AS_DIGITS = str.maketrans("OolI|", "00111")

GAP = r"[ \t.\-/_*•]{0,2}\n?[ \t]{0,2}"
CARD = re.compile(
    rf"(?<![\d£.])(?:\d{{4}}{GAP}\d{{4}}{GAP}\d{{4}}{GAP}\d{{4}}"
    rf"|3[47]\d\d{GAP}\d{{6}}{GAP}\d{{5}}|\d{{13,19}}|[2-6]\d{{3}}(?:[ -]\d{{2,6}}){{2,4}})(?!\d)"
)
CUED_CARD = re.compile(
    r"\b(?:credit|debit|visa|master|bank)?\s?card(?:\s(?:no|num(?:ber)?))?(?:\s(?:is|was))?"
    r"(?:\s(?:ending|ends)(?:\s(?:in|with))?)?[\s.:#=-]{0,3}(\d(?:[ -]?\d){3,18})(?!\d)",
    re.IGNORECASE,
)
IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}\s?\d\d(?:\s?[A-Z0-9]){4}(?:\s?\d){8,22}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
#: Those of other countries have letters anywhere; a check shows that they are one.
ANY_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}\d\d(?:\s?[A-Z0-9]{2,4}){3,8}(?![A-Za-z0-9])", re.IGNORECASE
)
SORT = r"\d\d\s?[-./ ]\s?\d\d\s?[-./ ]\s?\d\d"
SORT_AND_ACCOUNT = re.compile(
    rf"(?<![\d£])({SORT}|\d{{6}})(\D{{1,40}}?)(\d{{4}}[ -]?\d{{4}}|\d{{7,8}}|(?:\d ){{7}}\d)(?!\d)"
)
CUED_SORT = re.compile(
    rf"\b(?:sort\s?code|sort|s/c|sc)(?:\s(?:is|was|no|six))?[\s.:#=-]{{0,3}}"
    rf"({SORT}|\d{{6}}|\d{{3}}[ -]\d{{3}})(?!\d)",
    re.IGNORECASE,
)
SPELLED_SORT = re.compile(
    rf"\bsort(?:\s?code)?(?:\s(?:is|was))?[\s.:#=-]{{0,3}}({ONE}(?:[\s,.-]{{1,3}}{ONE}){{2,6}})(?!\w)",
    re.IGNORECASE,
)
BARE_SORT = re.compile(r"(?<![\d£-])\d\d-\d\d-\d\d(?![\d-])")
ACCOUNT = re.compile(
    r"(?<!rent )(?<!tenancy )\b(?:(?:bank|current|savings)\s)?(?:account|acc|acct|a/c|roll)"
    r"(?:\s?(?:no|num(?:ber)?|nr))?\.?"
    r"(?:\s(?:is|was))?[\s.:#=-]{0,3}(\d{4}[ -]?\d{4}|\d{7,8}|(?:\d ){7}\d)(?!\d)",
    re.IGNORECASE,
)
CUED_NHS = re.compile(
    rf"\bnhs(?:\s(?:no|num(?:ber)?))?\.?(?:\s(?:is|was))?[\s:#=(-]{{0,4}}(\d"
    rf"(?:[)]?{GAP}\d){{8,10}})(?!\d)",
    re.IGNORECASE,
)
NHS = re.compile(rf"(?<![\d+£-])\d{{3}}{GAP}\d{{3}}{GAP}\d{{4}}(?![\d-])")
PHONE = re.compile(
    r"(?<![\d£.])(?!\d{2}/\d{4,6}/\d{2}\b)"
    r"(?:\+\s?\(?\d{1,3}\)?|\(?0)(?:[ \t().\-/_*•]{0,3}\n?[ \t]{0,2}\(?\d){8,13}(?!\d)"
)
CUED_PHONE = re.compile(
    r"\b(?:mob(?:ile)?|tel(?:ephone)?|phone|ring|call|text|txt|whatsapp|contact|cell|landline|dial)"
    r"(?:\s(?:me|us|him|her|mum|back|on|at|no|num(?:ber)?|is|was|the|my|it|s)){0,5}[\s.:#=(-]{0,3}"
    r"(\d(?:[ .-]{0,2}\d){5,13})(?!\d)",
    re.IGNORECASE,
)
WITHOUT_NOUGHT = re.compile(r"(?<![\d£.,/-])(?:44|7)[ -]?\d(?:[ -]?\d){8,10}(?!\d)")

PLAIN_DATE = (
    r"(?<![\d-])(?:[0-3]?\d\s?[-/.]\s?[01]?\d\s?[-/.]\s?(?:19|20)?\d\d|(?:19"
    r"|20)\d\d[-/.][01]?\d[-/.][0-3]?\d)(?![\d-])"
)
MONEY = (
    r"£\s?\d[\d,]*(?:\.\d\d)?|\b\d{1,3}(?:,\d{3})+(?:\.\d\d)?\b|\b\d+(?:\.\d\d)?\s?(?:quid"
    r"|pounds|gbp|%|kwh|units|mm|cm|psi|bar)\b"
)
CLOCK = r"(?<![\d:])[0-2]?\d[:.][0-5]\d(?!\d)"
PART = (
    r"\b(?:part|model|error|fault|product|item|boiler|gc|serial|meter\sreading|reading"
    r"|stock|catalogue|sku)s?"
    r"(?:\s(?:code|no|number|num|nr|is|was|reads|said|shows|a|the|called)){0,4}[\s:#.=-]{1,3}"
    r"(?=[A-Za-z/-]{0,6}\d)[A-Za-z0-9/-]{2,24}(?:\s\d{1,6}){0,3}"
)
#: What has digits and is nobody's: money, times, the date of a visit, a part of a boiler.
NOBODYS = re.compile(rf"{MONEY}|{PART}|{PLAIN_DATE}|{CLOCK}", re.IGNORECASE)
LONG_RUN = re.compile(
    r"(?<![\d£.,])\d{6,}(?:[ -]\d{1,6}){0,6}(?!\d)|(?<![\d£.,/-])\d{2,5}"
    r"(?:[ -]\d{2,5}){1,8}(?![\d%])"
)
#: What is said where a sort code and an account are given.
OF_BANK = ("sort", "acc", "bank", "a/c", "s/c", "refund", "bacs", "transfer", "debit", "paid into")
FEWEST_APART = 8
YEAR = re.compile(r"(?:19|20)\d\d")
UK_DIGITS = 11
FEWEST_OF_CARD, MOST_OF_CARD = 13, 19
DAYS, MONTHS = 31, 12


def find_numbers(text: str) -> Iterator[Found]:
    """Return the numbers of people in a text, the surer kinds first; places may overlap."""
    if not REAL_DIGIT.search(text):
        yield from find_births(text)
        yield from _cued(SPELLED_SORT, text, "BANK")
        yield from _spoken(text)
        return
    digits = with_plain_digits(text)
    taken = list(_first(digits))
    yield from taken
    rest = blotted(digits, taken)
    rest = NOBODYS.sub(lambda match: re.sub(r"\d", "d", match.group()), rest)
    taken = list(_second(rest))
    yield from taken
    rest = blotted(rest, taken)
    for match in LONG_RUN.finditer(rest):
        if _is_number_of_somebody(match.group()):
            yield _found(match, 0, "REF", certain=False)


def with_plain_digits(text: str) -> str:
    """Return the text with letters that stand for digits as those digits, nothing moved."""
    return DISGUISED.sub(_plain_run, text)


def _plain_run(match: re.Match[str]) -> str:
    run = match.group()
    return run.translate(AS_DIGITS) if REAL_DIGIT.search(run) else run


def _first(text: str) -> Iterator[Found]:
    """What must be known before a date or an amount is set aside."""
    for match in CARD.finditer(text):
        if _is_card(match.group()):
            yield _found(match, 0, "CARD")
    yield from _cued(CUED_CARD, text, "CARD")
    yield from _bank(text)
    yield from _cued(CUED_NHS, text, "NHS")
    yield from find_births(text)


def _bank(text: str) -> Iterator[Found]:
    yield from _cued(IBAN, text, "BANK", 0)
    for match in ANY_IBAN.finditer(text):
        if iban.is_valid(match[0]):
            yield _found(match, 0, "BANK")
    for match in SORT_AND_ACCOUNT.finditer(text):
        if _speaks_of_bank(match, text):
            yield _found(match, 1, "BANK")
            yield _found(match, 3, "BANK")
    yield from _cued(CUED_SORT, text, "BANK")
    yield from _cued(SPELLED_SORT, text, "BANK")
    yield from _cued(ACCOUNT, text, "BANK")
    for match in BARE_SORT.finditer(text):
        day, month, _ = map(int, match.group().split("-"))
        if not (1 <= day <= DAYS and 1 <= month <= MONTHS):
            yield _found(match, 0, "BANK")


def _second(text: str) -> Iterator[Found]:
    for match in NHS.finditer(text):
        if nhs.is_valid(digits_of(match.group())):
            yield _found(match, 0, "NHS")
    for match in PHONE.finditer(text):
        yield _phone(match, text)
    for match in CUED_PHONE.finditer(text):
        yield Found(start=match.start(1), end=match.end(1), kind="PHONE", key=phone_key(match[1]))
    for match in WITHOUT_NOUGHT.finditer(text):
        yield Found(start=match.start(), end=match.end(), kind="PHONE", key=phone_key(match[0]))
    yield from _spoken(text)


def _spoken(text: str) -> Iterator[Found]:
    for start, end, digits in find_spoken(text):
        yield Found(start=start, end=end, kind="PHONE", key=phone_key(digits))


def _is_card(text: str) -> bool:
    digits = digits_of(text)
    if not FEWEST_OF_CARD <= len(digits) <= MOST_OF_CARD:
        return False
    by_fours = re.fullmatch(r"(?:\d{4}\D{0,6}){4}", text) is not None
    return by_fours or luhn.is_valid(digits)


def _speaks_of_bank(match: re.Match[str], text: str) -> bool:
    near = text[max(0, match.start() - 40) : match.end()].lower()
    apart = not match[1].isdigit() and not match[2].strip(" \t\n,;:/|-")
    return "-" in match[1] or apart or any(word in near for word in OF_BANK)


def _phone(match: re.Match[str], text: str) -> Found:
    """Take the whole, or the groups that make eleven digits where more follow them."""
    end = match.end()
    if match.group().startswith(("0", "(0")):
        count = 0
        for place in range(match.start(), match.end()):
            count += text[place].isdigit()
            if count == UK_DIGITS and place + 1 < end and not text[place + 1].isdigit():
                end = place + 1
    whole = text[match.start() : end]
    return Found(start=match.start(), end=end, kind="PHONE", key=phone_key(whole))


def phone_key(text: str) -> str:
    """Return a number in international form where it can be one, else its digits.

    Possible is enough: people mistype, and Ofcom's numbers for drama are not valid.
    """
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return digits_of(text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _is_number_of_somebody(run: str) -> bool:
    groups = re.split(r"[ -]", run)
    if all(YEAR.fullmatch(group) for group in groups):
        return False
    return len(groups[0]) >= len("123456") or len(digits_of(run)) >= FEWEST_APART


def _cued(pattern: re.Pattern[str], text: str, kind: str, group: int = 1) -> Iterator[Found]:
    for match in pattern.finditer(text):
        yield _found(match, group, kind)


def _found(match: re.Match[str], group: int, kind: str, *, certain: bool = True) -> Found:
    return Found(
        start=match.start(group),
        end=match.end(group),
        kind=kind,
        key=squeezed(match[group]),
        certain=certain,
    )
