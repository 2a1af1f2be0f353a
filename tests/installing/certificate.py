"""A certificate from an authority that is asked as Let's Encrypt is (ACME): Debian's pebble, on the
machine itself. What it cannot show is that Let's Encrypt reaches a machine over the internet.
"""

import ssl
import time

from tests.installing.machine import HOST, say

AUTHORITY = r"""
apt-get install -y -q --no-install-recommends pebble >/dev/null
install -d /root/pebble && cd /root/pebble
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem 2>/dev/null
cat >config.json <<END
{"pebble": {"listenAddress": "127.0.0.1:14000", "managementListenAddress": "127.0.0.1:15000",
  "certificate": "/root/pebble/cert.pem", "privateKey": "/root/pebble/key.pem",
  "httpPort": 80, "tlsPort": 443, "ocspResponderURL": ""}}
END
PEBBLE_VA_NOSLEEP=1 PEBBLE_WFE_NONCEREJECT=0 systemd-run --quiet --unit=authority \
    --setenv=PEBBLE_VA_NOSLEEP=1 --setenv=PEBBLE_WFE_NONCEREJECT=0 pebble -config /root/pebble/config.json
grep -q " act.example.org" /etc/hosts || echo "127.0.0.1 act.example.org" >>/etc/hosts
install -d /etc/letsencrypt
echo "server = https://localhost:14000/dir" >/etc/letsencrypt/cli.ini
for i in $(seq 30); do ss -ltn | grep -q :14000 && break; sleep 1; done
"""
TRUSTING = "export REQUESTS_CA_BUNDLE=/root/pebble/cert.pem; cd /srv/take-action;"


def certify(machine):
    say("a certificate, got and renewed with certbot")
    own = shown()
    machine.tell(AUTHORITY)
    said = machine.tell(f"{TRUSTING} bin/install-server --certbot you@example.org")
    assert "Browsers warn" not in said, said
    first = shown_after(own)
    machine.tell(f"{TRUSTING} certbot renew --quiet --force-renewal")
    shown_after(first)
    again = machine.tell(f"{TRUSTING} bin/install-server --certbot you@example.org")
    assert "to do" not in again, again
    machine.tell("systemctl is-enabled certbot.timer; systemctl stop authority")


def shown():
    return ssl.get_server_certificate(("127.0.0.1", 443))


def shown_after(earlier):
    """nginx takes up another within moments of its reload."""
    until = time.monotonic() + 30
    while (now := shown()) == earlier:
        assert time.monotonic() < until, f"{HOST} still shows the certificate of before"
        time.sleep(0.5)
    return now
