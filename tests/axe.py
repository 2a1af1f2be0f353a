"""Axe, which tells what people with other eyes, hands or ears would stumble over."""

from axe_playwright_python.sync_playwright import Axe

WIDTHS = [390, 1280]


def flaws(page):
    """What axe objects to, in a line each."""
    options = {"rules": {"target-size": {"enabled": True}}}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{page.url}: {flaw['id']}: {node['html'][:120]}"
        for flaw in found
        for node in flaw["nodes"]
    ]
