from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minisql.dialect.tokenizer import NAME, NUMBER, QUOTED, STRING, VARIABLE, WORD, tokenize


def kinds(text: str) -> list[tuple[object, str]]:
    return [(token.token_type, token.text) for token in tokenize(text)]


@pytest.mark.parametrize("number", ["1", "007", "1.", ".5", "1.5", "1e3", "1E3", "1.e2", ".5e-1", "1e+3"])
def test_numbers(number: str) -> None:
    assert kinds(number) == [(NUMBER, number)]


@pytest.mark.parametrize("name", ["a", "_a", "a@b", "1a", "1e3a", "1e", "1_000", "12@"])
def test_names(name: str) -> None:
    assert kinds(name) == [(NAME, name)]


def test_a_number_ends_where_no_longer_one_is() -> None:
    assert kinds("1e+3a") == [(NUMBER, "1e+3"), (NAME, "a")]
    assert kinds("1.5a") == [(NUMBER, "1.5"), (NAME, "a")]
    assert kinds("1..2") == [(NUMBER, "1."), (NUMBER, ".2")]


def test_words_are_in_upper_case() -> None:
    assert kinds("select Key foo") == [(WORD, "SELECT"), (NAME, "KEY"), (NAME, "foo")]


def test_quotes_are_doubled_within_quotes() -> None:
    assert kinds("'it''s' \"a\"\"b\" `c``d` ${x}") == [(STRING, "it's"), (QUOTED, 'a"b'), (QUOTED, "c`d"), (VARIABLE, "${x}")]


@pytest.mark.parametrize("text", ["a -- b\n", "a --@ b", "/* b */ a", "/* /* */a", "-- b\na", "a--\nb", "\ta\r\n"])
def test_comments_and_blanks_are_no_tokens(text: str) -> None:
    assert [token.text for token in tokenize(text)] == ["a"]


def test_a_comment_needs_a_character_after_its_dashes() -> None:
    assert [token.text for token in tokenize("a --")] == ["a", "-", "-"]


@pytest.mark.parametrize("text", ["'a", '"a', "`a", "/* a", "?", "{", "\xa0"])
def test_what_is_no_token_is_one_of_its_own(text: str) -> None:
    assert tokenize(text)[0].end == 0


def test_places() -> None:
    places = [(token.line, token.col, token.start, token.end) for token in tokenize("a\n  'b\nc' d")]
    assert places == [(1, 1, 0, 0), (2, 3, 4, 8), (3, 4, 10, 10)]


def test_places_within_a_script() -> None:
    assert [(token.line, token.col) for token in tokenize("a\nb", line=3, column=5)] == [(3, 5), (4, 1)]


@given(st.text())
def test_a_string_literal_holds_any_text(text: str) -> None:
    token, *more = tokenize("'" + text.replace("'", "''") + "'")
    assert (token.token_type, token.text, more) == (STRING, text, [])
