import pytest

from tests import build


@pytest.fixture
def letter_ask(db):
    """A live letter to the two delegates of a two-member district; one takes e-mail, the other does
    not.
    """
    ask = build.ask(
        "letter",
        letter_subject="Playgrounds in {district}",
        letter_body="Please open the playgrounds, {title} {legislator}.",
    )
    for position, (name, email) in enumerate(
        [("Ada Smith", "ada.smith@house.franklin.example"), ("Bo Diaz", "")], start=1
    ):
        seat = build.seat(district="7", position=position)
        build.term(
            seat,
            build.legislator(
                name, email=email, phone="+15550100100", form="https://franklin.example/bo"
            ),
        )
    build.rule(ask, states=["FK"], chambers=["state_lower"])
    return ask


@pytest.fixture
def petition(db):
    ask = build.ask("petition")
    build.petition_text(ask, "We ask for playgrounds.")
    return ask


@pytest.fixture
def no_hurry(settings):
    settings.FORM_LEAST_SECONDS = 0


@pytest.fixture
def whole_zip(letter_ask):
    """ZIP 00001 lies in district 7 and nowhere else."""
    build.zip_district("00001", letter_ask)
