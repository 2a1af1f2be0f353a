"""The chambers' own lists of the offices that take messages."""

import pytest

from tests.congress import DROP
from worker.channels.cwc import offices
from worker.models import CongressOffice

pytestmark = pytest.mark.usefixtures("own_pace")


@pytest.mark.django_db
class TestTheOfficeList:
    def test_the_chambers_own_lists_are_kept(self, congress):
        assert offices.refresh() == {"house": 2, "senate": 2}
        assert offices.takes_messages("HAQ00")
        assert not offices.takes_messages("HMD06")

    def test_an_office_that_left_the_list_takes_nothing_any_more(self, congress):
        offices.refresh()
        congress.senate.offices = {"SMD01"}
        offices.refresh()

        assert not offices.takes_messages("SMD03")

    @pytest.mark.parametrize("script", [(503, ""), (200, ""), (200, "[]"), (DROP, "")])
    def test_a_list_that_cannot_be_right_changes_nothing(self, congress, script):
        offices.refresh()
        congress.house.answer(*script)
        offices.refresh()

        assert set(
            CongressOffice.objects.filter(is_active=True, chamber="house").values_list(
                "code", flat=True
            )
        ) == {"HMD05", "HAQ00"}

    def test_an_unconfigured_chamber_is_not_asked(self, congress, settings):
        settings.CWC_HOUSE_KEY = ""

        assert offices.refresh() == {"senate": 2}
        assert congress.house.asked == []
