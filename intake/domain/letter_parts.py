"""What a letter lacks: each function looks for one part, and says why where it is not there. Pure.

The words it looks for are those of plain English, whatever template they were written with.
"""

import re

from intake.domain.letter_draft import LONG_WORD, Draft, fold, substance
from intake.domain.readability import sentences, words

#: How many of an issue's longer words a letter must have, to be about it.
ENOUGH = 0.6
REASON = (
    r"\b(because|since|as a result|our (records|policy)|the (law|policy|reason)|we found|due to)\b"
)
DECIDES = (
    r"\bwe (do not |don.t |did not |have |partly |fully |also |cannot )*"
    r"(uphold|upheld|agree|disagree|accept|accepted|reject|rejected)\b"
    r"|\b(is|are|was|were|been) (not |partly |fully |also )*upheld\b"
    r"|\byou (were|are) (partly )?right\b"
)
ALL = r"\b(all|each|every|both|none|neither) (of )?(the |these |your )?(points?|issues?|of them)\b"
UPHOLDS = (
    r"\bwe (have |partly |fully |also )*(uphold|upheld|agree|accept|accepted)\b"
    r"|(?<!not )\b(partly |fully )?upheld\b|\byou (were|are) (partly )?right\b"
)
REFUSES = r"\b(do|does|did|have|has|is|was|are|were) not\b|\bnot (partly |fully )?upheld|\bdisagree"
REMEDIES = (
    r"\b(apologi[sz]e|compensat\w+|refund\w*|reimburse\w*|pay you|put (this|it|that|things) right"
    r"|we (will|have) (now )?(repair|replac|mend|fix|send|sent|train|chang|correct|reconsider)\w*"
    r")\b"
    r"|\u00a3\s?\d"
)
NOTHING_TO_DO = r"\b(nothing|no)\b.*\b(still|outstanding|more|further|left)\b"
OURS = r"\b(responsib\w+|not ours|up to us)\b"
FEWEST_WORDS = 3
ANSWER = 12


def lacks_reference(draft: Draft) -> str:
    """Find the reference."""
    return "" if draft.reference in draft.text else f"expected {draft.reference}"


def lacks_stage_1(draft: Draft) -> str:
    """Find that it is about stage 1."""
    return _unless(draft.says(r"\b(stage (1|one)|first stage)\b"), "say that it is at stage 1")


def lacks_stage_2(draft: Draft) -> str:
    """Find that it is about stage 2."""
    return _unless(draft.says(r"\b(stage (2|two)|second stage)\b"), "say that it is at stage 2")


def lacks_issues(draft: Draft) -> str:
    """Find each issue of the complaint."""
    missing = [n for n, issue in enumerate(draft.issues, 1) if not _speaks_of(draft, issue)]
    if missing:
        return f"it does not speak of {_points(missing)}"
    return _unless(bool(draft.issues), "the complaint has not been defined")


def lacks_outcome(draft: Draft) -> str:
    """Find what the resident wants."""
    return _unless(
        bool(draft.outcome.strip()) and _speaks_of(draft, draft.outcome),
        "say what the resident would like us to do",
    )


def lacks_responsibility(draft: Draft) -> str:
    """Find what is the landlord's to put right, and what is not."""
    return _unless(draft.says(OURS), "say what is ours to look into, and what is not")


def lacks_day_of_answer(draft: Draft) -> str:
    """Find a day to come by which the answer is promised."""
    promised = [d for d in draft.dates if d.day >= draft.on and re.search(PROMISES, d.sentence)]
    return _unless(bool(promised), "name the day by which we answer")


#: Words with which a day is promised.
PROMISES = r"\b(by|before|until|on or before|no later than|at the latest)\b"


def lacks_reason_for_more_time(draft: Draft) -> str:
    """Find why a response needs longer."""
    below = draft.below(r"\bwhy\b|reason")
    given = substance(below) >= FEWEST_WORDS or _has_reason(draft.sentences)
    return _unless(given, "say why")


