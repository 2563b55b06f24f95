"""What a card says of a message, from its summary alone."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.triage.deciding import change_form
from bot.triage.views import triage_card
from classifier.labels import Band, Flag, Hazard, Label, RedactedText
from intake.domain.case import Action, CaseEvent, Kind, Status
from intake.domain.letter import LetterKind, LetterState
from intake.domain.message import Automatic, Channel
from intake.domain.summary import CaseLine, HazardLine, LetterLine, MessageSummary
from intake.domain.triage import is_blind


def a_case(**changed: object) -> CaseLine:
    return replace(
        CaseLine(
            id=1,
            reference="7KM-3QX-P9T",
            kind=Kind.SERVICE_REQUEST,
            status=Status.AWAITING_TRIAGE,
            clocks=(),
        ),
        **changed,  # type: ignore[arg-type] # a builder
    )


def a_message(now: datetime, **changed: object) -> MessageSummary:
    return replace(
        MessageSummary(
            id=1,
            landlord="oak",
            version=1,
            reference="AAA-AAA-AAA",
            channel=Channel.EMAIL,
            public=False,
            permalink="",
            received_at=now,
            automatic=None,
            author=RedactedText(""),
            subject=RedactedText(""),
            text=RedactedText("There is damp."),
            issues=RedactedText(""),
            outcome=RedactedText(""),
            pictures=0,
            files=0,
            on_behalf=False,
            problems=(),
            labels=(Label.SERVICE_REQUEST,),
            band=Band.UNMARKED,
            flags=(),
            reasons=(),
            acknowledge_by=None,
            cases=(a_case(),),
            hazards=(),
            dismissed=(),
            letter=None,
            last=None,
        ),
        **changed,  # type: ignore[arg-type] # a builder
    )


def shown(message: MessageSummary, now: datetime) -> str:
    return str(triage_card(message, now=now).blocks)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param(
            {"automatic": Automatic.AUTO_REPLY}, "looks automatic (auto reply)", id="auto"
        ),
        pytest.param({"pictures": 2}, "2 picture(s), not checked", id="pictures"),
        pytest.param({"files": 1}, "1 other file(s), not checked", id="files"),
        pytest.param({"on_behalf": True}, "check authority", id="for somebody"),
        pytest.param({"flags": (Flag.SAFEGUARDING,)}, "*safeguarding*", id="a flag"),
        pytest.param({"problems": ("charset <guessed>",)}, "charset &lt;guessed&gt;", id="problem"),
        pytest.param({"public": True}, "Public post", id="public"),
        pytest.param({"text": RedactedText("")}, "(no words)", id="no words"),
        pytest.param({"text": RedactedText("x" * 3000)}, "(cut: the record has it all)", id="long"),
        pytest.param({"subject": RedactedText("A & B")}, "Subject: A &amp; B", id="subject"),
        pytest.param({"author": RedactedText("[NAME 1]")}, "from [NAME 1]", id="author"),
        pytest.param({"reasons": ("asks for action",)}, "Why: asks for action", id="why"),
        pytest.param({"permalink": "https://social.example/1"}, "See the post", id="a post"),
    ],
)
def test_a_card_says_what_a_triager_must_know(now: datetime, changed: dict[str, object], said: str):
    assert said in shown(a_message(now, **changed), now)


def test_a_card_says_nothing_of_what_is_not_so(now: datetime):
    plain = shown(a_message(now), now)
    for word in ("automatic", "picture", "file(s)", "authority", "Why", "Subject", "from"):
        assert word not in plain


def test_what_may_be_a_complaint_shows_the_day_it_would_have(now: datetime):
    doubtful = a_message(now, band=Band.POSSIBLE, acknowledge_by=date(2026, 3, 9))
    assert "If it is a complaint: acknowledge by *Mon 9 Mar 2026*" in shown(doubtful, now)
    assert "Please look" in shown(doubtful, now)


@pytest.mark.parametrize(
    ("waited", "said"),
    [
        pytest.param(timedelta(seconds=10), "waits and goes", id="just due"),
        pytest.param(timedelta(hours=2), "has not taken it yet", id="two hours late"),
    ],
)
def test_a_letter_that_the_mail_server_does_not_take_is_said_to_be_late(
    now: datetime, waited: timedelta, said: str
):
    letter = LetterLine(
        kind=LetterKind.ACKNOWLEDGEMENT,
        state=LetterState.WAITING,
        send_at=now - waited,
        sent_at=None,
    )
    logged = a_message(now, letter=letter, cases=(a_case(status=Status.LOGGED),))
    assert said in shown(logged, now)


def test_a_hazard_without_a_clock_asks_for_a_person(now: datetime):
    hazard = HazardLine(id=1, category=Hazard.FALLS, emergency=False, clocks=())
    assert "a person must look" in shown(a_message(now, hazards=(hazard,)), now)


def test_a_dismissed_hazard_says_who_and_when(now: datetime):
    hazard = HazardLine(
        id=1,
        category=None,
        emergency=True,
        clocks=(),
        dismissed_at=now,
        dismissed_by="Asha",
    )
    assert "Hazard emergency dismissed by Asha today" in shown(
        a_message(now, dismissed=(hazard,)), now
    )
    gone = replace(hazard, dismissed_at=None)
    assert "dismissed" not in shown(a_message(now, dismissed=(gone,)), now)


def test_who_acted_last_is_named(now: datetime):
    event = CaseEvent(
        action=Action.CONFIRM,
        before=Status.AWAITING_TRIAGE,
        after=Status.LOGGED,
        by="slack:U1",
        at=now,
    )
    logged = a_message(now, last=event, cases=(a_case(status=Status.LOGGED),))
    assert "Confirmed by <@U1>" in shown(logged, now)


def test_a_change_of_what_is_nothing_yet_ticks_nothing(now: datetime):
    ended = a_message(now, cases=(a_case(status=Status.RECORDED_IN_ERROR),))
    assert "initial_options" not in str(change_form(ended))
    boxes = change_form(a_message(now))["blocks"][0]["element"]
    assert [o["value"] for o in boxes["initial_options"]] == ["service_request"]


BLIND = next(number for number in range(1, 1_000) if is_blind(number))


def test_a_card_decided_blind_shows_dangers_and_no_proposal(now: datetime):
    message = a_message(
        now,
        id=BLIND,
        cases=(a_case(kind=Kind.COMPLAINT),),
        flags=(Flag.SAFEGUARDING, Flag.STAGE_2),
        reasons=("repeated contact",),
        issues=RedactedText("Nobody came"),
        acknowledge_by=date(2026, 3, 9),
    )
    card = triage_card(message, now=now)
    told = str(card)
    for hidden in ("Proposed", "omplaint 7KM", "stage 2", "repeated contact", "Confirm"):
        assert hidden not in told
    for said in ("Nothing is proposed", "safeguarding", "7KM-3QX-P9T", "Decide…"):
        assert said in told
    assert "If it is a complaint: acknowledge by *Mon 9 Mar 2026*" in told
    form = str(change_form(message))
    assert "initial_options" not in form
    assert "initial_value" not in form
    assert "initial_value" in str(change_form(a_message(now, issues=message.issues)))


def test_a_card_decided_blind_shows_what_was_decided(now: datetime):
    decided = a_message(now, id=BLIND, cases=(a_case(status=Status.LOGGED),))
    assert "ervice request" in shown(decided, now)
    assert "Nothing is proposed" not in shown(decided, now)


def test_a_letter_that_waits_says_who_gets_what_and_a_copy_that_did_not_go_is_a_task(
    now: datetime,
):
    both = "To the resident; copy to whoever acts for the resident."
    waits = LetterLine(
        kind=LetterKind.RESPONSE,
        state=LetterState.WAITING,
        send_at=now,
        sent_at=None,
        readers=both,
    )
    failed = replace(waits, kind=LetterKind.COPY, state=LetterState.FAILED, proof="550 no")
    case = replace(a_case(status=Status.ACKNOWLEDGED), letter=waits, copy=failed)
    card = shown(a_message(now, letter=waits, cases=(case,)), now)
    assert card.count(both) == 2
    assert "*A copy of a letter did not go by e-mail.* 550 no" in card
    assert Action.GIVE_LETTER in replace(case, letter=None).steps
