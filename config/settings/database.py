"""PostgreSQL, or SQLite for one machine."""

from config.env import env, secret

DATABASES = {"default": env.db_url_config(secret("DATABASE_URL"))}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # IMMEDIATE: with SQLite's deferred transactions more than half of the concurrent writes failed
    # with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
    }
else:
    # Nobody waits longer for a database that is away: they are told so (config.database_away).
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)

# Connections stay open; one that a restarted database has cut costs nobody an error page.
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# How long a migration waits for a lock before it gives up (PostgreSQL): whoever wants the table
# next queues behind it.
MIGRATE_LOCK_TIMEOUT_S = env.float("MIGRATE_LOCK_TIMEOUT_S", default=5)
