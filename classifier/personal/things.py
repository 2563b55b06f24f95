"""Things and places that bear the names of people: makes, plants, shades, shops, foreign towns."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import dropwhile

from classifier.personal.features import TITLES, Fact
from classifier.personal.makers import (
    BRANDS,
    BY_A_SHOP,
    GOODS,
    MADE,
    ONLY_MADE,
    PRODUCE,
    SHOPS,
    USED,
)
from classifier.personal.nature import PLANTS
from classifier.personal.unlisted import FAMOUS, UNLISTED
from classifier.personal.words import word_set

#: What nobody is called: services, papers, examinations, peoples that no list of places holds.
NEVER_SOMEBODY = word_set("""
    autopay paypal gofundme justgiving crowdfunder bluesky mastodon linkedin youtube twitch
    substack nextdoor barclaycard amex mastercard monzo revolut klarna clearpay payzone
    paypoint helpdesk webform webchat chatbot voicebot intranet login logins captcha wifi broadband
    gcse gcses nvq nvqs btec btecs a-levels esol pgce sats
    burmese tibetan bhutanese laotian cambodian malaysian singaporean indonesian filipino filipina
    thai mongolian kazakh uzbek tajik turkmen azeri azerbaijani armenian georgian circassian
    chechen crimean lebanese jordanian egyptian tunisian moroccan algerian libyan sudanese
    mauritian maltese cypriot venetian sicilian sardinian catalan basque galician andalusian
    breton flemish walloon dutch danish swedish norwegian finnish icelandic estonian slovak
    slovakian slovene slovenian croatian serbian bosnian montenegrin macedonian kosovan moldovan
    belarusian brazilian bolivian peruvian chilean colombian ecuadorian venezuelan argentinian
    mexican cuban dominican haitian guyanese trinidadian barbadian bajan grenadian lucian vincentian
    togolese beninese ivorian liberian malian nigerien cameroonian gabonese congolese angolan
    zambian malawian mozambican namibian botswanan rwandan burundian ugandan kenyan tanzanian
    djiboutian comorian malagasy seychellois zimbabwean
    edwardian georgian victorian jacobean elizabethan
""")
#: Towns, islands and lands abroad: with a capital, nobody where no list has a given name.
ABROAD = word_set("""
    madeira azores lisbon porto seoul busan goa kerala mumbai delhi kolkata chennai hyderabad
    bangalore karachi lahore islamabad peshawar sylhet dhaka chittagong colombo kathmandu kabul
    tehran baghdad basra damascus aleppo beirut amman ankara istanbul izmir tbilisi yerevan baku
    tashkent almaty moscow kyiv kiev kharkiv odesa lviv minsk warsaw krakow gdansk poznan wroclaw
    katowice lodz vilnius kaunas riga tallinn prague bratislava budapest bucharest cluj iasi
    timisoara sofia plovdiv varna belgrade zagreb sarajevo skopje tirana pristina athens
    thessaloniki larnaca nicosia limassol valletta rome naples palermo turin bologna venice
    madrid barcelona seville bilbao alicante malaga mallorca majorca menorca ibiza lanzarote
    fuerteventura canaries algarve marseille lyon bordeaux calais dunkirk brussels antwerp
    amsterdam rotterdam berlin hamburg munich frankfurt cologne vienna salzburg zurich geneva
    copenhagen stockholm oslo helsinki reykjavik dublin cork galway limerick donegal kerry sligo
    cairo alexandria tripoli tunis algiers casablanca marrakech rabat dakar banjul freetown
    monrovia abidjan accra kumasi lome cotonou lagos abuja ibadan kano kaduna enugu benin yaounde
    douala kinshasa luanda lusaka harare bulawayo maputo johannesburg pretoria durban nairobi
    mombasa kampala kigali bujumbura dodoma zanzibar mogadishu hargeisa bosaso asmara khartoum
    djibouti antananarivo mauritius havana bridgetown castries roseau montego tobago trinidad
    barbados antigua montserrat georgetown caracas bogota quito lima santiago brasilia recife
    fortaleza toronto montreal vancouver ottawa chicago boston seattle miami bangkok hanoi saigon
    manila cebu jakarta kuala lumpur penang rangoon yangon mandalay beijing shanghai guangzhou
    ancoats moston gorton openshaw ardwick hulme levenshulme longsight didsbury chorlton blackley
    beswick clayton-le-moors harpurhey wythenshawe toxteth everton walton kirkdale bootle harehills
    chapeltown headingley seacroft gipton manningham handsworth erdington sparkbrook sparkhill aston
    ladywood digbeth bordesley hackney tottenham peckham brixton lewisham deptford woolwich eltham
    dagenham barking ilford walthamstow leyton stratford poplar stepney wapping hoxton dalston
    haringey edmonton enfield brent wembley harlesden kilburn acton ealing southall hounslow
    battersea tooting streatham croydon mitcham bermondsey rotherhithe camberwell govan gorbals
    maryhill easterhouse drumchapel leith gorgie niddrie craigmillar splott grangetown ely canton
    shenzhen taipei tokyo osaka kyoto melbourne perth brisbane auckland wellington mecca makkah
    medina madinah riyadh jeddah dubai doha muscat kuwait bahrain
