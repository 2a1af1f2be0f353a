"""Supporters, their consents and their actions, made in SQL: a million in a minute or two."""

PEOPLE = """
INSERT INTO supporters_supporter ({columns}, key, mailbox, public_id, email, prefix, given_name,
    family_name, phone, street, city, state, zip, country, language, is_minor, is_demo,
    created_at, proven_at)
SELECT {defaults}, md5('k' || n) || md5('l' || n), md5('m' || n) || md5('o' || n),
    gen_random_uuid(),
    'nora' || n || '@example.org', '',
    (ARRAY['Nora', 'Ben', 'Ana', '=Zoe', 'Łukasz', 'José'])[1 + n %% 6], 'North ' || n %% 5000,
    CASE WHEN n %% 3 = 0 THEN '+1410555' || lpad((n %% 10000)::text, 4, '0') ELSE '' END,
    n %% 900 || ' Elm Street', (ARRAY['Polk', 'Elm', 'New Bridge'])[1 + n %% 3],
    (ARRAY['MD', 'TX', 'WI', 'CA', 'NY'])[1 + (n / 7) %% 5],
    lpad((n %% 99999)::text, 5, '0'), 'US', CASE WHEN n %% 10 = 0 THEN 'es' ELSE 'en' END,
    n %% 50 = 0, false, now() - n * interval '10 seconds',
    CASE WHEN n %% 20 = 0 THEN NULL ELSE now() END
FROM generate_series(1, %s) AS n
"""
CONSENTS = """
INSERT INTO supporters_consent (supporter_id, purpose, granted, wording, language, channel, at)
SELECT id, 'newsletter', true, 'Yes, send me news of this work by e-mail. I can leave at any time.',
    language, 'web', created_at
FROM supporters_supporter WHERE id %% 10 < 8 ORDER BY id
"""
ENDED = """
INSERT INTO supporters_consent (supporter_id, purpose, granted, wording, language, channel, at)
SELECT id, 'newsletter', false, '', language, 'mail-link', now()
FROM supporters_supporter WHERE id %% 20 = 1 ORDER BY id
"""
SUPPRESSED = """
INSERT INTO supporters_suppression (mailbox, reason, at)
SELECT mailbox, 'asked', now() FROM supporters_supporter WHERE id %% 100 = 3
"""


def make_people(number: int):
    """So many, three in four of whom allow the newsletter; each acted once: a tenth on the campaign
    that is given back.
    """
    from django.db import connection

    from tests import build

    asks = [build.ask("petition", campaign=build.campaign(f"bench-{n}")) for n in range(10)]
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE.format(**_others(cursor)), [number])
        for statement in (CONSENTS, ENDED, SUPPRESSED):
            cursor.execute(statement.replace("%%", "%"))
        cursor.execute(_actions(), [[ask.pk for ask in asks]])
        cursor.execute("VACUUM ANALYZE")
    return asks[0].campaign


def _others(cursor) -> dict[str, str]:
    """Columns that must be told and that a bench knows nothing of: blank, or nothing at all."""
    from supporters.models import Supporter

    told = PEOPLE.split("({columns}, ")[1].split(")")[0].replace("\n", " ").split(",")
    known = {"id", *(name.strip() for name in told)}
    left = [
        field
        for field in Supporter._meta.concrete_fields
        if field.column not in known and not field.null
    ]
    defaults = {"BooleanField": "false"}
    values = {
        field.column: "true"
        if field.column == "age_is_known"
        else defaults.get(field.get_internal_type(), "''")
        for field in left
    }
    return {"columns": ", ".join(values), "defaults": ", ".join(values.values())}


def _actions() -> str:
    """Every field of an action that may not be null gets its usual value."""
    from actions.models import Action

    given = {
        "ask_id": "(%s)[1 + id % 10]",
        "supporter_id": "id",
        "public_id": "gen_random_uuid()",
        "idempotency_key": "gen_random_uuid()",
        "state": "'confirmed'",
        "us_state": "state",
        "language": "language",
        "created_at": "created_at",
        "changed_at": "created_at",
        "confirmed_at": "created_at",
    }
    usual = {"BooleanField": "false", "PositiveSmallIntegerField": "0"}
    for field in Action._meta.concrete_fields:
        if field.column in given or field.null or field.primary_key:
            continue
        if field.get_internal_type() == "JSONField":
            given[field.column] = "'[]'" if field.column == "versions" else "'{}'"
        else:
            given[field.column] = usual.get(field.get_internal_type(), "''")
    columns, values = ", ".join(given), ", ".join(given.values())
    sql = f"INSERT INTO actions_action ({columns}) SELECT {values} FROM supporters_supporter"
    # Once the parameter is in its place no other sign of percent may be read as one.
    return sql.replace("% 10", "%% 10") + " ORDER BY id"
