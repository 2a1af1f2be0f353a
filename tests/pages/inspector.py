"""What is wrong with a page as it stands on a phone."""

import gzip

from tests.axe import flaws
from tests.journeys.person import PHONE

WEIGHT = 60_000
WEIGHED = {"document", "stylesheet", "script", "font"}
NARROW = {"width": 320, "height": 640}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


class Inspector:
    """Looks at the page as it stands and writes down what is wrong with it."""

    def __init__(self, page, *, weighs=True):
        self.page, self.weighs = page, weighs
        self.found, self.loaded, self.sizes = [], {}, {}
        page.on("response", self.note)

    def note(self, response):
        kind = response.request.resource_type
        if kind == "document":
            self.loaded = {}
        if kind in WEIGHED:
            self.loaded[response.url] = response

    def look(self, name):
        page = self.page
        problems = flaws(page)
        page.set_viewport_size(NARROW)
        if page.evaluate(SIDEWAYS):
            problems.append("scrolls sideways at 320 px")
        page.set_viewport_size(PHONE)
        if self.weighs and (weight := sum(map(self.weigh, self.loaded.values()))) >= WEIGHT:
            problems.append(f"weighs {weight} bytes")
        self.found += [f"{name}: {problem}" for problem in problems]

    def weigh(self, response):
        """As it travels: fonts are compressed already."""
        if response.url not in self.sizes or response.request.resource_type == "document":
            content = response.body()
            self.sizes[response.url] = (
                len(content) if response.url.endswith(".woff2") else len(gzip.compress(content))
            )
        return self.sizes[response.url]
