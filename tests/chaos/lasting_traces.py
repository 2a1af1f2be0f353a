"""The invariants of what a run leaves behind: in tables, in the audit log, in logs and in Redis."""

from collections import Counter


def i10_no_child(ledger):
    """What a child under 13 sent stands in no table."""
    for word in ledger.house.children:
        yield from (f"{word}: in {table}" for table in holding(ledger.house, word))


TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)


def holding(house, word):
    """Tables with this word in any column; sealed letters are bytes, and read as such."""
    for (table,) in house.ask(TABLES):
        found = house.ask(
            f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s OR t::text LIKE %s",
            f"%{word}%",
            f"%{word.encode().hex()}%",
        )
        if found[0][0]:
            yield table


def i11_audited(ledger):
    """What staff did is in the audit log, once each, and nobody changed a line of it."""
    house = ledger.house
    for deed, number in Counter(house.deeds_of_staff).items():
        [(noted,)] = house.ask("SELECT count(*) FROM accounts_auditentry WHERE deed = %s", deed)
        if noted != number:
            yield f"{deed!r}: done {number} times, noted {noted} times"
    if house.is_thorough and (broken := house.manage("verify_audit")):
        yield f"the chain is broken: {broken}"


def i12_discreet(ledger):
    """Nobody's mailbox and nobody's words are in a log of ours, or of PostgreSQL, or in Redis."""
    canaries = {"people.example", "kids.example", " and I ask you."}
    for path in ledger.house.logs():
        text = path.read_text(errors="replace")
        yield from (f"{path.name}: {word!r}" for word in canaries if word in text)
    redis = ledger.house.broker.line()
    for key in redis.scan_iter("*"):
        kept = key + (redis.dump(key) or b"")
        yield from (f"Redis, {key!r}: {word!r}" for word in canaries if word.encode() in kept)
    redis.close()


def i13_periodic(ledger):
    """What is periodic came to its end, whoever rang for it. (That twice is as once, I2 to I8 say.)"""
    if ledger.house.beats:
        known = {name for (name,) in ledger.house.ask("SELECT name FROM worker_heartbeat")}
        yield from (f"{name}: never came to its end" for name in sorted(ALWAYS - known))


ALWAYS = {"sweep", "job:sweep", "job:count", "job:failures"}
