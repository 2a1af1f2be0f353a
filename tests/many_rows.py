"""As many rows as a large site has, made by the database: a million actions in half a minute.

Two asks have eight actions in ten, as a campaign that everybody talks about has; each action a
supporter, a letter, and two deliveries: that letter, and the mail that thanked for it. What most
lists show is rare among them, as it is: what failed, waits, is in doubt, was set aside.
"""

from __future__ import annotations

from django.db import connection, models

# So many people act on whatever is busy; the others share the rest.
BUSY = "CASE WHEN n % 10 < 8 THEN ({asks})[1 + n % 2] ELSE ({asks})[1 + (n / 10) % {number}] END"
EVEN = "({asks})[1 + n % {number}]"
# The first moments of the first row: the newest acted just now, the oldest long ago.
THEN = "now() - (({total} - n) * interval '150 days' / {total}) - interval '1 hour'"
STATES = "(ARRAY['MD', 'TX', 'WI', 'CA', 'NY'])[1 + (n / 7) % 5]"
LANE = "'letters:house' || n % {hosts} || '.example'"
# Of the deliveries, by their number: what is told of first.
STATE = """CASE WHEN n % 333 = 0 THEN 'failed' WHEN n % 5000 = 1 THEN 'uncertain'
    WHEN n % 1000 = 2 THEN 'held' WHEN n % 500 = 3 THEN 'queued' WHEN n % 400 = 4 THEN 'cancelled'
    ELSE 'sent' END"""
USUAL = {
    "BooleanField": "false",
    "JSONField": "'{}'",
    "PositiveSmallIntegerField": "0",
    "PositiveIntegerField": "0",
    "IntegerField": "0",
    "UUIDField": "gen_random_uuid()",
    "DateTimeField": "at",
    "BinaryField": "''::bytea",
}
KEY = "md5('k' || n) || md5('l' || n)"
LISTS = ("versions", "answers", "seats")


def fill(
    number: int, *, asks: int = 60, hosts: int = 50, is_even: bool = False
) -> list[models.Model]:
    """So many actions and what belongs to them, in tables that are empty. The asks, the busy two
    first; `is_even`: all are as busy. Letters go to so many hosts.

    PostgreSQL only, and its superuser: foreign keys are not looked at meanwhile.
    """
    from django.utils import timezone

    from actions.models import Ledger
    from tests import build

    made = [build.ask("letter", campaign=build.campaign(f"many-{n}")) for n in range(asks)]
    seats = [build.seat(district=str(n)).pk for n in range(40)]
    whose = EVEN if is_even else BUSY
    ask = whose.format(asks=f"ARRAY{[one.pk for one in made]}", number=asks)
    seat = f"(ARRAY{seats})[1 + n % {len(seats)}]"
    lane = LANE.format(hosts=hosts)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for model, rows, columns in tables(number, ask=ask, seat=seat, lane=lane):
            load(cursor, model, rows, columns)
        cursor.execute("SET session_replication_role = DEFAULT")
    Ledger.objects.bulk_create(
        Ledger(ask=one, is_whole=True, counted_at=timezone.now()) for one in made
    )
    return made


def tables(number: int, *, ask: str, seat: str, lane: str):
    """(model, how many rows, {column: its SQL}) of each table, in any order."""
    yield from people(number)
    yield from acts(number, ask=ask, seat=seat)
    yield from post(number, seat=seat, lane=lane)


def people(number: int):
    from supporters.models import Consent, Supporter

    yield (
        Supporter,
        number,
        {
            "key": KEY,
            "mailbox": "md5('m' || n) || md5('o' || n)",
            "email": "'nora' || n || '@example.org'",
            "given_name": "(ARRAY['Nora', 'Ben', 'Ana', 'Zoe', 'José'])[1 + n % 5]",
            "family_name": "'North ' || n % 5000",
            "state": STATES,
            "zip": "lpad((n % 99999)::text, 5, '0')",
            "country": "'US'",
            "language": "'en'",
            "is_minor": "n % 500 = 0",
            "age_is_known": "true",
            "proven_at": "CASE WHEN n % 20 = 0 THEN NULL ELSE now() END",
        },
    )
    yield (
        Consent,
        number * 8 // 10,
        {
            "supporter_id": "n",
            "purpose": "'newsletter'",
            "granted": "n % 20 <> 0",
            "wording": "'Send me news.'",
            "language": "'en'",
            "channel": "'web'",
        },
    )


