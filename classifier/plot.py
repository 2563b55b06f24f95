"""Draws a reliability diagram as a PNG (ISO/IEC 15948), with nothing but numpy and zlib."""

import struct
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.measures import Bin

#: Points of the square in which the diagram lies, and of the white around it.
SIDE, MARGIN = 400, 40
PLAIN, INK, SAID, SO, EVEN = (
    (255, 255, 255),
    (60, 60, 60),
    (225, 150, 60),
    (70, 120, 180),
    (170, 170, 170),
)
TICK, DOT = 6, 4
#: Figures of three by five points, drawn this much larger.
SCALE = 3
DIGITS = {
    "0": ("###", "#.#", "#.#", "#.#", "###"),
    "1": (".#.", "##.", ".#.", ".#.", "###"),
    "5": ("###", "#..", "##.", "..#", "##."),
    ".": ("...", "...", "...", "...", ".#."),
}
MARKS = ("0", "0.5", "1")

Image = NDArray[np.uint8]


def draw_reliability(bins: Sequence[Bin]) -> bytes:
    """Return the picture: a bar for what is so in each bin, a dot for what was said of it.

    Where bars end at the grey line, and dots lie on it, probabilities are true.
    """
    image = np.full((SIDE + 2 * MARGIN, SIDE + 2 * MARGIN, 3), PLAIN, dtype=np.uint8)
    width = SIDE // len(bins)
    for number, one in enumerate(bins):
        if one.count:
            left = MARGIN + number * width
            _fill(image, (left + 2, _row(one.so)), (left + width - 2, _row(0)), SO)
    for point in range(SIDE):
        image[_row(point / SIDE), MARGIN + point] = EVEN
    for one in bins:
        if one.count:
            across, down = MARGIN + round(one.said * SIDE), _row(one.so)
            _fill(image, (across - DOT, down - DOT), (across + DOT, down + DOT), SAID)
    _draw_axes(image)
    return _encode(image)


def _draw_axes(image: Image) -> None:
    _fill(image, (MARGIN, _row(0)), (MARGIN + SIDE, _row(0) + 1), INK)
    _fill(image, (MARGIN - 1, _row(1)), (MARGIN, _row(0)), INK)
    for number, mark in enumerate(MARKS):
        share = number / (len(MARKS) - 1)
        across, down = MARGIN + round(share * SIDE), _row(share)
        _fill(image, (across, _row(0)), (across + 1, _row(0) + TICK), INK)
        _fill(image, (MARGIN - TICK, down), (MARGIN, down + 1), INK)
        _write(image, (across - TICK, _row(0) + 2 * TICK), mark)
        _write(image, (2, down - TICK), mark)


def _row(share: float) -> int:
    return MARGIN + SIDE - round(share * SIDE)


def _fill(
    image: Image, first: tuple[int, int], last: tuple[int, int], colour: tuple[int, int, int]
) -> None:
    image[first[1] : last[1], first[0] : last[0]] = colour


def _write(image: Image, place: tuple[int, int], mark: str) -> None:
    across, down = place
    for digit in mark:
        dots = np.array([[dot == "#" for dot in line] for line in DIGITS[digit]])
        large = np.kron(dots, np.ones((SCALE, SCALE), dtype=bool))
        image[down : down + large.shape[0], across : across + large.shape[1]][large] = INK
        across += large.shape[1] + 1


def _encode(image: Image) -> bytes:
    height, width, _ = image.shape
    lines = np.pad(image.reshape(height, -1), ((0, 0), (1, 0)))  # each line: no filter
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    checksum = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)
