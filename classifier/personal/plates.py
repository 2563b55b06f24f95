"""Find registration plates: of every age, spaced and small as people write them."""

import re
from collections.abc import Iterator

from classifier.personal.found import Found, squeezed
from classifier.personal.words import word_set

#: Letters of two and three that end or begin no plate in a sentence: "ls12 are", "in 20 min".
SMALL_WORDS = word_set("""
    AM AN AS AT BE BY DO ED GO HE HI IF IN IS IT ME MY NO OF OH OK ON OR PM SO TO UP US WE
    ALL AND ANY ARE ASK BAD BED BIN BIG BIT BOX BUS BUT CAN CAR CUT DAD DAY DID END FEW FLY FOR GAS
    GET GOT HAD HAS HER HIM HIS HOT HOW HRS ITS JOB KID LAD LET LOT MAN MAY MEN MIN MUM NEW NOT
    NOW OFF OLD ONE OUR OUT OWN PAY PER PUT RAN RAT RED SAW SAY SEE SET SHE SIX SUN MON TEN THE
    TOO TRY TUE TWO USE VAN WAS WAY WED WET WHO WHY WIN WON YES YET YOU AIR FAN FIX PCM EST MPH
    YRS WKS MAX AGO APP BAR BAY DUE EAT ERR FAR FIT FRI THU SAT JAN FEB MAR APR JUN JUL AUG SEP
    OCT NOV DEC GMT BST LOW MAD MET MID NHS OWE PAD PET PIT POT RAW RUN SAD SIT SKY TAP TAX TEA
    TOP VAT WEB WHAT
""")
SEP = r"(?:\s?-\s?|[ .]?|\n)"
PLATE = re.compile(
    rf"(?<![A-Za-z0-9@#£/])(?:"
    rf"(?P<now>[A-HJ-PR-Y][A-HJ-PR-Z]{SEP}[0-9O][ ]?[0-9O]{SEP}[A-HJ-PR-Z]{{3}})"
    rf"|(?P<prefix>[A-HJ-NPR-TV-Y]{SEP}[0-9]{{1,3}}{SEP}[A-HJ-PR-Z]{{3}})"
    rf"|(?P<suffix>[A-HJ-PR-Z]{{3}}{SEP}[0-9]{{1,3}}{SEP}[A-HJ-NPR-TV-Y])"
    rf"|(?P<irish>(?:[A-Z]I[A-Z]|[A-Z]{{2}}Z|I[A-Z]Z?){SEP}[0-9]{{3,4}})"
    rf"|(?P<undated>(?-i:[A-HJ-PR-Y][A-Z]{{2}}) [0-9]{{3}})"
    rf")(?![A-Za-z0-9])",
    re.IGNORECASE,
)
#: What names a plate outright, with the words that lead on to it.
CUE = re.compile(
    r"\b(?:(?:number\s?|licen[cs]e\s)?plates?|reg(?:istration|s|'?d)?|vrm|vrn)\b\.?"
    r"(?:[\s.:#=(-]{1,3}(?:plates?|no|nos|number|num|mark|is|was|are|of|ending|ends|starts?"
    r"|starting|beginning|begins|reads?|with|in|it|its|it's|say(?:s|ing)|the|my|his|her|their|for"
    r"|car|van|vehicle|says|as|like)\b\.?){0,5}[\s.:?#='\"(-]{1,3}",
    re.IGNORECASE,
)
TOKENS = re.compile(r"[A-Za-z0-9]{1,8}(?:[ .-][A-Za-z0-9]{1,4}){0,6}")
TOKEN = re.compile(r"[A-Za-z0-9]+")
#: Whole plates, O and I for figures allowed; what is only a part or has no date; and mistypes.
WHOLE = re.compile(
    r"[A-Z]{2}[0-9OI]{2}[A-Z]{3}|[A-Z][0-9I]{1,3}[A-Z]{3}|[A-Z]{3}[0-9I]{1,3}[A-Z]"
    r"|[A-Z]{0,2}[IZ][A-Z]?\d{3,4}"
)
PART = re.compile(r"[A-Z]{1,3}\d{1,4}|\d{1,4}[A-Z]{1,3}|[A-Z]{2}\d{2}[A-Z]{1,2}|\d{2}[A-Z]{3}")
MIXED = re.compile(r"(?=[A-Z0-9]*[A-Z])(?=[A-Z0-9]*\d)[A-Z0-9]{5,8}")
ORDINAL = re.compile(r"\d{1,3}(?:ST|ND|RD|TH|AM|PM|MM|CM|X|K|M)", re.IGNORECASE)
MAKES = (
    r"bmw|audi|ford|vauxhall|corsa|astra|insignia|zafira|transit|golf|polo|passat|vw|volkswagen|merc"
    r"|mercedes|nissan|micra|qashqai|juke|toyota|yaris|prius|kia|hyundai|fiesta|focus|mondeo|galaxy"
    r"|peugeot|citroen|renault|clio|skoda|octavia|seat|ibiza|leon|mazda|honda|civic|suzuki|volvo"
    r"|mini|fiat|jaguar|land\srover|range\srover|rover|tesla|dacia|jeep|lexus|sprinter|vivaro"
    r"|berlingo|partner|kuga|subaru|mitsubishi|porsche|saab|smart\scar"
)
CAR = re.compile(
    r"\b(?:cars?|vans?|ticketed|scraped|rammed|reversed|overtak\w{1,3}|speeding|racing|raced"
    r"|ambulance|reg|registration|plates?|vehicles?|parked|parking|parks|driv\w{1,4}"
    r"|motor(?:bike|cycle|home)?s?|moped|scooter|bikes?|tax(?:i|is|ies)|cabs?|lorry|truck|wagon|pickup|caravan|trailer"
    rf"|permits?|clamp\w{{0,4}}|tow\w{{0,3}}|untaxed|sorn|mot|dumped|abandoned|vrm|estate|saloon"
    rf"|hatchback|4x4|suv|garage|bay|{MAKES})\b",
    re.IGNORECASE,
)
NEAR = 60
#: One of the years before 2001, as a plate is written; roads and faults have other letters.
ALONE = re.compile(r"[CDGJKNPRSTVXY]\d{2,3} [A-HJ-PR-Z]{3}")
#: Before three letters and three figures the vehicle itself stands, in small letters.
CLOSE_CAR = re.compile(rf"\b(?:cars?|vans?|{MAKES.lower()})[ :,]{{1,2}}\Z")
CLOSE = 14
#: What has a plate's form and is the make's own number: "fridge model KG39NXW".
MODEL = re.compile(
    r"\b(?:model|serial|part|product|item|boiler|fridge|freezer|washer|cooker|oven|hob|type|code)s?"
    r"(?:\s(?:no|number|num|is))?[\s:#.-]{1,3}\Z",
    re.IGNORECASE,
)
#: Three letters that nobody can read as a word end a plate in small letters as well.
NO_WORD = re.compile(r"[^AEIOUY]{3}")


