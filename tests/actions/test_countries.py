"""The field that asks somebody outside the United States where they live."""

import re

from actions.pages.countries import CountryField, CountrySelect
from campaigns.abroad.countries import countries
from tests import build


def options(html):
    return {
        code: (bool(chosen), name)
        for code, chosen, name in re.findall(
            r'<option value="(\w*)"( selected)?>([^<]*)</option>', html
        )
    }


def test_every_country_is_offered_and_what_was_chosen_stays_chosen():
    html = CountrySelect().render("country", "MX", {"id": "id_country", "aria-describedby": "note"})

    assert html.startswith('<select aria-describedby="note" id="id_country" name="country">')
    assert [code for code, (chosen, _) in options(html).items() if chosen] == ["MX"]
    assert set(options(html)) == {code for code, _ in countries("en")}


def test_a_typed_code_that_is_none_chooses_nothing_and_breaks_nothing():
    html = CountrySelect().render("country", '"><script>', {})

    assert "script" not in html
    assert not any(chosen for chosen, _ in options(html).values())


def test_the_names_are_those_of_the_readers_language(client, db):
    ask = build.ask("petition")
    build.petition_text(ask)

    assert options(client.get(f"/es/act/{ask.campaign.slug}/").content.decode())["DE"] == (
        False,
        "Alemania",
    )
    assert options(client.get(f"/act/{ask.campaign.slug}/").content.decode())["US"] == (
        True,
        "United States",
    )


def test_a_code_is_a_country_or_refused():
    field = CountryField(choices=lambda: countries("es"))

    assert all(field.valid_value(code) for code, _ in countries("es"))
    assert not any(map(field.valid_value, ["XX", "us", "", None, "US "]))
