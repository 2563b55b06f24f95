"""A text as the name rules read it, and the words that are seldom or never a name."""

from collections.abc import Sequence
from dataclasses import dataclass

from classifier.personal.features import USUAL, Fact
from classifier.personal.found import HIDDEN
from classifier.personal.nature import speaks_of_nature
from classifier.personal.nobody import is_nobody
from classifier.personal.words import Words, word_set

#: Words that follow a greeting or a thanks and are nobody's name.
ANYBODY = word_set("""
    all team there sir madam guys everyone everybody folks hun hon love mate mates both again
    lads ladies gents gentlemen friends people anyone anybody somebody someone so very much
    for you u a the to in of on at and or is it its i im we my your our from with this that
    what who please pls any just can could will would how has have babe darling pal bro
    tenants residents neighbours landlord council housing repairs x xx xxx
""")
#: Words that are never a name, whatever stands around them.
NEVER = word_set("""
    i we you he she it they me him her us them my your his our their its this that these those
    there here what when where who which how why a an the and but or if so not no yes never
    none nothing nobody only also just then than is are was were be been am do does did has
    have had could would should shall must might cannot very more most less all any some every
    each both other another such same too again still yet already perhaps maybe please thanks
    thank hello hi dear regards sorry to of in on at by for from with about into over after
    before since until because while during today tomorrow yesterday tonight now soon later re
    ps nb tenant tenants resident residents landlord customer neighbour neighbours council
    as specialist practitioner visitor carer caller guest x xx u r n sort put tell get got let
    ask ring call give take make need
    want try stop come go went said says told everybody somebody anybody everyone someone
    hullo wha grr ugh argh aargh hmm yep yup nope ooh ahh tsk
    crypto bounceback exch e-mail downstairs upstairs pronounced
    anyone birthdate birthday nino iban dob side min mins age tho ye
""")
DATES = word_set("""
    january february march april may june july august september october november december jan
    feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday
    saturday sunday mon tue tues wed weds thu thur thurs fri sat sun easter christmas xmas
    summer winter spring autumn
""")
IN_DATES = word_set("""
    in since until till by last next this early late mid of before after end during every past
    st nd rd th
""")
AFTER_DATES = word_set("onwards onward")
#: What stands before a day and never before a person: "on a Sunday".
ONE_OF = word_set("a each one any")
#: What stands before a month and before a person: "from May", "and May".
BESIDE_DATES = word_set("from on all and or to through for it is its")
#: What announces a number and is a name elsewhere: "reg AB12 CDE", "van, AB12 CDE".
LABELS = word_set("""
    reg van sort mob tel insta snap ni plate visa card acc car merc mini golf polo account sc ref
    max bsky threads signal telegram
""")
AFTER_LABELS = word_set(
    "is was no num number plate plates of ending code with blocking parked starts begins reads"
    " : . # £"
)
#: A name on the lists, no word of English, and so long (small, or with a
#: capital), is one whatever stands around it.
LONG_NAME, WRITTEN_NAME = 5, 3
#: How likely a word must be a name to be taken for one: an ordinary word, a place or month that
#: is a name as well, a day or a place that is none, and a word in small letters that no list knows.
ORDINARY, PLACE, DATED, KEPT, UNKNOWN, IMPOSSIBLE = 0.18, 0.5, 0.5, 0.97, 0.1, 2.0