def find_plates(text: str) -> Iterator[Found]:
    """Return the registration plates of a text; places may overlap."""
    for match in PLATE.finditer(text):
        if _is_plate(match, text):
            yield _found(text, *match.span())
    for cue in CUE.finditer(text):
        tokens = TOKENS.match(text, cue.end())
        end = _end_of_plate(text, tokens) if tokens else None
        if end:
            yield _found(text, cue.end(), end)


def _is_plate(match: re.Match[str], text: str) -> bool:
    """Whether it is one: outright in its present form, else beside a vehicle and of no words."""
    pieces = [piece.upper() for piece in TOKEN.findall(match[0])]
    model = MODEL.search(text, max(0, match.start() - NEAR), match.start())
    if model or not any(map(str.isdigit, match[0])) or not SMALL_WORDS.isdisjoint(pieces):
        return False
    if match["prefix"] and ALONE.fullmatch(match[0]):
        return True
    if match["undated"]:
        return bool(CLOSE_CAR.search(text, max(0, match.start() - CLOSE), match.start()))
    grouped = match[0][2].isdigit() and (match[0].isupper() or NO_WORD.fullmatch(pieces[-1]))
    if match["now"] and (len(pieces) == 1 or grouped):
        return True
    return bool(CAR.search(text, max(0, match.start() - NEAR), match.end() + NEAR))


def _end_of_plate(text: str, tokens: re.Match[str]) -> int | None:
    """Return where the longest plate ends that begins here, if one does."""
    places = list(TOKEN.finditer(text, tokens.start(), tokens.end()))
    for last in reversed(range(len(places))):
        pieces = [place[0].upper() for place in places[: last + 1]]
        plate = "".join(pieces)
        if WHOLE.fullmatch(plate) and pieces[-1] not in SMALL_WORDS and _has_digit(plate):
            return places[last].end()
        if _is_part(plate, pieces):
            return places[last].end()
    return None


def _is_part(plate: str, pieces: list[str]) -> bool:
    if not SMALL_WORDS.isdisjoint(pieces) or ORDINAL.fullmatch(plate) or pieces[0] == "A":
        return False
    return bool(PART.fullmatch(plate) or (len(pieces) == 1 and MIXED.fullmatch(plate)))


def _has_digit(plate: str) -> bool:
    return any(character.isdigit() or character in "OI" for character in plate)


def _found(text: str, start: int, end: int) -> Found:
    return Found(start=start, end=end, kind="VRM", key=squeezed(text[start:end]))