def acts(number: int, *, ask: str, seat: str):
    """What they sent, what of it counts, and what it was counted as."""
    from actions.models import Action, Counted, Submission

    yield (
        Action,
        number,
        {
            "ask_id": ask,
            "supporter_id": "n",
            "us_state": STATES,
            "language": "'en'",
            "source": "CASE WHEN n % 3 = 0 THEN 'code-' || n % 20 ELSE '' END",
            "state": "CASE WHEN n % 700 = 0 THEN 'withdrawn' ELSE 'confirmed' END",
            "confirmed_at": "at",
        },
    )
    yield (
        Submission,
        number // 2,
        {
            "ask_id": ask,
            "us_state": STATES,
            "language": "'en'",
            "form_key": "gen_random_uuid()",
            "digest": "md5('d' || n)",
            "supporter_key": f"CASE WHEN n % 10 < 2 THEN 'new' || n ELSE {KEY} END",
            "mailbox": "md5('m' || n) || md5('o' || n)",
            "state": """CASE WHEN n % 10 = 0 THEN 'waiting' WHEN n % 50 = 1 THEN 'quarantined'
                ELSE 'confirmed' END""",
            "quarantined_because": "CASE WHEN n % 50 = 1 THEN 'burst' ELSE '' END",
            "action_id": "CASE WHEN n % 10 = 0 OR n % 50 = 1 THEN NULL ELSE n END",
            "kept_network": "'net' || n % 5000",
            "likeness": "'like' || n % 3000",
            "mail_domain": "'domain' || n % 20",
            # Recent ones: nothing is over its term.
            "created_at": "now() - n % 4000 * interval '1 minute'",
            "changed_at": "now() - n % 4000 * interval '1 minute' - interval '10 minutes'",
        },
    )
    yield (
        Counted,
        number,
        {
            "ask_id": ask,
            "person": KEY,
            "action_id": "n",
            "facts": f"""jsonb_build_array(CASE WHEN n % 700 = 0 THEN '' ELSE 'verified' END,
                extract(epoch FROM at)::bigint / 900 * 900, {STATES},
                CASE WHEN n % 3 = 0 THEN 'code-' || n % 20 ELSE '' END, 'en', false, '[]'::jsonb,
                jsonb_build_array({seat}), '[]'::jsonb, '[]'::jsonb)""",
        },
    )


def post(number: int, *, seat: str, lane: str):
    """Their letters, what was mailed, and how that went."""
    from actions.models import Letter
    from worker.models import Attempt, Delivery

    delivery = {
        "key": "'many/' || n",
        "channel": "'email'",
        # Odd ones are letters, even ones the mail to their writers.
        "lane": f"CASE WHEN n % 2 = 1 THEN {lane} ELSE 'mail' END",
        "sender_key": "'mailbox:' || n / 2",
        "recipient_key": f"CASE WHEN n % 2 = 1 THEN 'seat:' || {seat} ELSE '' END",
        "scope_key": "'campaign:' || 1 + n % 2",
        "recipient": "'seat' || n % 40 || '@house' || n % 50 || '.example'",
        "subject": "'Open the playgrounds'",
        "message_id": "'<m' || n || '@example.org>'",
        "state": STATE,
        "held_for": """CASE WHEN n % 1000 = 2
            THEN (ARRAY['', 'review', 'address', 'approval', 'roster'])[1 + n % 5] ELSE '' END""",
        "rehearsal": "n % 4 = 0",
        # As it is: each at its own time, so that an index can tell the newest.
        "settled_at": "at",
        "expires_at": "now() + interval '3 days'",
        "attempts_made": "1",
    }
    yield Delivery, number * 2, delivery
    yield (
        Attempt,
        number * 2,
        {"delivery_id": "n", "state": STATE, "code": "250", "author": "'worker'"},
    )
    yield (
        Letter,
        number,
        {
            "action_id": "n",
            "seat_id": seat,
            "delivery_id": "n * 2 - 1",
            "route": "'email'",
            "holder_name": "'Ada Smith'",
            "rehearsal": "false",
            "told_at": "NULL",
        },
    )


def load(cursor, model: type[models.Model], rows: int, columns: dict[str, str]) -> None:
    """Whatever is not told stays blank. Indexes are made afterwards: a third of the time."""
    table = model._meta.db_table
    for field in model._meta.concrete_fields:
        if field.column in columns or field.null or field.primary_key:
            continue
        usual = "'[]'" if field.column in LISTS else USUAL.get(field.get_internal_type(), "''")
        columns[field.column] = usual
    columns = {"id": "n"} | columns
    at = THEN.format(total=f"{rows}")
    cursor.execute(
        """SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conrelid = %s::regclass AND contype = 'u'""",
        [table],
    )
    unique = cursor.fetchall()
    cursor.execute(
        """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
        WHERE indrelid = %s::regclass AND NOT EXISTS
            (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)""",
        [table],
    )
    indexes = cursor.fetchall()
    for name, _ in unique:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE')
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    names, values = ", ".join(columns), ", ".join(columns.values())
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {values}"
        f" FROM (SELECT n, {at} AS at FROM generate_series(1, {rows}) AS n) AS row"
    )
    for _, what in indexes:
        cursor.execute(what)
    for name, what in unique:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {what}')
    cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {rows})")
    cursor.execute(f"ANALYZE {table}")
