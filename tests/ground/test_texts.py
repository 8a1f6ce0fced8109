"""A text that a person wrote is read within bounds, and hides nothing."""

from __future__ import annotations

import unicodedata

import pytest

from scorecard import texts
from scorecard.errors import TextError
from scorecard.unseen import UNSEEN, described, visible, visible_line

SIGNS = {
    *range(0x600, 0x606),
    0x6DD,
    0x890,
    0x891,
    0x8E2,
    0x110BD,
    0x110CD,
    *range(0x13430, 0x13440),
}
"""Signs that are seen, though Unicode counts them among the marks that format: Arabic ones before
numbers, and those that join hieroglyphs."""


def test_every_mark_that_controls_or_formats_is_one_that_nobody_sees():
    unseen = {
        code for code in range(0x110000)
        if unicodedata.category(chr(code)) in ("Cc", "Cf", "Zl", "Zp")
    } - {*map(ord, "\t\n\r")} - SIGNS  # fmt: skip

    assert [hex(code) for code in unseen if not UNSEEN.match(chr(code))] == []


@pytest.mark.parametrize(
    "text", ["Ŷ £ é – “Ysgol” 中文 עברית हिन्दी", "\t\r\n a\u00a0b\u2003c", "😀 1\u20ac"]
)
def test_what_people_read_is_seen(text):
    assert not UNSEEN.search(text)
    assert visible(text) == text


def test_what_nobody_sees_is_shown_by_its_number():
    assert visible("a\x1b]0;b\x07\u202ec\u200b\n") == "a[U+001B]]0;b[U+0007][U+202E]c[U+200B]\n"
    assert visible_line("a\nb\tc\u00a0d e\U000e0041") == "a[U+000A]b[U+0009]c[U+00A0]d e[U+E0041]"
    assert described("\u200b") == "U+200B, zero width space"
    assert described("\x9b") == "U+009B, a control character"


def hidden(line, column, what):
    return (
        f"data/text.md, line {line}, column {column}: there is an invisible character "
        f"({what}); delete it"
    )


def read(tmp_path, content, most=100, **asked):
    path = tmp_path / "text.md"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return texts.read(path, "data/text.md", most, **asked)


def test_a_text_is_read_without_its_byte_order_mark(tmp_path):
    assert read(tmp_path, "\ufeffé\r\n") == "é\r\n"
    assert read(tmp_path, "x" * 100) == "x" * 100
    assert read(tmp_path, "a\u200b", hidden=True) == "a\u200b"


@pytest.mark.parametrize(
    ("content", "most", "said"),
    [
        ("x" * 2049, 2048, "data/text.md is larger than 2 KiB; shorten it"),
        (b"\xff", 100, "data/text.md is not UTF-8 text; save it as UTF-8"),
        ("a\nbc\u200bd", 100, hidden(2, 3, "U+200B, zero width space")),
        ("\x1b]0;owned\x07", 100, hidden(1, 1, "U+001B, a control character")),
        ("a\ufeff", 100, hidden(1, 2, "U+FEFF, zero width no-break space")),
    ],
)  # fmt: skip
def test_what_is_no_text_that_people_read_is_reported(tmp_path, content, most, said):
    with pytest.raises(TextError) as caught:
        read(tmp_path, content, most)
    assert str(caught.value) == said


def test_a_text_that_cannot_be_opened_is_reported(tmp_path):
    with pytest.raises(TextError, match="data can't be read: Is a directory"):
        texts.read(tmp_path, "data", 100)
    with pytest.raises(FileNotFoundError):
        texts.read(tmp_path / "none", "none", 100)
