"""Who answers for what: an indicator's own role, that of its section, that of all."""

import pytest

from scorecard.errors import ParamsError
from scorecard.params.roles import Responsible, Roles, read_roles
from scorecard.workbook import Workbook

TEXT = """\
director: Director
portfolio: Young people
sections:
  Care:
    director: Director of Care
    lead_officer: Head of Care
indicators:
  9:
    lead_officer: Reviewing Manager
"""


@pytest.fixture
def book(tmp_path):
    for name in ("data", "params"):
        (tmp_path / name).mkdir()
    return Workbook.at(tmp_path)


def written(book, text):
    book.params("roles").write_text(text)
    return read_roles(book, ["Care", "Staff"], ["9", "17"])


def test_what_is_nearest_an_indicator_goes_first(book):
    roles = written(book, TEXT)
    own = [("Director", "Director of Care"), ("Portfolio", "Young people")]
    assert roles.of("Care", "9").lines == [*own, ("Lead officer", "Reviewing Manager")]
    assert roles.of("Care", "17").lines == [*own, ("Lead officer", "Head of Care")]
    assert roles.of("Care").lead_officer == "Head of Care"
    assert roles.of("Staff", "17").lines == [("Director", "Director"), own[1]]


def test_without_a_file_nobody_is_named(book):
    assert read_roles(book, [], []) == Roles()
    assert Roles().of("Care", "9") == Responsible()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Care:", "Car:", "params/roles.yml, line 4: unknown section `Car`; did you mean `Care`?"),
        ("  9:", "  8:", "params/roles.yml, line 8: unknown indicator `8`"),
        ("lead_officer: R", "lead: R", "params/roles.yml, line 9: unknown key `indicators.9.lead`"),
    ],
)
def test_a_fault_names_its_line(book, old, new, says):
    with pytest.raises(ParamsError) as found:
        written(book, TEXT.replace(old, new, 1))
    assert says in str(found.value)


def test_all_unknown_names_are_faults_together(book):
    with pytest.raises(ParamsError) as found:
        written(book, TEXT.replace("Care:", "Car:").replace("  9:", "  8:"))
    assert "`Car`" in str(found.value)
    assert "`8`" in str(found.value)
