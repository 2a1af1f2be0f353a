"""Makes the wiring an app of its own, so that Django finds its checks and commands."""

from django.apps import AppConfig


class WiringConfig(AppConfig):
    name = "config"
    verbose_name = "Wiring"

    def ready(self) -> None:
        from config import checks, database_log  # noqa: F401 (importing registers their checks)