@dataclass(frozen=True)
class Reading:
    """A text as words, what is known of them, and which of them are no names."""

    words: Words
    facts: Sequence[Fact]
    modes: Sequence[str]
    #: Words that belong to an address, a link, a block: never a name.
    barred: Sequence[bool]

    def __len__(self) -> int:
        return len(self.words)

    def word(self, place: int) -> str:
        """Return a word in small letters, or nothing beyond the text."""
        return self.words.lower[place] if 0 <= place < len(self.words) else ""

    def gap(self, place: int) -> str:
        """Return what stands between a word and the one before it."""
        return self.words.text[self.words.ends[place - 1] : self.words.starts[place]]

    def capital(self, place: int) -> bool:
        """Whether a word has a capital that says something: not in a line of capitals."""
        return self.modes[place] == USUAL and self.words.forms[place][0].isupper()

    def opens(self, place: int) -> bool:
        """Whether a sentence or line begins with a word."""
        return place == 0 or self.words.forms[place - 1] in '\n.!?:-"'

    def unusual(self, place: int) -> bool:
        """Whether a word may be a name: listed, unknown, or with a capital that says something."""
        fact = self.facts[place]
        if fact.sort in "np" or self.barred[place] or fact.word in ANYBODY:
            return False
        return (
            fact.sort == "u" or fact.listed in "gbf" or (self.capital(place) and fact.sort != "M")
        )

    def follows_name(self, place: int) -> bool:
        """Whether a word may go on or begin a name that a title or a closing announces."""
        if place >= len(self):
            return False
        fact = self.facts[place]
        if fact.sort in "KRDGCM" and fact.listed == "-":
            return False
        return self.unusual(place) or (fact.shape == "I" and fact.word not in "ia")

    def is_date(self, place: int) -> bool:
        """Whether a month, a day or a season is meant: "2 Jan", "in May", "May and June"."""
        if self.word(place) not in DATES:
            return all(part.removesuffix("s") in DATES for part in self.word(place).split("-"))
        if self.has_family(place):
            return False
        before, after = self.word(place - 1), self.word(place + 1)
        if before in ONE_OF and self.word(place).endswith("day"):
            return True
        if (before in {",", "and", "or", "to"} and self.word(place - 2) in DATES) or (
            after in {",", "and", "or", "to"} and self.word(place + 2) in DATES
        ):
            return True
        too = after == "too" and self.word(place + 2) in {"early", "late", "soon"}
        if before in IN_DATES or after in AFTER_DATES or too or before in DATES:
            return True
        return before.isdigit() or after.isdigit()

    def has_family(self, place: int) -> bool:
        """Whether a family's name follows, which is no word: "May Okafor"."""
        following = place + 1
        if following >= len(self) or self.barred[following]:
            return False
        fact = self.facts[following]
        return fact.sort == "u" and fact.listed in "fb-" and fact.shape in {"Xx", "XX"}

    def is_label(self, place: int) -> bool:
        """Whether a word only announces the number that follows."""
        following = place + 1
        return self.word(place) in LABELS and (
            self.word(following) in AFTER_LABELS
            or self.word(following).startswith(HIDDEN)
            or (following < len(self) and self.barred[following])
        )

    def is_glued(self, place: int) -> bool:
        """Whether a word is glued to a figure: "4th", "E470"."""
        before, after = self.word(place - 1), self.word(place + 1)
        return (before.isdigit() and not self.gap(place)) or (
            after.isdigit() and not self.gap(place + 1)
        )

    def is_given(self, place: int) -> bool:
        """Whether a word is a name on a list and nothing else, so that no context is needed."""
        fact = self.facts[place]
        written = fact.shape == "Xx" and self.modes[place] == USUAL
        long = len(fact.word) >= (WRITTEN_NAME if written else LONG_NAME)
        listed = fact.listed in ("gbf" if written else "gb")
        known = fact.sort == "u" and listed and long
        return known and self.needed(place) < IMPOSSIBLE

    def needed(self, place: int) -> float:
        """Return how likely a word must be a name to be one: the more ordinary, the more."""
        fact = self.facts[place]
        if self._is_none(place):
            return IMPOSSIBLE
        if fact.sort == "u":
            return 0.0 if fact.listed != "-" or fact.shape != "x" else UNKNOWN
        kept = fact.word.endswith("day") or (fact.sort == "M" and fact.listed == "-")
        if kept and not self.has_family(place):
            return KEPT
        if fact.word in DATES and self.word(place - 1) in BESIDE_DATES:
            return DATED
        return PLACE if fact.sort == "M" and not self.opens(place) else ORDINARY

    def _is_none(self, place: int) -> bool:
        """Whether a word cannot be a name here."""
        fact = self.facts[place]
        if fact.sort in "np" or fact.word.split("'")[0] in NEVER or fact.shape == "i":
            return True
        if (
            fact.word.startswith("non-")
            or self.barred[place]
            or self.is_glued(place)
            or self.is_label(place)
        ):
            return True
        following = [self.word(place + step) for step in (1, 2, 3)]
        if speaks_of_nature(fact.word, following) or is_nobody(self.facts, place):
            return True
        plain = fact.listed == "-" and fact.sort != "u"
        return self.is_date(place) or (plain and (self.opens(place) or not self.capital(place)))
