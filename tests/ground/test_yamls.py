"""YAML is read within bounds: what explodes, has no end or hides something is told in its place."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
import yaml

from scorecard import yamls

LETTERS = "abcdefgh"
LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{here}: &{here} [{','.join([f'*{above}'] * 10)}]\n" for above, here in pairwise(LETTERS)
)
"""Eight lines that stand for a hundred million values."""

HIDDEN = "there is an invisible character"
UNKNOWN = (
    "could not determine a constructor for the tag 'tag:yaml.org,2002:python/object:os.system'"
)


def told(text: str, **asked: bool) -> tuple[int, str]:
    """The line and the problem of what is not read."""
    with pytest.raises(yaml.MarkedYAMLError) as caught:
        yamls.load(text, **asked)
    return caught.value.problem_mark.line + 1, caught.value.problem


def test_what_people_write_is_read_with_its_lines():
    said, tree = yamls.load(
        "base: &base {committee: Cabinet}\n"
        "2016-08:\n  <<: *base\n  day: 2016-11-10\n  codes: [1, '2']\n"
    )

    assert said["2016-08"] == {"committee": "Cabinet", "day": date(2016, 11, 10), "codes": [1, "2"]}
    assert [key.start_mark.line for key, _ in tree.value] == [0, 1]
    assert yamls.load("") == (None, None)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (LAUGHS, 5, "there are more than 100000 values"),
        ("a:\n" + "- 1\n" * 100_001, 100_001, "there are more than 100000 values"),
        ("a: &a\n  b: *a\n", 2, "`a` holds itself"),
        ("a: &a [*a]", 1, "`a` holds itself"),
        ("a: *b", 1, "found undefined alias"),
        ("a:\n  " + "[" * 100_000, 2, "more than 50 lists or mappings are within one another"),
        ("{a: " * 100_000, 1, "more than 50 lists or mappings are within one another"),
        ("- " * 100_000, 1, "more than 50 lists or mappings are within one another"),
        ("a: 1\nb: " + "1" * 5000, 2, "a number has more than 18 digits"),
        ("a: 0x" + "f" * 5000, 1, "a number has more than 18 digits"),
        ("a: 1" + ":1" * 5000, 1, "a number has more than 18 digits"),
        ("a: 1" + "0" * 18, 1, "a number has more than 18 digits"),
        ("a: -1" + "0" * 18, 1, "a number has more than 18 digits"),
        ("a: 2016-13-45", 1, "`2016-13-45` is not a date, though it looks like one"),
        ("a: !!timestamp x", 1, "`x` is not a date, though it looks like one"),
        ("a: !!int x", 1, "`x` is not a number, though it looks like one"),
        ("\na: \u202eb", 2, f"{HIDDEN} (U+202E, right-to-left override)"),
        ('\n"\\e[31m": b', 2, f"{HIDDEN} (U+001B, a control character)"),
        ("a: !!python/object:os.system x", 1, UNKNOWN),
    ],
    ids=range(19),
)  # fmt: skip
def test_what_is_beyond_bounds_is_reported_with_its_line(text, line, problem):
    assert told(text) == (line, problem)


def test_fifty_lists_within_one_another_and_eighteen_digits_are_read():
    said, _ = yamls.load("[" * yamls.DEPTH + "9" * 18 + "]" * yamls.DEPTH)
    for _ in range(yamls.DEPTH):
        (said,) = said

    assert said == 10**18 - 1


def test_an_anchor_is_counted_where_its_alias_is_used():
    """Of 100,000 values: 101 for two keys and the list of 98, and 99 for each alias."""
    text = "a: &a [" + ",".join("x" * 98) + "]\nb:\n"

    assert len(yamls.load(text + "- *a\n" * 1008)[0]["b"]) == 1008
    assert told(text + "- *a\n" * 1010) == (1012, "there are more than 100000 values")


def test_an_anchor_that_is_set_again_counts_as_what_it_is_then():
    with pytest.raises(yaml.YAMLError):
        yamls.load("a: &a [1]\nb: &a [*a, *a]\nc: *a\n")


def test_what_a_ledger_hides_is_read_since_it_is_never_changed():
    assert yamls.load("why: late\u200brecords", hidden=True)[0] == {"why": "late\u200brecords"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a:\n\tb: 1\n", "a tab: indent it with spaces"),
        ("a: b\n\tc: 1\n", "a tab: indent it with spaces"),
        ("a: !late 1\n", "`!` begins a tag, and none is read: put the value in quotes"),
        ("a: @team\n", "a value can't begin with `@`: put it in quotes"),
        ("a: *team\n", "a value can't begin with `*`: put it in quotes"),
        ("a: Reds: 2\n", "put a text with a colon in quotes"),
        ("a: 1\n---\nb: 2\n", "`---` begins a second document: delete it"),
        ("a: 'it\n", "a quote is not closed"),
        ("a: [1, 2\nb: 3\n", "a bracket is not closed"),
        ("a: 'it's'\n", "look at its indentation, quotes and brackets"),
        ("a: | b\n", "begins on the next line"),
        ('a: "\\q"\n', "write it twice, or use single quotes"),
        ("? [1]\n: 2\n", "a key is a list or a mapping"),
        ("%YAML 3.0\n---\na: 1\n", "this is not YAML: found incompatible YAML document"),
        ("a: 45678901234567890123\n", "a number has more than 18 digits"),
    ],
)
def test_what_is_wrong_is_in_plain_words_with_a_remedy(text, words):
    with pytest.raises(yaml.YAMLError) as caught:
        yamls.load(text)

    assert words in yamls.explained(caught.value, text)