""")
#: What stands before a place, and before a person only after what comes from people.
PLACED = word_set("in to from of near into via outside around at / across beyond")
#: What stands after a name and makes a thing of it, and what stands before it.
THINGS: Mapping[str, frozenset[str]] = {
    "douglas": word_set("fir firs"),
    "max": word_set(
        "temperature temp load speed weight height width pressure flow capacity occupancy stay"
        " power output setting heat volume wattage amount limit number"
    ),
    "victoria": word_set(
        "sign line station park centre baths coach memorial infirmary hospital ward road street"
        " embankment falls day cross"
    ),
    "glen": word_set("nevis coe affric lyon etive clova shiel moray mor"),
    "ben": word_set("nevis lomond lawers macdui wyvis vrackie ledi"),
    "tom": word_set("thumb yum cat cats toms"),
    "bramley": word_set("apple apples tree trees cooking"),
    "grace": word_set("period periods"),
    "grant": word_set(
        "boiler boilers combi vortex application applications funding form forms money conditions"
        " scheme"
    ),
    "bill": word_set("payment payments payer shock dated"),
    "will": word_set("power writing"),
    "art": word_set("room class classes club group project deco nouveau therapy"),
    "hope": word_set("project centre church"),
    "dawn": word_set("chorus raid raids"),
    "eve": word_set("of"),
    "faith": word_set("group groups leaders school"),
    "joy": word_set("riders rider riding division stick"),
    "robin": word_set("hood reliant"),
    "skip": word_set("hire lorry company bags bag licence permit"),
    "pat": word_set("test tests testing tested"),
    "cliff": word_set("edge face path"),
    "heather": word_set("plants honey mix"),
    "josh": word_set("tree"),
    "jenny": word_set("wren"),
    "jerry": word_set("can cans built"),
    "alexandra": word_set("palace park"),
    "terry": word_set("towelling towel towels nappies"),
    "herb": word_set("garden robert"),
    "tommy": word_set("rot gun"),
    "rob": word_set("peter"),
    "perry": word_set("mason"),
    "iris": word_set("scan bulb bulbs bed beds"),
    "charlotte": word_set("potatoes square royale"),
    "maclaren": word_set("buggy pushchair pram"),
    "parker": word_set("knoll pen pens"),
    "judas": word_set("iscariot tree"),
    "noah": word_set("ark"),
    "virginia": word_set("creeper creepers stock"),
    "lawson": word_set("cypress cypresses"),
    "portland": word_set("cement stone"),
    "butler": word_set("sink sinks"),
    "raleigh": word_set("bike bikes bicycle chopper"),
    "marshall": word_set("amp amps amplifier speaker speakers stack"),
    "harley": word_set("davidson revving engine bike motorbike"),
    "karen": word_set("behaviour attitude energy mode haircut"),
    "christian": word_set(
        "aid group groups union festival festivals faith holiday holidays church"
        " churches school schools charity charities"
    ),
    "june": word_set("bug"),
    "frank": word_set("exchange discussion admission answer talk"),
    "earnest": word_set("apology attempt"),
    "sandy": word_set("soil beach floor boots paw paws"),
    "crystal": word_set("clear palace glass glasses meth ball maze"),
    "amber": word_set("light lights alert warning bulb bottle"),
    "clay": word_set("soil pipe pipes pigeon pot pots tiles"),
    "jay": word_set("walking walkers"),
    "gene": word_set("pool therapy"),
    "kerry": word_set("gold katona"),
    "kelly": word_set("green"),
    "penny": word_set("washer washers farthing whistle"),
    "drew": word_set("curtains curtain blinds blind breath attention"),
    "angel": word_set("islington delight cake tube station fish dust"),
    "norton": word_set("antivirus security"),
    "jacobs": word_set("creek"),
    "tik": word_set("tok toks"),
    "holly": word_set("bush bushes wreath wreaths hedge hedges berries"),
    "lent": word_set("term"),
    "pearl": word_set("white grey button buttons barley necklace earrings"),
    "lincoln": word_set("green biscuit biscuits"),
    "oxford": word_set("blue street circus"),
    "eid": word_set(
        "mubarak prayer prayers party parties celebration celebrations al-fitr al-adha"
    ),
    "angus": word_set("beef burger steak"),
    "bailey": word_set("bridge caravan"),
    "carol": word_set("service concert singing singers sheet"),
    "daisy": word_set("chain chains wheel"),
    "sonny": word_set("jim boy"),
    "judy": word_set("punch"),
    "melody": word_set("maker"),
    "harmony": word_set("singing"),
    "jack": word_set("russell hammer knife plug lead socket ripper of frost"),
    "russell": word_set("hobbs terrier"),
    "dexter": word_set("cattle"),
    "stafford": word_set("bull"),
    "chelsea": word_set("tractor tractors bun buns boots"),
    "sally": word_set("army"),
    "laurel": word_set("hedge hedges hardy"),
    "jersey": word_set("royal royals cow cream"),
    "maris": word_set("piper pipers"),
    "charlie": word_set("horse bravo"),
}
BEFORE_THINGS: Mapping[str, frozenset[str]] = {
    "william": word_set("sweet king prince fort"),
    "lizzie": word_set("busy"),
    "susan": word_set("lazy eyed black-eyed brown-eyed"),
    "jenny": word_set("creeping spinning"),
    "robin": word_set("ragged herb round cock reliant"),
    "robert": word_set("herb"),
    "parker": word_set("nosy nosey"),
    "parkers": word_set("nosy nosey"),
    "nevis": word_set("glen ben"),
    "tom": word_set("peeping"),
    "thomas": word_set("doubting"),
    "jane": word_set("plain calamity"),
    "joe": word_set("average sloppy"),
    "alec": word_set("smart"),
    "aleck": word_set("smart"),
    "alecks": word_set("smart"),
    "billy": word_set("silly goat"),
    "roger": word_set("jolly"),
    "victoria": word_set("queen princess lake"),
    "albert": word_set("prince royal"),
    "elizabeth": word_set("queen"),
    "george": word_set("king st"),
    "charlie": word_set("proper tail-end"),
    "mary": word_set("bloody hail queen typhoid"),
    "martin": word_set("house aston sand"),
    "ivy": word_set("poison english climbing boston variegated"),
    "rose": word_set("climbing dog rambling guelder ceiling"),
    "lily": word_set("peace water tiger arum"),
    "poppy": word_set("california oriental icelandic"),
    "lizzies": word_set("busy"),
    "knoll": word_set("parker"),
    "knox": word_set("fort"),
    "piper": word_set("maris pied"),
    "pipers": word_set("maris"),
    "royals": word_set("jersey the"),
    "frank": word_set("be being quite perfectly brutally"),
    "aga": word_set("an the my our"),
    "siri": word_set("ask asked hey"),
    "jim": word_set("sonny"),
    "tok": word_set("tik"),
    "corrie": word_set("watch watching on during"),
    "emmerdale": word_set("watch watching on during"),
    "norton": word_set("mcafee antivirus"),
    "eid": word_set("'s for at during until after before celebrate celebrating"),
    "russell": word_set("jack"),
    "flynn": word_set("errol"),
    "holmes": word_set("sherlock"),
}
NOBODY = NEVER_SOMEBODY | UNLISTED
#: Those of public life and of tales are known by both names.
FIGURES = frozenset(tuple(name.split()) for name in FAMOUS.split("|"))
#: What is said of a garden or of paint, a few words before or after its plants.
OF_GARDENS = word_set("""
    seed seeds seedling seedlings packet packets cuttings bulbs compost allotment planter planters
    raised herb herbs tubs shrubs flowerbed flowerbeds plug
