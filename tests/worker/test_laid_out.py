"""Whatever somebody writes, its printed letter is read: no word leaves the sheet, Arabic and Hebrew
begin at the right, and no letter is a hundred pages.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.paper import letter, words
from worker.paper.laid_out import (
    MOST_LINES,
    MOST_PAGES,
    ZERO_WIDTH_SPACE,
    breakable,
    direction,
    lines_of,
)
from worker.paper.printed_letter import PrintedLetter
from worker.paper.typeset import print_letter

URL = "https://franklin.example/bills/2027/" + "section/" * 30 + "?q=" + "z" * 120
ARABIC = "يرجى فتح الملاعب لأطفالنا في عام 2026، فابني يلعب هناك كل يوم بعد المدرسة."
HEBREW = "אנא פתחו את מגרשי המשחקים לילדינו (2026), הבן שלי משחק שם כל יום."
LEFT, RIGHT = 1.0, 7.5  # inches: where text may stand on the sheet


def body(pdf, page=0):
    """The words below the addresses and above the foot."""
    return [word for word in words(pdf, page) if 3.7 < word[2] < 10]


@pytest.mark.parametrize(
    "long",
    [
        "x" * 300,
        URL,
        "e\u0301" * 150,
        "Donaudampfschifffahrtsgesellschaft" * 5,
        "ب" * 300,
        "ש" * 300,
        "-" * 300,
        "游" * 300,
    ],
    ids=["letters", "address", "accents", "German", "Arabic", "Hebrew", "dashes", "Chinese"],
)
def test_no_word_is_so_long_that_it_leaves_the_sheet(long):
    printed = print_letter(
        letter(writer="N" * 70, subject=long[:200], text=("Dear Senator,", f"See {long} there."))
    )

    seen = body(printed.pdf)
    assert len(seen) > 5
    assert [word for word in seen if word[1] < LEFT - 0.02 or word[3] > RIGHT + 0.02] == []


def test_an_address_breaks_after_one_of_its_parts():
    parts = breakable(URL).split(ZERO_WIDTH_SPACE)

    assert parts[:4] == ["https://", "franklin.", "example/", "bills/"]
    assert all(
        part.endswith(("/", "=", "?", ".")) or set(part) == {"z"} for part in parts if len(part) > 2
    )


@given(st.text(max_size=200))
def test_places_to_break_change_no_letter_and_stand_in_long_words_only(typed):
    plain = typed.replace(ZERO_WIDTH_SPACE, "")

    assert breakable(plain).replace(ZERO_WIDTH_SPACE, "") == plain
    assert all(len(word) > 30 for word in breakable(plain).split() if ZERO_WIDTH_SPACE in word)


def test_what_is_sealed_has_no_such_places():
    sealed = letter(subject="x" * 100, text=("y" * 100,)).to_bytes()

    assert ZERO_WIDTH_SPACE not in sealed.decode()
    assert PrintedLetter.from_bytes(sealed).text == ("y" * 100,)


@pytest.mark.parametrize("paragraph", [ARABIC, HEBREW, f"« {HEBREW}", f"2026 {ARABIC}"])
def test_a_paragraph_of_arabic_or_hebrew_begins_at_the_right_and_others_at_the_left(paragraph):
    printed = print_letter(letter(text=("Dear Senator,", paragraph, "In English again."))).pdf
    rows = {}
    for word in body(printed):
        rows.setdefault(round(word[2], 1), []).append(word)
    sides = [(min(w[1] for w in row), max(w[3] for w in row)) for _, row in sorted(rows.items())]

    turned = [right for left, right in sides if left > LEFT + 0.3]
    assert turned
    assert all(right == pytest.approx(RIGHT, abs=0.05) for right in turned)
    assert sum(left == pytest.approx(LEFT, abs=0.03) for left, _ in sides) >= 4


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", "ltr"),
        ("Hello שלום", "ltr"),
        ("שלום Hello", "rtl"),
        ("(123) مرحبا", "rtl"),
        ("123", "ltr"),
    ],
)
def test_the_first_letter_that_runs_somewhere_decides(text, runs):
    assert direction(text) == runs


def test_the_longest_honest_letter_fits_and_line_breaks_do_not_make_a_book():
    honest = ("word " * 800).strip() + "\n\n" + ("word " * 1600).strip()

    assert lines_of([honest]) <= MOST_LINES
    assert sum(print_letter(letter(text=tuple(honest.split("\n\n")))).pages) <= MOST_PAGES
    assert lines_of(["a\n" * 2_000]) == 2_000
    assert lines_of(["a\r\n\r\n\r\nb"]) == 2
    assert lines_of(["游" * 100]) == 1 + 200 // 75


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["a", "word " * 20, "x" * 200, ""]), max_size=200))
def test_what_passes_the_count_of_lines_has_no_more_pages_than_are_sealed(lines):
    typed = "\n".join(lines)
    if lines_of([typed]) <= MOST_LINES:
        paragraphs = tuple(p.strip("\n") for p in typed.split("\n\n") if p.strip())
        assert sum(print_letter(letter(text=paragraphs or ("-",))).pages) <= MOST_PAGES
