"""The desk's screens: what is to do, what was decided, and what waits for a person."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.commands import record_words
from bot.desk.desk import SAFE_HEADERS, Desk, Drawn, Missing
from bot.desk.session import Sitting, tidy_name
from bot.triage import views
from bot.triage.fields import KINDS
from bot.triage.layout import Block
from bot.triage.presses import Filled, Pressed, Presses, StalePressError, filled_from
from bot.triage.previews import UnsaidError
from intake.domain.case import InvalidTransitionError
from intake.domain.letter import LetterState
from intake.domain.triage import IncompleteError
from intake.store.lists import (
    Found,
    count_awaiting,
    count_wanting,
    find_awaiting,
    find_decided,
    load_dead_jobs,
    load_letters,
    load_pen,
    load_raw,
    run_again,
)
from intake.store.pen import read_again
from intake.store.summaries import MessageNotFoundError, load_message_summary

MOST = 50  # cards on a page
#: What each kind of work is for, as staff say it.
WORKS = {
    "read": "Reading what arrived",
    "assess": "Proposing what a message is",
    "card": "Showing a message in Slack",
    "pen_card": "Telling Slack of what could not be read",
    "letter": "Sending a letter",
    "remind": "Reminding of a date",
    "alert": "Raising an alarm in Slack",
    "nudge": "Reminding in Slack",
    "digest": "The daily list in Slack",
    "checkpoint": "Sealing the record for the day",
    "files": "Looking at attached files",
}
#: What a person does about a letter that did not go.
WANTS = {
    LetterState.FAILED: (
        "Tell the resident another way, by post or telephone. Then say so on the card of the case."
    ),
    LetterState.UNKNOWN: (
        "Find out whether it arrived before anything is sent again. Then say so on the card of "
        "the case."
    ),
    LetterState.BY_HAND: (
        "Print it, or read it out, and give it to the resident. Then say so on the card of the "
        "case."
    ),
}
GONE = "That message is not here any longer. It may have been dealt with already."


async def name_page(desk: Desk, _request: Request, sitting: Sitting) -> Response:
    """Ask once for the name to put on record."""
    return desk.page("name.html", sitting)


async def give_name(_desk: Desk, request: Request, sitting: Sitting) -> Response:
    """Take the name that is put on record with every press."""
    async with request.form() as form:
        sitting.name = tidy_name(str(form.get("name", "")))
    return RedirectResponse("/" if sitting.name else "/name", status_code=303)


async def queue(desk: Desk, request: Request, sitting: Sitting) -> Response:
    """Show the messages that await triage."""
    cards = await _cards(desk, await desk.db.read(find_awaiting, most=MOST))
    told = request.query_params.get("told", "")
    waiting = await desk.db.read(count_awaiting)
    told = TOLD.get(told, "")
    return desk.page(
        "queue.html",
        sitting,
        cards=cards,
        told=told,
        of=_of(request),
        waiting=waiting,
        wanting=await desk.db.read(count_wanting),
    )


async def cards(desk: Desk, request: Request, sitting: Sitting) -> Response:
    """Give the cards alone, for a page that keeps itself fresh."""
    decided_ones = request.query_params.get("of") == "decided"
    found = await desk.db.read(find_decided if decided_ones else find_awaiting, most=MOST)
    drawn = await _cards(desk, found)
    if decided_ones:
        return desk.page("cards.html", sitting, cards=drawn)
    counted = await desk.db.read(count_awaiting)
    return desk.page("cards.html", sitting, cards=drawn, counted=counted)


async def decided(desk: Desk, request: Request, sitting: Sitting) -> Response:
    """Show the messages that somebody has decided, the latest first."""
    found = await _cards(desk, await desk.db.read(find_decided, most=MOST))
    told = TOLD.get(request.query_params.get("told", ""), "")
    return desk.page("decided.html", sitting, cards=found, told=told)


async def pen(desk: Desk, request: Request, sitting: Sitting) -> Response:
    """Show what could not be read."""
    found = await desk.db.read(load_pen, most=MOST)
    drawn = [(item, views.pen_card(item, now=desk.clock()).blocks) for item in found]
    told = TOLD.get(request.query_params.get("told", ""), "")
    return desk.page("pen.html", sitting, found=drawn, told=told)


async def reread(desk: Desk, request: Request, sitting: Sitting) -> Response:
    """Have what could not be read tried again."""
    landlord, pen_id = request.path_params["landlord"], request.path_params["id"]
    if not await desk.db.run(read_again, landlord, pen_id, now=desk.clock()):
        return desk.page("told.html", sitting, status=404, told=GONE)
    return RedirectResponse("/pen?told=reread", status_code=303)


async def raw(desk: Desk, request: Request, _sitting: Sitting) -> Response:
    """Hand out the original bytes of what could not be read, to save and never to show."""
    landlord, pen_id = request.path_params["landlord"], request.path_params["id"]
    content = await desk.db.read(load_raw, landlord, pen_id, desk.files)
    if content is None:
        return desk.page("told.html", None, status=404, told=GONE)
    download = {"Content-Disposition": f'attachment; filename="original-{pen_id}.bin"'}
    return Response(content, media_type="application/octet-stream", headers=SAFE_HEADERS | download)


async def letters(desk: Desk, _request: Request, sitting: Sitting) -> Response:
    """Show the letters, the latest first."""
    found = await desk.db.read(load_letters, most=MOST)
    return desk.page("letters.html", sitting, found=found, words=record_words, wants=WANTS)


async def stuck(desk: Desk, _request: Request, sitting: Sitting) -> Response:
    """Show the work that was given up."""
    found = await desk.db.read(load_dead_jobs, most=MOST)
    return desk.page("stuck.html", sitting, found=found, works=WORKS)


async def again(desk: Desk, request: Request, _sitting: Sitting) -> Response:
    """Have a job that was given up tried again."""
    landlord, job_id = request.path_params["landlord"], request.path_params["id"]
    await desk.db.run(run_again, landlord, job_id, now=desk.clock())
    return RedirectResponse("/stuck", status_code=303)


async def samples(desk: Desk, _request: Request, sitting: Sitting) -> Response:
    """Send the sample messages to our own mail door."""
    try:
        await desk.load_samples()
    except OSError:
        told = "The samples could not be sent: the mail door does not answer on this machine."
        return desk.page("told.html", sitting, status=503, told=told)
    return RedirectResponse("/?told=samples", status_code=303)


async def press(desk: Desk, request: Request, sitting: Sitting) -> Response:
    """Do what was pressed on a card, and show how the record stands."""
    presses = desk.presses.get(request.path_params["landlord"])
    if presses is None:
        return desk.page("told.html", sitting, status=404, told=GONE)
    action, values, pressed = await _pressed(request, sitting)
    try:
        message = await presses.see(pressed.message_id)
    except (StalePressError, MessageNotFoundError):
        return desk.page("told.html", sitting, status=404, told=GONE)
    try:
        asked = await _do(presses, action, pressed, filled_from(values, kinds=message.kinds))
    except IncompleteError as error:
        form = error.form if isinstance(error, UnsaidError) else None
        missing = Missing(pressed=action, errors=error.fields, filled=values, form=form)
        card = desk.draw(message, missing)
        return desk.page("one.html", sitting, status=422, cards=[card])
    except InvalidTransitionError as error:
        told = views.refusal(error, now=desk.clock())
        return desk.page("told.html", sitting, status=409, told=told)
    if asked is not None:
        card = desk.draw(message, Missing(pressed=action, filled=values, form=asked))
        return desk.page("one.html", sitting, cards=[card])
    done = action.removeprefix("triage.")
    return RedirectResponse(f"/?told={done}&of={message.id}", status_code=303)


def _of(request: Request) -> str:
    """The card that was pressed last, where one can be undone under Decided."""
    of = request.query_params.get("of", "")
    undoable = request.query_params.get("told") in {"confirm", "change"}
    return of if undoable and of.isascii() and of.isdecimal() else ""


async def _pressed(request: Request, sitting: Sitting) -> tuple[str, dict[str, object], Pressed]:
    async with request.form() as form:
        action = str(form.get("action", ""))
        values: dict[str, object] = {name: form.get(name) for name in form}
        if action == views.CHANGE:
            values[KINDS] = [str(kind) for kind in form.getlist(KINDS)]
        key = f"desk:{action[:40]}:{str(form.get('press', ''))[:60]}"
        return action, values, Pressed(value=str(form.get("value", "")), by=sitting.name, key=key)


async def _do(presses: Presses, action: str, pressed: Pressed, filled: Filled) -> Block | None:
    if action == views.UNDO:
        await presses.undo(pressed)
    elif action == views.MARK_SENT:
        await presses.mark_sent(pressed)
    else:
        return await presses.confirm(pressed, filled)
    return None


#: What is said after a press.
TOLD = {
    "confirm": "Recorded. You can undo it until its letter leaves.",
    "change": "Recorded. You can undo it until its letter leaves.",
    "undo": "Undone: it awaits triage again.",
    "mark_sent": "Recorded: the resident has been told.",
    "step": "Recorded.",
    "reread": (
        "It is being read again. If that works, it appears under To do in a moment; if not, it "
        "stays here. Reload this page to see."
    ),
    "samples": "A dozen sample messages are on their way through the mail door.",
}


async def _cards(desk: Desk, found: list[Found]) -> list[Drawn]:
    messages = [await desk.db.read(load_message_summary, *which) for which in found]
    return [desk.draw(message) for message in messages]
