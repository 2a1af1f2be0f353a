"""A browser without scripts, as far as forms go: every form that is sent is the one that the page
before it printed.
"""

import html
import re
from email import message_from_bytes, policy

import lxml.html

from worker.models import Delivery

ACT = "/act/playgrounds/"
HOME = {"street": "1 Elm St", "city": "Polk", "zip": "00001", "age": "34"}
FIELDS = "//input[@name] | //textarea[@name] | //select[@name]"
ME = {"given_name": "Nora", "family_name": "Álvarez", "email": "nora@example.org"}


class Fields:
    """What a browser would send back untouched: inputs, textareas and selects of the page's forms;
    `boxes` are the names of all that can be ticked.
    """

    def __init__(self, page):
        self.values, self.boxes = {}, set()
        for field in lxml.html.document_fromstring(page).xpath(FIELDS):
            name, tag = field.get("name"), field.tag
            if tag == "input" and field.get("type") in ("checkbox", "radio"):
                self.boxes.add(name)
                if "checked" in field.attrib:
                    self.values[name] = field.get("value", "on")
            elif tag == "input":
                self.values[name] = field.get("value", "")
            elif tag == "textarea":
                self.values[name] = field.text or ""
            elif chosen := [each for each in field.iter("option") if "selected" in each.attrib]:
                self.values[name] = chosen[-1].get("value")


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
