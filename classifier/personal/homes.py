"""Find homes by their form alone: tenements, Welsh streets, "27 Beckside"; and join their parts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from classifier.personal.address_words import HOUSE_KIND, NUMBER, PLAIN
from classifier.personal.found import Found, joined, squeezed
from classifier.personal.words import word_set

START = r"(?<![A-Za-z0-9£./:])"
LETTERS = r"[^\W\d_]"
#: In Welsh the kind of street stands first: "14 Heol y Bryn", and the house too: "Ty Gwyn".
WELSH_STREET = rf"(?:heol|lôn|ffordd|stryd)(?:[ \t](?:y|yr|ty)\b)?[ \t]{LETTERS}{{3,20}}"
WELSH_KIND = (
    r"(?:heol|l[oô]n|ffordd|stryd|cwrt|maes|clos|rhodfa|bryn|tan|pen|llys|plas"
    r"|pant|nant|rhiw|trem|gerddi|teras|erw|waun|gwaun|allt|parc|coed)"
)
WELSH = re.compile(
    rf"{START}{NUMBER}[ \t]{{1,2}}{WELSH_KIND}(?:'r)?"
    rf"(?:[ \t](?:yr?\b|ty\b|{LETTERS}{{3,20}})){{1,3}}"
    rf"|\b(?:t[yŷ]|bwthyn|plas|llys|bryn|glan|hen|pen)[ \t]?{LETTERS}{{2,20}}"
    rf"(?:[ \t]{LETTERS}{{2,20}})?"
    rf",[ \t]{{0,2}}\n?{WELSH_STREET}",
    re.IGNORECASE,
)
BARE_WELSH = re.compile(rf"\b{WELSH_STREET}", re.IGNORECASE)
#: A stair and a flat before a street of two words: "18/7 Leith Mills".
TENEMENT = re.compile(
    rf"{START}(?!24/7|\d{{1,3}}/10\b|1/[234]\b|50/50)\d{{1,3}}/\d{{1,2}}"
    r"(?:[ \t][A-Z][a-z'-]{2,20}){2,3}"
)
#: A house with a name in a lane without numbers.
IN_A_LANE = re.compile(
    rf"\b(?:[a-z'-]{{3,20}}[ \t]){{1,2}}{HOUSE_KIND},[ \t](?:[a-z'-]{{3,20}}[ \t]){{1,2}}"
    r"(?:lane|road|street|hill|green|way|drive|close|row|common)\b",
    re.IGNORECASE,
)
NUMBERED_THE = re.compile(
    rf"{START}{NUMBER}[ \t]The[ \t][A-Z][a-z'-]{{2,20}}(?:[ \t][A-Z][a-z'-]{{2,20}})?"
)
#: Streets of one word have their own endings: "27 beckside", "41 lower tenterfield".
ONE_WORD = re.compile(
    rf"{START}{NUMBER}[ \t]"
    r"(?:(?:upper|lower|high|great|little|old|new|north|south|east|west)[ \t])?"
    rf"(?P<street>{LETTERS}{{3,12}}(?:side|dene|bourne|croft|field|hurst|lea|leigh|wood|thorpe|brook"
    r"|holme|beck))\b",
    re.IGNORECASE,
)
#: The same where a capital says so, or the word has no other meaning: "61 Foregate".
WRITTEN_WORD = re.compile(
    rf"{START}{NUMBER}[ \t](?P<street>(?-i:[A-Z])[a-z]{{2,9}}"
    r"(?:gate|way|market|mead|bank|hill|moor|mount|fold|garth|royd|thwaite|ridge|combe|hall)"
    r"|(?:north|south|east|west|castle|kirk|church|bridge|mickle|fore|high|cross|well|stone|sand"
    r"|gallow|wheel|ship|monk)gate|(?:kings|queens|princes|abbots|bishops|dukes)way)\b",
    re.IGNORECASE,
)
NO_STREET = word_set("""
    outside inside beside alongside bedside seaside upside downside onside poolside kerbside
    hallway doorway stairway gangway motorway subway walkway railway runway highway driveway
    gateway pathway alleyway archway halfway anyway norway galway tailgate watergate delegate
    supermarket hypermarket foodbank piggybank downhill uphill churchill marshall freeway parkway
    tramway stairgate towngate expressway aftermarket
    roadside topside fireside minefield battlefield airfield firewood plywood hardwood softwood
    driftwood deadwood underside chipwood backside trackside
