"""How gunicorn serves us: threads, and an access log without addresses of people, queries or
tokens.
"""

import gc
import os

wsgi_app = "config.wsgi:application"
bind = os.environ.get(
    "BIND", f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
)
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 10
keepalive = 5
# A server to steer this one by, which we never do; it could not make its file here.
control_socket_disable = True
# Who is calling, and over what, is settled in config.middleware alone: gunicorn believes no proxy's
# header.
forwarded_allow_ips = ""


def on_starting(server):  # type: ignore[no-untyped-def]
    """Every page's code is read once, before the workers are forked: it is in memory once, and no
    visitor waits for it. What a worker opens or starts (config.wsgi), it opens for itself.
    """
    # Another's (benchmarks/_bare.py) has settings of its own.
    if server.app.app_uri != wsgi_app:
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("IS_WEB", "1")
    import django
    from django.urls import get_resolver

    django.setup()
    get_resolver().url_patterns  # noqa: B018
    gc.collect()
    # The collector writes into what it looks at, and that would be each worker's own from then on.
    gc.freeze()


# Method, path, status, seconds. No peer, no query, no referrer.
access_log_format = "%(m)s %(U)s %(s)s %(L)s"
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "config.logs.Discreet",
            "format": "%(asctime)s web %(levelname)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"level": "WARNING", "handlers": ["stderr"]},
    "loggers": {
        "gunicorn.error": {"level": "WARNING", "handlers": ["stderr"], "propagate": False},
        "gunicorn.http": {
            "level": "ERROR"
        },  # warns of every HEAD request, whose body it drops as it should
        "gunicorn.access": {
            "level": "INFO" if os.environ.get("ACCESS_LOG", "1") == "1" else "CRITICAL",
            "handlers": ["stderr"],
            "propagate": False,
        },
    },
}
