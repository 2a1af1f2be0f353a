"""Who is calling: nothing a stranger types changes it; our own proxies are believed."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st

from config.middleware import client_address, client_ip

STRANGER = "203.0.113.9"


def seen(trusted, *, peer, **headers):
    """The request as views get it."""
    kept = []
    with override_settings(TRUSTED_PROXIES=trusted):
        client_address(lambda request: kept.append(request) or HttpResponse())(
            RequestFactory().get("/", REMOTE_ADDR=peer, **headers)
        )
    return kept[0]


@given(st.text(alphabet="0123456789abcdef.:, []unknow", max_size=80))
def test_nothing_a_stranger_writes_changes_their_address(forged):
    assert client_ip(seen(["10.0.0.0/8"], peer=STRANGER, HTTP_X_FORWARDED_FOR=forged)) == STRANGER


@given(st.lists(st.ip_addresses().map(str), max_size=4))
def test_what_a_stranger_writes_before_our_proxy_adds_them_is_not_believed(forged):
    chain = ", ".join([*forged, STRANGER])
    assert client_ip(seen(["10.0.0.0/8"], peer="10.0.0.1", HTTP_X_FORWARDED_FOR=chain)) == STRANGER


@pytest.mark.parametrize(
    ("peer", "chain", "expected"),
    [
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("10.0.0.1", "198.51.100.7:4711", "198.51.100.7"),
        ("10.0.0.1", "2001:db8::7", "2001:db8::7"),
        ("10.0.0.1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("::ffff:10.0.0.1", "::ffff:198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.7, nonsense", "10.0.0.1"),
        ("fd00::1", "198.51.100.7", "198.51.100.7"),
    ],
)
def test_our_proxies_say_who_called(peer, chain, expected):
    assert (
        client_ip(seen(["10.0.0.0/8", "fd00::/8"], peer=peer, HTTP_X_FORWARDED_FOR=chain))
        == expected
    )


def test_callers_through_an_unnamed_socket_share_one_address():
    assert client_ip(seen([], peer="", HTTP_X_FORWARDED_FOR=STRANGER)) == "0.0.0.0"


def test_a_named_socket_is_a_proxy():
    assert (
        client_ip(seen(["unix"], peer="", HTTP_X_FORWARDED_FOR=f"1.2.3.4, {STRANGER}")) == STRANGER
    )


def test_only_our_proxies_say_that_it_was_https():
    assert not seen(["10.0.0.0/8"], peer=STRANGER, HTTP_X_FORWARDED_PROTO="https").is_secure()
    assert seen(["10.0.0.0/8"], peer="10.0.0.1", HTTP_X_FORWARDED_PROTO="https").is_secure()


def test_nobody_behind_can_read_a_forwarding_header():
    request = seen(
        ["10.0.0.0/8"],
        peer="10.0.0.1",
        HTTP_X_FORWARDED_FOR=STRANGER,
        HTTP_X_FORWARDED_HOST="evil.example",
        HTTP_X_REAL_IP=STRANGER,
    )
    assert not [name for name in request.META if "FORWARDED" in name or "REAL_IP" in name]
