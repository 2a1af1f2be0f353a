from django.apps import AppConfig


class LegislatorsConfig(AppConfig):
    name = "legislators"

    def ready(self) -> None:
        from legislators import checks  # noqa: F401
