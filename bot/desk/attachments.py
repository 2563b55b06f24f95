"""Files as the desk hands them out: to save and never to show; and small pictures of them."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.desk import SAFE_HEADERS, Desk
from bot.desk.session import Sitting
from intake.mail.attached import AttachmentGoneError, take_out
from intake.mail.file_names import ascii_name
from intake.store.attachments import (
    AttachmentNotFoundError,
    load_attachment,
    load_original,
    load_thumbnail,
)
from intake.store.letters import LetterNotFoundError, load_letter_bytes

GONE = "That file is not here."
NOT_YET = "That file is being checked for viruses, or has one. It cannot be saved."
#: Nothing of it is shown, run or framed, whatever a browser thinks that it is.
SAVED = SAFE_HEADERS | {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


async def save(desk: Desk, request: Request, sitting: Sitting) -> Response:
    """Hand out one file, unless there is a virus in it or it is still looked for."""
    try:
        kept = await desk.db.read(load_attachment, *_which(request), desk.files)
        if not kept.can_be_saved:
            return desk.page("told.html", sitting, status=403, told=NOT_YET)
        content = await asyncio.to_thread(take_out, kept.raw, kept.sha256)
    except (AttachmentNotFoundError, AttachmentGoneError):
        return desk.page("told.html", sitting, status=404, told=GONE)
    return _to_save(content, kept.name)


async def small(desk: Desk, request: Request, sitting: Sitting) -> Response:
    """Show the small picture of a file, which we drew ourselves."""
    drawn = await desk.db.read(load_thumbnail, *_which(request))
    if drawn is None:
        return desk.page("told.html", sitting, status=404, told=GONE)
    return Response(drawn, media_type="image/jpeg", headers=SAVED)


async def original(desk: Desk, request: Request, sitting: Sitting) -> Response:
    """Hand out a message as it came."""
    try:
        kept = await desk.db.read(load_original, *_which(request), desk.files)
    except AttachmentNotFoundError:
        return desk.page("told.html", sitting, status=404, told=GONE)
    if not kept.can_be_saved:
        return desk.page("told.html", sitting, status=403, told=NOT_YET)
    return _to_save(kept.raw, kept.name)


async def letter(desk: Desk, request: Request, sitting: Sitting) -> Response:
    """Hand out the exact bytes of a letter, which prove what was sent."""
    landlord, letter_id = _which(request)
    try:
        raw = await desk.db.read(load_letter_bytes, landlord, letter_id)
    except LetterNotFoundError:
        return desk.page("told.html", sitting, status=404, told=GONE)
    return _to_save(raw, f"letter-{letter_id}.eml")


def _which(request: Request) -> tuple[str, int]:
    return request.path_params["landlord"], request.path_params["id"]


def _to_save(content: bytes, name: str) -> Response:
    said = {"Content-Disposition": f'attachment; filename="{ascii_name(name)}"'}
    return Response(content, media_type="application/octet-stream", headers=SAVED | said)
