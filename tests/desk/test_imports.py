"""Lists that come in: nothing is kept unseen, nobody is taken twice or against their word, and all
of it can be taken back.
"""

import io
from unittest.mock import patch

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import AuditEntry
from actions import corrected_here, correcting, recount
from actions.erasing import How, erase
from actions.models import Letter, PaperSignature
from campaigns import counts
from desk.imports import job, keeping, undoing
from desk.models import Import, ImportPart
from supporters import consent
from supporters.journal import Deed, Line
from supporters.models import Consent, Supporter
from supporters.purposes import purpose
from tests import build
from tests.desk import rows
from tests.desk.spreadsheets import exported

pytestmark = pytest.mark.django_db
WORDS = "Yes, send me the newsletter."
HEADS = "First Name,Last Name,Email,ZIP,State,Age,Date Signed"


@pytest.fixture
def desk(client):
    client.force_login(build.user("exporter", "staff"))
    return client


@pytest.fixture
def petition():
    return build.ask("petition")


def upload(desk, text, *, ask=None, name="list.csv", **said):
    content = text if isinstance(text, bytes) else text.encode()
    data = {
        "kind": "paper" if ask else "supporters",
        "ask": ask.pk if ask else "",
        "provenance": "Sheets from the May fair in Larkhaven",
        "wording": WORDS,
        "all_agreed": "on",
        "file": SimpleUploadedFile(name, content),
    } | said
    answer = desk.post("/desk/imports/", {key: value for key, value in data.items() if value})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return Import.objects.latest("pk")


def looked(desk, of, **columns):
    of.refresh_from_db()
    chosen = {name: at for name, at in {**of.mapping, **columns}.items() if at is not None}
    assert desk.post(f"/desk/imports/{of.public_id}/", chosen).status_code == 302
    job.work(of.pk)
    of.refresh_from_db()
    return of.numbers


def press(desk, of, deed):
    assert desk.post(f"/desk/imports/{of.public_id}/{deed}/").status_code == 302
    job.work(of.pk)
    of.refresh_from_db()
    return of


def brought_in(desk, text, **said):
    of = upload(desk, text, **said)
    seen = looked(desk, of)
    press(desk, of, "read-in")
    # What was shown is what was done.
    assert (of.state, of.numbers) == ("done", seen)
    return of


def lines(*cells):
    return "\n".join([HEADS, *cells])


def test_supporters_come_in_with_their_consent_and_may_be_mailed_and_nothing_more(desk):
    took_back = rows.person(newsletter=False, email="no@example.org", family_name="Back")
    Supporter.objects.filter(pk=took_back.pk).update(
        key=keeping.key_of("no@example.org", "Nora", "Back")
    )
    gone = build.supporter(email="gone@example.org", family_name="Gone")
    erase(gone, by="staff", how=How.POST)
    of = brought_in(
        desk,
        lines(
            "Ana,Reyes,ana@example.org,2139,FK,44,2026-05-02",
            "ANA,reyes,Ana@Example.org,02139,FK,44,",
            "Ben,Young,ben@example.org,02139,FK,17,",
            "Cy,Unsaid,cy@example.org,02139,FK,,",
            "Nora,Back,no@example.org,,,40,",
            "Nora,Gone,gone@example.org,,,40,",
            "Dee,Wrong,nothing,,,40,",
            "Eve,Zip,eve@example.org,12,,40,",
        ),
    )

    assert {key: n for key, n in of.numbers.items() if n} == {
        **{"new": 1, "twice": 1, "young": 2, "took_back": 1, "erased": 1, "wrong": 2}
    }
    assert [fault[:2] for fault in of.faults] == [[7, "email"], [8, "zip"]]
    ana = Supporter.objects.get(email="ana@example.org")
    assert (ana.zip, ana.proven_at) == ("02139", None)
    granted = ana.consents.get()
    assert (granted.wording, granted.channel) == (WORDS, "import")
    assert list(purpose("newsletter").people().filter(pk=ana.pk)) == [ana]
    listed = exported(build.user("exporter"), columns=["email", "agreed_to"])
    assert [(row["email"], row["agreed_to"]) for row in listed] == [("ana@example.org", WORDS)]
    # Staff finds her, and tells her from those who answered.
    page = desk.get("/desk/supporters/?standing=imported").content.decode()
    assert "ana@example.org" in page
    assert "ana@example.org" not in desk.get("/desk/supporters/?standing=verified").content.decode()
    # No purpose but mail rests on somebody else's word.
    assert not purpose("public_name").people().filter(pk=ana.pk).exists()
    assert not Letter.objects.exists()
    assert not consent.is_granted(took_back, Consent.Purpose.NEWSLETTER)
    # The file is gone, and what is left of it names nobody.
    assert not ImportPart.objects.exists()
    assert (of.header, of.samples) == ([], [])
    assert "example.org" not in str(of.faults) + str(AuditEntry.objects.values_list("detail"))


