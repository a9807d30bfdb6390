"""A server that refuses every call, and repeats whatever it was sent: tokens, signatures, bodies."""

import json
from collections.abc import Callable, Iterator

from tests.fakes.scripted_server import Heard, ScriptedServer, http_answer

CANARY = "CanaryOfTheTests"
"""In every answer, besides what was sent; it looks like an error's name, but for how it ends."""
STATUSES = (200, 400, 401, 403, 404, 429, 500, 503)

Form = Callable[[int, str], bytes]


def _fields(status: int, words: str) -> bytes:
    names = ("error", "errorType", "message", "Message", "__type", "details", "reason", "status", words)
    body = {**dict.fromkeys(names, words), "success": False, "Error": {"Code": words, "Message": words}}
    return http_answer(json.dumps(body).encode(), status)


def _brackets(status: int, words: str) -> bytes:
    last = words.rsplit(maxsplit=1)[-1]
    body = {"success": False, "error": f"So it is [{last}]", "__type": f"com.amazonaws#{last}"}
    return http_answer(json.dumps(body).encode(), status)


def _text(status: int, words: str) -> bytes:
    return http_answer(words.encode(), status, Content_Type="text/plain")


def _page(status: int, words: str) -> bytes:
    page = f"<html><title>{words}</title><body>{words}</body></html>"
    return http_answer(page.encode(), status, Content_Type="text/html")


def _headers(status: int, words: str) -> bytes:
    return http_answer(
        b"{}",
        status,
        Retry_After=words,
        X_RateLimit_Reset=words,
        Date=words,
        X_Echo=words,
        x_amzn_errortype=words,
    )


def _content_type(status: int, words: str) -> bytes:
    return http_answer(b"{}", status, Content_Type=f"application/json; {words}", Content_Encoding=words)


def _broken_header(status: int, words: str) -> bytes:
    head, blank, body = http_answer(b"{}", status).partition(b"\r\n\r\n")
    return head + f"\r\n{words} is no header\r\nX: y".encode() + blank + body


def _status_line(status: int, words: str) -> bytes:
    return f"HTTP/1.1 {status} {words}\r\nContent-Length: 0\r\n\r\n".encode()


def _no_http(_status: int, words: str) -> bytes:
    return f"{words}\r\n\r\n".encode()


FORMS: dict[str, Form] = {
    "fields": _fields,
    "brackets": _brackets,
    "text": _text,
    "page": _page,
    "headers": _headers,
    "content type": _content_type,
    "broken header": _broken_header,
    "status line": _status_line,
    "no HTTP": _no_http,
}


class Echo(ScriptedServer):
    """Answers in one form; `status` may be changed."""

    def __init__(self, form: str) -> None:
        self.status = 400
        self._form = FORMS[form]
        super().__init__(self._script, keeps=False)

    def _script(self, heard: Heard) -> Iterator[bytes]:
        yield self._form(self.status, " ".join([CANARY, *_sent(heard), CANARY]))


def _sent(heard: Heard) -> list[str]:
    secrets = (heard.headers.get(name, "") for name in ("x-user-id", "authorization", "x-auth-token"))
    return [*secrets, heard.body.decode("ascii", "replace").replace("\r", "").replace("\n", "")]
