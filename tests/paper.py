"""Letters on paper for tests, and a reader that says where each printed word stands.

Names and places are made up.
"""

from worker.paper.printed_letter import Postal, PrintedLetter

OFFICE = Postal(
    "SENATOR JANE Q WHITFIELD",
    "RM 1209 NORTHERN FRANKLIN LEGISLATIVE BLDG",
    "16 W JONES ST",
    "FRANKLIN",
    "FK",
    "02139-1234",
)
US = Postal("CHILDREN FIRST", "", "120 HARBOR ST", "ANNAPOLIS", "MD", "21401")
WORDS = (
    "Dear Senator Whitfield,",
    (
        "I write as your constituent about Senate Bill 17. The playgrounds have been closed since"
        " March, and our children have nowhere to go after school. Please vote for the bill when it"
        " comes to the floor."
    ),
    "In my own words:",
    "My daughter is seven.\nShe asks me every evening when the swings come back.",
)


def letter(writer="Nora North", **fields):
    defaults = {
        "to": OFFICE,
        "sender": US,
        "sender_name": "Children First",
        "addressee": "Senator Jane Q. Whitfield",
        "writer": writer,
        "date": "November 21, 2026",
        "subject": "Open the playgrounds in district 30",
        "text": WORDS,
        "closing": ("Sincerely,", writer, "12 Ridge Rd", "Franklin, FK 02139"),
        "via": f"Sent for {writer} by Children First",
    }
    return PrintedLetter(**(defaults | fields))


def text(pdf, page=0):
    """What a reader reads, line by line."""
    import pypdfium2

    return pypdfium2.PdfDocument(pdf)[page].get_textpage().get_text_bounded().replace("\r\n", "\n")


def words(pdf, page=0):
    """(word, left, top, right, bottom) in inches from the sheet's upper left corner, by the boxes
    of the fonts and not only the ink.
    """
    import pypdfium2

    sheet = pypdfium2.PdfDocument(pdf)[page]
    height, layer = sheet.get_height(), sheet.get_textpage()
    found, boxes, word = [], [], ""
    for index in range(layer.count_chars()):
        character = layer.get_text_range(index, 1)
        if character.strip():
            word += character
            boxes.append(layer.get_charbox(index, loose=True))
        elif word:
            found.append(_word(word, boxes, height))
            word, boxes = "", []
    return [*found, _word(word, boxes, height)] if word else found


def _word(word, boxes, height):
    left, bottom, right, top = (
        pick(box[side] for box in boxes) for side, pick in enumerate((min, min, max, max))
    )
    return word, left / 72, (height - top) / 72, right / 72, (height - bottom) / 72


def posted(*letters, **fields):
    """Letters on paper that wait to be printed."""
    from tests import build
    from worker.outbox import Envelope, post

    made = []
    for one in letters or [letter()]:
        n = next(build.number)
        defaults = {
            "key": f"letter/paper/{n}",
            "lane": "paper",
            "channel": "paper",
            "recipient": ", ".join(one.to.lines)[:254],
        }
        defaults |= {
            "subject": one.subject,
            "message": one.to_bytes(),
            "message_id": f"<paper-{n}@mail.example.org>",
        }
        made += post([Envelope(**(defaults | fields))])
    return made


def to(zip_code, name="SENATOR JANE Q WHITFIELD"):
    """The same office elsewhere."""
    return Postal(name, "", "16 W JONES ST", "FRANKLIN", "FK", zip_code)
