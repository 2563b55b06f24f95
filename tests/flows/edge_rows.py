"""The words of the reference's edge cases, and what its table asks to be proposed for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from classifier.judge import load_judge
from classifier.labels import Assessment, Flag, Hazard, Judge, Label, Text

TWEET = "Third week no boiler @landlord, pathetic, flat 12 Mill Court"
GUTTER = "The gutter over my door leaks. Please mend it."
CHASER = "Any news on my gutter? Reported in March, twice told Friday"
NEUTRAL = "Any date yet for my gutter?"
MIXED = "Dave was brilliant, but it took four visits and nobody rang"
DAUGHTER = "My mother has waited since October for her heating."
RUDE = "Also, the contractor you sent on Tuesday was rude to me."
RENT = "And my rent is wrong again, you have charged me twice."
UNHAPPY = "Whatever. Not happy."
CLAIM = (
    "Letter of claim. We act for your tenant. Her home is damp and she claims damages under the "
    "Pre-Action Protocol for Housing Conditions Claims."
)
LEAK = (
    "There was a leak from the flat above 14 months ago. I only learned last month that it caused "
    "the mould in my bedroom, and the mould is there today."
)
SURVEY = "Rubbish service, took months"
MOULDY_SURVEY = "Rubbish service, took months, and there is mould in the bedroom."
MP = "my constituent is at the end of her tether over damp"
MPS_LETTER = (
    "My constituent is at the end of her tether over damp. She writes to me: “I have reported it "
    "four times since May and nobody has come.” Please reply to me by 8 January.\n\nJane Roe MP"
)
ENQUIRY = "When are the bins at Mill Court emptied in the new year?\n\nJane Roe MP"
PARTY = "My neighbour's party went on until four last night."
DIARY = "you never answered my diary sheets"
PETITION = (
    "Petition. We, the 22 residents of Mill Court, are unhappy that the lift has been out of "
    "order for six weeks. Signed by 22 residents."
)
EX = "You sent my file to my ex"
CARE = (
    "The fees for my mother's care home went up without a word, and the lift in our block needs "
    "repair and nobody comes."
)
SARCASM = "lovely, another week of mould, cheers"
THREAT = "Fix the bloody mould or I will come and break your windows."


@dataclass(frozen=True, kw_only=True)
class Demand:
    """What the table asks to be read in some words: all of these, and none of the others."""

    words: str
    labels: frozenset[Label] = frozenset()
    flags: frozenset[Flag] = frozenset()
    hazards: frozenset[Hazard] = frozenset()
    never: frozenset[Label | Flag] = frozenset()
    channel: str = "email"


REQUEST, GRIEVANCE = frozenset({Label.SERVICE_REQUEST}), frozenset({Label.COMPLAINT})
DAMP = frozenset({Hazard.DAMP_MOULD})
ASB, MP_FLAG = frozenset({Flag.ASB}), frozenset({Flag.MP_COUNCILLOR})
#: By the row of the table, and what of it.
DEMANDS = {
    "1 the tweet": Demand(
        words=TWEET,
        labels=GRIEVANCE,
        hazards=frozenset({Hazard.EXCESS_COLD}),
        flags=frozenset({Flag.EMERGENCY}),
        channel="social",
    ),
    "2 the chaser": Demand(words=CHASER, labels=GRIEVANCE),
    "2 the neutral chaser": Demand(words=NEUTRAL, labels=REQUEST, never=GRIEVANCE),
    "3 praise and complaint": Demand(words=MIXED, labels=GRIEVANCE | {Label.COMPLIMENT}),
    "4 the daughter": Demand(
        words=DAUGHTER, labels=GRIEVANCE, flags=frozenset({Flag.REPRESENTATIVE}), channel="form"
    ),
    "5 the rude contractor": Demand(words=RUDE, labels=GRIEVANCE),
    "5 the rent": Demand(words=RENT, labels=GRIEVANCE),
    "6 not happy": Demand(words=UNHAPPY, labels=GRIEVANCE),
    "7 the letter of claim": Demand(words=CLAIM, flags=frozenset({Flag.LEGAL_CLAIM}), hazards=DAMP),
    "8 the old leak": Demand(words=LEAK, labels=GRIEVANCE, hazards=DAMP),
    "9 the survey": Demand(words=SURVEY, never=frozenset({Label.COMPLIMENT}), channel="survey"),
    "9 mould in the survey": Demand(words=MOULDY_SURVEY, hazards=DAMP, channel="survey"),
    "10 the MP's words alone": Demand(words=MP, labels=GRIEVANCE, flags=MP_FLAG, hazards=DAMP),
    "10 the MP's letter": Demand(words=MPS_LETTER, labels=GRIEVANCE, flags=MP_FLAG, hazards=DAMP),
    "10 a pure enquiry": Demand(words=ENQUIRY, flags=MP_FLAG, never=GRIEVANCE),
    "ASB report": Demand(
        words=PARTY, labels=REQUEST, flags=ASB, never=GRIEVANCE | {Flag.EMERGENCY}
    ),
    "ASB report in two words": Demand(words="neighbour's party", labels=REQUEST, flags=ASB),
    "ASB handling": Demand(words=DIARY, labels=GRIEVANCE),
    "Petition": Demand(words=PETITION, labels=GRIEVANCE),
    "Personal data": Demand(words=EX, labels=GRIEVANCE),
    "Care home and lift": Demand(words=CARE, labels=GRIEVANCE | REQUEST),
    "Care home and lift by the form": Demand(
        words=CARE, labels=GRIEVANCE | REQUEST, channel="form"
    ),
    "Sarcasm": Demand(words=SARCASM, labels=GRIEVANCE, hazards=DAMP, channel="social"),
    "Threat": Demand(words=THREAT, labels=GRIEVANCE, hazards=DAMP, channel="social"),
}


@cache
def shipped() -> Judge:
    """Return the judge that `make model` makes and the product ships with."""
    return load_judge()


def reads(texts: Sequence[Text]) -> list[Assessment]:
    """Read as the product reads."""
    return shipped()(texts)
