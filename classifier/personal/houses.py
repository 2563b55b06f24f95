"""Find houses by their number where the street's name is of no usual kind, and rarer homes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from classifier.personal.address_words import FLOOR, NUMBER, PLAIN
from classifier.personal.found import Found, squeezed
from classifier.personal.homes import START
from classifier.personal.reading import DATES
from classifier.personal.words import word_set

#: What ends the name of a street and little else: after a house number in any spelling.
KINDS = (
    r"(?:lanes|hollow|cuttings|clough|coppice|covert|furlong|garths|ghyll|gill|glebe|glen|holt"
    r"|holm|knoll|knowe|knowl|lawns|limes|elms|oaks|beeches|acacias|laurels|poplars|willows|hollies"
    r"|cedars|pines|chestnuts|birches|larches|hawthorns|rowans|maples|sycamores|firs"
    r"|marsh|mere|moorings|pightle|rigg|roundway|sidings|slade|staithe|steading|steadings|towpath"
    r"|tyning|uplands|warren|waterside|riverside|wolds|woodlands|woodland|parklands|heights|downs"
    r"|crofts|closes|walks|rows|banks|meads|ridgeway|ringway|fairway|byway|causey|cloisters"
    r"|colonnade|shaws?|heys?|hatch|gables|grange|priory|passage|chare|vennel|pend"
    r"|pastures?|plantation|rope[ ]?walk|thorpe"
    r"|toft|tarn|weir|wharfe|wick|close|walk|row|drive|place|rise|parade|street|road|avenue"
    r"|lane|way|crescent|grove|terrace|gardens|mews|square|croft|garth|brow|wharf|quay|meadows?|fold"
    r"|villas|cottages|circus|boulevard|rd|ave|cres|gdns)"
)
#: The same of words that mean much else: they and what stands before them need a capital.
CAPITAL_KINDS = (
    r"(?:Top|Bottom|End|Head|Foot|Side|Water|Village|Island|Turn|Ground|Edge|Oval|Reach|Ride|Slope"
    r"|Steps|Stairs|Plain|Pound|Spur|Basin|Cross|Fair|Fen|Ford|Fort|Garden|Gates|Greens|Haven|Keep"
    r"|Leys|Market|Moor|Orchard|Park|Pastures|Point|Pool|Scar|Shore|Strand|Tree|Trees|Vale|Well|Wells"
    r"|Wood|Woods|Works|Yards|Crossing|Junction|Harbour|Front|Backs|Buildings|Circle|Loop|Path|Rake)"
)
WORD = r"[^\W\d_][\w'.-]{0,20}"
NUMBERED = re.compile(
    rf"{START}(?<!-){NUMBER},?[ \t]{{1,2}}(?P<name>(?:{WORD}[ \t]{{1,2}}){{1,3}}?{KINDS})\b",
    re.IGNORECASE,
)
CAPITALS = re.compile(
    rf"{START}(?<!-)(?:{NUMBER}),?[ \t]{{1,2}}"
    rf"(?P<name>(?:[A-Z][a-z'.-]{{1,20}}[ \t]{{1,2}}){{1,3}}?{CAPITAL_KINDS})\b"
)
#: A house in a street of Wales: "5 Tan-y-Fron".
WELSH = re.compile(
    rf"{START}(?<!-){NUMBER},?[ \t](?P<name>[A-Z][a-z]{{1,14}}-(?:yr?|ar|[Yy]n)-[A-Za-z]{{2,15}})\b"
)
#: What opens a line, a number and words with capitals, and stands there alone: "30 Piccadilly,".
OPENING = re.compile(
    rf"(?:^|\n)[ \t]*(?P<home>(?:(?i:no|number|house)\.?[ \t]?)?{NUMBER}[ \t]"
    r"(?P<name>[A-Z][a-z'.-]{2,20}(?:[ \t][A-Z][a-z'-]{2,20}){0,2}))"
    r"(?=[ \t]?(?:,|\.?[ \t]*(?:\n|\Z)|[ \t]-[ \t])|[ \t](?:is|has)[ \t])"
)
#: What is numbered in a law or a paper: "Section 20 consultation closes".
OF_A_PAPER = re.compile(
    r"\b(?:section|clause|part|stage|schedule|regulation|rule|appendix|form|question|item|page"
    r"|chapter|article|paragraph|phase|step|version|annex)[ \t]\Z",
    re.IGNORECASE,
)
#: A home in a larger place: "Apartment 7, Cotton Exchange", "Pitch 12, Lakeside Caravan Park".
PLACES = (
    r"(?:foyer|exchange|marina|park|hotel|inn|hostel|refuge|centre|hub|mill|mills|(?-i:Works|Point)|brewery"
    r"|maltings|wharf|quay|quays|dock|docks|basin|site|farm|barns|gardens|guest[ ]house|b&b|house"
    r"|court|lodge|tower|heights|warehouse|depot|foundry|bakery|dairy|stables|hall|hospital"
    r"|school|chapel|church|library|mansions|apartments|almshouses|cottages)"
)
IN_A_PLACE = re.compile(
    r"\b(?!room[ ]\d{1,3}[ ](?:in|at)[ ]the[ ](?:hub|centre|library|church|school|hall)\b)"
    r"(?:flat|flt|apt|apartment|unit|room|studio|house|bungalow|maisonette|villa|pitch|berth"
    r"|mooring|bay|plot|pod|suite|lodge"
    rf"|chalet|caravan|bedsit|cabin)[ \t]{{1,2}}\d{{1,4}}[a-z]?,?[ \t]{{1,2}}"
    rf"(?:(?:at|in|of)[ \t])?(?P<name>(?:{WORD}[ \t]{{1,2}}){{1,3}}?{PLACES})\b",
    re.IGNORECASE,
)
#: What stands before the street of a flat that has no number of its own.
UNNUMBERED = (
    r"(?:(?:the[ \t])?flat[ \t](?:above|over|below|under|behind)[ \t]the[ \t][a-z'-]{3,20}"
    rf"|basement|attic|annexe?|{FLOOR})"
)
WITHOUT_NUMBER = re.compile(rf"\b{UNNUMBERED},?[ \t]{{1,2}}(?=\d)", re.IGNORECASE)
#: A house in the country has a name and a village, and no number.
COUNTRY = (
    r"(?:Farm|Farmhouse|Cottages?|Bungalow|Barn|Croft|Villa|Rectory|Vicarage|Parsonage|Manse"
    r"|Granary|Stables|Gatehouse|Smithy|Smallholding|Steading|Gatelodge)"
)
OLD_PLACES = (
    r"(?:Post[ ]Office|Chapel|School|School[ ]?house|Bakery|Bakehouse|Rectory|Vicarage|Forge|Smithy"
    r"|Dairy|Mill|Police[ ]House|Station|Coach[ ]House|Stables|Barn|Farm|Farmhouse|Manse|Parsonage"
    r"|Inn|Brewery|Maltings|Granary|Creamery|Cottage|Toll[ ]House|Laundry|Surgery|Library|Orchard)"
)
IN_A_VILLAGE = re.compile(
    rf"\b(?:(?:[A-Z][a-z'-]{{2,20}}[ \t]){{1,3}}{COUNTRY}|The[ \t]Old[ \t]{OLD_PLACES})"
    r",[ \t]?\n?[A-Z][a-z'-]{2,20}(?:[ \t-][A-Z][a-z'-]{2,20}){0,2}"
)
CALLED = re.compile(
    r"\b(?:house|home|cottage|bungalow|place)(?:'s|[ \t]is)[ \t](?:called|named)[ \t]"
    r"(?P<home>(?:The[ \t])?[A-Z][\w'-]{2,20}(?:[ \t][A-Z][\w'-]{2,20}){0,2})"
)
BOX = re.compile(r"\bp\.?[ \t]?o\.?[ \t]box[ \t]{1,2}\d{1,6}\b", re.IGNORECASE)
#: Another house of a street that was named: "from 47d" beside "47c Harehills Lane".
BESIDE = re.compile(
    r"(?:\A|[.!?\n][ \t]?|\b(?:from|into|in|at|to|of|and|or|between|above|below|under|over|opposite"
    r"|outside|behind|beside|than|by|as|for|like)[ \t])"
    r"(?P<home>(?P<number>\d{1,4})(?P<letter>[a-z]?))"
    r"(?=[ \t]?(?:[,.;!?)\n]|\Z)|[ \t](?:and|or|into|to|is|has|have|never|always|again|but|are"
    r"|were|was|says?|said|still|who|keeps?|above|below|too|as|via|through)\b)(?![.:]\d)",
    re.IGNORECASE,
)
#: The name of a street after a number, and the same name after another.
STREET_OF = re.compile(r"\d[a-z]?,?[ \t](?P<name>[^\W\d_]{4,20})(?![\w'-])", re.IGNORECASE)
ANOTHER = re.compile(rf"{START}{NUMBER},?[ \t](?P<name>[^\W\d_]{{4,20}})(?![\w'-])", re.IGNORECASE)
#: How far apart the numbers of neighbours are.
NEAR = 12
#: How far before a number is looked for what is numbered.
REACH = 16
#: What stands before such a number without a letter; a smaller one may be an hour.
LIKE_A_HOUSE, HOURS = re.compile(r"(?:at|than|like|outside|opposite|behind)\b", re.IGNORECASE), 24
DIGITS = re.compile(r"\d+")
#: What a number counts or measures, as the first word after it: no street begins so.
COUNTED = (
    PLAIN
    - word_set("the upper lower north south east west great little old new high back st saint")
    - word_set("road street front green market tree dead short long cold middle crown power bird")
    - word_set("january february march april may june july august september october november")
    - word_set("december park door side top bus dog public")
) | word_set("""
    wheel way lane hard seater door am pm amp amps volt volts watt watts kilo kilos stone pints
    page pages stage floor storey bar foot hour minute year month week point points star stars
    percent inch inches cm mm
    workmen builders plumbers electricians operatives contractors tenants residents neighbours
    families flats properties homes adults boys girls dogs cats rats mice steps stairs
    phone calls texts letters jobs orders items things nights mornings tries attempts
