"""What reviewers found to be no personal data stays: in the names of files and in letters."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot.child import BoundedChild
from classifier.labels import Audience, Redaction, Span
from classifier.personal.redact import redact
from intake.domain.letter import LetterKind
from intake.store.hiding import KeptWordsRow
from tests.flows.test_attachments import bring, leave_unseen, looker, see
from tests.house import House, configured, judge, open_house
from tests.intake.domain.letters import drafted

pytestmark = pytest.mark.usefixtures("db")
NUMBER = "07700 900123"


def keep(session: Session, house: House) -> None:
    at = house.now
    session.add(KeptWordsRow(landlord="oak", words=NUMBER, by="Asha", at=at))


async def test_words_that_are_kept_stay_in_the_name_of_a_file(
    db_url: str, tmp_path: Path, child: BoundedChild, now: datetime
):
    async with open_house(db_url, tmp_path, child, now, configured()) as house:
        house.record.db.call(keep, house)
        await bring(house, ("ring_07700_900123.pdf", b"%PDF-1.7"), ("ring_07700_900456.pdf", b"x"))
        names = [file.name for file in (await see(house)).attachments]
        assert names == ["ring 07700 900123.pdf", "ring [PHONE 1].pdf"]


def naming(text: str, *, audience: Audience, author: str = "", landlord: str = "") -> Redaction:
    """Find who is named in the mail, and nobody in the name of its file."""
    found = redact(text, audience=audience, author=author, landlord=landlord)
    start = text.find("Nobody")
    if start < 0 or text.endswith("pdf"):
        return found
    span = Span(start=start, end=start + len("Nobody"), kind="NAME", placeholder="[NAME 1]")
    return replace(found, spans=(span,))


async def test_a_name_that_is_hidden_in_the_mail_is_hidden_in_the_name_of_its_file(
    db_url: str, tmp_path: Path, child: BoundedChild, now: datetime
):
    async with open_house(db_url, tmp_path, child, now, configured()) as house:
        house.lanes = house.heard.handlers(judge, naming, child).lanes()
        job = await leave_unseen(house, ("Nobody_at_the_gate.pdf", b"%PDF-1.7"))
        await looker(house, child, naming).look([job])
        [file] = (await see(house)).attachments
        assert file.name == "[NAME 1] at the gate.pdf"


async def test_words_that_are_kept_are_not_asked_about_before_a_letter_goes(
    db_url: str, tmp_path: Path, child: BoundedChild, now: datetime
):
    async with open_house(db_url, tmp_path, child, now, configured()) as house:
        presses = house.heard.presses("oak")
        draft = drafted(LetterKind.RESPONSE)
        draft = replace(draft, shown=f"{draft.shown}\nRing {NUMBER}.")
        asked = [problem.says for problem in await presses._check(draft)]
        assert any(NUMBER in says for says in asked)
        house.record.db.call(keep, house)
        asked = [problem.says for problem in await presses._check(draft)]
        assert not any(NUMBER in says for says in asked)
