import io

import pytest
from PIL import Image

from bot.thumbnails import EDGE, MOST_PIXELS, draw_thumbnail


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (1200, 800), mode: str = "RGB", **more: object
) -> bytes:
    drawn = io.BytesIO()
    Image.new(mode, size, 120 if mode in {"L", "P"} else None).save(drawn, kind, **more)
    return drawn.getvalue()


def seen(content: bytes) -> Image.Image:
    drawn = draw_thumbnail(content)
    assert drawn is not None
    return Image.open(io.BytesIO(drawn))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"),
        ("PNG", "I;16"), ("GIF", "P"), ("WEBP", "RGBA"), ("BMP", "RGB"), ("TIFF", "L"),
    ],
)  # fmt: skip
def test_a_picture_becomes_a_small_jpeg(kind: str, mode: str):
    small = seen(picture(kind, mode=mode))
    assert small.format == "JPEG"
    assert max(small.size) == EDGE


def test_what_the_camera_wrote_is_left_out_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # lying on its side
    exif[0x010E] = "Flat 3, home of Jo"
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    raw = picture(exif=exif, comment=b"secret")
    assert b"home of Jo" in raw
    small = seen(raw)
    assert not small.getexif()
    assert small.height > small.width
    drawn = draw_thumbnail(raw) or b""
    assert b"home of Jo" not in drawn
    assert b"secret" not in drawn
    assert b"Exif" not in drawn


@pytest.mark.parametrize("tag", [b"\x01\x00", b"\x01\x3f"], ids=["a number", "a fraction"])
def test_words_where_a_camera_writes_something_else_stop_nobody(tag: bytes):
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "hello"
    raw = picture(exif=exif)
    odd = raw.replace(b"\x01\x0e\x00\x02", tag + b"\x00\x02", 1)
    assert odd != raw
    assert draw_thumbnail(odd) is None


def test_a_small_picture_is_not_blown_up():
    assert seen(picture(size=(20, 10))).size == (20, 10)


def test_a_picture_that_would_fill_the_memory_is_not_drawn():
    wide = 20_000
    bomb = picture("PNG", size=(wide, MOST_PIXELS // wide + 1), mode="1")
    assert len(bomb) < 200_000
    assert draw_thumbnail(bomb) is None


def test_a_bomb_beyond_the_librarys_own_limit_is_not_drawn():
    head = picture("BMP", size=(1, 1))
    huge = (60_000).to_bytes(4, "little")
    assert draw_thumbnail(head[:18] + huge + huge + head[26:]) is None


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"hello", id="a text"),
        pytest.param(picture()[:400], id="cut off"),
        pytest.param(picture("PNG")[:60] + b"\0" * 40, id="damaged"),
        pytest.param(b"%!PS-Adobe-3.0 EPSF-3.0\n", id="a program that draws"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", id="a drawing"),
    ],
)
def test_what_is_no_picture_is_not_drawn(content: bytes):
    assert draw_thumbnail(content) is None
