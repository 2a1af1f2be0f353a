"""PostgreSQL, or SQLite for one machine."""

from config.env import env, secret

DATABASES = {"default": env.db_url_config(secret("DATABASE_URL"))}
# How long one statement of a page may take (config.wsgi asks for it); 0: for ever. Workers have no
# limit: a count or a migration may take minutes.
WEB_STATEMENT_TIMEOUT_S = env.float("WEB_STATEMENT_TIMEOUT_S", default=30)
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # IMMEDIATE: with SQLite's deferred transactions more than half of the concurrent writes failed
    # with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
    }
else:
    # Our statements are many and small: compiling one takes longer than running it.
    session = "-c jit=off"
    # And the other side gives us up as soon: else what we had locked stays locked for two hours.
    session += " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
    if "IS_WEB" in env.ENVIRON and WEB_STATEMENT_TIMEOUT_S:
        session += f" -c statement_timeout={WEB_STATEMENT_TIMEOUT_S * 1000:.0f}"
    given = DATABASES["default"].setdefault("OPTIONS", {})
    DATABASES["default"]["OPTIONS"] = {
        # Nobody waits longer for a database that is away: they are told so (config.database_away).
        "connect_timeout": 3,
        # A network that swallows packets tells nothing: what is sent and not acknowledged, and a
        # line on which nothing comes, is given up after about as many seconds. The kernel's own
        # patience is a quarter of an hour.
        "tcp_user_timeout": 8000,
        "keepalives": 1,
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        **given,
        # What stands in DATABASE_URL comes last, so that it wins.
        "options": f"{session} {given.get('options', '')}".strip(),
    }

# Connections stay open; one that a restarted database has cut costs nobody an error page.
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# How long a migration waits for a lock before it gives up (PostgreSQL): whoever wants the table
# next queues behind it.
MIGRATE_LOCK_TIMEOUT_S = env.float("MIGRATE_LOCK_TIMEOUT_S", default=5)
