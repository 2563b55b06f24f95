"""What addresses are made of: kinds of street, block and unit, and the patterns around them."""

import re

from classifier.personal.features import CLOSINGS, GREETINGS, TITLES
from classifier.personal.found import HIDDEN
from classifier.personal.words import word_set

#: What the last word of a street is.
STREET = word_set(
    """
    street road avenue close lane drive crescent grove place terrace gardens walk mews square
    rise row parade croft garth brow wharf quay vale meadow meadows fold boulevard parkway
    embankment esplanade villas cottages yard wynd circus broadway gdns cres crescents drove
    causeway precinct arcade approach
"""
)
#: The same, where a number or capitals say so: short forms, and words of many meanings.
SHORT = word_set(
    """
    st str rd av ave cl ln dr drv gr pl ter terr sq ct crt cresc blvd way hill view park path
    yd mill mills links paddocks orchards maltings heath lea leas bank end gate mount green side
    dene bridge dale field fields nook ridge common alley wood woods moss brook holme acre
    acres copse spinney paddock orchard mead chase loan brae gait butts strand shambles pastures
    haven dell glade ings carr leaze leys loke twitten pend vennel hurst
"""
)
CAPITAL_SHORT = word_set("st rd ave av cl ln dr cres terr ter sq gdns way hill view bank green")
#: What the last word of a building of many homes is.
BLOCK = word_set(
    """
    court house tower towers point lodge mansions building buildings block apartments heights
    estate flats hall hostel twr pt blk
"""
)
#: What has a letter for its name: "Tower B".
LETTERED = word_set("block blk tower building core stair phase zone wing")
#: What is called after people and is none: "Stephen Hawking Library".
INSTITUTIONS = word_set(
    """
    centre center school academy college hospital infirmary hospice surgery clinic library church
    chapel temple mosque gurdwara university station arms inn theatre museum stadium solicitors
    ltd limited plc llp foundation association society club pharmacy nursery wing ward gallery
    stairlifts memorial institute inquiry park meals
"""
)
#: The same after the name of a street: "High Street Depot".
PUBLIC = word_set("""
    depot office offices branch hub hubs baths pool market estate scheme hotel garage post shelter
    playground allotments mission cemetery crematorium station practice parade tavern pub cafe
    works health car bus sheltered medical
""")
#: What is called a street's name and is as often a scheme or a park: without a number it stays.
SCHEMES = word_set("""
    gardens gdns square sq arcade precinct quay wharf parade esplanade embankment circus villas
    cottages
""")
#: Before them somebody lives there, as on a street.
ON_A_STREET = word_set("on off along down up lives live lived")
#: What stands before such a thing.
INTO = word_set("the in at of from near to outside opposite behind by and or")
NO_INSTITUTION = (
    TITLES | GREETINGS | CLOSINGS | word_set("my our the and flat please call ask tell")
)
UNITS = word_set(
    "caravan chalet berth mooring flat flt apt apartment unit room rm studio maisonette plot suite"
    " flats house bungalow door"
)
NUMBER_WORDS = word_set("number no num nr numbers nos")
#: Words that are no part of a street's name, in small letters.
PLAIN = word_set(
    """
    the a an of and or my your our his her their this that these those is are was were be been
    in on at to from for by with no not we i you he she it they week weeks wk wks day days
    month months year years yr yrs hour hours hr hrs minute minutes min mins time times people
    kid kids child children bed beds bedroom bedrooms metre metres mile miles yard yards foot
    feet ft per percent quid pound pounds am pm st nd rd th door doors down up out off over
    under across along near more less than about last next every each all both any some main
    same whole busy back other another side new old road street front high one two car cars
    van vans bin bins complaint complaints report reports call calls email emails letter
    letters visit visits room rooms floor floors flat flats house houses home homes repair
    repairs engineer engineers worker workers men lad lads but so if when then because can
    will has have had still get got monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august september october november december jan feb
    mar apr jun jul aug sep sept oct nov dec disk hard long short left right wrong communal
    shared rear parking loading ring first second third take took sort me us very too really
    come came keep please bus cycle slip private quiet middle dead cold warm market there here
    what which who how why do did does as it's its i'm our just only also again storey bit lot
    load few couple minute hour full council social local private sheltered care nursing wendy
    public open power tree dog bird doll green empty different separate identical other
    litres litre degrees degree adults adult said would should could must litter dirty filthy
    narrow muddy nearest nice lovely whole entire crown
"""
)
#: Words of `PLAIN` that do begin a street's name where it is written with capitals or a number.
OPENERS = word_set("""
    the upper lower north south east west great little old new high back king queen church main park
    side top front may june april march august bridge st saint road street first second third market
    green
""")
#: Words of `PLAIN` that stand inside a name with capitals: "Fir Tree Road".
INNER = word_set("tree bird dog bus power crown long short dead cold middle")
#: Those of them that belong to the name: "High Street", but not the "The" of "The Gordon Street".
PARTS = OPENERS - word_set(
    "the main back side top front road street first second third green bridge"
)
#: What "the" makes a street of: "5 the green".
THE = word_set(
    "paddocks orchards beeches limes oaks elms poplars firs pines birches cedars laurels maltings"
    " green mount spinney paddock orchard mead chase nook copse dene moss ridge bank"
)
#: Ends of streets that are everyday words: in a text all of capitals they need more to be one.
EVERYDAY = word_set("rise place close drive walk row parade square approach yard")
#: What stands before and after a flat, and belongs to it: "Block C flat 9", "flat 3, 18 Moorside".
BLOCK_LETTER = re.compile(
    r"(?<![A-Za-z])(?:block|blk|tower|core|stair|entrance)[ \t](?:[A-Za-z]|\d{1,2})[ \t]?,?[ \t]\Z",
    re.IGNORECASE,
)
UNIT_AFTER = re.compile(
    r"[ \t]?,[ \t]?(?:\d{1,4}[A-Za-z]?|the)[ \t](?P<name>[A-Za-z'-]{4,20})(?![A-Za-z'-])",
    re.IGNORECASE,
)
#: The same where the number before the street reads as one of a list: "Flat 9, 61 Foregate".
UNIT_LISTED = re.compile(r"[ \t](?P<name>[A-Za-z'-]{4,20})(?![A-Za-z'-])", re.IGNORECASE)
#: What may stand before a street in small letters: "on gordon street".
LEADS = word_set(
    "on in at off of from down along around near to opposite behind outside onto round and , :"
)
TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
TEENS = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
SPELLED = (
    rf"(?:{ONES}[ \t]hundred(?:[ \t]and)?(?:[ \t](?:{TENS}[ -]?{ONES}|{TENS}|{TEENS}|{ONES}))?"
    rf"|{TENS}[ -]?{ONES}|{TENS}|{TEENS}|{ONES})"
)
NUMBER = (
    r"(?:\d{1,4}[A-Za-z]?(?:/[A-Za-z])?(?![A-Za-z0-9])"
    r"(?:\s?[-/]\s?\d{1,4}[A-Za-z]?(?![A-Za-z0-9]))?)"
)
NUMBERS = rf"(?:{NUMBER}(?:\s?(?:,|and|&|or|to|\+)\s?{NUMBER}){{0,4}})"
COMMA = r"(?:[ \t]{0,2}[,.;:/-][ \t]{0,2}\n?[ \t]{0,2}|[ \t]{0,2}\n[ \t]{0,2}|[ \t]{1,2})"
FLOOR = (
    r"(?:(?:ground|first|second|third|fourth|top|1st|2nd|3rd|\d{1,2}th|basement|garden|lower|upper"
    r"|attic|loft)(?:[ -]floor)?(?:[ -](?:flat|left|right|front|back|rear|maisonette|floor))"
    r"|annexe?|[PG]F\d?)"
)
UNIT = (
    r"(?:(?:flat|flt|apt|apartment|unit|room|rm|studio|maisonette|plot|suite|house"
    r"|door)s?[ \t]{0,2}"
    rf"(?:no\.?|number|num|nr|#|:)?[ \t]{{0,2}}(?:\d{{1,4}}\s?/\s?\d{{1,2}}|{NUMBERS}"
    rf"|\d[FRLG]\d|[A-Za-z]\d{{0,3}}|(?:[BFGT]F|[LU]G)\d|{SPELLED})"
    r"|(?:bedsit|bay|garage|pitch|hut|pod|cabin|lock-?up)[ \t]{1,2}\d{1,3}[A-Za-z]?(?![A-Za-z0-9])"
    rf"|{FLOOR}|\d{{1,2}}[FfRrLl]\d|\d{{1,2}}/\d{{1,2}})"
)
#: A room that nobody lives in is no address: "plant room 2".
ROOM = (
    r"(?<!meeting )(?<!plant )(?<!boiler )(?<!training )(?<!interview )(?<!committee )(?<!bin )"
    r"(?<!switch )(?<!pump )(?<!store )(?<!meter )(?<!lift )(?<!laundry )(?<!class )room"
)
NUMBERISH = re.compile(rf"\d|\b{SPELLED}\b|\bflat\b", re.IGNORECASE)
#: Matched backwards from a street: what stands right before its name.
BEFORE = re.compile(
    rf"(?<![A-Za-z0-9£./:-])(?:(?:(?:house|door)?[ \t]?(?:no|number|num|nr"
    rf"|#)\.?[ \t]{{0,2}})?{NUMBERS}(?:[ \t]\(\d?[FGP]F?\d\))?|(?:number[ \t])?{SPELLED}){COMMA}\Z",
    re.IGNORECASE,
)
UNIT_BEFORE = re.compile(
    rf"(?<![A-Za-z0-9]){UNIT}(?:[ \t]?\([^()\n]{{1,20}}\))?{COMMA}"
    r"(?:(?:at|in|of)[ \t])?(?:the[ \t])?\Z",
    re.IGNORECASE,
)
HOUSE_KIND = (
    r"(?:cottage|bungalow|farm|farmhouse|barn|lodge|house|villa|rectory|vicarage|stables|manor|cabin"
    r"|bakery|bakehouse|forge|smithy|chapel|mill|school(?:house)?|coach[ ]house|gatehouse|granary)"
)
HOUSE_WORD = r"(?!(?:at|in|is|to|from|of|near|by|my|a|and|the)\b)[a-z'-]{2,20}"
HOUSE_BEFORE = re.compile(
    r"(?<![A-Za-z0-9])(?:the[ \t](?:(?-i:[A-Z][a-z'-]{1,20})[ \t]){0,2}(?-i:[A-Z][a-z'-]{2,20})"
    rf"|(?:the[ \t]|(?:{HOUSE_WORD}[ \t]){{1,2}})(?:old[ \t])?{HOUSE_KIND})"
    r"[ \t]?,[ \t]?\n?\Z",
    re.IGNORECASE,
)
#: Before numbers that read as a list: the "bedsit" of "bedsit 3, 19 Regent Road".
UNIT_WORD = re.compile(
    r"(?<![A-Za-z])(?:flat|apartment|apt|unit|room|studio|bedsit|bay|garage|hut|pod|pitch|plot)"
    r"[ \t]\Z",
    re.IGNORECASE,
)
BLOCK_BEFORE = re.compile(
    rf"((?:[A-Za-z'-]{{2,20}}[ \t]){{1,3}}(?:{'|'.join(BLOCK)})){COMMA}\Z", re.IGNORECASE
)
AFTER = re.compile(
    rf"[ \t]?[,(]?[ \t]?(?:at[ \t])?(?:(?:no\.?|number|num|nr|#)[ \t]{{0,2}}{NUMBERS}|"
    rf"(?:flat|apt|apartment|unit|room)s?[ \t]{{0,2}}(?:no\.?|number|#)?[ \t]{{0,2}}"
    rf"(?:{NUMBERS}|[A-Za-z]\d{{0,2}}(?![A-Za-z'])))",
    re.IGNORECASE,
)
AFTER_BARE = re.compile(r"[ \t]?,?[ \t](\d{1,3}[A-Za-z]?)(?=[ \t]?(?:[,.)\n]|$))(?!\.\d)")
UNIT_HERE = re.compile(
    rf"(?:flat|flt|apt|apartment|unit|{ROOM}|rm|studio|maisonette|plot|suite|house|door|caravan|chalet"
    r"|berth|mooring)s?"
    r"(?:[ \t]{0,2}"
    rf"(?:no\.?|number|num|nr|#|:)?[ \t]{{0,2}}(?:\d{{1,4}}\s?/\s?\d{{1,2}}|{NUMBERS})(?!\.\d)|"
    r"[ \t]{1,2}(?:no\.?[ \t])?(?-i:[A-HJ-Z]\d{0,3}|(?:[BFGT]F|[LU]G)\d)"
    rf"(?![A-Za-z']|[ \t]?{HIDDEN}))"
    r"(?:[ \t](?:above|over|below|behind)[ \t]the[ \t][a-z'-]{3,20}(?:[ \t]shop)?)?",
    re.IGNORECASE,
)
SPELLED_UNIT = re.compile(rf"(?:flat|apartment)[ \t]{{1,2}}{SPELLED}\b", re.IGNORECASE)
LONE_LETTER = re.compile(r"(?:flat|flt|apt|apartment)[ \t]([b-hj-z])(?![A-Za-z'/])", re.IGNORECASE)
HOUSE_NUMBER = re.compile(
    rf"(?:numbers?|num|no\.|nos\.|nr|nos?(?=[ \t]))[ \t]{{0,2}}{NUMBERS}", re.IGNORECASE
)
SPELLED_NUMBER = re.compile(rf"number[ \t]{SPELLED}\b", re.IGNORECASE)
NO_HOUSE = re.compile(
    r"[ \t]?(?:to[ \t](?!no|num|\d)|priority|reason|thing|in\s(?:the|a|my)|on\s(?:the|a|my|your)"
    r"|bus|issue|rule"
    r"|problem|concern|call|%"
    r"|times?|star|fan|one\b|people|cares?|weeks?|days?|months?|years?|more|of\b|-?\d)",
    re.IGNORECASE,
)
NOT_A_HOUSE = re.compile(
    r"(?:job|ref|reference|case|phone|ticket|order|bus|call|tel|mobile|queue|repair"
    r"|complaint|account|platform|part|model|my|your|the|a"
    r"|contact|serial|crime|id|reg|code)\s?(?:is\s)?\Z",
    re.IGNORECASE,
)
#: What stands before "no 6" when a house is meant: "no" alone says little.
TO_A_HOUSE = re.compile(
    r"(?:\b(?:at|from|to|in|of|and|opposite|outside|below|above|near|behind|beside|door"
    r"|neighbours?|upstairs|downstairs|by|lives?|them|him|her|lady|man"
    r"|woman|bloke|fella|couple|family|tenants?|residents?|mine|under|over|address|is"
    r"|with)[ \t]{1,2}|[,:(\n][ \t]?|^)\Z",
    re.IGNORECASE,
)
#: Who or what goes to a house that is only a number.
GOES = (
    r"(?:people|those|that[ ]lot|the[ ]lot|family|couple|lady|woman|man|kids|boys|girls|tenants?)"
    r"[ \t](?:at|in|from)|(?:post|mail|letters?|parcels?)[ \t](?:is[ \t]|goes[ \t])?(?:for|to)"
    r"|(?:goes|sent|delivered|posted|put)[ \t]to"
)
ENDS = (
    r"(?=[ \t]?(?:[,.;!?)\n]|\Z)|[ \t](?:and|is|has|have|never|always|again|by|instead|but|are|were"
    r"|was|says?|said|still|who|next|keeps?|plays?|comes?)\b)(?![.:]\d)"
)
LIVES = re.compile(
    r"\b(?:(?:(?:lives?|lived|living|residing|resides?|staying|address(?:\sis)?"
    r"|moved|(?:my|our|his|her|their)[ ](?:home|house|place|add))"
    r"[ \t]{0,2}(?:at|to|is(?:[ ]at)?|:|@)[ \t]{0,2}"
    rf"(?P<lives>(?:(?:no\.?|number|num)[ \t]{{0,2}})?{NUMBER}[ \t]{{0,2}},?[ \t]{{0,2}}"
    rf"[A-Za-z'-]{{3,20}}(?:[ \t](?-i:[A-Z])[a-z'-]{{2,20}}){{0,2}}))"
    r"|(?:at|of|to|from|in|into|near|between|inside|outside|opposite|behind|i[ ]am|i'?m|we[ ]are"
    r"|we're|lives?|living)[ \t](?!(?:19|20)\d\d[ \t])"
    rf"(?P<at>{NUMBERS}[ \t](?-i:[A-Z])[a-z'-]{{2,20}}(?:[ \t](?-i:[A-Z])[a-z'-]{{2,20}}){{0,2}}))",
    re.IGNORECASE,
)
NEIGHBOURS = re.compile(
    rf"\b(?:next[ \t]door|neighbours?|upstairs|downstairs)[ \t](?:at|in)[ \t](?P<beside>{NUMBERS})"
    rf"(?![ \t]?(?:am|pm|weeks?|hours?|o'?clock|%|:))"
    rf"|\b(?:{GOES})[ \t](?P<to>\d{{2,3}}[A-Za-z]?|\d[A-Za-z])(?![A-Za-z0-9]){ENDS}"
    rf"|\b(?:them|him|her|it|us)[ \t]at[ \t](?P<at>\d{{1,3}}[A-HJ-Z])(?![A-Za-z0-9]){ENDS}"
    rf"|\bI[ \t](?:am|live[ \t](?:at|in))[ \t](?P<own>\d{{1,3}}[A-H])(?![A-Za-z0-9]){ENDS}",
    re.IGNORECASE,
)
#: A home that is only a number, beside a name that is hidden; up to twelve "at" is an hour.
BESIDE_HIDDEN = re.compile(
    rf"{HIDDEN}[ \t](?:in[ \t]|at[ \t](?!(?:\d|1[0-2])(?![\dA-H])))"
    rf"(?P<beside>\d{{1,3}}[A-H]?)(?![A-Za-z0-9/-]){ENDS}",
    re.IGNORECASE,
)
