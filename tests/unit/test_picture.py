"""A picture that moves: several PNG pictures become one, which programs without APNG read as its first."""

from __future__ import annotations

import struct
import zlib

import pytest

from tests import picture


def png(colour: bytes, width: int = 2) -> bytes:
    header = struct.pack(">IIBBBBB", width, 1, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" + colour * width)
    half = len(data) // 2  # browsers write several
    parts = [(b"IHDR", header), (b"IDAT", data[:half]), (b"IDAT", data[half:]), (b"IEND", b"")]
    return picture.SIGNATURE + b"".join(picture._chunk(*part) for part in parts)


def test_every_picture_is_a_frame_in_order() -> None:
    joined = picture.joined([png(b"abc"), png(b"def")], [900, 4000], plays=3)
    chunks = list(picture._chunks(joined))
    assert [kind for kind, _ in chunks] == [b"IHDR", b"acTL", b"fcTL", b"IDAT", b"fcTL", b"fdAT", b"IEND"]
    assert struct.unpack(">II", chunks[1][1]) == (2, 3)
    assert [struct.unpack(">IIIIIHHBB", data)[0] for kind, data in chunks if kind == b"fcTL"] == [0, 1]
    assert [struct.unpack(">IIIIIHHBB", data)[5] for kind, data in chunks if kind == b"fcTL"] == [900, 4000]
    assert zlib.decompress(chunks[3][1]) == b"\0abcabc"
    assert (chunks[5][1][:4], zlib.decompress(chunks[5][1][4:])) == (struct.pack(">I", 2), b"\0defdef")


def test_pictures_of_another_size_are_refused() -> None:
    with pytest.raises(AssertionError, match="one size"):
        picture.joined([png(b"abc"), png(b"def", 3)], [1, 1], plays=1)
