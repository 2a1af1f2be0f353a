"""Messages to Congress: the document is valid whatever was typed, or its writer is told what to
mend.
"""

import csv
from dataclasses import replace

import pytest
from lxml import etree

from tests.worker.cwc import LETTER, NORA
from worker.channels.cwc import document as cwc_document
from worker.channels.cwc.document import CannotWrite
from worker.channels.cwc.message import (
    Bill,
    campaign_id,
)


def written(**changes):
    return etree.fromstring(cwc_document.build(replace(LETTER, **changes)))


def text_of(document, path):
    return document.findtext(path)


def order_of(element):
    return [child.tag for child in element]


def test_the_elements_stand_in_the_documented_order():
    document = written()

    assert order_of(document) == ["CWCVersion", "Delivery", "Recipient", "Constituent", "Message"]
    assert order_of(document.find("Delivery")) == [
        "DeliveryId",
        "DeliveryDate",
        "DeliveryAgent",
        "DeliveryAgentAckEmailAddress",
        "DeliveryAgentContact",
        "Organization",
        "OrganizationContact",
        "OrganizationAbout",
        "CampaignId",
    ]
    assert order_of(document.find("Message")) == [
        "Subject",
        "LibraryOfCongressTopics",
        "Bills",
        "ProOrCon",
        "OrganizationStatement",
        "ConstituentMessage",
        "MoreInfo",
    ]


def test_every_tag_has_a_line_of_its_own():
    lines = cwc_document.build(LETTER).decode().splitlines()

    assert all(line.count("<") - line.count("</") <= 1 for line in lines)
    assert "  <Recipient>" in lines


@pytest.mark.parametrize(
    ("office", "kind", "printed"),
    [
        ("HMD05", "hr", "hr"),
        ("HMD05", "sjres", "sjres"),
        ("SMD01", "hr", "H.R."),
        ("SMD01", "sjres", "S.J.Res."),
        ("SMD03", "hconres", "H.Con.Res"),
    ],
)
def test_each_chamber_gets_bills_in_its_own_letters(office, kind, printed):
    document = written(office=office, bill=Bill(119, kind, 7))

    assert text_of(document, "Message/Bills/Bill/BillTypeAbbreviation") == printed


def test_a_bill_without_a_stance_is_refused():
    with pytest.raises(CannotWrite) as refused:
        written(stance="")

    assert list(refused.value.errors) == ["stance"]


def test_what_the_person_wrote_is_kept_apart_from_the_organization_s_words():
    document = written()

    assert text_of(document, "Message/OrganizationStatement") == "Please vote for the bill."
    assert (
        text_of(document, "Message/ConstituentMessage")
        == "My son plays there <every day> & I see it."
    )
    assert document.find("Message/OrganizationStatement") is not None
    assert written(statement="").find("Message/OrganizationStatement") is None


def test_names_and_texts_lose_controls_and_keep_their_lines():
    document = written(
        own_words="First line\r\nSecond\x00 \x0bline\ufffe\n\n\tThird",
        subject="Open\nthe\x07 play\u202egrounds",
    )

    assert text_of(document, "Message/ConstituentMessage") == "First line\nSecond line\n\n\tThird"
    assert text_of(document, "Message/Subject") == "Open the playgrounds"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("prefix", ""),
        ("prefix", "Mx."),
        ("given_name", "\u200b"),
        ("family_name", " "),
        ("street", ""),
        ("city", "Ai"),
        ("zip", "2071"),
        ("email", "nora@localhost"),
    ],
)
def test_what_the_person_typed_too_short_is_named_by_its_field(field, value):
    with pytest.raises(CannotWrite) as refused:
        written(constituent=replace(NORA, **{field: value}))

    assert list(refused.value.errors) == [field]
    assert refused.value.errors[field].endswith((".", "!"))


def test_a_foreign_phone_is_left_out_and_an_american_one_is_written_their_way():
    assert text_of(written(), "Constituent/Phone") == "202-555-0142"
    assert (
        written(constituent=replace(NORA, phone="+442079460000")).find("Constituent/Phone") is None
    )


def test_american_samoa_writes_to_haq00_from_as():
    document = written(office="HAQ00", constituent=replace(NORA, state="AS", zip="96799"))

    assert (
        text_of(document, "Recipient/MemberOffice"),
        text_of(document, "Constituent/StateAbbreviation"),
    ) == ("HAQ00", "AS")


def test_one_campaign_id_per_bill_and_stance():
    ids = {
        campaign_id(*parts)
        for parts in [
            ("a", "H.R. 1", "pro"),
            ("a", "H.R. 1", "con"),
            ("a", "H.R. 2", "pro"),
            ("b", "", ""),
        ]
    }

    assert len(ids) == 4
    assert campaign_id("a", "H.R. 1", "pro") in ids
    assert all(len(one) == 64 for one in ids)


@pytest.mark.parametrize(
    "changes",
    [{"office": "XMD05"}, {"topics": ("Weather",)}, {"topics": ()}, {"delivery_id": "short"}],
)
def test_what_no_person_typed_is_refused_by_the_grammar(changes):
    with pytest.raises(CannotWrite) as refused:
        written(**changes)

    assert list(refused.value.errors) == [""]


def test_the_shared_samples_get_their_expected_verdicts(shared_data):
    folder = shared_data / "cwc" / "samples"
    with (folder / "EXPECTED.csv").open() as table:
        expected = {
            row["file"]: (row["chamber"], row["valid"] == "True") for row in csv.DictReader(table)
        }

    verdicts = {
        name: (chamber, cwc_document.grammar(chamber).validate(etree.parse(folder / name)))
        for name, (chamber, _valid) in expected.items()
    }

    assert len(verdicts) == 8
    assert verdicts == expected
