"""Where a letter to Congress may go and where none ever does: settings, rehearsals, test machines,
ways out.
"""

import pytest
from django.core.management import CommandError, call_command

from tests.worker.cwc import HMD05, SMD01, document, refused, sealed
from worker import checks
from worker.channels import ChannelError
from worker.channels.cwc import chambers, channel
from worker.channels.cwc.client import Endpoint

pytestmark = pytest.mark.usefixtures("own_pace")


def test_the_dry_run_reaches_no_office(congress):
    assert "Validation Passed" in channel.validate(document(), office=HMD05)
    assert "Created" in channel.validate(document(SMD01), office=SMD01)
    assert (congress.house.landed, congress.senate.landed) == ({}, {})


class TestTheSelfTest:
    def test_it_lists_the_offices_and_tries_one_message_dry(self, congress, capsys):
        call_command("cwc_self_test", "senate")

        said = capsys.readouterr().out
        assert "lists 2 offices" in said
        assert "Created" in said
        assert congress.senate.landed == {}

    def test_a_wrong_key_is_told_in_their_words(self, congress, settings):
        settings.CWC_HOUSE_KEY = "wrong"

        with pytest.raises(CommandError, match="401 unknown key"):
            call_command("cwc_self_test", "house")

    def test_every_office_gets_three_campaigns_on_the_test_machine_only(
        self, congress, settings, capsys
    ):
        with pytest.raises(CommandError, match="CWC_TESTING"):
            call_command("cwc_self_test", "senate", "--every-office")
        settings.CWC_TESTING = True

        call_command("cwc_self_test", "senate", "--every-office")

        assert congress.senate.asked.count(("POST", "/api/testing-messages/")) == 6
        assert congress.senate.landed == {}

    def test_the_machine_that_delivers_is_no_test_machine(self, congress, settings):
        settings.CWC_TESTING, settings.CWC_HOUSE_URL, settings.CWC_DIRECT = (
            True,
            "https://cwc.house.gov",
            True,
        )

        with pytest.raises(ChannelError, match="no test machine"):
            channel.try_out(document(), office=HMD05)


@pytest.mark.parametrize(
    ("url", "closed", "found"),
    [
        ("https://cwc.house.gov", ["daily 00-06"], []),
        ("https://house.example.org", ["daily 00-06"], ["worker.E004"]),
        ("http://127.0.0.1:80", [], ["worker.E004"]),
        ("", ["nightly"], ["worker.E005"]),
        ("", ["daily 22-24"], []),
        ("", ["daily 22-06"], ["worker.E005"]),
        ("", ["daily 00-25"], ["worker.E005"]),
    ],
)
def test_settings_that_could_not_be_right_are_told_at_the_start(settings, url, closed, found):
    settings.CWC_HOUSE_URL, settings.CWC_HOUSE_CLOSED = url, closed

    assert [error.id for error in checks.congress()] == found


def test_a_rehearsal_goes_to_the_catcher_as_a_document_to_read(congress, smtp_sink):
    channel.send(sealed(rehearsal=True))

    [caught] = smtp_sink.caught
    assert b"<MemberOffice>HMD05</MemberOffice>" in caught.content
    assert caught.recipient == "hmd05@house.invalid"
    assert congress.house.asked == []


def test_nothing_real_leaves_while_delivery_is_off(congress, settings):
    settings.DELIVERY_ENABLED = False

    assert refused(sealed()).endpoint
    assert congress.house.asked == []


def test_no_letter_goes_to_a_test_machine(congress, settings):
    settings.CWC_TESTING = True

    assert refused(sealed()).endpoint
    assert not chambers.is_configured("house")
    assert congress.house.asked == []


@pytest.mark.parametrize(
    "missing",
    ["CWC_HOUSE_URL", "CWC_HOUSE_KEY", "CWC_HOUSE_AGENT", "CWC_CONTACT_NAME", "CWC_CONTACT_PHONE"],
)
def test_a_chamber_is_configured_with_everything_or_not_at_all(congress, settings, missing):
    assert chambers.is_configured("house")
    setattr(settings, missing, "")

    assert not chambers.is_configured("house")


@pytest.mark.parametrize(
    "url",
    [
        "http://cwc.house.gov",
        "https://house.gov.example.org",
        "https://evilhouse.gov",
        "https://cwc.house.gov.",
        "https://soapbox.senate.gov",
        "https://cwc.house.gov:8443",
        "https://10.0.0.1",
        "ftp://cwc.house.gov",
    ],
)
def test_the_house_is_only_where_its_name_says(congress, settings, url):
    settings.CWC_HOUSE_URL, settings.CWC_DIRECT = url, True

    with pytest.raises(ChannelError):
        Endpoint.of("house")


def test_this_machine_is_a_chamber_only_in_tests(congress, settings):
    settings.CWC_LOOPBACK = False

    assert not chambers.is_configured("house")


def test_without_a_named_way_out_nothing_leaves(congress, settings):
    settings.CWC_HOUSE_URL, settings.CWC_DIRECT, settings.CWC_PROXY_URL = (
        "https://cwc.house.gov",
        False,
        "",
    )

    assert "CWC_PROXY_URL" in refused(sealed()).answer
    assert not chambers.is_configured("house")


@pytest.mark.parametrize(
    "url", ["socks://127.0.0.1:1", "http://proxy", "https://proxy:3128", "nonsense"]
)
def test_a_proxy_that_cannot_be_understood_is_no_way_out(congress, settings, url):
    settings.CWC_HOUSE_URL, settings.CWC_PROXY_URL, settings.CWC_DIRECT = (
        "https://cwc.house.gov",
        url,
        True,
    )

    assert refused(sealed()).endpoint


def test_the_key_stands_in_no_evidence(congress):
    congress.house.answer(400, f"you came with apikey={congress.house.key}")

    assert congress.house.key not in refused(sealed()).answer


def test_out_of_the_box_neither_chamber_is_configured():
    assert not chambers.is_configured("house")
    assert not chambers.is_configured("senate")
