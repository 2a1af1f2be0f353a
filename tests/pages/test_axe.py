"""Axe is asked only once about text of the same looks in the same place, and so sees all of it."""

import pytest

from tests.axe import flaws

PAGE = """<!doctype html><html lang="en"><title>Page</title><style>{}</style>
<main><h1>Heading</h1><p class="one">Some words</p><p class="two">Other words</p></main>"""
PALE = "color: #ccc; background: #fff"


@pytest.mark.parametrize(
    "style", [f".two {{ {PALE} }}", f"main {{ {PALE} }}", "p { font-size: 8px; color: #888 }"]
)
def test_text_too_pale_is_found_among_text_that_was_looked_at(page, style):
    page.set_content(PAGE.format("p { color: #000 }"))
    assert flaws(page) == []
    assert flaws(page) == []

    page.set_content(PAGE.format(style))
    found = flaws(page)
    assert found
    assert all("color-contrast" in flaw for flaw in found)
    assert flaws(page) == found


def test_every_other_flaw_is_found_each_time(page):
    page.set_content(PAGE.format("") + "<img src='data:,'><input>")

    for _ in range(2):
        assert {flaw.split(": ")[1] for flaw in flaws(page)} >= {"image-alt", "label"}
