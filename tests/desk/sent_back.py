"""What a browser sends back of a form that it was given."""

import re

HIDDEN = ("opened_with", "draft_of", "opened_by")


def hidden(answer):
    """What a browser sends back beside what is typed."""
    html = answer.content.decode()
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', html) for name in HIDDEN}
    return {name: at[1].replace("&quot;", '"') for name, at in found.items() if at}
