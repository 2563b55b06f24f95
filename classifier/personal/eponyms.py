"""Find what is called after people and is none: "the Harrison drape track", "Storm Ffion"."""

from collections.abc import Iterator
from pathlib import Path

from classifier.personal.features import GREETINGS, KIN, ROLES, TITLES
from classifier.personal.reading import ANYBODY, NEVER
from classifier.personal.words import Words, word_set

OUR_NOUNS = Path(__file__).with_name("nouns.txt")
#: What stands before a thing and not before somebody: "every Harvey water softener".
DETERMINERS = word_set("the a an this that these those every each another any")
#: What stands before somebody who goes on in the next words: "tell Kelly bags are out".
ADDRESSED = (
    GREETINGS
    | TITLES
    | KIN
    | ROLES
    | word_set("""
    tell told telling ask asked asking give gave giving given show showed let lets send sent sending
    thanks thank cheers ta bless hope hopefully sorry please pls with by from for to and or & my
    his her their is was has does did can could will would should when if because so but that
    says said bring brought owe owes lend lent get got gets made makes make @ miss saw see seen
    """)
)
#: What ends the one word that a service makes of two: "StreetLink".
ENDS_OF_SERVICES = word_set("""
    aid bank bin bins bot box call care cash check choice club connect deal desk fit fix flex
    force hub home homes heat key keys lab lease let lets life line link list loop mail map mate
    meter move net nest pad pal pass path pay plan plus point pod port post press pro rent
    repair repairs ride safe serve share shield shop shops sign space spot start store swap
    switch talk tap task tech time track trade train view wash watch water wave way web wise
    work works world zone book tube gram chat cam app apps doc docs drive cloud cast scape grid
    light power star
""")
#: Several places or trades that are named together: "Ashton, Denton and Hyde offices".
TOGETHER = word_set("""
    offices branches trades teams wards estates sites hubs stations lines routes schools surgeries
    stores depots clinics libraries parishes villages towns boroughs districts neighbourhoods
    regions centres halls suites buildings towers junctions varieties flavours
""")
OPENERS = NEVER | ANYBODY | DETERMINERS
BETWEEN = word_set(", and or & /")
STORM = word_set("storm hurricane typhoon")
#: What stands before a storm, and before nobody whose given name is Storm.
SINCE = word_set("after during since by in from before when until of this that the and or")
MOST_CAPITALS, MOST_PLAIN, FEWEST_LETTERS = 3, 2, 3


class Nouns:
    """The words for what is made, sold or visited: with a name before them they are a thing."""

    def __init__(self, path: Path = OUR_NOUNS) -> None:
        lists: dict[str, set[str]] = {}
        words: set[str] = set()
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(" "):
                words.update(line.split())
            elif line and not line.startswith("#"):
                words = lists.setdefault(line, set())
        #: After an article and a name.
        self.any = frozenset().union(*lists.values())
        #: After a name alone: nobody's name goes on so.
        self.sold = frozenset(lists["sold"])
        #: After "Patel's" as well, and with a capital: "Kowalski Deli".
        self.shops = frozenset(lists["shops"])


NOUNS = Nouns()


def find_eponyms(words: Words) -> Iterator[tuple[int, int]]:
    """Return where things stand that are called after people."""
    place = 0
    while place < len(words):
        runs = list(_list_of_capitals(words, place))
        end = runs[-1][1] if runs else place
        closed = len(runs) > 1 and end < len(words) and words.forms[end] in TOGETHER
        for first, last in runs:
            begin = _past_openers(words, first, last)
            if closed or _is_thing(words, begin, last) or _is_service(words.forms[begin]):
                yield words.starts[begin], words.ends[last - 1]
        place = max(end, place + 1)


def _list_of_capitals(words: Words, place: int) -> Iterator[tuple[int, int]]:
    """Return the runs of capitals that begin at a place and follow one another in a list."""
    first, end = place, _end_of_capitals(words, place)
    while end > first:
        yield first, end
        if end + 1 >= len(words) or words.lower[end] not in BETWEEN:
            return
        first = end + 1 + (words.lower[end + 1] in BETWEEN)
        end = _end_of_capitals(words, first)


def _past_openers(words: Words, first: int, end: int) -> int:
    """Return where a run begins without what opens a sentence: "After Storm Ffion"."""
    while first < end - 1 and words.lower[first] in OPENERS:
        first += 1
    return first


def _is_thing(words: Words, first: int, end: int) -> bool:
    """Whether what follows a run of capitals, or stands before it, makes a thing of it."""
    before = words.lower[first - 1] if first else ""
    if words.lower[first] in STORM:
        return before in SINCE
    if any(words.lower[each] in TITLES for each in range(first, end)):
        return False
    owned = words.lower[end : end + 1] == ["'s"]
    following = _following(words, end + owned)
    if owned or words.lower[end - 1] in NOUNS.shops:
        shops = (word.lower() in NOUNS.shops for word in following)
        return any(shops) if owned else end - first > 1
    if before in DETERMINERS:
        last = [words.lower[end - 1]] if end - first > 1 else []
        return any(word in NOUNS.any for word in [*following, *last])
    return before not in ADDRESSED and bool(following) and following[0] in NOUNS.sold


def _following(words: Words, end: int) -> list[str]:
    """Return the words that follow without a mark between."""
    last = end
    while last < min(len(words), end + MOST_PLAIN) and words.forms[last].isalpha():
        if words.text[words.ends[last - 1] : words.starts[last]] != " ":
            break
        last += 1
    return list(words.forms[end:last])


def _end_of_capitals(words: Words, place: int) -> int:
    """Return where a run of words with capitals ends: `place` where there is none."""
    end = place
    while end < len(words) and end - place < MOST_CAPITALS and _is_written(words.forms[end]):
        if end > place and words.text[words.ends[end - 1] : words.starts[end]] != " ":
            break
        end += 1
    return end


def _is_written(form: str) -> bool:
    return form[0].isupper() and not form.isupper()


def _is_service(form: str) -> bool:
    """Whether one word with a capital inside ends as services do: "StreetLink"."""
    inner = max((at for at, letter in enumerate(form) if letter.isupper()), default=0)
    return inner >= FEWEST_LETTERS and form[inner:].lower() in ENDS_OF_SERVICES
