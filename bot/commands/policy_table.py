"""The landlords' documents beside each other and beside what Heard does, drawn from the packs."""

from collections.abc import Callable, Iterable

from intake.domain.moments import ClockName
from intake.domain.policy import Policy, load_policy
from intake.domain.policy_facts import Feedback, Stage

COLUMNS = ("progress-leaflet", "progress", "older-persons", "housing-plus", "together")
#: What Heard does is what the Code demands, wherever a document demands or grants less.
HEARD = "ombudsman-code"

Cell = Callable[[Policy], str]


def draw_rules_table() -> str:
    """Return the table of rules in Markdown: a row a rule, a column a document, Heard's last."""
    policies = [load_policy(name) for name in (*COLUMNS, HEARD)]
    lines = [_row(["rule", *COLUMNS, "Heard"]), _row(["---"] * (len(policies) + 1))]
    for title, cell in _rows():
        cells = [cell(policy) or "-" for policy in policies]
        lines.append(_row([title, *cells]))
    return "\n".join(lines)


def _rows() -> Iterable[tuple[str, Cell]]:
    yield "ways to complain", lambda policy: _list(policy.channels.complaints)
    yield "kinds of feedback", lambda policy: _list(policy.definitions.classes)
    yield "a complaint needs", _needs
    for name in ClockName:
        if not name.startswith("hazard"):
            yield name.replace("_", " "), _clock(name)
    yield "answer to an enquiry of an MP", _enquiry
    yield "stage 1 extension", lambda policy: _extension(policy.stage_1)
    yield "stage 2 extension", lambda policy: _extension(policy.stage_2)
    yield "steps beside the stages", _extra
    yield "settled at first contact", lambda policy: _said(policy.first_contact.recorded_as)
    yield "stage 2 begins", lambda policy: _said(policy.stage_2.begins)
    yield "reasons for stage 2", lambda policy: policy.stage_2.reasons
    yield "stage 2 decided by", lambda policy: _list(policy.stage_2.decided_by)
    yield "not accepted", lambda policy: _list(_said(each.topic) for each in policy.exclusions)
    yield "social media", _social
    yield "identity before recording", lambda policy: _yes(policy.identity.checked_before_recording)
    yield "answers for a representative", lambda policy: _said(policy.representatives.reply)
    yield "Ombudsman", _ombudsman
    yield "compensation", _bands
    yield "compliments", lambda policy: _feedback(policy.compliments)
    yield "comments", lambda policy: _feedback(policy.comments)
    yield "member responsible", lambda policy: _yes(policy.governance.member_responsible)
    yield "reports", lambda policy: _list(policy.governance.reports)


def _clock(name: ClockName) -> Cell:
    def cell(policy: Policy) -> str:
        heard = policy.name == HEARD
        period = (policy.code if heard else policy.promises).get(name)
        if period is None:
            return "as promised" if heard else ""
        start = f"from {_said(period.start)}" if period.start else "start not stated"
        return f"{period.length.words} {start} ({period.rule})"

    return cell


def _needs(policy: Policy) -> str:
    return "; ".join(("dissatisfaction", *policy.definitions.complaint_requires))


def _enquiry(policy: Policy) -> str:
    period = policy.enquiry_response
    return f"{period.length.words} ({period.rule})" if period else ""


def _extension(stage: Stage) -> str:
    limit = "limited" if stage.extension_capped else "no limit"
    agreed = ", to be agreed" if stage.extension_needs_agreement else ""
    return f"{limit}{agreed}; Ombudsman told {_said(stage.extension_tells_ombudsman)}"


def _extra(policy: Policy) -> str:
    return _list(stage.name for stage in policy.extra_stages) or "none"


def _social(policy: Policy) -> str:
    if not policy.social.accepted:
        return "not named"
    return f"taken; seen: {_said(policy.social.seen)}"


def _ombudsman(policy: Policy) -> str:
    access = policy.ombudsman
    told = ["at any time"] if access.at_any_time else []
    told += [f"after {access.wait.words}"] if access.wait else []
    told += ["only through an MP or councillor"] if access.only_through_mp else []
    told += ["designated person"] if access.designated_person_offered else []
    return "; ".join(told)


def _bands(policy: Policy) -> str:
    return "; ".join(
        f"{band.level} {f'up to £{band.up_to}' if band.up_to else f'above £{band.above}'}: "
        f"{' or '.join(band.authorisers)}"
        for band in policy.compensation.bands
    )


def _feedback(feedback: Feedback) -> str:
    told = [f"to {feedback.passed_to}"] if feedback.passed_to else []
    told += [f"through the {feedback.through}"] if feedback.through else []
    told += ["writer told if something changes"] if feedback.told_if_something_changes else []
    told += [] if feedback.further_contact else ["no further contact"]
    return "; ".join(told) or "recorded"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)


def _said(words: str) -> str:
    return words.replace("_", " ")


def _yes(held: bool) -> str:  # noqa: FBT001 - the fact is the whole question
    return "yes" if held else "no"
