"""What is logged: to stderr, without people's data (config.logs)."""

from config.env import env
from config.logs import calm

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "config.logs.Discreet",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "filters": {"calm": {"()": "django.utils.log.CallbackFilter", "callback": calm}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["calm"],
        }
    },
    "root": {"level": env.str("LOG_LEVEL", default="INFO"), "handlers": ["stderr"]},
    "loggers": {
        "django": {"level": "INFO", "handlers": ["stderr"], "propagate": False},
        # The development server's access log: Django gives it a handler and words of its own.
        "django.server": {"level": "INFO", "handlers": ["stderr"], "propagate": False},
        "flufl.bounce": {"level": "CRITICAL"},  # tells which detectors it tries, and which stumble
        "mail.log": {"level": "WARNING"},  # aiosmtpd's, which tells every line of every caught mail
        "urllib3": {"level": "WARNING"},  # tells what is asked for, which may hold an address
    },
}
