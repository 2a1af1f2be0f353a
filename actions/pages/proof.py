"""The calculation that a form's script fetches while more comes than people send."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from actions.screening import bursts, machines, origin, proof, rates


@require_POST
@never_cache
@origin.public_post
@rates.limited("proof")
def challenge(request: HttpRequest) -> HttpResponse:
    """For the form whose `token` is sent: altcha's JSON, or 204 while none is asked for.

    400 for a token that is not ours.
    """
    token = machines.read_token(request.POST.get("token", ""))
    if token is None:
        return HttpResponse(status=400)
    if not bursts.hands_out_proofs():
        return HttpResponse(status=204)
    return JsonResponse(proof.challenge(token.key))
