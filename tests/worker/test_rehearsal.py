"""A rehearsal never reaches the world, and nothing real leaves while delivery is off."""

import pytest
from django.core.checks import run_checks

from tests.build import posted, queued_letter
from worker.channels import ChannelError, email
from worker.engine import deliver as engine
from worker.engine.deliver import deliver

LANE = "letters:house.example"


@pytest.mark.django_db
@pytest.mark.parametrize("enabled", [True, False])
def test_a_rehearsal_goes_to_the_catcher_whatever_the_switch_says(
    smtp_sink, relay, settings, enabled
):
    settings.DELIVERY_ENABLED = enabled
    posted(rehearsal=True)

    deliver(LANE)

    assert len(smtp_sink.caught) == 1
    assert relay.connections == 0


@pytest.mark.django_db
def test_a_real_letter_goes_to_the_relay_only_while_delivery_is_on(
    smtp_sink, relay, settings, state_of
):
    (row,) = posted(rehearsal=False)

    settings.DELIVERY_ENABLED = False
    assert deliver(LANE) == 0
    assert (state_of(row), relay.connections) == ("queued", 0)

    settings.DELIVERY_ENABLED = True
    deliver(LANE)
    assert (state_of(row), len(relay.caught)) == ("sent", 1)
    assert smtp_sink.caught == []


@pytest.mark.django_db
def test_the_channel_itself_refuses_even_if_the_queue_were_wrong(
    smtp_sink, relay, settings, state_of, monkeypatch
):
    settings.DELIVERY_ENABLED = True
    (row,) = posted(rehearsal=False)
    begin = engine.work_through

    def switched_off_meanwhile(*args):
        settings.DELIVERY_ENABLED = False
        return begin(*args)

    monkeypatch.setattr(engine, "work_through", switched_off_meanwhile)

    deliver(LANE)

    assert state_of(row) == "queued"
    assert (relay.connections, smtp_sink.connections) == (0, 0)


def test_a_catcher_that_is_the_relay_is_refused(relay, settings):
    settings.CATCHER_URL = relay.url
    settings.DELIVERY_ENABLED = True

    with pytest.raises(ChannelError):
        email.send(queued_letter(rehearsal=True))

    assert relay.connections == 0
    assert "worker.E002" in {error.id for error in run_checks()}


def test_switching_delivery_on_without_a_relay_is_refused_at_the_start(settings):
    settings.DELIVERY_ENABLED, settings.SMTP_URL = True, ""

    assert "worker.E001" in {error.id for error in run_checks()}
