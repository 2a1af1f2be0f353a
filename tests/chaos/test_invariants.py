"""The invariants about what must not be anywhere see what is there."""

from types import SimpleNamespace

from tests.chaos import lasting_traces


class NoRedis:
    def scan_iter(self, pattern):
        return [b"task"]

    def dump(self, key):
        return b"own words: I am x and I ask you."

    def close(self):
        pass


def test_a_child_a_deed_that_is_not_noted_a_mailbox_in_a_log_and_a_job_that_never_ended(tmp_path):
    (tmp_path / "web.log").write_text("answered p1@p1-3.people.example")
    answers = {
        lasting_traces.TABLES: [("supporters_supporter",)],
        "SELECT count(*) FROM supporters_supporter": [(1,)],
        "SELECT count(*) FROM accounts_auditentry": [(0,)],
        "SELECT name FROM worker_heartbeat": [
            (name,) for name in lasting_traces.ALWAYS - {"job:count"}
        ],
    }
    house = SimpleNamespace(
        children={"kid1@kids.example"},
        deeds_of_staff=["hold placed"],
        is_thorough=True,
        beats=[1],
        ask=lambda sql, *_: next(rows for start, rows in answers.items() if sql.startswith(start)),
        manage=lambda command: "line 3",
        logs=lambda: list(tmp_path.glob("*.log")),
        broker=SimpleNamespace(line=NoRedis),
    )
    ledger = SimpleNamespace(house=house)

    assert list(lasting_traces.i10_no_child(ledger)) == [
        "kid1@kids.example: in supporters_supporter"
    ]
    assert list(lasting_traces.i11_audited(ledger)) == [
        "'hold placed': done 1 times, noted 0 times",
        "the chain is broken: line 3",
    ]
    assert len(list(lasting_traces.i12_discreet(ledger))) == 2
    assert list(lasting_traces.i13_periodic(ledger)) == ["job:count: never came to its end"]