def test_signatures_on_paper_are_counted_apart_once_and_a_child_s_only_as_a_number(desk, petition):
    rows.action(petition, rows.person(given_name="Web", family_name="Signer", zip="02139"))
    of = brought_in(
        desk,
        lines(
            "Ana,Reyes,ana@example.org,02139,FK,44,5/2/2026",
            "Bo,Diaz,,02139,FK,30,",
            "bo,DIAZ,,02139-1234,FK,30,",
            "Web,Signer,,02139,FK,50,",
            "Kid,Small,kid@example.org,02139,MD,12,",
            "Cy,Unsaid,,02139,MD,,",
        ),
        ask=petition,
    )

    wanted = {"on_paper": 2, "mailed_too": 1, "twice": 1, "on_the_web": 1, "number": 2}
    assert {key: n for key, n in of.numbers.items() if n} == wanted
    count = counts.of_ask(petition)
    assert (count.on_paper, count.verified, count.total) == (4, 1, 1)
    named = PaperSignature.objects.exclude(given_name="").order_by("row")
    assert [(each.given_name, str(each.signed_on)) for each in named] == [
        ("Ana", "2026-05-02"),
        ("Bo", "None"),
    ]
    nobody = PaperSignature.objects.filter(given_name="").values()
    assert not {"Kid", "Small", "Cy", "02139"} & {str(v) for row in nobody for v in row.values()}
    assert not Supporter.objects.filter(email="kid@example.org").exists()
    assert "more on paper" in desk.get("/act/playgrounds/").content.decode()
    recount.recount(everything=True)
    assert counts.of_ask(petition).on_paper == 4


def test_all_of_it_is_taken_back_but_what_people_did_since_of_their_own_will(desk, petition):
    of = brought_in(
        desk,
        lines("Ana,Reyes,ana@example.org,,FK,44,", "Bo,Diaz,bo@example.org,,FK,44,"),
        ask=petition,
    )
    rows.action(petition, Supporter.objects.get(email="bo@example.org"))

    press(desk, of, "undo")

    assert of.state == "undone"
    assert not PaperSignature.objects.exists()
    assert not Consent.objects.exists()
    assert list(Supporter.objects.values_list("email", flat=True)) == ["bo@example.org"]
    recount.recount()
    assert (counts.of_ask(petition).on_paper, counts.of_ask(petition).verified) == (0, 1)


def test_whoever_is_erased_stays_a_number_on_paper_and_comes_back_by_no_file(desk, petition):
    text = lines("Ana,Reyes,ana@example.org,02139,FK,44,")
    brought_in(desk, text, ask=petition)
    erase(Supporter.objects.get(), by="staff", how=How.POST)

    left = {str(value) for value in PaperSignature.objects.values().get().values()}
    assert not {"Ana", "Reyes", "02139"} & left
    assert brought_in(desk, text).numbers["erased"] == 1
    assert not Supporter.objects.exists()


@pytest.mark.parametrize("by", ["staff", "owner"])
def test_a_list_from_before_a_mailbox_was_corrected_brings_nobody_back(desk, by):
    ana = build.supporter(given_name="Ana", family_name="Reyes", email="old@example.org")
    if by == "staff":
        corrected_here.correct(ana, {"email": "new@example.org"})
    else:
        correcting.move(ana, "new@example.org")
    erase(Supporter.objects.get(), by="staff", how=How.POST)

    of = brought_in(
        desk, lines("Ana,Reyes,old@example.org,,,44,", "Ana,Reyes,new@example.org,,,44,")
    )
    assert of.numbers["erased"] == 2
    assert not Supporter.objects.exists()


def test_a_restored_import_that_had_been_undone_is_undone_again(desk, petition):
    of = brought_in(desk, lines("Ana,Reyes,ana@example.org,,FK,44,"), ask=petition)
    line = Line.of(Deed.IMPORT_UNDONE, of.asked_at, {"batch": of.public_id})

    assert undoing.again(line) == undoing.Became.DONE
    assert undoing.again(line) == undoing.Became.STANDS
    assert not PaperSignature.objects.exists()
    assert not Supporter.objects.exists()


