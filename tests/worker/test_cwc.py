"""Letters on their way to Congress: what each answer of a chamber means, and where no letter ever goes."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from tests.congress import DROP, field
from tests.worker.test_cwc_xml import LETTER
from worker import checks, delivery
from worker import congress as offices
from worker.channels import ChannelError, Interrupted, Sealed, cwc, cwc_xml, pace
from worker.channels.cwc_http import Endpoint
from worker.models import CongressOffice, Delivery, Lane
from worker.outbox import Envelope, post

EASTERN = ZoneInfo("America/New_York")
HMD05, SMD01 = "HMD05", "SMD01"


@pytest.fixture(autouse=True)
def _own_pace(monkeypatch):
    """The pace is kept in Redis, which a test of answers does not need."""
    monkeypatch.setattr(pace, "wait", lambda key, per_second: None)


def document(office=HMD05, delivery_id="a" * 32):
    return cwc_xml.build(replace(LETTER, office=office, delivery_id=delivery_id))


def sealed(office=HMD05, *, rehearsal=False, **changes):
    return Sealed(office, document(office, **changes), rehearsal, f"cwc:{cwc_xml.chamber_of(office)}", "0" * 32)


def posted(office=HMD05, *, delivery_id="a" * 32, **fields):
    fields = {"rehearsal": False, "key": f"letter:{delivery_id}"} | fields
    lane = f"cwc:{cwc_xml.chamber_of(office)}"
    message = document(office, delivery_id)
    [row] = post([Envelope(lane=lane, recipient=office, subject="x", message=message, message_id=delivery_id, channel="cwc", **fields)])
    return row


def refused(letter):
    with pytest.raises(ChannelError) as error:
        cwc.send(letter)
    return error.value


@pytest.mark.parametrize(("office", "code", "words"), [(HMD05, 200, "Message Accepted"), (SMD01, 201, "Created")])
def test_each_chamber_takes_a_letter_in_its_own_way(congress, office, code, words):
    receipt = cwc.send(sealed(office))

    chamber = congress.house if office == HMD05 else congress.senate
    assert (receipt.code, receipt.answer) == (code, words)
    assert field(chamber.landed["a" * 32], "MemberOffice") == office


@pytest.mark.parametrize("office", [HMD05, SMD01])
def test_a_letter_that_is_already_there_counts_as_sent(congress, office):
    cwc.send(sealed(office))

    assert cwc.send(sealed(office)).code == 409


def test_a_refused_document_is_refused_for_good_in_the_chamber_s_words(congress):
    congress.house.answer(400, "<Errors><Error>The 'Email' element is invalid &amp; so on.</Error><Error>Two.</Error></Errors>")

    error = refused(sealed())

    assert (error.permanent, error.endpoint, error.answer) == (True, False, "The 'Email' element is invalid & so on. Two.")


def test_an_office_that_takes_nothing_is_struck_off(congress, db):
    offices.refresh()
    congress.house.disabled.add(HMD05)
    assert offices.takes_messages(HMD05)

    error = refused(sealed())

    assert error.permanent
    assert "not enabled for HMD05" in error.answer
    assert not offices.takes_messages(HMD05)


def test_an_agent_they_do_not_know_fails_no_letter(congress):
    congress.house.agent = "Somebody else"

    error = refused(sealed())

    assert (error.permanent, error.endpoint) == (False, True)


@pytest.mark.parametrize("code", [401, 403, 404, 415, 429, 503, 302])
@pytest.mark.parametrize("office", [HMD05, SMD01])
def test_trouble_with_the_way_out_keeps_the_letter_waiting(congress, office, code):
    (congress.house if office == HMD05 else congress.senate).answer(code, "not now")

    error = refused(sealed(office))

    assert (error.code, error.permanent, error.endpoint) == (code, False, True)


def test_a_peer_that_says_when_is_asked_again_then(congress):
    congress.senate.answer(429, "slower", Retry_After=90)

    assert refused(sealed(SMD01)).pause == dt.timedelta(seconds=90)


@pytest.mark.parametrize("code", [500, 502, 504, 204])
def test_an_answer_that_tells_nothing_is_doubt(congress, code):
    congress.house.answer(code, "")

    with pytest.raises(Interrupted):
        cwc.send(sealed())


def test_the_senate_s_200_is_no_proof(congress):
    congress.senate.answer(200, "hello")

    with pytest.raises(Interrupted):
        cwc.send(sealed(SMD01))


def test_a_web_page_is_no_proof(congress):
    congress.house.answer(200, "<html>Sign in to the hotel's network</html>", Content_Type="text/html; charset=utf-8")

    with pytest.raises(Interrupted):
        cwc.send(sealed())


def test_an_address_that_only_validates_sends_nothing(congress):
    congress.house.answer(200, "<Message>Validation Passed</Message>")

    assert refused(sealed()).endpoint


def test_a_line_that_breaks_after_the_message_left_is_doubt(congress):
    congress.house.answer(DROP, times=1)

    with pytest.raises(Interrupted):
        cwc.send(sealed())
    assert list(congress.house.landed) == ["a" * 32]


def test_a_chamber_that_does_not_listen_has_certainly_taken_nothing(congress, settings):
    settings.CWC_HOUSE_URL = "http://127.0.0.1:9"

    assert refused(sealed()).endpoint


def test_the_dry_run_reaches_no_office(congress):
    assert "Validation Passed" in cwc.validate(document(), office=HMD05)
    assert "Created" in cwc.validate(document(SMD01), office=SMD01)
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

    def test_every_office_gets_three_campaigns_on_the_test_machine_only(self, congress, settings, capsys):
        with pytest.raises(CommandError, match="CWC_TESTING"):
            call_command("cwc_self_test", "senate", "--every-office")
        settings.CWC_TESTING = True

        call_command("cwc_self_test", "senate", "--every-office")

        assert congress.senate.asked.count(("POST", "/api/testing-messages/")) == 6
        assert congress.senate.landed == {}

    def test_the_machine_that_delivers_is_no_test_machine(self, congress, settings):
        settings.CWC_TESTING, settings.CWC_HOUSE_URL, settings.CWC_DIRECT = True, "https://cwc.house.gov", True

        with pytest.raises(ChannelError, match="no test machine"):
            cwc.try_out(document(), office=HMD05)


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


@pytest.mark.parametrize(
    ("chamber", "clock", "opens"),
    [
        ("house", "2026-11-21 00:00", "06:00"),
        ("house", "2026-11-21 05:59", "06:00"),
        ("house", "2026-11-21 06:00", None),
        ("house", "2026-11-21 23:59", None),
        ("senate", "2026-11-22 03:00", "06:00"),  # a Sunday
        ("senate", "2026-11-23 03:00", None),
        ("senate", "2026-11-25 04:59", None),  # a Wednesday
        ("senate", "2026-11-25 05:00", "07:00"),
        ("senate", "2026-07-15 06:30", "07:00"),  # a Wednesday in summer time
    ],
)
def test_a_chamber_mends_its_machine_by_its_own_clock(chamber, clock, opens):
    now = dt.datetime.fromisoformat(clock).replace(tzinfo=EASTERN).astimezone(dt.UTC)

    until = cwc.closed_until(chamber, now)

    assert (until.strftime("%H:%M") if until else None) == opens


@pytest.mark.parametrize(
    ("chamber", "clock", "hours"),
    [
        ("house", "2026-03-08 01:30", 3.5),  # the night an hour is left out
        ("house", "2026-11-01 00:30", 6.5),  # the night an hour comes twice
        ("house", "2026-11-01 01:30", 5.5),
        ("senate", "2026-03-08 00:00", 5),  # a Sunday: these nights always are
        ("senate", "2026-11-01 00:00", 7),
        ("house", "2026-11-02 00:30", 5.5),
    ],
)
def test_on_the_days_the_clocks_change_a_letter_waits_until_it_is_six_there(chamber, clock, hours):
    now = dt.datetime.fromisoformat(clock).replace(tzinfo=EASTERN).astimezone(dt.UTC)

    until = cwc.closed_until(chamber, now)

    assert until.strftime("%H:%M") == "06:00"
    assert until.astimezone(dt.UTC) - now == dt.timedelta(hours=hours)


def test_a_window_may_end_at_midnight(settings):
    settings.CWC_HOUSE_CLOSED = ["sat 22-24"]
    now = dt.datetime(2026, 11, 21, 23, 15, tzinfo=EASTERN)

    assert cwc.closed_until("house", now) == dt.datetime(2026, 11, 22, 0, 0, tzinfo=EASTERN)


def test_a_closed_chamber_is_not_knocked_at(congress, monkeypatch):
    opens = dt.datetime.now(EASTERN) + dt.timedelta(hours=2)
    monkeypatch.setattr(cwc, "closed_until", lambda chamber, now: opens)

    error = refused(sealed())

    assert error.endpoint
    assert dt.timedelta(hours=2) < error.pause < dt.timedelta(hours=2, minutes=11)
    assert congress.house.asked == []


def test_a_rehearsal_goes_to_the_catcher_as_a_document_to_read(congress, smtp_sink):
    cwc.send(sealed(rehearsal=True))

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
    assert not cwc.is_configured("house")
    assert congress.house.asked == []


@pytest.mark.parametrize("missing", ["CWC_HOUSE_URL", "CWC_HOUSE_KEY", "CWC_HOUSE_AGENT", "CWC_CONTACT_NAME", "CWC_CONTACT_PHONE"])
def test_a_chamber_is_configured_with_everything_or_not_at_all(congress, settings, missing):
    assert cwc.is_configured("house")
    setattr(settings, missing, "")

    assert not cwc.is_configured("house")


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

    assert not cwc.is_configured("house")


def test_without_a_named_way_out_nothing_leaves(congress, settings):
    settings.CWC_HOUSE_URL, settings.CWC_DIRECT, settings.CWC_PROXY_URL = "https://cwc.house.gov", False, ""

    assert "CWC_PROXY_URL" in refused(sealed()).answer
    assert not cwc.is_configured("house")


@pytest.mark.parametrize("url", ["socks://127.0.0.1:1", "http://proxy", "https://proxy:3128", "nonsense"])
def test_a_proxy_that_cannot_be_understood_is_no_way_out(congress, settings, url):
    settings.CWC_HOUSE_URL, settings.CWC_PROXY_URL, settings.CWC_DIRECT = "https://cwc.house.gov", url, True

    assert refused(sealed()).endpoint


def test_the_key_stands_in_no_evidence(congress):
    congress.house.answer(400, f"you came with apikey={congress.house.key}")

    assert congress.house.key not in refused(sealed()).answer


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

        assert set(CongressOffice.objects.filter(is_active=True, chamber="house").values_list("code", flat=True)) == {"HMD05", "HAQ00"}

    def test_an_unconfigured_chamber_is_not_asked(self, congress, settings):
        settings.CWC_HOUSE_KEY = ""

        assert offices.refresh() == {"senate": 2}
        assert congress.house.asked == []


ANSWERS = [
    (None, "sent"),
    (409, "sent"),
    (400, "failed"),
    (422, "failed"),
    (415, "queued"),
    (429, "queued"),
    (503, "queued"),
    (401, "queued"),
    (500, "uncertain"),
    (DROP, "uncertain"),
]


@pytest.mark.django_db(transaction=True)
class TestInTheEngine:
    def test_a_letter_is_sent_once_with_its_evidence(self, congress, state_of, lines_of):
        row = posted()

        delivery.deliver("cwc:house")
        delivery.deliver("cwc:house")

        assert state_of(row) == "sent"
        assert lines_of(row)[-1][:3] == ("sent", 200, "Message Accepted")
        assert list(congress.house.landed) == ["a" * 32]

    @pytest.mark.parametrize("office", [HMD05, SMD01])
    def test_each_answer_leaves_the_letter_where_it_belongs(self, congress, state_of, lines_of, office):
        chamber = congress.house if office == HMD05 else congress.senate
        for number, (code, state) in enumerate(ANSWERS):
            row = posted(office, delivery_id=f"{number:032}")
            if code:
                chamber.answer(code, "their own words", times=1)
            asked = len(chamber.asked)

            delivery.deliver(row.lane)
            Lane.objects.all().delete()  # what one answer says of the way out is not this test's matter

            assert (code, state_of(row), len(chamber.asked) - asked) == (code, state, 1)
            assert code in (None, DROP) or lines_of(row)[-1][1] == code
            Delivery.objects.filter(pk=row.pk, state="queued").update(state="cancelled")

    def test_a_closed_house_is_tried_once_for_all_that_wait(self, congress, state_of):
        rows = [posted(delivery_id=letter * 32) for letter in "abc"]
        congress.house.answer(503, "back soon")

        delivery.deliver("cwc:house")

        assert [state_of(row) for row in rows] == ["queued"] * 3
        assert len(congress.house.asked) == 1

    def test_an_interrupted_letter_is_not_sent_again_by_itself(self, congress, state_of):
        row = posted()
        congress.house.answer(DROP, times=1)

        delivery.deliver("cwc:house")
        delivery.deliver("cwc:house")

        assert state_of(row) == "uncertain"
        assert len(congress.house.asked) == 1

    def test_a_pause_the_peer_named_is_kept(self, congress):
        row = posted(SMD01)
        congress.senate.answer(429, "slower", Retry_After=1800)

        delivery.deliver("cwc:senate")

        waits = Delivery.objects.get(pk=row.pk).due_at - dt.datetime.now(dt.UTC)
        assert dt.timedelta(minutes=29) < waits < dt.timedelta(minutes=31)


def test_out_of_the_box_neither_chamber_is_configured():
    assert not cwc.is_configured("house")
    assert not cwc.is_configured("senate")
