"""The desk's page for one step of a case or hazard: the form that Slack shows, as a page."""

from collections.abc import Mapping
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.desk import Desk
from bot.desk.session import Sitting
from bot.triage import views
from bot.triage.fields import Values
from bot.triage.layout import Block
from bot.triage.people_words import PEOPLE_WORDS
from bot.triage.presses import Pressed, Presses, StalePressError
from bot.triage.previews import UnsaidError
from bot.triage.words import OUTCOME_WORDS, STEP_WORDS
from intake.attend import HazardNotFoundError
from intake.cases import CaseNotFoundError
from intake.domain.case import InvalidTransitionError
from intake.domain.triage import IncompleteError
from intake.store.summaries import MessageNotFoundError

GONE = "That can no longer be done. The card shows how it stands now."
#: The words of each step in full; a form in Slack has room for 24 letters.
TITLES = {str(step): words for step, words in (STEP_WORDS | PEOPLE_WORDS | OUTCOME_WORDS).items()}
NOT_DONE = (StalePressError, CaseNotFoundError, HazardNotFoundError, MessageNotFoundError)


async def ask(desk: Desk, request: Request, sitting: Sitting) -> Response:
    """Show the form of a step."""
    return await _show(desk, request, sitting, errors={}, filled={})


async def take(desk: Desk, request: Request, sitting: Sitting) -> Response:
    """Take a step with what was filled in, and show how the record stands."""
    presses = _presses(desk, request)
    if presses is None:
        return desk.page("told.html", sitting, status=404, told=GONE)
    async with request.form() as form:
        values: dict[str, object] = {name: form.get(name) for name in form}
        key = f"desk:{str(form.get('press', ''))[:60]}"
    pressed = Pressed(value=request.path_params["value"], by=sitting.name, key=key)
    errors: Mapping[str, str] = {}
    try:
        asked = await presses.take(pressed, values)
    except UnsaidError as error:
        asked, errors = error.form, error.fields
    except IncompleteError as error:
        return await _show(desk, request, sitting, errors=error.fields, filled=values)
    except InvalidTransitionError as error:
        told = views.refusal(error, now=desk.clock())
        return desk.page("told.html", sitting, status=409, told=told)
    except NOT_DONE:
        return desk.page("told.html", sitting, status=404, told=GONE)
    if asked is not None:
        return await _draw(desk, sitting, presses, asked, errors=errors, filled=values)
    where = await _where(presses, pressed.message_id)
    return RedirectResponse(where.replace("#", "?told=step#"), status_code=303)


async def _where(presses: Presses, message_id: int) -> str:
    """Return where the card of a message is: with what is to do, or with what was decided."""
    message = await presses.see(message_id)
    unseen = not message.cases and message.thread is not None and message.thread.by is None
    path = "/" if message.awaits_triage or unseen else "/decided"
    return f"{path}#m{message.id}"


async def _show(
    desk: Desk,
    request: Request,
    sitting: Sitting,
    *,
    errors: Mapping[str, str],
    filled: Values,
) -> Response:
    presses = _presses(desk, request)
    pressed = Pressed(value=request.path_params["value"], by=sitting.name, key="")
    try:
        form = await presses.ask(pressed) if presses is not None else None
    except NOT_DONE:
        form = None
    if presses is None or form is None:
        return desk.page("told.html", sitting, status=404, told=GONE)
    return await _draw(desk, sitting, presses, form, errors=errors, filled=filled)


async def _draw(
    desk: Desk,
    sitting: Sitting,
    presses: Presses,
    form: Block,
    *,
    errors: Mapping[str, str],
    filled: Values,
) -> Response:
    about, *_, step = str(form["private_metadata"]).split(":")
    return desk.page(
        "step.html",
        sitting,
        status=422 if errors else 200,
        landlord=presses.landlord.key,
        form=form,
        title=TITLES.get(step, form["title"]["text"]).rstrip("…"),
        back=await _where(presses, int(about)),
        errors=errors,
        shown=[block.get("block_id") for block in form["blocks"]],
        filled=filled,
        press=str(uuid4()),
    )


def _presses(desk: Desk, request: Request) -> Presses | None:
    return desk.presses.get(request.path_params["landlord"])