def test_a_worker_that_dies_between_batches_reads_no_row_in_twice(desk, petition, monkeypatch):
    monkeypatch.setattr(job, "BATCH", 2)
    people = [f"Ana,No{n},ana{n}@example.org,02139,FK,44," for n in range(7)]
    of = upload(desk, lines(*people), ask=petition)
    seen = looked(desk, of)
    desk.post(f"/desk/imports/{of.public_id}/read-in/")
    with patch.object(keeping, "keep", side_effect=[keeping.counted([]), OSError]):
        job.work(of.pk)
    of.refresh_from_db()
    assert (of.state, of.last_row) == ("failed", 2)
    # As the sweep finds it after a killed worker: running, and silent.
    Import.objects.filter(pk=of.pk).update(
        state="running", last_row=0, numbers={}, beat_at="2020-01-01T00:00Z", tries=1
    )
    real = keeping.keep
    calls = iter([real, real])

    def dies(*args):
        return next(calls)(*args)

    with patch.object(keeping, "keep", dies):
        job.work(of.pk)
    Import.objects.filter(pk=of.pk).update(state="running", beat_at="2020-01-01T00:00Z", tries=1)
    job.work(of.pk)
    of.refresh_from_db()

    assert (of.state, of.numbers) == ("done", seen)
    assert PaperSignature.objects.count() == Supporter.objects.count() == 7


def test_a_workbook_is_read_as_it_looks(desk, petition):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Signature", "ZIP Code", "Date", "Over 18", "Sum"])
    sheet.append(["Ana María Reyes", 2139, None, True, "=1+1"])
    sheet.append(["Diaz, Bo", "02140-1234", None, "no", None])
    file = io.BytesIO()
    book.save(file)
    of = brought_in(
        desk, file.getvalue(), ask=petition, name="sheet.xlsx", all_agreed="", wording=""
    )

    assert {key: n for key, n in of.numbers.items() if n} == {"on_paper": 1, "number": 1}
    ana = PaperSignature.objects.exclude(given_name="").get()
    assert (ana.given_name, ana.family_name, ana.zip) == ("Ana María", "Reyes", "02139")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 no workbook", "This workbook cannot be read."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "This is no text"),
        (b"First Name,Email\n", "There is no row below the heads"),
        (b'First Name,Email\n"Ana', "This is no CSV file"),
        (b"a" + b",a" * 70 + b"\nAna", "more columns than a list of people"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_file_and_the_words_are_kept(desk, content, said):
    data = {
        "kind": "supporters",
        "provenance": "Sheets from the May fair",
        "wording": WORDS,
        "file": SimpleUploadedFile("list.csv", content),
    }
    answer = desk.post("/desk/imports/", data)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "Choose the file once more: a browser never sends it twice." in page
    assert "Sheets from the May fair" in page
    assert not Import.objects.exists()


def test_latin_letters_of_an_old_spreadsheet_and_semicolons_are_understood(desk, petition):
    text = "Nombre;Apellido;ZIP;Age\nJosé;Núñez;2139;40\n"
    brought_in(desk, text.encode("cp1252"), ask=petition)
    # As Excel saves "Unicode text".
    brought_in(
        desk, text.replace("José", "Łucja").replace(";", "\t").encode("utf-16"), ask=petition
    )

    names = PaperSignature.objects.order_by("pk").values_list("given_name", "family_name", "zip")
    assert list(names) == [("José", "Núñez", "02139"), ("Łucja", "Núñez", "02139")]


def test_a_file_without_heads_leaves_nothing_of_its_first_row(desk):
    of = upload(desk, "Zelda,Quixote,zelda@example.org,40\nAna,Reyes,ana@example.org,40\n")
    assert looked(desk, of, given_name=0, family_name=1, email=2, age=3)["new"] == 1
    press(desk, of, "read-in")

    assert "Zelda" not in str(Import.objects.values().get())


def test_a_file_lies_sealed_and_is_gone_after_a_day_in_which_nobody_decides(desk):
    of = upload(desk, lines("Ana,Reyes,ana@example.org,,FK,44,"))
    assert b"ana@" not in bytes(ImportPart.objects.get(of=of).content)
    Import.objects.filter(pk=of.pk).update(noted_at="2020-01-01T00:00Z")
    job.sweep()
    of.refresh_from_db()

    assert (of.state, of.header, of.samples, of.salt) == ("stopped", [], [], "")
    assert not ImportPart.objects.exists()
