"""On a card stand the initials of the first name and the surname."""

import gzip

import pytest

from actions.pages.write import initials
from legislators.models import Legislator
from legislators.roster.published import read_yaml
from tests import build
from tests.actions.browsing import ACT, send


@pytest.mark.parametrize(
    ("name", "family_name", "right"),
    [
        ("Ada Q. Smith", "", "AS"),
        ("Sanford D. Bishop, Jr.", "Bishop", "SB"),
        ("Sanford D. Bishop, Jr.", "", "SB"),
        ("Nicholas J. Begich III", "", "NB"),
        ("William R. Timmons IV", "", "WT"),
        ("Randy K. Weber, Sr.", "Weber", "RW"),
        ("Chris Van Hollen", "", "CV"),
        ("Monica De La Cruz", "", "MD"),
        ("Jessica de la Cruz", "", "JD"),
        ("Charlie St. Clair", "", "CS"),
        ("Debbie Wasserman Schultz", "Wasserman Schultz", "DW"),
        ("Catherine Cortez Masto", "Cortez Masto", "CC"),
        ("Ludmya Bourdeau Love", "Love", "LL"),
        ('Robert C. "Bobby" Scott', "Scott", "RS"),
        ("Jesús G. “Chuy” García", "García", "JG"),
        ("Ana Ruiz (Annie)", "", "AR"),
        ("C. Scott Franklin", "Franklin", "CF"),
        ("Álvaro Ñandú", "", "ÁÑ"),
        ("Yusuf Yusuf", "", "YY"),
        ("Madonna", "", "M"),
        ("", "", ""),
    ],
)
def test_initials_are_those_of_the_first_name_and_the_surname(name, family_name, right):
    assert initials(name, family_name) == right


def test_everybody_in_congress_has_the_initial_of_their_surname(shared_data):
    rows = read_yaml(
        gzip.decompress((shared_data / "congress/legislators-current.yaml.gz").read_bytes())
    )
    names = [row["name"] for row in rows if "official_full" in row["name"]]
    wrong = [
        name["official_full"]
        for name in names
        if initials(name["official_full"], name["last"])[1:] != name["last"][0].upper()
    ]
    assert len(names) > 500
    assert wrong == []


@pytest.mark.django_db
def test_a_card_shows_them_as_the_roster_gives_the_surname(client, letter_ask):
    build.zip_district("00001", letter_ask)
    Legislator.objects.filter(name="Ada Smith").update(
        name="Ada Wasserman Schultz", family_name="Wasserman Schultz"
    )

    page = send(client, client.get(ACT), step="address", zip="00001", age="34").content.decode()
    assert 'class="initials" aria-hidden="true">AW<' in page
