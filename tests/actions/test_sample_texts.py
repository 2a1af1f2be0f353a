"""Whether somebody's own words may be shown, and whether they may be invited by post, is asked of
grown people, where the campaign wants it.
"""

import pytest

from actions.confirm import confirm
from actions.models import Submission
from supporters import consent, purposes
from supporters.models import Consent
from tests.actions.browsing import ACT, ME, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]


@pytest.mark.parametrize(("age", "asks"), [("34", True), ("15", True), ("34", False)])
def test_a_letter_s_form_asks_grown_people_only_where_the_campaign_wants_it(
    client, letter_ask, whole_zip, age, asks
):
    letter_ask.campaign.asks_for_samples = letter_ask.campaign.asks_for_post = asks
    letter_ask.campaign.save()
    page = send(client, client.get(ACT), step="address", zip="00001", age=age)

    wanted = asks and age == "34"
    for words in ("You may show my own words", "You may invite me by post"):
        assert (words in page.content.decode()) == wanted
    if wanted:
        send(
            client,
            page,
            step="write",
            allow_sample_text="on",
            allow_post="on",
            own_words="Mine.",
            **ME,
        )
        who = confirm(Submission.objects.get()).supporter
        assert consent.is_granted(who, Consent.Purpose.SAMPLE_TEXT)
        assert list(purposes.purpose("post").people()) == [who]
