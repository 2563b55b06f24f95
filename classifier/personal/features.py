"""What the name tagger looks at: of each word its lists and shape, and the words around it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from classifier.personal.lexicon import Lexicon, plain
from classifier.personal.words import Words, word_set

TITLES = word_set("""
    mr mrs ms miss mx dr prof professor rev reverend sir dame lord lady cllr councillor sgt
    sergeant pc wpc pcso dc inspector judge pastor imam father sister nurse doctor master fr
    supt messrs rabbi
""")
KIN = word_set("""
    son daughter mum mom mam dad nan nana nanna nanny gran grandma grandad grandmother
    grandfather granddaughter grandson wife husband partner baby boy girl sister brother
    mother father aunt auntie aunty uncle friend mate cousin niece nephew fiance fiancee
    boyfriend girlfriend ex toddler twins twin neighbour neighbor neighbours lodger flatmate
    carer kids kid child children eldest youngest hubby missus stepson stepdaughter bhai baji
    apa bro sis fella lad lass
""")
#: What people call others by, before the name: hidden with it.
HONORIFICS = word_set("""
    auntie aunty aunt uncle chief sheikh shaykh sheik hajji haji hajj alhaji alhaja hajia mummy mama
    papa baba granny nana nanny nan gran grandad grandma mother father sister brother bro sis br sr
    cousin elder deacon bishop evangelist prophet apostle pandit maulana ustad ustadh guru ammi abba
    chacha chachi khala khalu md mohd pan pani pane bac um umm oum abu ibn bint bin senor senora
    senhor herr frau monsieur madame signor signora madam mam mum dad daddy oga canon captain major
    colonel pc nurse carer pa hajja khalto ammo tio tia dona dom oom
""")
ROLES = word_set("""
    officer manager caretaker surveyor engineer plumber electrician contractor operative
    warden receptionist adviser advisor handler agent joiner roofer plasterer decorator
    coordinator supervisor director cleaner concierge gardener foreman worker leader
    apprentice inspector assistant technician gasman handyman rep staff solicitor councillor
    mp head chief secretary clerk locksmith carpenter fitter glazier scaffolder assessor
    investigator sparky chippy brickie painter tiler porter janitor paralegal
""")
TEAMS = word_set("""
    repairs complaints lettings income rents asb allocations customer services reception
    office webchat hub maintenance housing tenancy voids team desk department dept centre
    center
""")
GREETINGS = word_set("hi hello hiya hey dear morning afternoon evening alright hya helo")
CLOSINGS = word_set(
    "regards thanks cheers sincerely faithfully wishes ta thx love best yours rgds gratefully truly"
)
GROUPS = ((TITLES, "T"), (KIN, "K"), (ROLES, "R"), (TEAMS, "D"), (GREETINGS, "G"), (CLOSINGS, "C"))
#: What makes another ordinary word of one.
ENDINGS = ("s", "es", "ed", "ing", "er", "ers", "ly", "less", "ness", "ish")
#: What an apostrophe leaves of an ordinary word.
SHORT = frozenset({"d", "ll", "ve", "re", "m", "t", "s"})
SUFFIX = 3
FEWEST_OF_MODE = 3
#: How a line is written as a whole: as usual, all small, all capitals, or Every Word So.
USUAL, SMALL, CAPITALS, TITLED = "n", "l", "U", "T"


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a word by itself."""

    word: str
    #: Its identity as context: itself where it is common, else its class.
    identity: str
    #: w common, r rare, u unknown, M kept, n number, p mark, and the groups above.
    sort: str
    #: g given name, f family name, b both, s one of them with an "s" after it, - none.
    listed: str
    shape: str
    ending: str


EDGE = Fact("", "^", "p", "-", "-", "")


