"""Find codes with a fixed form: postcodes, National Insurance numbers, registration plates."""

import re
from collections.abc import Iterator

from classifier.personal.found import Found, squeezed
from classifier.personal.plates import find_plates
from classifier.personal.spoken import ONE
from classifier.personal.words import word_set

#: Royal Mail's 124 postcode areas (PAF), with the Crown dependencies.
AREAS = word_set("""
    AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT
    DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA
    LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE
    SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV
    YO ZE
""")
BETWEEN = r"[ \t.,_-]{0,3}\n?[ \t]{0,2}"
POSTCODE = re.compile(
    rf"(?<![A-Za-z0-9])([A-Za-z]{{1,2}})([0-9OoIl][0-9OoIlA-Za-z]?)({BETWEEN})"
    r"([0-9OoIl][ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2})(?![A-Za-z0-9])"
)
SPACED_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z](?:[ .-][A-Za-z])?)[ .-]([0-9OoIl](?:[ .-][0-9A-Za-z])?)([ .-]{1,3})"
    r"([0-9OoIl][ .-][ABD-HJLNP-UW-Zabd-hjlnp-uw-z][ .-][ABD-HJLNP-UW-Zabd-hjlnp-uw-z])"
    r"(?![A-Za-z0-9])"
)
CUED_POSTCODE = re.compile(
    r"\bpost\s?code(?:'?s|\s(?:is|was)|\s?[:?=-])?\s{0,2}"
    r"([A-Za-z]{1,2}[0-9OoIl][0-9A-Za-z]?[ .-]{0,3}[0-9OoIl][A-Za-z]{1,3}"
    r"|[A-Za-z](?:[ .-][A-Za-z])?[ .-]\d(?:[ .-][0-9A-Za-z])?[ .-]{1,3}"
    r"\d[ .-][A-Za-z][ .-][A-Za-z])\b",
    re.IGNORECASE,
)
#: A mistyped inward code has letters that no real one has; it is written out, and is no measure.
MISTYPED_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9£])(?P<area>[A-Za-z]{1,2})(?=[A-Z0-9]{1,2} \d[A-Z]{2}|[a-z0-9]{1,2} \d[a-z]{2})"
    r"\d[0-9A-Za-z]? \d(?P<end>[A-Za-z]{2})(?![A-Za-z0-9])"
)
MEASURES = word_set(
    "MM CM KM KG KW ML CL CC AM PM OF OK IM ME MO IT TO IN KB MB MA KV VA MG PC US BE YA ER NE"
)
#: A mistyped or invented area is hidden all the same where the rest has the form to a letter.
UNKNOWN_AREA = re.compile(r"[A-Z]{2}[0-9]{1,2} [0-9][A-Z]{2}|[a-z]{2}[0-9]{1,2} [0-9][a-z]{2}")
ORDINAL = re.compile(r"(?:1st|2nd|3rd|[04-9]th|\dhr)", re.IGNORECASE)
#: Inward codes that lower-case chat writes for words: "l8 4us", "w8 2be".
CHAT = frozenset({"us", "be", "u", "ya", "er", "ne"})
DIGITS = str.maketrans("OoIl|", "00111")

D = r"[0-9OoIl|]"
GAP = r"[ \t.\-/_]{0,2}\n?"
NINO = re.compile(
    rf"(?<![A-Za-z0-9])[A-Za-z]\s?[A-Za-z]{GAP}{D}\s?{D}{GAP}{D}\s?{D}{GAP}{D}\s?{D}{GAP}[A"
    rf"-Da-d](?![A-Za-z0-9])"
)
CUED_NINO = re.compile(
    rf"\b(?:n\.?i\.?(?![a-z]{{2}})(?:\s(?:no|num(?:ber)?))?|nino|national\sinsurance(?:\s(?:no|num(?:ber)?))?)"
    rf"[\s.:#=-]{{0,3}}(?:(?:is|was)[\s:]{{1,2}})?([A-Za-z]{{1,2}}{GAP}"
    rf"(?:{D}{GAP}){{4,7}}[A-Za-z]?)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
#: Letters and figures said one by one: "alpha bravo one two, seven seven, four zero C".
NATO = (
    r"(?:alpha|alfa|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike"
    r"|november|oscar|papa|quebec|romeo|sierra|tango|uniform|victor|whisk(?:e)?y|x-?ray|yankee|zulu)"
)
SAID = rf"(?:{NATO}|{ONE}|[a-z])"
SAID_NINO = re.compile(
    rf"\b(?:n\.?i\.?|nino|national\sinsurance)(?:\s(?:no|num(?:ber)?))?(?:\s(?:is|was))?[\s.:,=-]{{1,3}}"
    rf"({SAID}(?:[\s,.-]{{1,3}}{SAID}){{5,10}})(?!\w)",
    re.IGNORECASE,
)
DIGIT = re.compile(r"[0-9]")


def find_codes(text: str) -> Iterator[Found]:
    """Return the postcodes, National Insurance numbers and plates of a text."""
    for match in SAID_NINO.finditer(text):
        yield _found(match, 1, "NINO")
    yield from find_plates(text)
    if not DIGIT.search(text):
        return
    yield from _postcodes(text)
    for match in NINO.finditer(text):
        digits = squeezed(match.group())[2:8].translate(DIGITS)
        if sum(map(str.isdigit, match.group())) >= MOST_SURE and digits.isdigit():
            yield _found(match, 0, "NINO")
    for match in CUED_NINO.finditer(text):
        yield _found(match, 1, "NINO")


MOST_SURE = 4


def _postcodes(text: str) -> Iterator[Found]:
    for pattern in (POSTCODE, SPACED_POSTCODE):
        for match in pattern.finditer(text):
            if _is_postcode(match):
                key = (
                    squeezed(match[1] + match[2])
                    + squeezed(match[4])[0].translate(DIGITS)
                    + squeezed(match[4])[1:]
                )
                yield Found(start=match.start(), end=match.end(), kind="POSTCODE", key=key)
    for match in MISTYPED_POSTCODE.finditer(text):
        written = match["area"].islower() == match["end"].islower()
        measure = match["end"].upper() in MEASURES or ORDINAL.fullmatch(match[0][-3:])
        if written and not measure and match["area"].upper() in AREAS:
            yield _found(match, 0, "POSTCODE")
    for match in CUED_POSTCODE.finditer(text):
        yield _found(match, 1, "POSTCODE")


def _is_postcode(match: re.Match[str]) -> bool:
    """Whether it is in a postal area, or like nothing else, and no ordinal: "E2 1st floor"."""
    inward = squeezed(match[4])
    known = squeezed(match[1]) in AREAS or UNKNOWN_AREA.fullmatch(match.group()) is not None
    if not known or not any(map(str.isdigit, match[2])):
        return False
    written_small = match[4].islower()
    if ORDINAL.fullmatch(inward) and (written_small or match[3]) and not match[4].isupper():
        return False
    if written_small and match[3] and inward[1:].lower() in CHAT:
        return False
    return match[2][0] not in "OoIl" or match[4].isupper()


def _found(match: re.Match[str], group: int, kind: str) -> Found:
    return Found(
        start=match.start(group), end=match.end(group), kind=kind, key=squeezed(match[group])
    )
