"""What `heard case` says of the outcomes around a case."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.commands.record_words import person

Facts = Mapping[str, Any]


def outcome_lines(case: Facts) -> Iterator[str]:
    """Return a line for each thing on record around a case, with by whom, when and why."""
    yield from _decided(case)
    for issue in case["new_issues"]:
        became = f"opened {issue['opened']}" if issue["opened"] else "joined"
        ground = issue["ground"].replace("_", " ")
        yield f"New issue of {issue['raised_on']}, {became}: {ground}. {issue['words']}{_by(issue)}"
    settled = case["settled_at_first_contact"]
    if settled:
        agreed = f"{settled['agreed']} The resident agreed: {settled['consent']}"
        yield f"Settled at first contact: {agreed}{_by(settled)}"
    for money in case["money"]:
        yield from _money(money)
    for each in case["exclusions_considered"]:
        came = each["weighed"].replace("_", " ")
        yield f"Exclusion considered, {came}: {each['exclusion']} {each['reasons']}{_by(each)}"
    for lesson in case["lessons"]:
        due = f", by {lesson['due']}" if lesson["due"] else ""
        theme = lesson["theme"].replace("_", " ")
        yield f"Lesson ({theme}): {lesson['change']} {lesson['owner']}{due}{_by(lesson)}"
    for support in case["support"]:
        said = (support["answer"] or "awaits an answer").replace("_", " ")
        help_ = support["help"].replace("_", " ")
        yield f"Support offered ({help_}): {support['how']} Answer: {said}{_by(support)}"
    for limit in case["restrictions"]:
        yield from _restriction(limit)


def _decided(case: Facts) -> Iterator[str]:
    for more in case["extensions"]:
        said = (more["agreed"] or "not asked").replace("_", " ")
        good = f" Good reason: {more['good_reason']}." if more["good_reason"] else ""
        agreed = f"Resident's agreement: {said}.{good}"
        yield f"Extension to {more['until']}: {more['reason']}. {agreed}"
    for response in case["response_parts"]:
        for part, words in response["parts"].items():
            yield f"Stage {response['stage']}, {part.replace('_', ' ')}: {words}"
        if response["missing"]:
            missing = ", ".join(response["missing"]).replace("_", " ")
            yield f"Stage {response['stage']} lacks: {missing}"
    for action in case["actions"]:
        done = f"done {action['done']}: {action['evidence']}" if action["done"] else "not done"
        yield f"Promised: {action['what']}; {action['owner']}; {action['due']}; {done}"


def _money(money: Facts) -> Iterator[str]:
    what = f"£{money['amount']} {money['redress'].replace('_', ' ')}"
    stands = f"awaits {' or '.join(money['authorisers'])}"
    if money["approved_at"]:
        stands = f"approved by {person(money['approved_by'])} on {money['approved_at'][:10]}"
    if money["reply"]:
        stands += f", {money['reply']} on {money['replied_on']}"
    elif money["open_until"]:
        stands += f", open until {money['open_until']}"
    if money["paid_on"]:
        stands += f", paid {money['paid_on']}, £{money['credited']} of it set against arrears"
    elif money["pay_by"]:
        stands += f", to be paid by {money['pay_by']}"
    yield f"Money: {what} for: {money['impact']} {stands}{_by(money)}"


def _restriction(limit: Facts) -> Iterator[str]:
    stands = f"reviewed on {limit['review_on']}"
    if limit["ended_at"]:
        stands = f"ended {limit['ended_at'][:10]}: {limit['ended_why']}"
    yield f"Restriction ({limit['limit'].replace('_', ' ')}), {stands}: {limit['details']}"
    yield f"  Reason: {limit['reason']}"
    yield f"  Tried before: {limit['tried']}"
    yield f"  Adjustments considered: {limit['adjustments']} Decided by {limit['decider']}"


def _by(facts: Facts) -> str:
    return f" ({person(facts['by'])}, {facts['at'][:10]})"
