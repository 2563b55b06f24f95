"""What shows that a word which may be a name is none: a place, a people, a saying, a firm."""

import re
from collections.abc import Iterator, Sequence

from classifier.personal.features import TITLES, Fact
from classifier.personal.found import HIDDEN
from classifier.personal.makers import GOODS
from classifier.personal.things import SHADES, is_thing
from classifier.personal.words import word_set

#: Peoples, tongues and corps that no list of places holds.
PEOPLES = word_set("""
    gurkha gurkhas roma romani romany kurd kurds sikh sikhs hausa igbo yoruba twi fula akan zulu
    xhosa amharic oromo tigrinya tigrayan pashto pashtun dari farsi hazara hazaras uyghur berber
    sylheti bengali punjabi gujarati urdu hindi tamil telugu malayalam sinhala sinhalese nepali
    cantonese mandarin hakka tagalog lingala shona ndebele swahili somali tamazight romansh
    traveller travellers geordie geordies scouser scousers mancunian brummie cockney glaswegian
    commando commandos paratrooper marine marines fusilier fusiliers guardsman
""")
#: Who goes where: a word after "from" or "to" that no list of given names has is a place then.
MOVES = word_set("""
    came come comes coming moved moving move arrived arrive flew flying flown travelled travelling
    drove driving train bus coach ferry flight plane born grew raised relocated transferred fled
    emigrated migrated holiday holidays trip weekend evacuated deported resettled rehoused commute
    commutes originally native delivered shipped imported lived
    back discharged home
""")
TO_A_PLACE = word_set("from to in into near at via through outside")
#: After these a word that no list knows is a place, for nobody is met there without "'s".
AT_A_PLACE = word_set("in at past via towards around across")
#: What somebody sent came from somebody.
SENT = word_set("""
    letter letters email emails text texts call calls message messages news card cards flowers
    parcel parcels cheque money reply answer complaint voicemail note visit help idea it that
""")
REACH = 4
FEWEST_LISTED, MOST_LISTED = 2, 8
JOINS = frozenset({"and", "or", "&"})
#: Months, days and seasons, which are on the list of places too.
TIMES = word_set("""
    january february march april may june july august september october november december jan
    feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday
    sunday mon tue tues wed weds thu thur thurs fri sat sun christmas xmas easter
""")
#: What a sentence opens after.
OPENINGS = frozenset('\n.!?:-"')
#: What stands after a verb that is a name elsewhere: "Sue them", "Grant me", "Mark it".
OBJECTS = word_set("me us them him her it you")
VERBS = word_set("grant mark sue bill chase drew rob jack pat trace carry hope will dot wade skip")
#: What is sued, marked or chased, other than somebody: "Mark the stopcock".
TREATED = GOODS | word_set(
    "calendar diary lot council landlord stopcock stopcocks meter meters door doors date dates spot"
    " box boxes"
)
#: What follows a name and makes it something else: a team, a saying, a plant, an account.
FOLLOWED = {
    "chelsea": word_set(
        "flag flags fan fans shirt shirts scarf game match fc tractor tractors kit"
    ),
    "rose": word_set("tinted bush bed hip petal petals wine gold"),
    "jack": word_set("of"),
    "miles": word_set("of from away and too better"),
    "lewis": word_set("acid"),
    "morris": word_set("dancer dancers dancing minor men"),
    "penny": word_set("pinching drops dropped wise"),
    "sandy": word_set("soil ground beach"),
    "ash": word_set("tray trees bin dieback"),
    "ginger": word_set("cat tom kitten biscuit biscuits beer tea"),
    "robin": word_set("nest nests nesting"),
    "georgia": word_set("on"),
    "paris": word_set("agreement"),
    "heath": word_set("land , and"),
    "charlie": word_set("bravo"),
    "jordan": word_set("river"),
    "bob": word_set("bits hope"),
    "dusty": word_set("floor floors shelf loft"),
    "norman": word_set("church arch wall castle"),
    "roman": word_set("blind blinds numerals numeral nose road catholic remains wall"),
    "victoria": word_set("sponge plum era"),
    "lazy": word_set("susan"),
}
#: Colours that are given names, and what bears a colour.
COLOURS = SHADES
COLOURED = word_set("""
    coloured colour color tile tiles paint painted wall walls grout worktop worktops carpet lino
    doors door curtains wallpaper green red pink brown light lights bulb bulbs units bathroom suite
""")
#: Of what is owed: "Bill has doubled".
OF_A_BILL = word_set(
    "doubled tripled trebled risen increased wrong incorrect unpaid overdue attached"
)
#: What a month has: "June's newsletter".
OF_TIMES = word_set("""
    newsletter rent statement statements bill bills payment payments invoice invoices meeting
    collection collections rota edition issue agenda minutes figures weather temperatures rain heat
    storms floods increase deadline inspection inspections visits election elections budget
""")
#: Endings of verbs and of what they make: no unknown word in small letters with one is a name.
BUILT = re.compile(
    r".{3,}(?:[bdfglmnprtv]ered|[aeiou][tsz]ed|oved|ooked|ished|[aeiou][nl]ed|[bdgkmnprt]ing"
    r"|tion|sion|ments?|ness|ously|ally|ingly|edly|able|ible|less|ful)"
)
NAME_OF_FIRM = r"(?-i:[A-Z][a-z'-]{1,20}(?:[A-Z][a-z]{1,20})?)"
TRADE = (
    r"(?:solicitors|lawyers|llp|estate[ ]agents|letting[ ]agents|lettings[ ]agency|bailiffs"
    r"|dry[ ]cleaners|timber[ ]merchants|builders'?[ ]merchants|removals"
    r"|builders|roofers|plumbers|electricians|funeral[ ]directors|undertakers|motors|autos"
    r"|garages|butchers|bakers|bakery|opticians|jewellers|carpets|interiors|furniture|architects"
    r"|accountants|associates|partnership|holdings|bros"
    r"|&[ ](?:sons?|co|company|daughters?|partners|associates|bros)"
    r"|and[ ](?-i:Sons|Daughters|Partners|Associates)"
    r"|(?-i:Roofing|Fencing|Paving|Drainage|Landscapes|Landscaping|Glazing|Cladding|Plumbing"
    r"|Scaffolding|Electrical|Heating|Construction|Flooring)"
    r"(?![ ](?:officer|engineer|manager|team|dep|apprentice|supervisor|operative|surveyor|lad)))"
)
#: Firms bear the names of people: "Hodge & Allen", "Fisher Meredith solicitors".
FIRMS = re.compile(
    r"\b(?:(?:solicitors?|lawyers|firm|bailiffs|surveyors|accountants|agents|architects|contractors)"
    r"(?:,|:|[ ](?:at|from|of|with|called|are|is|being))?[ ]"
    rf"(?P<led>{NAME_OF_FIRM}(?:(?:,[ ]?|[ ]){NAME_OF_FIRM}){{0,2}},?[ ]&[ ]{NAME_OF_FIRM})"
    rf"|(?P<named>(?:{NAME_OF_FIRM}(?:,[ ]|[ ]&[ ]|[ ]and[ ]|[ ])){{1,3}}{TRADE}))\b",
    re.IGNORECASE,
)
#: What is called after people too: "the Mary Rose care home".
CALLED = re.compile(
    rf"\b(?P<named>(?:{NAME_OF_FIRM}[ ]){{1,3}}(?:care|nursing|residential|rest)[ ]homes?"
    rf"|(?:{NAME_OF_FIRM}[ ]){{1,3}}(?:food[ ]?bank|playing[ ]fields?|(?:community|day|health"
    rf"|sports|leisure|shopping|medical|resource|children's|family)[ ]centre|retail[ ]park"
    r"|care[ ]agency"
    rf"|housing[ ]association|(?-i:Trust)|nature[ ]reserve|primary[ ]school|food[ ]pantry))\b",
    re.IGNORECASE,
)