class Facts:
    """Looks words up, each once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._known = lru_cache(maxsize=100_000)(self._look_up)

    def __call__(self, form: str) -> Fact:
        """Return what is known of a word."""
        return self._known(form)

    def unlisted(self, form: str) -> Fact:
        """Return the same as if no list of names held the word: what training must bear."""
        fact = self(form)
        identity = fact.sort if fact.sort == "u" else fact.identity
        return Fact(fact.word, identity, fact.sort, "-", fact.shape, fact.ending)

    def _look_up(self, form: str) -> Fact:
        word = plain(form)
        if not form[0].isalpha():
            return self._mark(form)
        sort, listed = self._sort(word), self._listed(word)
        if sort == "r" and listed in "gfb" and word not in self.lexicon.rare:
            sort = "u"  # "Masons" may be built of a word; on a list of names it is a name
        elif sort in "wr" and listed in "gfb" and not form.isascii():
            sort = "u"  # "Ángel" is no "angel"
        elif sort == "r" and listed == "h":
            listed = "-"
        known = sort in "wTKRDGC" or (sort == "r" and listed == "-")
        identity = word if known else sort + listed
        ending = word[-SUFFIX:] if sort in "urM" else ""
        return Fact(word, identity, sort, listed, _shape(form), ending)

    def _mark(self, form: str) -> Fact:
        if form[0].isdigit():
            return Fact(form, "0" if len(form) <= 4 else "00000", "n", "-", "0", "")  # noqa: PLR2004 - longer than a year
        return Fact(form, form[0], "p", "-", "-", "")

    def _sort(self, word: str) -> str:
        for group, letter in GROUPS:
            if word in group:
                return letter
        lexicon = self.lexicon
        if word in lexicon.kept_words:
            return "M"
        if word in lexicon.common or word.replace("'", "") in lexicon.common:
            return "w"
        if word in lexicon.rare:
            return "r"
        return "r" if self._is_built(word) else "u"

    def _is_plain(self, word: str) -> bool:
        return word in self.lexicon.common or word in self.lexicon.kept_words

    def _is_built(self, word: str) -> bool:
        """Whether it is made of ordinary words: "he'd", "pre-war", "stairlifts", "refelted"."""
        common = self.lexicon.common
        first, *others = word.replace("'", "-").split("-")
        if others:
            return self._is_plain(first) and all(
                self._is_plain(part) or part in SHORT for part in others
            )
        if first.endswith("in") and first + "g" in common:
            return True  # "pointin"
        stems = (word.removesuffix(end) for end in ENDINGS if len(word) > len(end) + 2)
        return any(stem != word and (stem in common or stem + "e" in common) for stem in stems)

    def _listed(self, word: str) -> str:
        given, family = word in self.lexicon.given, word in self.lexicon.family
        if given or family:
            return "b" if given and family else ("g" if given else "f")
        if word.endswith("s") and len(word) > SUFFIX and word[:-1] in self.lexicon.given:
            return "s"
        if "-" in word or "'" in word:
            parts = word.replace("'", "-").split("-")
            if any(part in self.lexicon.given or part in self.lexicon.family for part in parts):
                return "h"
        return "-"


def _shape(form: str) -> str:
    if form.islower():
        return "x" if len(form) > 1 else "i"
    if len(form) == 1:
        return "I"
    if form.isupper():
        return "XX"
    return "Xx" if form[0].isupper() else "xX"


def modes_of(words: Words, facts: Sequence[Fact]) -> list[str]:
    """Return for each word how its line is written."""
    modes: list[str] = []
    line: list[Fact] = []
    for form, fact in zip(words.forms, facts, strict=True):
        line.append(fact)
        if form == "\n":
            modes += [_mode(line)] * len(line)
            line = []
    return modes + [_mode(line)] * len(line)


def _mode(line: Sequence[Fact]) -> str:
    shapes = [fact.shape for fact in line if fact.shape not in "-0iI"]
    if "Xx" not in shapes and "xX" not in shapes and "XX" not in shapes:
        return SMALL
    if len(shapes) < FEWEST_OF_MODE:
        return USUAL
    if shapes.count("XX") * 10 >= len(shapes) * 7:
        return CAPITALS
    if shapes.count("Xx") * 10 >= len(shapes) * 7:
        return TITLED
    return USUAL


def features_of(
    facts: Sequence[Fact], modes: Sequence[str], start: int, end: int
) -> Iterator[list[str]]:
    """Return the features of the words from `start` to `end`, with what stands around them."""
    at = partial(_at, facts)
    for place in range(start, end):
        fact, mode = facts[place], modes[place]
        before2, before, after, after2 = at(place - 2), at(place - 1), at(place + 1), at(place + 2)
        first = before.identity in "^\n.!?"
        kind = fact.sort + fact.listed
        case = f"{mode}{fact.shape}{first:d}"
        cap = f"{mode}{fact.shape}"
        yield [
            "b",
            "k" + kind,
            "c" + case,
            f"kc{kind}{case}",
            f"lc{fact.listed}{cap}",
            "w" + fact.identity,
            "e" + fact.ending,
            "-1" + before.identity,
            "+1" + after.identity,
            "-2" + before2.identity,
            "+2" + after2.identity,
            f"-21{before2.identity}|{before.identity}",
            f"+12{after.identity}|{after2.identity}",
            f"-+{before.identity}|{after.identity}",
            f"-k{before.identity}|{kind}",
            f"+k{after.identity}|{kind}",
            f"-21k{before2.identity}|{before.identity}|{fact.listed}",
            f"-3{at(place - 3).identity}",
            f"-K{before.sort}{before.listed}{before.shape}|{kind}{cap}",
            f"+K{after.sort}{after.listed}{after.shape}|{kind}{cap}",
            f"w+{fact.identity}|{after.identity}",
            f"w-{before.identity}|{fact.identity}",
            f"wc{fact.identity}{cap}",
        ]


def _at(facts: Sequence[Fact], place: int) -> Fact:
    return facts[place] if 0 <= place < len(facts) else EDGE


def may_be_name(fact: Fact, mode: str, before: Fact) -> bool:
    """Whether a word is worth a look: listed, unknown, or with a capital of its own."""
    if fact.sort in "np":
        return False
    if fact.listed != "-" or fact.sort in "urM":
        return True
    return fact.shape in {"Xx", "XX", "xX"} and mode == USUAL and before.identity not in "^\n.!?"
