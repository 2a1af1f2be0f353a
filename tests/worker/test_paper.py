"""A letter on paper: where each word stands, what is printed as typed, what is refused, and what
the file claims to be.
"""

import io
import unicodedata
from hashlib import sha256

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.paper import US, WORDS, letter, text, words
from worker.paper.printed_letter import NoLetter, Postal, PrintedLetter
from worker.paper.typeset import CHUNK, FONTS, CannotPrint, print_letter, print_many

NAMES = [
    "ᏣᎳᎩ ᎠᏰᎵ",
    "山田太郎",
    "محمد علي",
    "Nguyễn Thị Hồng",
    "Kaʻiulani Kahanamoku",
    "Иван Петров",
    "प्रिया शर्मा",
    "김민수",
    "Ελένη",
    "שרה",
]
# The window always shows the first, may show the second (inches from the upper left corner of the
# first page).
SAFE = (1.0, 2.54, 4.25, 3.127)
MAY_SHOW = (0.0, 2.042, 5.375, 3.625)


def is_inside(word, box):
    _, left, top, right, bottom = word
    return (
        left >= box[0] - 0.001
        and top >= box[1] - 0.001
        and right <= box[2] + 0.001
        and bottom <= box[3] + 0.001
    )


def touches(word, box):
    _, left, top, right, bottom = word
    return right > box[0] and left < box[2] and bottom > box[1] and top < box[3]


def shown(pdf):
    """The words that some position of the sheet in its envelope shows."""
    return [word for word in words(pdf) if touches(word, MAY_SHOW)]


LONG = letter(text=WORDS * 6)
WIDE = letter(
    to=Postal(
        "SENATOR WILHELMINA WOLFESCHLEGELSTEIN",
        "W" * 24,
        "1600 PENNSYLVANIA AVENUE EXTENSION NORTHWEST",
        "WASHINGTON",
        "DC",
        "20500",
    )
)


@pytest.mark.parametrize(
    "one",
    [letter(), LONG, WIDE, letter("محمد علي"), letter(to=US)],
    ids=["usual", "long", "wide", "arabic", "short"],
)
def test_a_window_shows_the_address_whole_and_nothing_else(one):
    seen = shown(print_letter(one, mark="7 · 12", stamp="").pdf)

    assert " ".join(word[0] for word in seen) == " ".join(one.to.lines)
    assert [word for word in seen if not is_inside(word, SAFE)] == []


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.text("ABCDEFGHIMNOPRSTW0123456789 ", min_size=1, max_size=40).filter(str.strip),
        min_size=3,
        max_size=3,
    )
)
def test_whatever_an_address_is_the_window_shows_it_whole_or_the_letter_is_refused(lines):
    name, above, street = (" ".join(line.split()) for line in lines)
    one = letter(to=Postal(name, above, street, "FRANKLIN", "FK", "02139"))
    seen = shown_or_refused(one)

    if seen is not None:
        assert "".join(word[0] for word in seen) == "".join(one.to.lines).replace(" ", "")
        assert all(is_inside(word, SAFE) for word in seen)


def shown_or_refused(one):
    try:
        return shown(print_letter(one).pdf)
    except CannotPrint as refusal:
        return None if "too wide" in str(refusal) else []


def test_the_return_address_stands_in_its_corner_and_a_later_page_says_whose_letter_it_is():
    printed = print_letter(LONG)

    first = next(word for word in words(printed.pdf) if word[0] == "Children")
    assert (round(first[1], 2), first[2] > 0.45) == (0.5, True)
    assert printed.pages[0] > 1
    assert "Nora North to Senator Jane Q. Whitfield, November 21, 2026" in text(printed.pdf, 1)
    assert "page 2" in text(printed.pdf, 1)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_is_printed_in_its_own_letters_with_fonts_that_are_in_the_file(name):
    pdf = print_letter(letter(name)).pdf

    # A reader may give joined letters as their joined forms, and right-to-left ones in another
    # order.
    assert set(unicodedata.normalize("NFKC", name)) <= set(unicodedata.normalize("NFKC", text(pdf)))
    assert all(font_is_embedded(font) for font in fonts(pdf))


def test_fonts_are_the_files_whose_origin_is_written_down():
    listed = dict(line.split()[::-1] for line in (FONTS / "SHA256SUMS").read_text().splitlines())
    files = [path for path in FONTS.iterdir() if path.suffix in (".ttf", ".otf")]

    assert {path.name: sha256(path.read_bytes()).hexdigest() for path in files} == listed