def is_nobody(facts: Sequence[Fact], place: int) -> bool:
    """Whether what stands beside a word shows that no person is meant by it."""
    fact = facts[place]
    people = fact.word in PEOPLES and fact.listed not in "gb"
    if people or _is_verb(facts, place) or is_thing(facts, place):
        return True
    following, second = _word(facts, place + 1), _word(facts, place + 2)
    if following in FOLLOWED.get(fact.word, COLOURED if fact.word in COLOURS else ()):
        return True
    if fact.sort == "u" and fact.shape == "x" and fact.listed == "-" and BUILT.fullmatch(fact.word):
        return True
    owed = fact.word == "bill" and not OF_A_BILL.isdisjoint({following, second})
    dated = fact.word in TIMES and (second if following == "'s" else following) in OF_TIMES
    return owed or dated or _is_somewhere(facts, place)


def _is_somewhere(facts: Sequence[Fact], place: int) -> bool:
    """Whether a place is meant: it stands beside another one, or somebody came from there."""
    kept = facts[place].sort == "M"
    if _is_listed_with_place(facts, place):
        return True
    if kept and _is_beside_place(facts, place):
        return True
    return (kept or facts[place].listed in "-f") and _is_place(facts, place)


def find_firms(text: str) -> Iterator[tuple[int, int]]:
    """Return where firms and homes stand that are called after people."""
    for pattern in (FIRMS, CALLED):
        for match in pattern.finditer(text):
            group = match.lastgroup or 0
            if match[group].split()[0].lower() not in TITLES:
                yield match.span(group)


