"""The audit log: append-only, chained, and never forked."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import audit
from accounts.models import AppendOnly, AuditEntry, AuditHead


@pytest.fixture
def three_lines(db):
    return [
        audit.record(
            "ana@example.org", "export asked", f"export {n}", rows=n, purpose="Board report"
        )
        for n in range(3)
    ]


def tamper(sql, *values):
    """Write past the model, as somebody with the database's password would."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE accounts_auditentry DISABLE TRIGGER audit_is_append_only")
        cursor.execute(sql, values)


def test_an_untouched_chain_is_whole(three_lines):
    assert audit.verify() is None
    assert three_lines[1].previous_hash == three_lines[0].hash


@pytest.mark.parametrize("column", ["actor", "deed", "subject", "hash", "previous_hash"])
def test_one_changed_character_is_found_at_its_line(three_lines, column):
    line = three_lines[1]
    value = getattr(line, column)
    tamper(
        f"UPDATE accounts_auditentry SET {column} = %s WHERE id = %s",
        value[:-1] + chr(ord(value[-1]) ^ 1),
        line.pk,
    )

    assert audit.verify() == line.pk


def test_a_changed_number_in_the_detail_is_found(three_lines):
    line = three_lines[1]
    tamper(
        "UPDATE accounts_auditentry SET detail = %s WHERE id = %s",
        '{"rows": 7, "purpose": "Board report"}',
        line.pk,
    )

    assert audit.verify() == line.pk


def test_a_line_taken_out_of_the_middle_is_found(three_lines):
    tamper("DELETE FROM accounts_auditentry WHERE id = %s", three_lines[1].pk)

    assert audit.verify() == three_lines[2].pk


def test_lines_cut_off_the_end_are_missed(three_lines):
    tamper("DELETE FROM accounts_auditentry WHERE id = %s", three_lines[2].pk)

    assert audit.verify() == three_lines[1].pk + 1


def test_a_forger_without_the_key_cannot_recompute_the_chain(three_lines, settings):
    settings.HASH_KEY = "another"

    assert audit.verify() == three_lines[0].pk


def test_detail_reads_back_as_it_was_hashed_on_any_database(db):
    audit.record(
        "ana@example.org",
        "deed",
        "subject",
        share=0.1,
        big=1e22,
        none=None,
        deep={"b": [1, "é"], "a": True},
    )

    assert audit.verify() is None


@pytest.mark.parametrize(
    "change",
    [
        lambda line: AuditEntry.objects.update(actor="nobody"),
        lambda line: AuditEntry.objects.all().delete(),
        lambda line: AuditEntry.objects.bulk_update([line], ["actor"]),
        lambda line: line.save(),
        lambda line: line.delete(),
    ],
)
def test_the_model_refuses_changes(three_lines, change):
    with pytest.raises(AppendOnly), transaction.atomic():
        change(three_lines[0])

    assert AuditEntry.objects.count() == 3


def test_postgresql_refuses_changes_by_itself(three_lines):
    if connection.vendor != "postgresql":
        pytest.skip("the trigger is PostgreSQL's")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM accounts_auditentry")


def test_a_deed_that_fails_leaves_no_line(db):
    def fail():
        with transaction.atomic():
            audit.record("ana@example.org", "deed", "subject")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert not AuditEntry.objects.exists()
    assert audit.verify() is None


@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_make_one_chain():
    if connection.vendor != "postgresql":
        pytest.skip("the SQLite of tests is in memory, where threads share one lock table")
    together = threading.Barrier(8)
    faults = []

    def write(name):
        try:
            together.wait(timeout=20)
            for n in range(5):
                audit.record(name, "deed", str(n))
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(f"writer {n}",)) for n in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert faults == []
    assert AuditEntry.objects.count() == 40
    assert AuditEntry.objects.values("previous_hash").distinct().count() == 40
    assert audit.verify() is None
    assert AuditHead.objects.count() == 1
