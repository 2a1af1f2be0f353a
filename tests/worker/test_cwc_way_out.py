"""The way to Congress: through the named proxy or relay, to the chamber's own name, or not at
all.
"""

import socket
import threading

import pytest

from tests.worker.cwc import sealed
from worker.channels import ChannelError
from worker.channels.cwc import channel, spacing

LETTER = sealed("HMD05")


class Ear:
    """Listens for one caller, keeps what they say first, answers and hangs up."""

    def __init__(self, answer=b""):
        self.got, self.answer = b"", answer
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(10)
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()

    @property
    def port(self):
        return self.listener.getsockname()[1]

    def listen(self):
        with self.listener, self.listener.accept()[0] as caller:
            self.got = caller.recv(4096)
            caller.sendall(self.answer)

    def what_it_got(self):
        self.thread.join(10)
        return self.got


@pytest.fixture(autouse=True)
def _the_house(congress, settings, monkeypatch):
    monkeypatch.setattr(spacing, "wait", lambda key, per_second: None)
    settings.CWC_HOUSE_URL = "https://cwc.house.gov"


def refused():
    with pytest.raises(ChannelError) as error:
        channel.send(LETTER)
    return error.value


def test_a_proxy_is_asked_for_the_house_by_name_and_sees_neither_key_nor_letter(congress, settings):
    proxy = Ear(b"HTTP/1.1 403 not for you\r\n\r\n")
    settings.CWC_PROXY_URL = f"http://us:secret@127.0.0.1:{proxy.port}"

    assert refused().endpoint

    got = proxy.what_it_got()
    assert got.startswith(b"CONNECT cwc.house.gov:443 ")
    assert b"Proxy-Authorization: Basic dXM6c2VjcmV0" in got
    assert congress.house.key.encode() not in got
    assert b"<CWC>" not in got


def test_a_relay_carries_tls_to_the_chamber_s_own_name(congress, settings):
    relay = Ear()
    settings.CWC_PROXY_URL = f"tcp://127.0.0.1:{relay.port}"

    assert refused().endpoint

    got = relay.what_it_got()
    assert got[:1] == b"\x16"  # a TLS handshake
    assert b"cwc.house.gov" in got


def test_a_proxy_that_is_away_is_not_gone_around(congress, settings):
    settings.CWC_PROXY_URL, settings.CWC_DIRECT = "http://127.0.0.1:9", True

    assert "No connection" in refused().answer


def test_the_machine_s_own_proxy_settings_are_not_taken(congress, settings, monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    settings.CWC_HOUSE_URL = congress.house.url

    assert channel.send(LETTER).code == 200
