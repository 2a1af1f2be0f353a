"""A link in the organization's own mailing fills in first name and ZIP, once, of nobody under 18."""

import csv
import io
import logging

import pytest
from django.urls import reverse
from django.utils import timezone

from config.logs import without_people
from supporters import consent, prefills
from supporters.models import Prefill
from tests import build
from tests.actions.browsing import ACT, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]


@pytest.fixture
def nora(petition):
    made = build.supporter(email="nora@example.org", family_name="Quincunx", zip="02139")
    consent.grant(made, "newsletter", "Send me news.")
    for left_out in ({"is_minor": True}, {"proven_at": None}):
        consent.grant(build.supporter(**left_out), "newsletter", "Send me news.")
    return made


def links_of(client):
    client.force_login(build.user("exporter"))
    answer = client.post(reverse("desk:personal_links", args=["playgrounds"]))
    client.logout()
    file = io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))
    return dict(list(csv.reader(file))[1:])


def test_a_scanner_uses_nothing_up_and_one_press_fills_in_first_name_and_zip(client, nora, caplog):
    links = links_of(client)
    assert list(links) == ["nora@example.org"]
    link = next(iter(links.values()))
    token = link.split("/begin/")[1].split("/")[0]
    assert token not in str(Prefill.objects.values())
    page = "/begin/" + link.split("/begin/")[1].partition("?")[0]
    assert token not in without_people(f"GET {page} 200")

    with caplog.at_level(logging.DEBUG):
        for _ in range(2):
            shown = client.get(page)
    nobodys = client.get(page.replace(token, "x" * 43)).content.decode()
    assert shown.content.decode().replace(token, "x" * 43) == nobodys
    assert "Nora" not in nobodys
    assert shown["Cache-Control"] == "no-store, private"

    first = send(client, shown, ACT, step="prefill")
    assert 'value="02139"' in first.content.decode()
    assert "no-store" in first["Cache-Control"]
    assert "Quincunx" not in first.content.decode()
    assert "nora@" not in first.content.decode()
    write = send(client, first, step="address", age="34")
    assert 'value="Nora"' in write.content.decode()

    again = send(client, shown, ACT, step="prefill").content.decode()
    never = client.post(ACT, {"prefill": "y" * 43, "step": "prefill"}).content.decode()
    assert again == never
    assert "02139" not in again


def test_who_turned_out_young_took_their_yes_back_or_came_too_late_is_nobody(client, nora):
    (_email, late), *_ = next(prefills.make_links())
    Prefill.objects.update(ends_at=timezone.now())
    assert prefills.use(late) is None
    (_email, ended), *_ = next(prefills.make_links())
    consent.end(nora, "newsletter")
    assert prefills.use(ended) is None
    assert not Prefill.objects.exists()

    consent.grant(nora, "newsletter", "Send me news.")
    (_email, young), *_ = next(prefills.make_links())
    nora.is_minor = True
    nora.save()
    assert prefills.use(young) is None
    Prefill.objects.create(supporter=nora, token_hash="x", ends_at=timezone.now())
    assert prefills.forget_old() == 1
