"""An organizer's pictures: how they come, what must be said of them, how they go."""

import pytest
from django.urls import reverse

from tests import build
from tests.campaigns import pictures

pytestmark = pytest.mark.django_db


def test_a_picture_comes_with_words_for_who_does_not_see_it_and_goes_when_no_page_shows_it(client):
    campaign = build.campaign(state="draft")
    campaign.words.create(language="es", title="T", summary="S", story="x")
    client.force_login(build.user("organizer", email="ana@example.org"))
    page = reverse("desk:pictures", args=[campaign.slug])

    def send(content=None, url=page, **fields):
        file = {"file": pictures.upload(pictures.png() if content is None else content)}
        return client.post(url, (file if url == page else {}) | fields)

    assert client.get(page).status_code == 200
    refused = send(alt_en="IMG_1234.jpg").content.decode()
    assert "The name of a file tells nobody what it shows." in refused
    assert "Say what it shows, for people who do not see it" in refused
    assert "Choose the file once more" in refused
    assert send(alt_en="A gate", is_decorative="on").status_code == 422
    assert "too many pixels" in send(pictures.bomb(50_000), is_decorative="on").content.decode()
    assert campaign.pictures.count() == 0

    assert send(alt_en="A gate", alt_es="Una reja", is_head="on").status_code == 302
    assert send(is_decorative="on", is_head="on", credit="Photo: A").status_code == 302
    first, second = campaign.pictures.all()
    assert (first.is_head, second.is_head) == (False, True)
    one = reverse("desk:picture", args=[campaign.slug, 1])
    assert send(url=one, alt_en="A locked gate", alt_es="Una reja", is_head="on").status_code == 302
    second.refresh_from_db()
    assert not second.is_head
    assert "In the story" not in client.get(page).content.decode()
    campaign.words.filter(language="en").update(story="{picture 2}")
    assert "In the story" in client.get(page).content.decode()

    for number in (1, 2):
        gone = reverse("desk:picture_remove", args=[campaign.slug, number])
        assert "the page shows it" in client.post(gone, follow=True).content.decode()
    campaign.words.filter(language="en").update(story="x")
    client.post(gone)
    assert [row.number for row in campaign.pictures.all()] == [1]
    # Its number is nobody else's.
    send(is_decorative="on")
    assert [row.number for row in campaign.pictures.all()] == [1, 3]

    assert [(row.deed, row.thing) for row in campaign.changes.all()] == [
        ("add picture", "picture:3"),
        ("remove picture", "picture:2"),
        ("picture", "picture:1"),
        ("add picture", "picture:2"),
        ("add picture", "picture:1"),
    ]
    history = client.get(reverse("desk:campaign_history", args=[campaign.slug])).content.decode()
    assert "Picture taken away" in history
    assert "What it shows, English" in history
    back = campaign.changes.get(deed="picture")
    assert 'value="A gate"' in client.get(f"{one}?put_back={back.pk}").content.decode()