""")
#: Between a flat and its street, the building: "Flat 9, Tithe Barn, 100 Abbey Road".
BUILDING = re.compile(r",[ \t]{1,2}(?P<name>[\w'-]{1,20}(?:[ \t][\w'-]{1,20}){0,3}),[ \t]{1,2}")
PLAIN_WORDS = PLAIN - {"the", "old", "new", "st", "of"}
BEFORE_STREET = re.compile(r",[ \t]{1,2}\n?")
#: What the name of a house ends with, and hardly a person's: "Orchard End".
HOUSE_NAME = (
    r"(?:[A-Z][a-z'-]{2,20}[ \t]){1,2}"
    r"(?:End|View|Lea|Dene|Haven|Nest|Rise|Croft|Bank|Mead|Holme|Garth|Lodge|Villa|Cot|Corner|Ways"
    r"|Gables|Dell|Rest|Top|Fold|Barn|Mill|Cottage|House|Farm|Acre|Acres|Trees|Gate|Oaks|Elms|Firs)"
)
#: A house's name before its number: "the hedge at Fernlea, 4 Church View".
NAMED = re.compile(
    r"\b(?:(?:at|to|from|of|is|address:?|home:?|live[ds]?:?)[ \t]"
    r"(?P<written>(?:[A-Z][a-z'-]{2,20}[ \t]){0,2}[A-Z][a-z'-]{3,20})"
    rf"|at[ \t](?P<small>[a-z'-]{{4,20}})),[ \t]\Z|(?:\A|\n)(?P<first>{HOUSE_NAME}),[ \t]\Z"
)
#: A number that stands apart from its street: "I'm 68 on Windermere Road".
ON_STREET = re.compile(
    r"\b(?:i'?m|i[ ]am|we'?re|we[ ]are|lives?|at|from|to|of|number|no\.?)[ \t]"
    r"(?P<number>\d{1,4}[a-z]?)[ \t]on[ \t](?:the[ \t])?\Z",
    re.IGNORECASE,
)
#: Before a house without a number: "send it to Fernlea, Fell Road", but no town, "in Leeds, ...".
SENT_TO = re.compile(r"(?:at|to|is|address|home|live)", re.IGNORECASE)
REACH = 70
QUARTER = re.compile(
    r"[ \t](?:north|south|east|west)\b(?![ \t](?:side|end|wall|facing|block|wing)|-)", re.IGNORECASE
)


def find_homes(text: str) -> Iterator[Found]:
    """Return what is an address, or a Welsh street, by its form; places may overlap."""
    for pattern in (ONE_WORD, WRITTEN_WORD):
        for match in pattern.finditer(text):
            if match["street"].lower() not in NO_STREET:
                yield _found(match, "ADDRESS")
    for pattern in (WELSH, TENEMENT, IN_A_LANE, NUMBERED_THE):
        for match in pattern.finditer(text):
            yield _found(match, "ADDRESS")
    for match in BARE_WELSH.finditer(text):
        yield _found(match, "STREET")


def grown(found: Sequence[Found], text: str) -> Iterator[Found]:
    """Return the addresses with what belongs to each: its building, its street, its name."""
    last: Found | None = None
    for place in joined(found):
        if last and _belongs(last, place, text[last.end : place.start]):
            last = _from(text, last.start, place)
            continue
        if last:
            yield _with_quarter(last, text)
        last = _named(place, text)
    if last:
        yield _with_quarter(last, text)


def _belongs(one: Found, other: Found, between: str) -> bool:
    """Whether a second place says more of the first: the street of a flat."""
    if one.kind != "ADDRESS":
        return False
    if other.kind == "STREET":
        return bool(BEFORE_STREET.fullmatch(between))
    building = BUILDING.fullmatch(between)
    return building is not None and PLAIN_WORDS.isdisjoint(building["name"].lower().split())


def _named(place: Found, text: str) -> Found:
    """Return an address with the name of the house that stands before its number."""
    street = place.kind == "STREET"
    if not street and not (place.kind == "ADDRESS" and text[place.start].isdigit()):
        return place
    begun = max(0, place.start - REACH)
    on = ON_STREET.search(text[begun : place.start]) if street else None
    if on:
        return _from(text, begun + on.start("number"), place)
    match = NAMED.search(text[begun : place.start])
    if not match or match[match.lastindex or 0].lower() in PLAIN:
        return place
    if street and not (match["first"] or SENT_TO.match(match[0])):
        return place
    return _from(text, begun + match.start(match.lastindex or 0), place)


def _with_quarter(place: Found, text: str) -> Found:
    """Return a place with the quarter of heaven after it: "62 Bristol Road South"."""
    quarter = QUARTER.match(text, place.end) if place.kind in {"ADDRESS", "STREET"} else None
    return replace(place, end=quarter.end()) if quarter else place


def _from(text: str, start: int, place: Found) -> Found:
    key = squeezed(text[start : place.end])
    return replace(place, start=start, kind="ADDRESS", key=key)


def _found(match: re.Match[str], kind: str) -> Found:
    return Found(start=match.start(), end=match.end(), kind=kind, key=squeezed(match[0]))
