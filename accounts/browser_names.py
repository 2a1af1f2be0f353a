"""What a browser calls itself, in a word or two: enough to know one's own sessions apart."""

from __future__ import annotations

# In this order: each also says the names of those it descends from.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


ALL = (BROWSERS, SYSTEMS)


def browser_name(agent: str) -> str:
    """Like "Firefox, Windows"; blank for what is none of these. The header itself is not kept."""
    found = [next((name for mark, name in kinds if mark in agent), "") for kinds in ALL]
    return ", ".join(name for name in found if name)
