"""What `heard case` says of the people around a case, their letters and their needs."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.commands.record_words import clock_title

Facts = Mapping[str, Any]


def people_lines(case: Facts) -> Iterator[str]:
    """Return a line for each fact around a case."""
    yield from _who(case)
    for letter in case["correspondence"]:
        yield from _letter(letter)
    for claim in case["proceedings"]:
        yield (
            f"Claim {claim['claim']}, filed {claim['filed']}: {len(claim['stopped'])} issue(s) "
            f"stop. Decided by {claim['decider']}. {claim['reasons']}"
        )
    for referral in case["referrals"]:
        yield f"Referred to {referral['contact']}. {referral['matter']}"
    for one in case["adjustments"]:
        yield f"Adjustment {_plain(one['need'])}, review {one['review']}: {one['purpose']}"
    for breach in case["breaches"]:
        decided = breach["decided"] or f"to be decided by {breach['report_by']}"
        rule = breach["rule"]
        yield f"Possible breach of personal data ({rule}): {_plain(decided)}. {breach['reasons']}"


def _who(case: Facts) -> Iterator[str]:
    acts = case["representation"]
    if acts:
        yield (
            f"Acted for by {_plain(acts['capacity'])}, authority {_plain(acts['authority'])}: "
            f"replies go to {_plain(acts['replies'])}, {acts['why']}"
        )
    elif case["written_for_somebody_else"]:
        yield "Written for somebody else: no authority asked for yet; replies go to the resident"
    if case["contact"]:
        where = case["contact"]["address"] or "nobody"
        yield f"Letters go to {where}: {case['contact']['why']}"
    for member in case["group"]:
        role = "lead contact" if member["lead"] else "member"
        copied = f", had a copy {member['copied']}" if member["copied"] else ""
        own = f", alone in {member['own_case']}" if member["own_case"] else ""
        yield f"Group: {member['name']}, {role}{copied}{own}"
    if case["standing"]:
        check = case["standing"]
        found = f"{_plain(check['relation'])}, {_plain(check['standing'])}"
        yield f"Who complains: {found}: {check['why']}"


def _letter(letter: Facts) -> Iterator[str]:
    done = f"answered {letter['answered']}" if letter["answered"] else "not answered yet"
    yield f"Letter from {_plain(letter['from'])}, received {letter['received']}: {done}"
    for clock in letter["clocks"]:
        days = [day for day in (clock["target"], clock["code"]) if day]
        unsure = " Its source is not certain." if letter["evidence"] in {"C", "K"} else ""
        told = " and ".join(dict.fromkeys(days))
        yield f"  {clock_title(clock['clock'])} by {told}: {clock['why']}{unsure}"


def _plain(name: str) -> str:
    return name.replace("_", " ")
