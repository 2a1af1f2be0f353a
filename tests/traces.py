"""Where something lies that should lie nowhere: every table, every key of Redis, every file."""

from email import message_from_bytes, policy

from django.conf import settings
from django.db import connection
from redis import Redis

from config.children import is_listening


def tables():
    """(table, a row as text) of the whole database; bytes are read as text too, so that a sealed
    message shows, and a mail as it reads.
    """
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield table, " ".join(map(as_text, row))


def as_text(value):
    if not isinstance(value, memoryview | bytes):
        return str(value)
    content = bytes(value)
    text = content.decode("utf-8", "replace")
    if b"Message-ID:" in content:
        parts = message_from_bytes(content, policy=policy.default).walk()
        bodies = [part.get_content() for part in parts if not part.is_multipart()]
        text += " ".join(body for body in bodies if isinstance(body, str))
    return text


def redis_texts():
    redis = Redis.from_url(settings.REDIS_URL, retry=None, socket_connect_timeout=1)
    if not is_listening(int(redis.connection_pool.connection_kwargs.get("port", 6379))):
        return
    read = {
        b"string": redis.get,
        b"hash": redis.hgetall,
        b"list": lambda key: redis.lrange(key, 0, -1),
        b"set": redis.smembers,
    }
    read[b"zset"] = lambda key: redis.zrange(key, 0, -1, withscores=True)
    for key in redis.scan_iter(count=1000):
        yield f"{key!r} {read.get(redis.type(key), redis.dump)(key)!r}"
    redis.close()


def files(*folders):
    """(path, content as text)."""
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        yield str(path), path.read_bytes().decode("utf-8", "replace")
