"""Redis as a cache, and as what counts visitors (django-ratelimit). Celery's part: celery.py."""

from config.env import env, secret

REDIS_URL = secret("REDIS_URL")
# Short patience: a visitor waits for every one of these seconds when Redis is gone.
REDIS_CACHE = {
    "BACKEND": "config.cache.TolerantRedisCache",
    "LOCATION": REDIS_URL,
    "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
}
CACHES = {"default": REDIS_CACHE, "limits": REDIS_CACHE | {"KEY_PREFIX": "limits"}}
RATELIMIT_USE_CACHE = "limits"
RATELIMIT_IP_META_KEY = "config.middleware.client_ip"
# Without Redis nobody is counted, and nobody is turned away.
RATELIMIT_FAIL_OPEN = True

# Pages that are the same for everybody (campaigns.kept): so many in each process, 0 for none.
KEPT_MOST = env.int("KEPT_MOST", default=400)
# So long one is given out before the database is asked whether it still says what it is made of.
KEPT_UNCHECKED_S = env.float("KEPT_UNCHECKED_S", default=0.5)
