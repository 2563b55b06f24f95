"""Small pictures of what residents send, drawn anew. Pure; run in the child that can be killed."""

import io
import struct
import zlib

from PIL import Image, ImageOps
from PIL.Image import DecompressionBombError

#: What a picture is drawn from; all else is not tried.
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
MOST_PIXELS = 60_000_000  # of today's telephones the most
EDGE = 360  # pixels of the small picture
PAPER = (255, 255, 255)
#: What the library raises on a damaged picture, and on what a camera wrote that it cannot write.
DAMAGED = (
    ArithmeticError,
    AttributeError,
    DecompressionBombError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def draw_thumbnail(content: bytes) -> bytes | None:
    """Return a small JPEG of a picture, upright and without what the camera wrote in it.

    None where it is no picture that we know, is damaged, or would fill the memory.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            picture.draft("RGB", (2 * EDGE, 2 * EDGE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((EDGE, EDGE))
            return _as_jpeg(upright)
    except DAMAGED:
        return None


def _as_jpeg(picture: Image.Image) -> bytes:
    """Only the points: on white paper where it was see-through."""
    points = picture.convert("RGBA")
    paper = Image.new("RGB", points.size, PAPER)
    paper.paste(points, mask=points.getchannel("A"))
    drawn = io.BytesIO()
    paper.save(drawn, "JPEG", quality=80)
    return drawn.getvalue()
