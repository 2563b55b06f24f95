from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.triage.alerts import MOST, alert_card, digest_card, nudge_card
from intake.domain.digest import Dates, Digest, Owed, Running
from intake.domain.moments import ClockName, Warned
from intake.domain.reminders import Nudge

DAY = date(2026, 3, 6)


def running(reference: str, due_at: datetime) -> Running:
    return Running(reference=reference, clock=ClockName.STAGE_1_RESPONSE, due_at=due_at)


def test_trouble_names_the_work_and_no_resident():
    card = alert_card("letter", "given up")
    assert card.text == "A letter to a resident has not gone"
    assert "given up" in str(card.blocks)
    assert "Work of the kind mend is not done" in alert_card("mend", "x").text


@pytest.mark.parametrize(
    ("told", "due", "said"),
    [
        pytest.param(("slack:U1",), "2026-03-09", "<@U1>: K1, Respond by Mon 9 Mar 2026", id="one"),
        pytest.param(("slack:U1", "Mo <b>"), "2026-03-09", "<@U1> and Mo &lt;b&gt;", id="two"),
        pytest.param((), "2026-03-09", "Nobody owns this: K1", id="nobody"),
        pytest.param((), "2026-03-09T10:00:00+00:00", "Mon 9 Mar 2026, 10:00", id="by the hour"),
    ],
)
def test_a_reminder_names_whom_it_is_for(told: tuple[str, ...], due: str, said: str):
    nudge = Nudge(
        reference="K1",
        clock=ClockName.STAGE_1_RESPONSE,
        what=Warned.OVERDUE,
        due=due,
        told=told,
    )
    card = nudge_card(nudge)
    assert said in card.blocks[0]["text"]["text"]
    assert "OVERDUE" in card.blocks[0]["text"]["text"]


def test_a_date_of_what_is_decided_blind_does_not_tell_what_is_proposed():
    nudge = Nudge(
        reference="K1",
        clock=ClockName.STAGE_1_ACKNOWLEDGEMENT,
        what=Warned.SOON,
        due="2026-03-09",
        told=(),
        blind=True,
    )
    blind = replace(running("K2", datetime(2026, 3, 6, 12, tzinfo=UTC)), blind=True)
    for card in (nudge_card(nudge), digest_card(Digest(day=DAY, dates=Dates(today=(blind,))))):
        told = f"{card.text} {card.blocks}"
        assert "To decide what it is" in told
        assert "cknowledge" not in told
        assert "Respond" not in told


def test_a_clock_without_words_of_its_own_is_named():
    nudge = Nudge(
        reference="K1",
        clock=ClockName.LETTER_OF_CLAIM_RESPONSE,
        what=Warned.SOON,
        due="2026-03-09",
        told=(),
    )
    assert "Letter of claim response, by Mon 9 Mar 2026" in nudge_card(nudge).text


def test_an_empty_morning_says_so():
    card = digest_card(Digest(day=DAY, dates=Dates()))
    assert "nothing is overdue, due or waiting" in str(card.blocks)


def test_a_morning_lists_what_waits():
    end = datetime(2026, 3, 5, 23, 59, 59, tzinfo=UTC)
    many = tuple(running(f"R{n}", end) for n in range(MOST + 3))
    hour = running("H1", datetime(2026, 3, 6, 14, 30, tzinfo=UTC))
    card = digest_card(
        Digest(
            day=DAY,
            dates=Dates(overdue=many, today=(hour,)),
            owed=(Owed(reference="K1", owner="Repairs & co", due=DAY),),
            letters=("M1",),
            pen=2,
            untriaged=3,
            imported=4,
        )
    )
    said = "\n".join(block["text"]["text"] for block in card.blocks)
    assert f"*Overdue*: {MOST + 3}" in said
    assert "• R0: Respond by Thu 5 Mar 2026\n" in said
    assert "… and 3 more" in said
    assert "• H1: Respond by Fri 6 Mar 2026, 14:30" in said
    assert "• K1: Repairs &amp; co, by Fri 6 Mar 2026" in said
    assert "*Letters that have not gone*: 1\n• M1" in said
    assert "2 in the holding pen, 3 awaiting triage, 4 from an old mailbox, awaiting triage" in said
    assert "two working days" not in said
