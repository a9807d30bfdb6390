"""Checks shared by the HTTP doors: method, size and content type, before any proof is verified."""

from monitors_bot.web import Request, Response

MAX_BODY_BYTES = 256 * 1024
RETRY_AFTER_SECONDS = 5


def refusal(request: Request, content_type: str, most_bytes: int | None = MAX_BODY_BYTES) -> Response | None:
    """Return the response that refuses the request, or None if its proof is to be verified next."""
    if request.method != "POST":
        return problem(405, "POST only", Allow="POST")
    if most_bytes is not None and len(request.body) > most_bytes:
        return problem(413, f"more than {most_bytes} bytes")
    if request.content_type != content_type:
        return problem(415, f"{content_type} only")
    return None


def problem(status: int, what: str, **headers: str) -> Response:
    return Response(status, {"error": what}, headers)


def not_found() -> Response:
    return problem(404, "there is nothing here")


def try_again(what: str) -> Response:
    return problem(503, what, **{"Retry-After": str(RETRY_AFTER_SECONDS)})
