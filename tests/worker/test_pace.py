"""One after the other, however many processes: the distance is kept in Redis, and nobody goes
without it.
"""

import time

import pytest

from worker.channels import ChannelError
from worker.channels.cwc import spacing


@pytest.fixture
def _redis(_servers):
    """The Redis of bin/test."""


@pytest.mark.usefixtures("_redis")
def test_messages_keep_their_distance():
    began = time.monotonic()
    for _ in range(5):
        spacing.wait("cwc:test", per_second=20)

    assert time.monotonic() - began >= 4 * 0.05


@pytest.mark.usefixtures("_redis")
def test_two_ways_out_do_not_wait_for_each_other():
    spacing.wait("cwc:one", per_second=0.1)
    began = time.monotonic()
    spacing.wait("cwc:other", per_second=0.1)

    assert time.monotonic() - began < 5


def test_without_redis_nobody_goes(settings):
    settings.REDIS_URL = "redis://127.0.0.1:9/0"

    with pytest.raises(ChannelError) as error:
        spacing.wait("cwc:test", per_second=5)

    assert error.value.endpoint
    assert not error.value.permanent
