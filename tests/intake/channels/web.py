"""The public doors as a web application, asked over HTTP."""

from datetime import datetime

import httpx
from starlette.applications import Starlette
from starlette.routing import Route

from intake.channels.social import SocialDoor
from intake.channels.source import Source
from intake.channels.webform import FormDoor
from tests.builders import Shelf

NAMES = {"oak": "Oak Homes", "elm": "<b>Elm</b> & Co"}


def browser(
    shelf: Shelf, now: datetime, sources: dict[str, Source] | None = None
) -> httpx.AsyncClient:
    """Return a client of the two doors."""
    form = FormDoor(keep=shelf.keep, names=NAMES, clock=lambda: now)
    social = SocialDoor(keep=shelf.keep, sources=sources or {}, clock=lambda: now)
    web = Starlette(
        routes=[
            Route("/contact/{landlord}", form.get, methods=["GET"]),
            Route("/contact/{landlord}", form.post, methods=["POST"]),
            Route("/hooks/{source}", social.post, methods=["POST"]),
        ]
    )
    transport = httpx.ASGITransport(web)
    return httpx.AsyncClient(transport=transport, base_url="http://heard.example")
