"""A reviewer hides and shows: who, when and why is on record, the words are not, all is undone."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import Audience, Redact, RedactedText, Redaction, Span
from classifier.personal.redact import redact
from intake.assess import load_texts, propose
from intake.cases import CaseNotFoundError
from intake.domain.case import Action, Kind
from intake.domain.hiding import Data, HiddenPlace, Part, Scope
from intake.domain.shown import UNSHOWN, hide
from intake.domain.triage import IncompleteError
from intake.review import (
    Hiding,
    Revealing,
    check_doubts,
    hide_again,
    hide_words,
    reveal,
)
from intake.store.audit import load_heads
from intake.store.corrections import CorrectionRow
from intake.store.database import Database
from intake.store.hiding import load_kept, load_names, load_span_corrections
from intake.store.jobs import claim
from intake.store.lists import load_letters
from intake.store.tables import CaseRow, EventRow, NoteRow
from tests.builders import assessed, assessment, landlord, message, take, take_in
from tests.intake.living import Living, logged

WORDS = "There is damp. Nobody has come, not even Dean Smith. Ring 07700 900123. dean smith lied."
OAK = landlord()
PHONE = HiddenPlace(part=Part.TEXT, placeholder="[PHONE 1]")
DEAN = HiddenPlace(part=Part.TEXT, placeholder="[NAME 1]")


def doubting(text: str, *, audience: Audience, author: str = "", landlord: str = "") -> Redaction:
    """Find what the rules find, and a name that is perhaps one."""
    found = redact(text, audience=audience, author=author, landlord=landlord)
    start = text.find("Joy")
    if start < 0:
        return found
    joy = Span(start=start, end=start + 3, kind="NAME", placeholder="[NAME 9]", certain=False)
    return replace(found, spans=tuple(sorted([*found.spans, joy], key=lambda s: s.start)))


def assess_with(
    db: Database, at: datetime, words: str, redactor: Redact, **facts: object
) -> Living:
    message_id = take_in(db, at, message(words, **facts), raw=words.encode())
    job = take(db, "assess", at)
    [unassessed] = db.call(load_texts, [job])
    view = (assessment(evidence=()), hide(unassessed, assessment(evidence=()), redactor))
    db.call(propose, job, view, OAK, now=at)
    return Living(db=db, now=at, landlord=OAK, message_id=message_id)


@pytest.fixture
def living(db: Database, now: datetime) -> Living:
    return assess_with(db, now, WORDS, redact, subject="Dean Smith again", sender_name="Dean Smith")


def do_hide(living: Living, typed: str = "Dean Smith", reason: str = "a neighbour") -> None:
    hiding = Hiding(typed=typed, kind=Data.NAME, reason=reason)
    living.db.call(hide_words, living.press(), OAK, hiding=hiding, at=living.now)


def do_reveal(
    living: Living, place: HiddenPlace, scope: Scope = Scope.HERE, reason: str = "needed"
) -> None:
    wanted = Revealing(place=place, scope=scope, reason=reason)
    living.db.call(reveal, living.press(), OAK, wanted=wanted, at=living.now)


def do_hide_again(living: Living, place: HiddenPlace, reason: str = "a mistake") -> None:
    press = living.press()
    living.db.call(hide_again, press, OAK, place=place, reason=reason, at=living.now)


def shown(living: Living) -> str:
    summary = living.summary()
    return f"{summary.author}\n{summary.subject}\n{summary.text}\n{summary.issues}"


def notes(living: Living, action: Action) -> list[tuple[str, str]]:
    def load(session: Session) -> list[tuple[str, str]]:
        found = select(EventRow.by, NoteRow.words).join(NoteRow, NoteRow.event_id == EventRow.id)
        rows = session.execute(found.where(EventRow.action == action).order_by(EventRow.id))
        return [(by, words or "") for by, words in rows]

    return living.db.call(load)


def test_words_are_hidden_in_every_part_of_a_message(living: Living):
    do_hide(living)
    assert "dean" not in shown(living).casefold()
    assert "[NAME 1] lied." in living.summary().text
    assert living.summary().hiding.hidden[0].part is Part.AUTHOR


def test_who_hid_and_why_is_in_the_history_without_the_words(living: Living):
    do_hide(living, reason="Dean Smith is a neighbour")
    for by, told in notes(living, Action.HIDE_MORE):
        assert by == "asha"
        assert "[NAME 1] in the text" in told
        assert "is a neighbour" in told
        assert "Dean" not in told
    assert len(notes(living, Action.HIDE_MORE)) == len(living.summary().cases)
    assert len(living.db.call(load_heads, "oak")) == len(living.summary().cases)


def test_the_card_is_drawn_anew(living: Living):
    before = living.summary().drawing
    living.db.call(claim, ["card"], now=living.now)
    do_hide(living)
    assert living.summary().drawing > before
    jobs = living.db.call(claim, ["card"], now=living.now)
    assert living.message_id in {job.payload["message_id"] for job in jobs}


def test_a_repeated_press_hides_once(living: Living):
    press = living.press()
    hiding = Hiding(typed="Dean", kind=Data.NAME, reason="a neighbour")
    for _ in range(2):
        living.db.call(hide_words, press, OAK, hiding=hiding, at=living.now)
    assert living.summary().hiding.reviews == 4  # places: the author, the subject, the text twice


@pytest.mark.parametrize("typed", ["nowhere to be seen", "[PHONE 1]", "a"])
def test_what_cannot_be_seen_cannot_be_hidden(living: Living, typed: str):
    with pytest.raises(IncompleteError, match="No such words"):
        do_hide(living, typed)


def test_nothing_is_reviewed_without_a_reason(living: Living):
    with pytest.raises(IncompleteError, match="Say why"):
        do_hide(living, reason=" ")
    with pytest.raises(IncompleteError, match="Say why"):
        do_reveal(living, PHONE, reason="")
    with pytest.raises(IncompleteError, match="Say why"):
        do_hide_again(living, PHONE, reason="")


def test_anothers_message_is_nobodys_business(living: Living):
    press = replace(living.press(), landlord="elm")
    with pytest.raises(CaseNotFoundError):
        living.db.call(check_doubts, press, OAK, at=living.now)


def test_what_is_shown_is_shown_until_it_is_hidden_again(living: Living):
    do_reveal(living, PHONE)
    assert "07700 900123" in living.summary().text
    assert living.summary().hiding.revealed == (PHONE,)
    do_hide_again(living, PHONE)
    assert "07700 900123" not in living.summary().text
    assert living.summary().hiding.revealed == ()
    assert [by for by, _ in notes(living, Action.HIDE_AGAIN)] == ["asha"] * 2
    assert "900123" not in str(notes(living, Action.REVEAL))


def test_a_repeated_press_shows_and_hides_again_once(living: Living):
    press = living.press()
    wanted = Revealing(place=PHONE, scope=Scope.HERE, reason="needed")
    for _ in range(2):
        living.db.call(reveal, press, OAK, wanted=wanted, at=living.now)
    again = living.press()
    for _ in range(2):
        living.db.call(hide_again, again, OAK, place=PHONE, reason="so", at=living.now)
    checked = living.press()
    for _ in range(2):
        living.db.call(check_doubts, checked, OAK, at=living.now)
    assert living.summary().hiding.reviews == 3


def test_what_was_hidden_by_hand_can_be_shown_again(living: Living):
    do_hide(living)
    do_reveal(living, DEAN)
    assert "Dean Smith. Ring" in living.summary().text
    do_hide(living, "Dean")
    assert "Dean" not in living.summary().text


def test_what_is_not_hidden_cannot_be_shown_and_the_reverse(living: Living):
    with pytest.raises(IncompleteError, match="no longer hidden"):
        do_reveal(living, DEAN)
    with pytest.raises(IncompleteError, match="hidden already"):
        do_hide_again(living, PHONE)


def test_words_of_no_person_are_never_hidden_again(living: Living, now: datetime):
    do_reveal(living, PHONE, Scope.EVERYWHERE)
    assert living.db.call(load_kept, "oak") == ["07700 900123"]
    later = assess_with(living.db, now, "Ring 07700 900123 or 07700 900124.", redact)
    assert later.summary().text == "Ring 07700 900123 or [PHONE 2]."
    do_hide_again(living, PHONE)
    assert living.db.call(load_kept, "oak") == []
    last = assess_with(living.db, now, "Do ring 07700 900123.", redact)
    assert last.summary().text == "Do ring [PHONE 1]."


def test_words_kept_twice_are_kept_once(living: Living, now: datetime):
    other = assess_with(living.db, now, "Ring 07700 900123 now.", redact)
    do_reveal(living, PHONE, Scope.EVERYWHERE)
    do_reveal(other, PHONE, Scope.EVERYWHERE)
    assert len(living.db.call(load_kept, "oak")) == 1


def test_of_a_public_post_only_what_is_no_personal_data_is_shown(db: Database, now: datetime):
    post = assess_with(db, now, WORDS, redact, public=True)
    with pytest.raises(IncompleteError, match="public post"):
        do_reveal(post, PHONE)
    do_reveal(post, PHONE, Scope.EVERYWHERE)
    assert "900123" in post.summary().text
    do_hide(post)
    do_reveal(post, DEAN)  # a mistake of the reviewer's own
    assert "Dean Smith" in post.summary().text


def test_doubtful_places_of_a_public_post_wait_for_a_person(db: Database, now: datetime):
    post = assess_with(db, now, "Joy came.", doubting, public=True)
    place = HiddenPlace(part=Part.TEXT, placeholder="[NAME 9]")
    assert post.summary().hiding.doubtful == (place,)
    post.db.call(check_doubts, post.press(), OAK, at=now)
    assert post.summary().hiding.doubtful == ()
    assert notes(post, Action.CHECK_DOUBTS)
    private = assess_with(db, now, "Joy came too.", doubting)
    assert private.summary().hiding.doubtful == ()


def test_what_was_decided_before_says_the_words_no_longer(db: Database, now: datetime):
    complaint = logged(db, now, Kind.COMPLAINT)
    complaint.confirm(Kind.COMPLAINT)
    do_hide(complaint, "come")
    file = str(complaint.file())
    assert "[NAME 1]" in file
    assert "has come" not in file
    corrected = db.call(lambda s: s.scalars(select(CorrectionRow.text)).all())
    assert {text for text in corrected if "come" in text} == set()


def test_our_letter_gives_the_writer_their_words_back(db: Database, now: datetime):
    complaint = logged(db, now, Kind.COMPLAINT)
    do_hide(complaint, "Nobody")
    sent = complaint.send()
    assert "Nobody came" in sent
    [letter] = [one for one in db.call(load_letters, most=9) if one.shown]
    assert "Nobody came" not in letter.shown


def test_a_name_of_the_case_is_hidden_in_what_comes_later(db: Database, now: datetime):
    first = assess_with(db, now, WORDS, redact, own_id="one@example.org")
    do_hide(first)
    later = message("DEAN SMITH came back.", own_id="two@example.org", answers=("one@example.org",))
    message_id = assessed(db, now, words=later)
    second = Living(db=db, now=now, landlord=OAK, message_id=message_id)
    assert second.summary().text == "[NAME 1] came back."
    cases = db.call(lambda session: list(session.scalars(select(CaseRow))))
    assert [name.casefold() for name in db.call(load_names, cases)] == ["dean smith"]


def test_what_is_hidden_is_hidden_in_the_other_messages_of_the_case(db: Database, now: datetime):
    first = assess_with(db, now, WORDS, redact, own_id="one@example.org")
    later = message("Dean was back.", own_id="two@example.org", answers=("one@example.org",))
    message_id = assessed(db, now, words=later)
    do_hide(first, "Dean")
    second = Living(db=db, now=now, landlord=OAK, message_id=message_id)
    assert second.summary().text == "[NAME 1] was back."


def test_what_reviewers_say_teaches_without_saying_what_is_hidden(living: Living):
    do_hide(living)
    do_reveal(living, PHONE, Scope.EVERYWHERE)
    taught = living.db.call(load_span_corrections, ["oak"])
    assert {each.text[each.start : each.end] for each in taught if each.personal} == {"[NAME 1]"}
    [spared] = [each for each in taught if not each.personal]
    assert spared.text[spared.start : spared.end] == "07700 900123"
    assert "dean" not in str([each.text for each in taught]).casefold()
    assert living.db.call(load_span_corrections, ["elm"]) == []


def test_what_is_shown_here_only_teaches_nothing(living: Living):
    do_reveal(living, PHONE)
    assert living.db.call(load_span_corrections, ["oak"]) == []


def test_what_was_withheld_whole_has_nothing_to_review(db: Database, now: datetime):
    take_in(db, now, message(WORDS))
    job = take(db, "assess", now)
    db.call(propose, job, (assessment(), UNSHOWN), OAK, now=now)
    withheld = Living(db=db, now=now, landlord=OAK, message_id=job.payload["message_id"])
    assert not withheld.summary().hiding.known
    with pytest.raises(IncompleteError, match="No such words"):
        do_hide(withheld)
    with pytest.raises(IncompleteError, match="no longer hidden"):
        do_reveal(withheld, PHONE)


def test_only_redacted_text_is_kept(living: Living):
    do_hide(living)
    assert isinstance(living.summary().text, RedactedText)
