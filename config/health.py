"""Two addresses for whoever watches the machine: does the process answer, and can it do its
work?
"""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from worker import redis_state


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """200 while this process answers at all."""
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """503 without the database.

    Redis is reported only ("ok", "full", "down"): without it people are still served and letters
    wait.
    """
    has_database = database_answers()
    return JsonResponse(
        {"database": "ok" if has_database else "down", "redis": redis_state.state()},
        status=200 if has_database else 503,
        headers={"Cache-Control": "no-store"},
    )


def database_answers() -> bool:
    """Over the connection that pages use."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
    except DatabaseError:
        return False
