"""One shape for every error: {"error": {"code", "message", "fields"}}."""

from __future__ import annotations

from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler


def answer(exception: Exception, context: dict[str, Any]) -> Response | None:
    """For REST framework. None for an error that is not one of its own: Django's page then."""
    response = exception_handler(exception, context)
    if response is None:
        return None
    # Some of its errors are a list.
    data = response.data if isinstance(response.data, dict) else {"detail": response.data}
    detail = data.pop("detail", None)
    code = getattr(detail, "code", None) or ("invalid" if response.status_code == 400 else "error")
    response.data = {
        "error": {
            "code": code,
            "message": str(detail or "Some fields need mending."),
            "fields": data,
        }
    }
    return response
