"""Settings from the environment, and secrets from files beside it."""

from pathlib import Path

import environ

env = environ.Env()


def secret(name: str, default: str | None = None) -> str:
    """The value of `name`, or the contents of the file that `name`_FILE points to.

    Raises ImproperlyConfigured when neither is set and there is no default.
    """
    path = env.str(f"{name}_FILE", default="")
    if path:
        return Path(path).read_text().strip()
    return env.str(name) if default is None else env.str(name, default=default)