def _is_verb(facts: Sequence[Fact], place: int) -> bool:
    """Whether a sentence opens with what is to be done to somebody: "Sue them", "Grant me"."""
    following = _word(facts, place + 1)
    if following == "the" and _word(facts, place + 2) in TREATED:
        following = "them"
    return _opens(facts, place) and facts[place].word in VERBS and following in OBJECTS


def _is_place(facts: Sequence[Fact], place: int) -> bool:
    """Whether somebody came from there or went there: "came from X", "Paddy from X"."""
    fact, before = facts[place], _word(facts, place - 1)
    if fact.shape != "Xx" or _word(facts, place + 1) == "'s":
        return False
    if before == "arrived":
        return True
    place_only = fact.listed == "-" or (fact.sort == "M" and fact.word not in TIMES)
    if before in AT_A_PLACE and fact.sort == "u" and fact.listed == "-":
        return True
    if before not in TO_A_PLACE or not place_only:
        return False
    near = {_word(facts, each) for each in range(max(0, place - REACH), place - 1)}
    if near & SENT:
        return False
    named = before == "from" and place > 1 and _is_named(facts, place - 2)
    return named or bool(near & MOVES)


def _is_beside_place(facts: Sequence[Fact], place: int) -> bool:
    """Whether a place that is a name as well stands beside one that is none: "Kent or Surrey"."""
    for step in (1, -1):
        other = place + 2 * step
        if _word(facts, place + step) in {"or", "and", "/"} and 0 <= other < len(facts):
            beside = facts[other]
            unlisted = "-" if _word(facts, place + step) == "and" else "-f"
            if beside.sort == "M" and beside.listed in unlisted and beside.word not in TIMES:
                return facts[place].word not in TIMES
    return False


def _is_listed_with_place(facts: Sequence[Fact], place: int) -> bool:
    """Whether several are named together of which two are places: "Osborne, Penarth and Rhyl".

    What is a given name and on no list of places stays somebody's.
    """
    fact = facts[place]
    if (fact.listed in "gb" and fact.sort != "M") or (place and facts[place - 1].shape == "Xx"):
        return False
    members = [place]
    joined = False
    for step in (1, -1):
        other = place + step
        while len(members) <= MOST_LISTED and _word(facts, other) in {",", *JOINS}:
            joined = joined or _word(facts, other) in JOINS
            other += step
            if not 0 <= other < len(facts) or facts[other].shape != "Xx":
                break
            members.append(other)
            other += step
    places = [facts[each] for each in members if facts[each].sort == "M"]
    known = [each for each in places if each.listed == "-" and each.word not in TIMES]
    return joined and len(members) > FEWEST_LISTED and len(known) >= FEWEST_LISTED


def _is_named(facts: Sequence[Fact], place: int) -> bool:
    """Whether somebody is named there, or was, before what opens a sentence was hidden."""
    fact = facts[place]
    if fact.word == HIDDEN:
        return _opens(facts, place)
    return fact.sort == "u" and fact.listed in "gb" and fact.shape == "Xx"


def _opens(facts: Sequence[Fact], place: int) -> bool:
    return place == 0 or _word(facts, place - 1) in OPENINGS


def _word(facts: Sequence[Fact], place: int) -> str:
    return facts[place].word if 0 <= place < len(facts) else ""
