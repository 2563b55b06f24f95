"""Public posts in, as signed JSON from a landlord's social media tool."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from intake.channels.body import TooLargeError, read_body
from intake.channels.keep import Keep, NotKeptError
from intake.channels.source import Source
from intake.domain.clock import Clock
from intake.domain.message import Delivery
from intake.domain.post import event_id

LARGEST = 1024 * 1024
WINDOW = timedelta(minutes=5)
SCHEME = "sha256="
LONGEST_STAMP = 12  # digits


@dataclass(frozen=True, kw_only=True)
class SocialDoor:
    """`POST /hooks/{source}`: signature over the raw bytes, then the bytes on disk, then 202."""

    keep: Keep
    sources: Mapping[str, Source]
    clock: Clock

    async def post(self, request: Request) -> Response:
        """Keep one signed notice."""
        name = request.path_params["source"]
        source = self.sources.get(name)
        if source is None:
            return JSONResponse({"error": "no such source"}, status_code=404)
        try:
            raw = await read_body(request, LARGEST)
        except TooLargeError as error:
            return JSONResponse({"error": str(error)}, status_code=413)
        now = self.clock()
        if not signature_holds(source, raw, request.headers, now=now):
            return JSONResponse({"error": "the signature does not hold"}, status_code=403)
        sender_id = request.headers.get("idempotency-key", "") or event_id(raw, source.fields)
        delivery = Delivery(
            landlord=source.landlord,
            channel=source.channel,
            raw=raw,
            arrived_at=now,
            sender_id=f"{name}:{sender_id}" if sender_id else "",
            envelope={"source": name},
        )
        try:
            reference = await self.keep(delivery)
        except NotKeptError:
            return JSONResponse({"error": "not kept, try again later"}, status_code=503)
        return JSONResponse({"reference": reference}, status_code=202)


def signature_holds(
    source: Source, raw: bytes, headers: Mapping[str, str], *, now: datetime
) -> bool:
    """Whether `X-Signature` is the HMAC-SHA256 of `timestamp.body`, signed within five minutes."""
    given = headers.get("x-signature", "")
    signed = raw
    if not source.body_only:
        stamp = headers.get("x-timestamp", "")
        if not _is_recent(stamp, now):
            return False
        signed = stamp.encode() + b"." + raw
    right = SCHEME + hmac.new(source.secret.encode(), signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(right.encode(), given.encode())


def _is_recent(stamp: str, now: datetime) -> bool:
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= LONGEST_STAMP):
        return False
    return abs(now.timestamp() - int(stamp)) <= WINDOW.total_seconds()
