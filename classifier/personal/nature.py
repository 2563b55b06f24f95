"""Plants and seasons that are given names as well: what shows that nobody is meant."""

from collections.abc import Sequence

from classifier.personal.words import word_set

PLANTS = word_set("""
    ivy holly heather poppy daisy rose lily jasmine fern hazel rosemary basil iris violet olive
    willow laurel rowan myrtle clover bryony poppies sage marigold primrose saffron bracken juniper
    cherry ash reed heath briar
""")
SEASONS = word_set("summer autumn winter spring")
#: What grows beside them, and is nobody's name.
GROWN = word_set("""
    moss lavender thyme mint brambles bramble nettles weeds dandelions honeysuckle ferns bindweed
    clematis privet thistles grass trees tree bush bushes hedge hedges roots branches berries wreath
    wreaths petals beds leaves vines pots seeds plants chains parsley chives
""")
GROWS = word_set("growing grows grow grown sprouting spreading climbing creeping overgrown")
#: What was done to it, after "was" or "were", alone or of two: "Heather and Hazel were planted".
DONE_TO_PLANTS = word_set("planted replanted pruned uprooted transplanted watered mulched")
WERE = word_set("was were been being is are")
#: What a season has: "Summer hours".
OF_SEASONS = word_set("""
    hours holidays holiday months month term fete fair sale break programme time timetable heat
    sun clothes coat coats fuel weather solstice evening evenings nights days
""")


def speaks_of_nature(word: str, following: Sequence[str]) -> bool:
    """Whether the words after one say that a plant or a season is meant: "Ivy is growing"."""
    first, second, third = following
    if word in SEASONS:
        return first in OF_SEASONS
    if word not in PLANTS:
        return False
    beside = first in {"and", "or", ",", "&"} and second in GROWN
    grows = first in GROWS or second in GROWS
    done = first in WERE and second in DONE_TO_PLANTS
    through = (second, third) in {("coming", "through"), ("pulling", "the"), ("pulling", "off")}
    return first in GROWN or beside or grows or done or through
