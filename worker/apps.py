from django.apps import AppConfig


class WorkerConfig(AppConfig):
    name = "worker"

    def ready(self) -> None:
        # Every process that may start a task needs the configured Celery app, also where another
        # room's task is called first.
        from worker import celery, checks  # noqa: F401
        from worker.restoring import identity  # noqa: F401 (a worker that starts looks)