""")
#: What no name of a street holds, wherever it stands.
NOT_INSIDE = word_set("""
    a an and or but if so in on at to from for by with no not is are was were be been am has
    have had i we you he she it they my our your his her their this that these those as when then
    because
    blocking parked use using took take walk's minutes minute hours hour weeks days per its it's
    do does did will can would could should get got went go came come left need needs want off
    up down out over near past just only very too also again every each all both some any
    next last until since after before about around along across behind outside
""")
#: Short words that stand inside the name of a street: "Top of the Hill Row".
INSIDE = word_set("the of y yr st le la")


def find_houses(text: str) -> Iterator[Found]:
    """Return the homes of a text that a number or a name of their own shows; may overlap."""
    if DIGITS.search(text):
        yield from _numbered(text)
    yield from map(_found, IN_A_VILLAGE.finditer(text))
    yield from (_found(match, "home") for match in CALLED.finditer(text))


def _numbered(text: str) -> Iterator[Found]:
    for pattern in (NUMBERED, CAPITALS, WELSH, IN_A_PLACE):
        for match in pattern.finditer(text):
            if _is_name(match["name"]) and not OF_A_PAPER.search(
                text, max(0, match.start() - REACH), match.start()
            ):
                yield _found(match)
    for match in OPENING.finditer(text):
        names = {name.strip(".'") for name in match["name"].lower().split()}
        if names.isdisjoint(COUNTED | DATES):
            yield _found(match, "home")
    yield from map(_found, BOX.finditer(text))


def find_unnumbered(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Return the flats without a number that stand right before one of the homes found."""
    ends = {place.start: place.end for place in found}
    for match in WITHOUT_NUMBER.finditer(text):
        if match.end() in ends:
            yield replace(_found(match), end=ends[match.end()])


