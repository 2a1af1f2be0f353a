"""Axe, which tells what people with other eyes, hands or ears would stumble over."""

from axe_playwright_python.sync_playwright import Axe

WIDTHS = [390, 1280]
SCRIPT = Axe().axe_script
# Only what it objects to comes back: all that it found good would take longer to tell than to find.
RUN = "options => axe.run(options).then(found => found.violations)"


def flaws(page, *, colours=True):
    """What axe objects to on the page as it stands, in a line each.

    Without `colours` their contrast is left out, half of the work.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    rules = {"target-size": {"enabled": True}, "color-contrast": {"enabled": colours}}
    found = page.evaluate(RUN, {"rules": rules, "resultTypes": ["violations"]})
    return [
        f"{page.url}: {flaw['id']}: {node['html'][:140]}"
        for flaw in found
        for node in flaw["nodes"]
    ]
