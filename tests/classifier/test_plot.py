import struct
import zlib

import numpy as np

from classifier.measures import Bin
from classifier.plot import EVEN, MARGIN, PLAIN, SAID, SIDE, SO, draw_reliability

EMPTY = Bin(count=0, said=0.5, so=0.0)


def decode(picture: bytes) -> np.ndarray:
    """Read back the one kind of PNG that we write."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    start = picture.index(b"IDAT")
    (length,) = struct.unpack(">I", picture[start - 4 : start])
    lines = np.frombuffer(zlib.decompress(picture[start + 4 : start + 4 + length]), dtype=np.uint8)
    return lines.reshape(height, width * 3 + 1)[:, 1:].reshape(height, width, 3)


def has(image: np.ndarray, colour: tuple[int, int, int]) -> bool:
    return bool((image == colour).all(axis=2).any())


def test_a_bar_stands_for_what_is_so_and_a_dot_for_what_was_said():
    bins = [EMPTY] * 9 + [Bin(count=5, said=0.95, so=0.5)]
    image = decode(draw_reliability(bins))
    bar = image[:, MARGIN + SIDE - 10]
    assert (bar == SO).all(axis=1).sum() > SIDE // 3
    assert has(image, SAID)
    assert has(image, EVEN)


def test_nothing_is_drawn_for_an_empty_bin():
    image = decode(draw_reliability([EMPTY] * 10))
    assert not has(image, SO)
    assert not has(image, SAID)
    assert has(image, PLAIN)
