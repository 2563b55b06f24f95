"""The web form: plain HTML that works on any phone, without scripts."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID, uuid4

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from intake.channels.body import TooLargeError, read_body
from intake.channels.keep import Keep, NotKeptError
from intake.domain.clock import Clock
from intake.domain.form import FIELDS, filled_in, missing_from
from intake.domain.message import Channel, Delivery

LARGEST = 256 * 1024
FORM = "application/x-www-form-urlencoded"
SAFE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}

#: Why a form is shown again: it lacks what happened, or we could not keep it.
MISSING, OURS = "missing", "ours"
STATUS = {"": 200, MISSING: 422, OURS: 503}

PAGES = Environment(
    loader=PackageLoader("intake.channels", "pages"), autoescape=True, undefined=StrictUndefined
)


@dataclass(frozen=True, kw_only=True)
class FormDoor:
    """`/contact/{landlord}`: asks, keeps what was sent, and says under which reference."""

    keep: Keep
    #: The landlords that have a form, by key, as residents know them.
    names: Mapping[str, str]
    clock: Clock

    async def get(self, request: Request) -> Response:
        """Show the empty form."""
        landlord = request.path_params["landlord"]
        if landlord not in self.names:
            return _page("missing.html", status=404)
        return self._form(landlord, dict.fromkeys(FIELDS, ""), str(uuid4()))

    async def post(self, request: Request) -> Response:
        """Keep what was filled in; where it says nothing, ask again and lose nothing."""
        landlord = request.path_params["landlord"]
        if landlord not in self.names:
            return _page("missing.html", status=404)
        try:
            raw = await read_body(request, LARGEST)
        except TooLargeError:
            return _page("too_large.html", status=413, name=self.names[landlord])
        if missing_from(raw):
            return self._form(landlord, filled_in(raw), _own_id(request), fault=MISSING)
        delivery = Delivery(
            landlord=landlord,
            channel=Channel.FORM,
            raw=raw,
            arrived_at=self.clock(),
            sender_id=_sending(_own_id(request), raw),
            envelope={"type": request.headers.get("content-type", "")[:100]},
        )
        try:
            reference = await self.keep(delivery)
        except NotKeptError:
            return self._form(landlord, filled_in(raw), _own_id(request), fault=OURS)
        name = self.names[landlord]
        return _page("thanks.html", status=202, name=name, reference=reference)

    def _form(
        self, landlord: str, filled: Mapping[str, str], own_id: str, *, fault: str = ""
    ) -> Response:
        return _page(
            "form.html",
            status=STATUS[fault],
            name=self.names[landlord],
            action=f"/contact/{landlord}?id={own_id}",
            filled=filled,
            fault=fault,
        )


async def say_nothing_is_here(_request: Request, _error: Exception) -> Response:
    """Answer whoever mistyped the address of a form in words, not in a bare status."""
    return _page("missing.html", status=404)


def _own_id(request: Request) -> str:
    """The form's own number, so that a form sent twice is kept once; none if it is not ours."""
    try:
        return str(UUID(request.query_params.get("id", "")))
    except ValueError:
        return ""


def _sending(own_id: str, raw: bytes) -> str:
    """A form's own number and content: one that was gone back to and changed is another."""
    return f"{own_id} {sha256(raw).hexdigest()}" if own_id else ""


def _page(template: str, *, status: int, **facts: object) -> HTMLResponse:
    html = PAGES.get_template(template).render(**facts)
    return HTMLResponse(html, status_code=status, headers=SAFE_HEADERS)