def fonts(pdf):
    for page in pikepdf.open(io.BytesIO(pdf)).pages:
        yield from page.Resources.get("/Font", {}).values()


def font_is_embedded(font):
    [descendant] = font.DescendantFonts
    return (
        any(name in descendant.FontDescriptor for name in ("/FontFile2", "/FontFile3"))
        and "/ToUnicode" in font
    )


def test_what_looks_like_markup_is_printed_as_typed():
    typed = (
        '#read("/etc/passwd") *bold* _it_ $x^2$ `code` @ref <label> // no comment \\ #[x]'
        " {first_name} = heading"
    )
    pdf = print_letter(letter(text=(typed,), subject=typed, closing=("Sincerely,", typed))).pdf

    assert text(pdf).replace("\n", " ").count('#read("/etc/passwd") *bold*') == 3
    assert "root:" not in text(pdf)


def test_a_line_break_within_a_paragraph_is_kept():
    assert "My daughter is seven.\nShe asks me" in text(print_letter(letter()).pdf)


def test_a_character_that_no_font_has_refuses_the_letter_and_names_it():
    with pytest.raises(CannotPrint, match="No font here has this character: 𓇋"):
        print_letter(letter(text=("𓇋",)))


def test_an_emoji_is_printed():
    assert "❤" in text(print_letter(letter(text=("I ❤ parks 👩‍👩‍👧 👍🏽",))).pdf)


def claims(pdf):
    opened = pikepdf.open(io.BytesIO(pdf))
    root = opened.Root
    meta = root.Metadata.read_bytes().decode()
    return (
        "<pdfaid:part>2</pdfaid:part>" in meta,
        "<pdfaid:conformance>B</pdfaid:conformance>" in meta,
        "/DestOutputProfile" in root.OutputIntents[0],
    )


def test_one_letter_claims_pdf_a_and_is_tagged_for_screen_readers():
    pdf = print_letter(letter()).pdf

    assert claims(pdf) == (True, True, True)
    opened = pikepdf.open(io.BytesIO(pdf))
    assert opened.Root.MarkInfo.Marked
    assert opened.Root.Lang == "en"


def test_many_letters_in_several_chunks_are_one_file_in_order_that_keeps_what_the_chunks_claim():
    many = [
        (letter(f"Writer{n}", text=WORDS * (6 if n % 50 == 7 else 1)), f"7 · {n}")
        for n in range(1, CHUNK + 31)
    ]
    printed = print_many(many, title="Batch 7", author="Children First")

    joined = pikepdf.open(io.BytesIO(printed.pdf))
    assert (len(printed.pages), sum(printed.pages)) == (len(many), len(joined.pages))
    assert [n for n, pages in enumerate(printed.pages, start=1) if pages > 1] == [7, 57, 107]
    with joined.open_outline() as outline:
        assert [item.title for item in outline.root] == [mark for _, mark in many]
    at = sum(printed.pages[: CHUNK + 10])
    assert f"Writer{CHUNK + 11}" in text(printed.pdf, at)
    assert f"7 · {CHUNK + 11}" in text(printed.pdf, at)
    assert claims(printed.pdf) == (True, True, True)
    assert "/StructTreeRoot" not in joined.Root
    assert all(font_is_embedded(font) for font in fonts(printed.pdf))
    assert pikepdf.open(io.BytesIO(printed.pdf)).check_pdf_syntax() == []


def test_a_rehearsal_says_so_across_every_page():
    printed = print_letter(LONG, stamp="REHEARSAL")

    assert all("REHEARSAL" in text(printed.pdf, page) for page in range(printed.pages[0]))
    assert "REHEARSAL" not in text(print_letter(LONG).pdf)


def test_without_our_blocks_the_upper_third_is_left_to_the_printer():
    assert [
        word for word in words(print_letter(letter(), has_blocks=False).pdf) if word[2] < 3.7
    ] == []


def test_a_sealed_letter_is_read_back_as_it_was_and_a_blanked_one_is_no_letter():
    assert PrintedLetter.from_bytes(letter("山田").to_bytes()) == letter("山田")
    for sealed in (b"", b"{}", b"[]", b"From: a@b"):
        with pytest.raises(NoLetter):
            PrintedLetter.from_bytes(sealed)


def test_the_letter_is_as_long_as_a_page_and_not_longer():
    """may_be_long errs on the safe side: a letter that it calls short has one page."""
    for count in range(1, 14):
        one = letter(text=WORDS[1:2] * count)
        if not one.may_be_long:
            assert print_letter(one, leaves_room=True).pages == [1]
