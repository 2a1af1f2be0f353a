import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from legislators import franklin
from legislators.models import Source

pytestmark = pytest.mark.django_db
KEYS = [
    "chamber",
    "state",
    "district",
    "division",
    "position",
    "certain",
    "method",
    "radius_m",
    "edition",
    "reason",
    "holder",
    "status",
]


@pytest.fixture(autouse=True)
def _franklin():
    franklin.build()


def asked(capsys, *args, **options):
    call_command("who_represents", *args, **options)
    return capsys.readouterr().out


def test_an_address_is_answered_for_people(capsys):
    told = asked(capsys, franklin.SAMPLES[2].one_line())

    assert "Your address lies in House District 11, on the Franklin map." in told
    assert "Representative: vacant" in told
    assert "Governor Amara Fennimore (Meadow)" in told


def test_a_split_zip_says_that_it_cannot_tell(capsys):
    told = asked(capsys, zip="00015")
    assert told.count("(one of several that may be yours)") == 6


def test_json_is_one_object_with_the_fields_promised(capsys):
    answer = json.loads(asked(capsys, zip="00018", json=True))

    assert list(answer) == ["query", "seats"]
    assert all(list(seat) == KEYS for seat in answer["seats"])
    assert {tuple(seat["holder"]) for seat in answer["seats"]} == {
        ("name", "party", "email", "phone")
    }


def test_a_point_is_asked_as_lat_and_lon(capsys):
    answer = json.loads(asked(capsys, "--point", "33.05", "-44.95", "--json"))
    assert [seat["district"] for seat in answer["seats"] if seat["chamber"] == "us_house"] == ["1"]


def test_a_batch_answers_every_row_in_order_whatever_is_wrong_with_one(capsys, tmp_path):
    path = tmp_path / "people.csv"
    lines = [
        "street,city,state,zip,lat,lon",
        "12 Walnut Ave,Millbrook Ferry,FK,00018,,",
        ",,,1234,,",
        ",,,,33.05,-44.95",
        ",,,00015,,",
        ",,,,x,y",
    ]
    path.write_text("\ufeff" + "\n".join(lines) + "\n", encoding="utf-8")

    answers = [json.loads(line) for line in asked(capsys, batch=path).splitlines()]

    assert [answer["query"] for answer in answers] == [
        "12 Walnut Ave, Millbrook Ferry, FK 00018",
        "1234",
        "33.05, -44.95",
        "00015",
        "x, y",
    ]
    assert ["error" in answer for answer in answers] == [False, True, False, False, True]
    assert all(seat["certain"] for seat in answers[0]["seats"])


def test_a_batch_of_another_kind_is_refused(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("name,age\nNora,7\n")
    with pytest.raises(CommandError, match="columns"):
        call_command("who_represents", batch=path)


@pytest.mark.parametrize("wrong", [{}, {"zip": "1234"}, {"zip": "00018", "point": [1.0, 2.0]}])
def test_a_question_that_cannot_be_asked_says_why(wrong):
    with pytest.raises(CommandError):
        call_command("who_represents", **wrong)


def test_a_place_outside_every_map_says_so(capsys):
    assert "no seat here" in asked(capsys, "--point", "0", "0")


def test_the_age_of_the_roster_is_told_and_an_old_one_called_stale(capsys):
    Source.objects.update(as_of=timezone.localdate() - dt.timedelta(days=61))
    assert "61 days old (stale: run manage.py refresh_rosters)" in asked(capsys, zip="00018")

    Source.objects.update(as_of=timezone.localdate() - dt.timedelta(days=60))
    assert "stale" not in asked(capsys, zip="00018")


def test_it_answers_for_a_day(capsys):
    """The roster of the demonstration begins later than 1999."""
    then = json.loads(asked(capsys, zip="00018", json=True, on=dt.date(1999, 1, 1)))
    now = json.loads(asked(capsys, zip="00018", json=True))

    assert [seat["holder"] for seat in then["seats"]] != [seat["holder"] for seat in now["seats"]]