def lacks_new_day(draft: Draft) -> str:
    """Find a day later than the one that is put off."""
    after = draft.original or draft.on
    later = [found for found in draft.dates if found.day > after]
    return _unless(bool(later), f"name a day after {after:%-d %B %Y}")


def lacks_decision(draft: Draft) -> str:
    """Find a decision on each issue."""
    found = sum(len(re.findall(DECIDES, sentence)) > 0 for sentence in draft.sentences)
    if found >= max(1, len(draft.issues)) or (found and draft.says(ALL)):
        return ""
    return f"{found} of {len(draft.issues) or 1} points are decided"


def lacks_reasons(draft: Draft) -> str:
    """Find reasons beside each decision."""
    decided, bare = 0, []
    for section in draft.sections:
        told = [s.casefold() for line in draft.own(section) for s in sentences(line)]
        places = [n for n, sentence in enumerate(told) if re.search(DECIDES, sentence)]
        for at, until in zip(places, [*places, len(told)][1:], strict=True):
            decided += 1
            before = told[max(0, at - 1) : at]
            after = "\n".join(told[at + 1 : until])
            if not (_has_reason([*before, told[at]]) or substance(after) >= FEWEST_WORDS):
                bare.append(decided)
    if bare:
        return f"{_points(bare)} {'has' if len(bare) == 1 else 'have'} no reasons"
    return _unless(bool(decided), "say why, with the policy or law")


def lacks_apology(draft: Draft) -> str:
    """Find an apology, where something is upheld."""
    sorry = draft.says(r"\b(sorry|apologi[sz]e|apology|apologies)\b")
    return _unless(sorry or not _upholds(draft), "something is upheld: say sorry")


def lacks_remedy(draft: Draft) -> str:
    """Find what puts things right, or that there is nothing to put right."""
    below = draft.below(r"put(ting)? (things|it|this|that) right|remed|redress")
    nothing = re.search(r"\b(nothing|no)\b.*\bright\b", below.casefold())
    if _upholds(draft) and nothing:
        return "something is upheld, and it says that there is nothing to put right"
    given = substance(below) > 0 or draft.says(REMEDIES)
    return _unless(given or not _upholds(draft), "say how we put it right")


def lacks_actions(draft: Draft) -> str:
    """Find what is still to be done, or that there is nothing."""
    below = draft.below(_ACTIONS)
    told = draft.says(NOTHING_TO_DO) or draft.says(r"\bwe will\b.*\b20\d\d\b")
    return _unless(substance(below) > 0 or told, "say what is outstanding, or that nothing is")


def lacks_days_of_actions(draft: Draft) -> str:
    """Find a day for each thing that is still to be done."""
    days = [found.sentence for found in draft.dates]
    lines = [line for line in draft.below(_ACTIONS).splitlines() if line.lstrip()[0] in "-*\u2022"]
    bare = [n for n, line in enumerate(lines, 1) if not _names_a_day(line, days)]
    return f"{_points(bare)} of what is outstanding says no day" if bare else ""


def lacks_escalation(draft: Draft) -> str:
    """Find how to ask for stage 2."""
    asks = r"(?=.*\b(ask|request|tell|want|go)\b)(?=.*\b(stage (2|two)|second stage|review)\b)"
    return _unless(draft.says(asks), "say how to ask for stage 2")


def lacks_last_word(draft: Draft) -> str:
    """Find that there is no further stage."""
    last = r"\bfinal (word|response|decision|answer)\b|\bno (further|other|third) stage\b"
    return _unless(draft.says(last), "say that our procedure ends with it")


def lacks_way_out(draft: Draft) -> str:
    """Find that the resident can take it to the ombudsman."""
    goes = r"(?=.*\bombudsman\b)(?=.*\b(take|refer|bring|complain|challenge|look at)\b)"
    return _unless(draft.says(goes), "say that it can be taken to the Ombudsman")


