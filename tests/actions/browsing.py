"""A browser without scripts, as far as forms go: every form that is sent is the one that the page
before it printed.
"""

import html
import re
from email import message_from_bytes, policy
from html.parser import HTMLParser

from worker.models import Delivery

ACT = "/act/playgrounds/"
HOME = {"street": "1 Elm St", "city": "Polk", "zip": "00001", "age": "34"}
ME = {"given_name": "Nora", "family_name": "Álvarez", "email": "nora@example.org"}


class Fields(HTMLParser):
    """Reads what a browser would send back untouched: inputs, textareas and selects of the page's
    forms.
    """

    def __init__(self, html):
        super().__init__()
        self.values, self.area, self.select, self.boxes = {}, None, None, set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if tag == "input" and name:
            if attrs.get("type") in ("checkbox", "radio"):
                self.boxes.add(name)
                if "checked" in attrs:
                    self.values[name] = attrs.get("value", "on")
            else:
                self.values[name] = attrs.get("value", "")
        elif tag == "textarea":
            self.area = name
            self.values[name] = ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in attrs:
            self.values[self.select] = attrs["value"]

    def handle_data(self, data):
        if self.area:
            self.values[self.area] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None


def fields(response):
    return Fields(response.content.decode())


def send(client, response, url=ACT, **typed):
    """Fill in and send the form of a page."""
    return client.post(url, {**fields(response).values, **typed})


def is_taken(answer):
    """Whether this is the page after a form that was taken."""
    return answer.status_code == 200 and b'id="one-step-left"' in answer.content


def press(client, link):
    """The button of the page that a link leads to."""
    return send(client, client.get(link), link)


def mailed_link(part, mail=None):
    """The path of that link, in the last mail to a supporter or in this one."""
    mail = mail or Delivery.objects.filter(lane="mail").last()
    message = message_from_bytes(bytes(mail.message), policy=policy.default)
    text = message.get_body(("plain",)).get_content()
    return re.search(rf"https?://[^/\s]+(/{part}/\S+)", text)[1]


def kept(page):
    """The texts of a page that are printed as they are."""
    found = re.findall(r'<(?:p|pre) class="(?:kept|words)"[^>]*>(.*?)</', page, re.S)
    return [html.unescape(text) for text in found]
