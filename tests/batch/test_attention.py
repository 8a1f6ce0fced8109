"""What must be mended is said once, however many appendices it is about."""

from scorecard.batch.attention import sentences
from scorecard.batch.record import AppendixRecord

UNASKED = "it has not been made yet, not asked for"


def appendix(name, *attention, status="made", **more):
    return AppendixRecord(
        name=name, title="A", notebook="a.ipynb", parameters={}, status=status,
        attention=list(attention), **more,
    )  # fmt: skip


def test_a_sentence_of_several_appendices_is_written_once_with_their_names():
    found = sentences([
        appendix("county", "No committee.", "Write 17.md."), appendix("area", "No committee."),
    ])  # fmt: skip
    assert list(found) == ["county and area: No committee.", "county: Write 17.md."]


def test_a_sentence_of_many_names_the_first_and_counts_the_others():
    found = sentences([appendix(name, "No committee.") for name in "abcde"])
    assert list(found) == ["a, b, c and 2 more: No committee."]


def test_what_two_parts_of_a_page_need_is_written_once():
    assert list(sentences([appendix("a", "Look.", "Look.")])) == ["a: Look."]


def test_what_is_not_in_the_pack_is_one_line():
    found = sentences([
        appendix("a"), *(appendix(name, status="missing", failure=UNASKED) for name in "bcdef"),
    ])  # fmt: skip
    (only,) = found
    assert only.startswith("the pack is partial: b, c, d, e and f are not in it; run the month")


def test_a_failed_and_a_stale_appendix_are_distinguished():
    found = sentences([
        appendix("a", status="failed", failure="cell 2: no"),
        appendix("b", status="kept", stale=["the data have changed"]),
    ])  # fmt: skip
    assert list(found) == [
        "a: failed, and not in the pack: cell 2: no",
        "b: kept from an earlier run, but the data have changed since",
    ]


def test_a_page_that_was_changed_by_hand_is_reported_by_itself():
    changed = appendix("a", status="missing", failure="its files were changed by hand")
    found = list(sentences([changed, appendix("b", status="missing", failure=UNASKED)]))
    assert found[0].startswith("the pack is partial: b is not in it; ")
    assert found[1:] == ["a: not in the pack: its files were changed by hand"]


def test_all_is_well():
    assert list(sentences([appendix("a")])) == []