def find_again(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Return the other houses of streets whose names were found: "19 ashdown", "91 ashdown"."""
    named = {
        match["name"].lower()
        for place in found
        if place.kind == "ADDRESS" and (match := STREET_OF.search(text, place.start, place.end))
    } - COUNTED
    for match in ANOTHER.finditer(text) if named else ():
        if match["name"].lower() in named:
            yield _found(match)


def find_beside(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Return the other houses of a street that was named with a number, known by theirs alone."""
    known = [
        int(number)
        for place in found
        if place.kind == "ADDRESS"
        for number in DIGITS.findall(text[place.start : place.end])
    ]
    for match in BESIDE.finditer(text) if known else ():
        number = int(match["number"])
        house = match["letter"] or (number > HOURS and LIKE_A_HOUSE.match(match[0]))
        if house and min(abs(number - each) for each in known) <= NEAR:
            yield _found(match, "home")


def _is_name(name: str) -> bool:
    """Whether words before a kind of street can be its name: nothing counted, no clause."""
    first, *rest = (word.strip(".'") for word in name.lower().split())
    inner = [word for word in rest if word not in INSIDE]
    return first not in COUNTED | DATES and NOT_INSIDE.isdisjoint((first, *inner))


def _found(match: re.Match[str], group: int | str = 0) -> Found:
    return Found(
        start=match.start(group),
        end=match.end(group),
        kind="ADDRESS",
        key=squeezed(match[group]),
    )
