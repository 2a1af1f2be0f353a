"""Somebody with a browser from long ago: plain HTTP, cookies, and the forms that pages print."""

import re
import urllib.error
import urllib.request
from html import unescape
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin

from tests.actions.browsing import Fields
from tests.journeys.person import wait_for


class Newcomer:
    def __init__(self, site):
        self.url = site
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def open(self, path, data=None):
        """Go to a page and stay there; a refusal is a page too."""
        try:
            answer = self.opener.open(urljoin(self.url, path), data, timeout=60)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        with answer:
            self.url, self.status, self.headers, self.html = (
                answer.url,
                answer.status,
                answer.headers,
                answer.read().decode(),
            )
        return self

    def send(self, **typed):
        """Fill in and send the form of the page we are on."""
        return self.open(self.url, urlencode({**Fields(self.html).values, **typed}).encode())

    def link(self, pattern):
        found = re.search(rf'href="([^"]*{pattern}[^"]*)"', self.html)
        return found and unescape(found[1])

    def caught_mail_to(self, recipient, words):
        """Wait for a mail in the outbox whose subject holds these words, and read it."""
        row = rf'href="(/outbox/mail/\d+/)">[^<]*{words}[^<]*</a></th>\s*<td[^>]*>{re.escape(recipient)}<'
        found = wait_for(
            lambda: re.search(row, self.open("/outbox/").html), f"a caught mail to {recipient}"
        )
        return self.open(found[1])
