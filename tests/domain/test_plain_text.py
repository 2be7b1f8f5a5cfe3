"""Typed text made safe: nothing that hides or reorders is left, and doing it twice changes nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.plain_text import shortened, tidy

# What Unicode calls Bidi_Control, and everything without width that joins nothing.
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ZERO_WIDTH = "\u00ad\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u206a\u206f\ufeff\ufff9\ufffa\ufffb\U000e0001\U000e0041"
JOINERS = "\u200c\u200d"

odd = st.text(
    st.sampled_from(f"ae \u0301\u0308\u00a0\n\t\x00\ud800\u2019\u3164{BIDI}{ZERO_WIDTH}{JOINERS}"), max_size=12
)
anything = st.text(st.characters(), max_size=60)


@given(st.one_of(anything, odd))
@example("e\u200b\u0301")
@example("e\ud800\u0301")
@example("\u200d")
def test_tidied_text_holds_nothing_hidden(text: str) -> None:
    tidied = tidy(text)
    assert not set(tidied) & set(BIDI + ZERO_WIDTH)
    assert not {unicodedata.category(char) for char in tidied} & {"Cc", "Cs", "Zl", "Zp"}
    assert tidied == tidied.strip()
    assert "  " not in tidied
    assert unicodedata.is_normalized("NFC", tidied)


@given(st.one_of(anything, odd))
@example("e\u200b\u0301")
@example("a\u200d\u200b b")
@example("a \u200d b")
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(odd)
def test_a_joiner_stands_only_between_two_characters_to_join(text: str) -> None:
    tidied = tidy(text)
    for place, char in enumerate(tidied):
        if char in JOINERS:
            assert 0 < place < len(tidied) - 1
            assert not {tidied[place - 1], tidied[place + 1]} & set(f" {JOINERS}")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("plain", "plain"),
        ("  two   words \n here\t", "two words here"),
        ("\u201csmart\u201d \u2018quotes\u2019", "\"smart\" 'quotes'"),
        ("re\u0301sume\u0301", "r\u00e9sum\u00e9"),
        ("no\u00a0break", "no break"),
        ("a\x00b\x1b[31mc\x7f", "a b [31mc"),
        ("one\u2028two\u2029three\x85four", "one two three four"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("\u2067\u05e9\u05dc\u05d5\u05dd\u2069", "\u05e9\u05dc\u05d5\u05dd"),
        ("ze\u200bro", "zero"),
        ("so\u00adft", "soft"),
        ("mark\u061c", "mark"),
        ("tag\U000e0041ged", "tagged"),
        ("half \ud83d", "half"),
        ("\U0001f469\u200d\U0001f4bb coders", "\U0001f469\u200d\U0001f4bb coders"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("\u200dstart end\u200c", "start end"),
        ("<@123> & @everyone", "<@123> & @everyone"),
        ("", ""),
        (" \u200b\u202e\x00 ", ""),
    ],
)
def test_texts(text: str, wanted: str) -> None:
    assert tidy(text) == wanted


@given(anything, st.integers(1, 40))
def test_shortened_text_fits_and_begins_as_it_did(text: str, most: int) -> None:
    short = shortened(text, most)
    assert len(short) <= most
    assert shortened(short, most) == short
    if short != text:
        assert short.endswith("\u2026")
        assert text.startswith(short[:-1])
        assert len(text) > most


@pytest.mark.parametrize(
    ("text", "most", "wanted"),
    [
        ("Product and UX", 14, "Product and UX"),
        ("Product and UX", 13, "Product and\u2026"),
        ("Machine learning and deep learning", 30, "Machine learning and deep\u2026"),
        ("Unbelievablylongword", 10, "Unbelieva\u2026"),
        ("a bcdefghijklmnop", 10, "a bcdefgh\u2026"),
        ("abc", 1, "\u2026"),
        ("   ", 2, "\u2026"),
        ("", 1, ""),
    ],
)
def test_shortened_at_a_word_where_there_is_one(text: str, most: int, wanted: str) -> None:
    assert shortened(text, most) == wanted
