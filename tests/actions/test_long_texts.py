"""A text that is too long is told to be, with how long, and given back whole: nothing is cut
silently.
"""

import re

import pytest

from actions.models import Action
from tests import build
from tests.actions.browsing import ACT, ME, fields, is_taken, send
from worker.paper.laid_out import MOST_LINES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_hurry")]


@pytest.fixture
def writing(client, letter_ask):
    """The page with the letter on it."""
    build.zip_district("00001", letter_ask)
    return send(client, client.get(ACT), step="address", zip="00001", age="34")


@pytest.mark.parametrize("name", ["own_words", "statement"])
def test_a_letter_of_line_breaks_is_not_taken_and_its_lines_are_counted(client, writing, name):
    typed = "\n".join("a" * 1_200)
    answer = send(client, writing, step="write", **ME | {name: typed})

    assert answer.status_code == 422
    page = answer.content.decode()
    [lines] = re.findall(r"about (\d+) lines; 200 are the most", page)[:1]
    assert int(lines) >= 1_200
    assert fields(answer).values[name].strip() == typed
    assert not Action.objects.exists()


@pytest.mark.parametrize(
    ("name", "longest"),
    [("own_words", 4_000), ("statement", 8_000), ("subject", 200), ("given_name", 70)],
)
def test_a_paste_that_is_too_long_is_told_so_and_given_back_whole(client, writing, name, longest):
    typed = "word " * (longest // 5) + "and the end"
    answer = send(client, writing, step="write", **ME | {name: typed})

    assert answer.status_code == 422
    assert f"{len(typed)}" in answer.content.decode()
    assert fields(answer).values[name].strip() == typed


def test_no_field_lets_a_browser_cut_what_is_pasted(client, writing):
    """An age has three digits; everything else is counted by the page and judged by us."""
    for page in (client.get(ACT), writing, client.get("/newsletter/")):
        cut = re.findall(r'<(?:input|textarea)[^>]*maxlength="\d+"', page.content.decode())
        assert [field for field in cut if 'name="age"' not in field] == []
    text = writing.content.decode()
    for name, longest in (("own_words", 4_000), ("statement", 8_000)):
        [area] = re.findall(rf'<textarea[^>]*name="{name}"[^>]*>', text)
        assert f'data-longest="{longest}"' in area
        assert f'data-lines="{MOST_LINES}"' in area
        assert 'data-lines-word="lines"' in area


def test_the_longest_letter_of_plain_words_is_taken(client, writing):
    typed = {"own_words": "word " * 799, "statement": "word " * 1_599}

    assert is_taken(send(client, writing, step="write", **ME | typed))
