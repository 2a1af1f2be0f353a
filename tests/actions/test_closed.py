"""A campaign that takes no actions now, and what its pages say to whoever comes all the same."""

import pytest

from tests import build
from tests.actions.browsing import ACT, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "english", "spanish"),
    [
        ("paused", "taking a break", "está en pausa"),
        ("closed", "This campaign has ended", "Esta campaña terminó"),
        ("won", "We won", "Ganamos"),
        ("archived", "This campaign has ended", "Esta campaña terminó"),
    ],
)
def test_its_page_says_so_in_both_languages_and_gives_late_words_back(
    client, letter_ask, state, english, spanish
):
    type(letter_ask.campaign).objects.update(state=state)
    for path, said, first in (
        (ACT, english, "Be the first"),
        (f"/es{ACT}", spanish, "Da tú el primer paso"),
    ):
        page = client.get(path)
        late = client.post(path, {"step": "write", "own_words": "My son plays there."})

        assert (page.status_code, late.status_code) == (200, 200)
        assert said in page.content.decode()
        assert first not in page.content.decode()
        assert "My son plays there." in late.content.decode()
        rests = {"/act": "came while it rests", "/es/": "durante la pausa"}[path[:4]]
        assert (rests in late.content.decode()) == (state == "paused")


def test_nobody_who_has_just_acted_is_asked_to_be_the_first(client, petition):
    assert "Be the first" in client.get(ACT).content.decode()
    assert "Be the first" not in client.get(f"{ACT}thanks/").content.decode()


def test_an_office_to_call_is_not_said_to_take_no_mail(client, db):
    ask = build.ask("call")
    build.term(build.seat(district="7"), build.legislator("Ada Smith", phone="+15550100100"))
    build.rule(ask, states=["FK"], chambers=["state_lower"])
    build.zip_district("00001", ask)
    page = send(client, client.get(ACT), step="address", zip="00001", age="34").content.decode()

    assert 'href="tel:+15550100100"' in page
    assert "takes no mail" not in page