def lacks_ombudsman(draft: Draft) -> str:
    """Find the ombudsman and one way to reach it that holds on the day."""
    contact = draft.contact
    if contact is None:
        return "no contact of the Ombudsman is known"
    text = " ".join(draft.text.split()).casefold()
    if contact.name.casefold() not in text and "ombudsman" not in text:
        return f"name the {contact.name}"
    digits = re.sub(r"\D", "", text)
    phone = re.sub(r"\D", "", contact.phone)
    others = (contact.web, contact.email, contact.post)
    reached = (phone and phone in digits) or any(w and w.casefold() in text for w in others)
    return _unless(bool(reached), f"say how: telephone {contact.phone}, or {contact.web}")


def lacks_refusal(draft: Draft) -> str:
    """Find that the complaint, or the escalation, is not taken."""
    refuses = (
        r"\b(not to|do not|will not|cannot|decided against|refuse\w*)\b.*\b(complaint|stage 2)\b"
    )
    return _unless(draft.says(refuses), "say that we do not take it on")


def lacks_grounds(draft: Draft) -> str:
    """Find the reasons of a refusal, beyond its ground."""
    below = draft.below(r"\bwhy\b|reason")
    told = [s for s in sentences(below) if substance(s) >= FEWEST_WORDS]
    return _unless(len(told) > 1 or _has_reason(draft.sentences), "explain it in words")


def lacks_answer(draft: Draft) -> str:
    """Find an answer in words of staff."""
    below = draft.below(r"\banswer\b|\breply\b|changed")
    return _unless(substance(below) >= FEWEST_WORDS, "write the answer")


def lacks_copied(draft: Draft) -> str:
    """Find the letter of which it is a copy."""
    below = draft.below(r"\bletter\b|\bcopy\b")
    return _unless(substance(below) >= FEWEST_WORDS, "leave the letter in it")


def lacks_papers(draft: Draft) -> str:
    """Find what is enclosed."""
    return _unless(substance(draft.below(r"\bsend|enclos|papers|documents")) > 0, "list the papers")


def lacks_thanks(draft: Draft) -> str:
    """Find thanks."""
    return _unless(draft.says(r"\bthank"), "thank the writer")


def lacks_telling(draft: Draft) -> str:
    """Find that somebody was told."""
    told = r"\b(told|passed|shared|sent)\b"
    return _unless(draft.says(told), "say who was told")


def lacks_ways_to_complain(draft: Draft) -> str:
    """Find how to complain."""
    tells = r"(?=.*\b(tell|ring|write|call|email|e-mail|answer)\b)(?=.*\b(us|staff)\b)"
    return _unless(draft.says(tells) and draft.says(r"\bcomplain"), "say how to complain")


_ACTIONS = r"\bstill (have|need)|outstanding|actions?\b|what we will do"


def _unless(there: bool, why: str) -> str:  # noqa: FBT001 - what it is about
    return "" if there else why


def _speaks_of(draft: Draft, issue: str) -> bool:
    text = fold(draft.text)
    long = {word.casefold() for word in words(issue) if len(word) >= LONG_WORD}
    if not long or fold(issue) in text:
        return fold(issue) in text
    there = {word.casefold() for word in words(text)}
    return len(long & there) >= ENOUGH * len(long)


def _has_reason(told: "tuple[str, ...] | list[str]") -> bool:
    return any(re.search(REASON, s) and len(words(s)) > FEWEST_WORDS for s in told)


def _upholds(draft: Draft) -> bool:
    return any(
        re.search(UPHOLDS, sentence) and not re.search(REFUSES, sentence)
        for sentence in draft.sentences
    )


def _names_a_day(line: str, days: list[str]) -> bool:
    folded = line.casefold()
    return any(day in folded for day in days)


def _points(numbers: list[int]) -> str:
    *first, last = map(str, numbers)
    return f"points {', '.join(first)} and {last}" if first else f"point {last}"