""")
OF_PAINT = word_set("""
    shade shades dulux paint painted painting repaint repainted emulsion colours colour swatch
    swatches undercoat varnish varnished stain stained palette wallpaper
""")
PLANTING = word_set("plant planting planted sow sowing sowed prune pruning")
#: Colours that are given names, what opens a list of them, and what comes in them.
SHADES = word_set("jade sienna amber ruby olive violet ivory hazel rose coral scarlet ebony")
CHOICES = word_set("choice choices option options shade shades colours samples swatches finishes")
SURFACED = word_set("floor wall metro ceramic vinyl kitchen bathroom")
#: What stands right before the name of a shade, or between two.
OF_A_SHADE = word_set("painted repainted is called in")
BETWEEN = word_set("and or , & /")
#: Where ivy is.
ON, SURFACES = (
    word_set("on up over down through along in"),
    word_set(
        "wall walls fence fences roof gutter gutters brickwork chimney gable shed side hedge"
        " hedges gutters border verge lawn pond pots tubs borders beds"
    ),
)
REACH = 7
#: Before a small word that no list knows, "the" says that it is no name; unless of a family.
ARTICLES = word_set("the a an this that these those every each")
#: After "the" and before these, an unlisted word with a capital is a sight or a make.
GOES_ON = word_set(
    "is was are were has have had will won't isn't wasn't aren't in on at to from for with outside"
    " inside by near and or , . ? !"
)
#: Woods, beside which ash and hazel are none but woods.
WOODS = word_set("oak ash beech walnut pine teak mahogany maple birch elm cherry sycamore cedar")
OF_A_FAMILY = word_set(
    "family house flat lot household kids children girls boys brothers sisters woman man"
    " lady bloke lad fella guy girl boy couple person chap"
)


def is_thing(facts: Sequence[Fact], place: int) -> bool:
    """Whether a word is a thing's or a place's name, by itself or by what stands beside it."""
    fact = facts[place]
    if fact.word in NOBODY and fact.listed in "-s":
        return True
    before, following = _word(facts, place - 1), _word(facts, place + 1)
    if following == "'s":
        return fact.word in BRANDS and _word(facts, place + 2) in PRODUCE
    return (
        _is_known_with(before, fact.word, following)
        or (fact.word in PLANTS and _is_plant(facts, place, following))
        or _is_shade(facts, place)
        or _is_firm(facts, place)
        or (fact.word in MADE and _is_made(facts, place))
        or (fact.word in ABROAD and fact.listed not in "gb" and before in PLACED)
        or (fact.word in SHOPS and before in BY_A_SHOP)
        or (fact.sort == "u" and _is_unknown(fact, before, following))
        or (fact.sort in "wrM" and before in PLANTS and _near(facts, place, OF_PAINT))
    )


def _is_known_with(before: str, word: str, following: str) -> bool:
    """Whether a word is known as a thing or a figure with one beside it: "busy Lizzie"."""
    beside = word in BEFORE_THINGS.get(following, ()) or before in BEFORE_THINGS.get(word, ())
    figure = (word, following) in FIGURES or (before, word) in FIGURES
    return beside or figure or following in THINGS.get(word, ())


def _is_shade(facts: Sequence[Fact], place: int) -> bool:
    """Whether a colour is meant: "Carpet choices: Amber, Hazel", "Heather floor tile"."""
    if facts[place].word not in SHADES | PLANTS:
        return False
    surfaced = _word(facts, place + 1) in SURFACED and _word(facts, place + 2) in GOODS
    listed = _word(facts, place - 1) in BETWEEN | {":"}
    before = facts[max(0, place - REACH) : place]
    return surfaced or (listed and any(fact.word in CHOICES for fact in before))


def _is_firm(facts: Sequence[Fact], place: int) -> bool:
    """Whether a maker or shop is meant by itself, or beside another one: "Selco and Howarth"."""
    word, before = facts[place].word, _word(facts, place - 1)
    if word not in ONLY_MADE | MADE or _is_family_name(facts, place):
        return False
    beside = before in BETWEEN and _word(facts, place - 2) in ONLY_MADE
    return word in ONLY_MADE or beside


def _is_made(facts: Sequence[Fact], place: int) -> bool:
    """Whether a maker is meant: "Fischer heaters", "they used Redland"; no family name."""
    range_ = facts[place + 1] if place + 2 < len(facts) else facts[place]
    modelled = range_.shape == "Xx" and range_.listed == "-" and _word(facts, place + 2) in GOODS
    made = modelled or _word(facts, place + 1) in GOODS or _word(facts, place - 1) in USED
    return made and not _is_family_name(facts, place)


def _is_family_name(facts: Sequence[Fact], place: int) -> bool:
    """Whether a title or a given name stands before."""
    before = facts[place - 1] if place else None
    given = before is not None and before.listed in "gb" and before.shape == "Xx"
    return given or _word(facts, place - 1) in TITLES


def _is_unknown(fact: Fact, before: str, following: str) -> bool:
    """Whether a word that no list knows is a thing: "the autopay", "a Zorrex,"; no "sobczaks"."""
    if fact.listed != "-" or fact.word.endswith("s") or following in OF_A_FAMILY:
        return False
    small = fact.shape == "x" and before in ARTICLES
    sold = fact.shape == "Xx" and before in {"a", "an"} and following in {",", ".", "!", "?", ""}
    return small or sold or (fact.shape == "Xx" and before == "the" and following in GOES_ON)


def _is_plant(facts: Sequence[Fact], place: int, following: str) -> bool:
    """Whether a plant, or the shade that is called after it, is meant."""
    before = _word(facts, place - 1)
    if before in PLANTING or _is_on_a_wall(facts, place, following):
        return True
    if following in BETWEEN and _word(facts, place + 2) in WOODS - PLANTS:
        return True
    listed = before in BETWEEN and _word(facts, place - 2) in PLANTS
    if (listed or before in OF_A_SHADE) and _near(facts, place, OF_PAINT):
        return True
    if following in BETWEEN and facts[place + 2 : place + 3]:
        other = facts[place + 2]
        goes_on = following != "," or _word(facts, place + 3) in BETWEEN
        if goes_on and other.shape == "x" and other.word in PLANTS | SHADES | WOODS:
            return True
    planted = any(fact.word in PLANTING for fact in facts[max(0, place - REACH) : place])
    if planted and (listed or following in BETWEEN):
        return True
    paired = listed or (following in BETWEEN and _word(facts, place + 2) in PLANTS)
    after = next(_after_plants(facts, place), "")
    return after in OF_GARDENS or (paired and after == "for" and _near(facts, place, OF_GARDENS))


def _after_plants(facts: Sequence[Fact], place: int) -> Iterator[str]:
    """Return what follows a list of plants: the seed of "Iris and poppy seed"."""
    words = (fact.word for fact in facts[place : place + REACH])
    return dropwhile(lambda word: word in PLANTS or word in BETWEEN, words)


def _is_on_a_wall(facts: Sequence[Fact], place: int, following: str) -> bool:
    third = _word(facts, place + 3)
    return following in ON and _word(facts, place + 2) == "the" and third in SURFACES


def _near(facts: Sequence[Fact], place: int, words: frozenset[str]) -> bool:
    """Whether one of the words stands a few words before or after."""
    near = facts[max(0, place - REACH) : place + REACH + 1]
    return any(fact.word in words for fact in near)


def _word(facts: Sequence[Fact], place: int) -> str:
    return facts[place].word if 0 <= place < len(facts) else ""
