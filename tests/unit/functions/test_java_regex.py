"""Java's regular expressions: where they differ from Python's."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minisql.errors import KsqlError, UnsupportedError
from minisql.functions.java_regex import charset
from minisql.functions.java_regex.pattern import Pattern, compiled
from minisql.functions.java_regex.reader import PatternError
from minisql.functions.java_regex.replacement import replace_all
from minisql.functions.scalar.regex import regexp_extract, regexp_extract_all, regexp_replace, regexp_split_to_array

ATOMS = ["a", "b", "1", ".", "[ab]", "[^a]", r"\d", r"\w", "(a)", "(?:ab)", "(a|b)", "^", "$", "(?=a)", "(?!b)"]
ALIKE = st.lists(st.tuples(st.sampled_from(ATOMS), st.sampled_from(["", "", "*", "+?", "{2}"])), max_size=4).map(
    lambda parts: "".join(atom + ("" if atom in "^$" else mark) for atom, mark in parts)
)


@given(ALIKE, st.text("ab1c", max_size=8))
def test_what_both_languages_have_means_the_same(pattern: str, text: str) -> None:
    java, python = Pattern(pattern).find(text), re.compile(pattern).search(text)
    assert (java and java.span()) == (python and python.span())


def found(pattern: str, text: str) -> list[str]:
    return [match[0] for match in compiled(pattern).find_all(text)]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("a*+b|c", "aab c", ["aab", "c"]),
        ("a*+a", "aaa", []),
        ("(?>a|ab)c", "abc ac", ["ac"]),
        ("a{1,2}+a", "aaaa", ["aaa"]),
        ("|a", "ab", ["", "", ""]),
        ("a(?i)b|c", "aB C AB", ["aB", "C"]),
        ("(?i:a)b", "Ab AB", ["Ab"]),
        ("(?i)é", "É", []),
        ("(?iu)é", "É", ["É"]),
        ("(?i)[^a]", "aAb", ["b"]),
        ("(?i)(a)\\1", "aA", ["aA"]),
        ("(?i)\\p{Lu}", "a", ["a"]),
        ("(?s).(?-s).", "\n\na", ["\na"]),
        ("(?d).", "\r\n", ["\r"]),
        (".", "a\u2028\x85\r\nb", ["a", "b"]),
        ("a$", "a\r\n", ["a"]),
        ("$", "a\r\n", ["", ""]),
        ("(?m)^b$", "a\rb\u2028", ["b"]),
        ("(?m)^", "a\n", [""]),
        ("(?x) a b # c\n [c d]", "abd", ["abd"]),
        ("\\Qa.(\\E+", "a.((", ["a.(("]),
        ("[a-z&&[^aeiou]]", "abc", ["b", "c"]),
        ("[a-c[x-z]]+", "abxy", ["abxy"]),
        ("[^a-c&&b]", "abd", ["a", "d"]),
        ("[]a-]+", "]-a", ["]-a"]),
        ("[a&&]", "a&", ["a"]),
        ("\\h\\H\\v\\V", "\u3000a\x0bb", ["\u3000a\x0bb"]),
        ("\\R", "\r\n\n", ["\r\n", "\n"]),
        ("\\d\\w\\s", "٣é\u00a0", []),
        ("\\p{L}\\P{L}\\pL", "é1a", ["é1a"]),
        ("\\p{Alpha}\\p{Punct}", "é!a!", ["a!"]),
        ("\\p{javaLowerCase}\\p{IsUppercase}", "éÉ", ["éÉ"]),
        ("\\p{gc=Nd}\\p{IsWhite_Space}", "٣\u2003", ["٣\u2003"]),
        ("\\x41\\u0042\\x{43}\\0104\\N{LATIN CAPITAL LETTER E}", "ABCDE", ["ABCDE"]),
        ("\\ud83d\\ude00\\cA\\t\\e", "\U0001f600\x01\t\x1b", ["\U0001f600\x01\t\x1b"]),
        ("\\bé\\b", "é", ["é"]),
        ("\\B", "", [""]),
        ("a\\Z", "a\n", ["a"]),
        ("a\\z", "a\n", []),
        ("(?<=a|bc)d", "ad bcd cd", ["d", "d"]),
        ("(?<!a|bc)d", "ad bcd cd", ["d"]),
        ("(?<one>a)(b)\\k<one>\\2", "abab", ["abab"]),
        ("(a)\\11", "aa1", ["aa1"]),
        ("\\1a", "a", []),
        ("a{2}{3}", "aaa", ["aa"]),
        ("}]", "}]", ["}]"]),
        ("^*a", "a", ["a"]),
    ],
)
def test_java(pattern: str, text: str, expected: list[str]) -> None:
    assert found(pattern, text) == expected


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("*a", "Dangling meta character '*' near index 0\n*a\n^"),
        ("a**", "Dangling meta character '*' near index 2\na**\n  ^"),
        ("(a", "Unclosed group near index 2\n(a"),
        ("a)", "Unmatched closing ')' near index 0\na)\n^"),
        ("a{,2}", "Illegal repetition near index 2\na{,2}\n  ^"),
        ("a{2,1}", "Illegal repetition range near index 5\na{2,1}\n     ^"),
        ("a{2", "Unclosed counted closure near index 3\na{2"),
        ("[a", "Unclosed character class near index 1\n[a\n ^"),
        ("[b-a]", "Illegal character range near index 3\n[b-a]\n   ^"),
        ("\\y", "Illegal/unsupported escape sequence near index 1\n\\y\n ^"),
        ("[\\b]", "Illegal/unsupported escape sequence near index 2\n[\\b]\n  ^"),
        ("\\p{Foo}", "Unknown character property name {Foo} near index 6\n\\p{Foo}\n      ^"),
        ("(?y)", "Unknown inline modifier near index 2\n(?y)\n  ^"),
        ("(?<a>)(?<a>)", "Named capturing group <a> is already defined near index 10\n(?<a>)(?<a>)\n          ^"),
        ("\\k<a>", "named capturing group <a> does not exist near index 4\n\\k<a>\n    ^"),
    ],
)
def test_what_is_no_pattern(pattern: str, message: str) -> None:
    with pytest.raises(PatternError) as caught:
        Pattern(pattern)
    assert caught.value.message == message


@pytest.mark.parametrize("pattern", ["\\Ga", "\\X", "(?U)a", "(?<=a{1,2})b", "(?<=a+)b", "\\p{IsGreek}", "(\\1a)", "\\2(a)(b)"])
def test_what_python_cannot_do(pattern: str) -> None:
    with pytest.raises(UnsupportedError):
        Pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "replacement", "expected"),
    [
        ("(a)(?<n>b)?", "[$1${n}]", "[ab][a]c"),
        ("(a)", "$10", "a0ba0c"),
        ("a", "\\$\\\\", "$\\b$\\c"),
        ("x", "$9", "abac"),
        ("", "-", "-a-b-a-c-"),
    ],
)
def test_replacements(pattern: str, replacement: str, expected: str) -> None:
    assert replace_all(compiled(pattern), "abac", replacement) == expected


@pytest.mark.parametrize(
    ("replacement", "message"),
    [
        ("$", "Illegal group reference: group index is missing"),
        ("$x", "Illegal group reference"),
        ("$2", "No group 2"),
        ("a\\", "character to be escaped is missing"),
        ("${n", "named capturing group is missing trailing '}'"),
        ("${1}", "capturing group name {1} starts with digit character"),
        ("${m}", "No group with name {m}"),
    ],
)
def test_what_is_no_replacement(replacement: str, message: str) -> None:
    with pytest.raises(KsqlError) as caught:
        replace_all(compiled("(?<n>a)"), "a", replacement)
    assert caught.value.message == message


def test_groups() -> None:
    assert regexp_extract("(a)|(b)", "b", 1) is None
    assert regexp_extract("(a)", "b", 1) is regexp_extract("(a)", "a", 2) is None
    assert regexp_extract_all("(a)|(b)", "ab", 1) == ["a", None]
    assert regexp_extract_all("(a)", "a", 2) is None
    assert regexp_extract_all("x", "a") == []
    with pytest.raises(KsqlError, match="No group -1"):
        regexp_extract("a", "a", -1)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (",", "", [""]),
        (",", ",a,,", ["", "a", "", ""]),
        ("(?=b)", "abab", ["a", "ba", "b"]),
        ("\\b", "\rB", ["\r", "B"]),
        ("x*", "axxb", ["a", "", "b"]),
        ("", "", [""]),
        ("", "ab", ["a", "b"]),
    ],
)
def test_splitting(pattern: str, text: str, expected: list[str]) -> None:
    assert regexp_split_to_array(text, pattern) == expected


def test_errors_name_the_pattern() -> None:
    for call in (regexp_extract_all, regexp_split_to_array):
        with pytest.raises(KsqlError, match=r"^Invalid regular expression pattern: \($"):
            call("(", "(")
    with pytest.raises(KsqlError, match=r"^Invalid regular expression pattern: \($"):
        regexp_replace("a", "(", "")
    with pytest.raises(KsqlError, match=r"^Unclosed group near index 1"):
        regexp_extract("(", "a")


RANGES = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)).map(lambda pair: (pair[0], sum(pair)))).map(charset.normal)


@given(RANGES, RANGES)
def test_sets(one: charset.Ranges, other: charset.Ranges) -> None:
    def members(ranges: charset.Ranges) -> set[int]:
        return {code for first, last in ranges for code in range(first, min(last, 100) + 1)}

    assert members(charset.union(one, other)) == members(one) | members(other)
    assert members(charset.intersection(one, other)) == members(one) & members(other)
    assert charset.complement(charset.complement(one)) == one
    matching = {code for code in range(101) if re.fullmatch(charset.code_of(one), chr(code))}
    assert matching == members(one)
