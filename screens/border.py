"""Stand between the network and the app: refuse what is meant for another host, and set the headers under which a browser calls nobody.

A page elsewhere may let its own name lead to this machine (DNS rebinding), and would then be of the app's own origin: Streamlit
let it in. And for an origin that it does not know, Streamlit asks outside which address it has itself: so it never sees one.
"""

import re
from collections.abc import Mapping

import streamlit as st
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
UNNAMED = frozenset({"", "localhost"})
"""What Streamlit's browser.serverAddress is where nobody has set it."""
HOST = re.compile(r"(?P<name>[a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?", re.I)
POLICY = "; ".join((
    "default-src 'self'", "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:", "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:", "font-src 'self' data:", "connect-src 'self' ws://{host} wss://{host}", "worker-src 'self' blob:",
    "frame-ancestors 'self'", "base-uri 'self'", "form-action 'self'", "object-src 'none'"))
HEADERS = ((b"referrer-policy", b"no-referrer"), (b"x-content-type-options", b"nosniff"))
OWN_FILES = ("/canvas", "/desk", "/vis")
FRESH = (b"cache-control", b"no-cache")
"""For our own files: a browser asks whether they have changed, else a new Ponte would run with an old canvas."""


class Border:
    """Lets a request pass when it is meant for this host, and completes the head of its answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it with status 403."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"] if name in (b"host", b"origin")}
        if not meant_for_us(headers):
            await _refuse(scope, receive, send)
            return

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                policy = POLICY.format(host=headers[b"host"]).encode()
                own = [FRESH] if scope["path"].startswith(OWN_FILES) else []
                message["headers"] = [*message["headers"], (b"content-security-policy", policy), *HEADERS, *own]
            await send(message)

        await self._app(scope, receive, complete if scope["type"] == "http" else send)


def meant_for_us(headers: Mapping[bytes, str]) -> bool:
    """Whether Host is this host's name, and Origin, where there is one, the same: no other name leads here by right, on loopback
    nor where browser.serverAddress says how Ponte is called."""
    host = HOST.fullmatch(headers.get(b"host", ""))
    if not host:
        return False
    public = str(st.get_option("browser.serverAddress") or "").lower()
    on_loopback = str(st.get_option("server.address") or "").lower() in LOOPBACK | {"::1"}
    known = host["name"].lower() in LOOPBACK | {public}
    if on_loopback and not known:
        return False
    origin = headers.get(b"origin")
    if origin is None or origin.lower().partition("://")[2] == public:
        return True
    return origin.lower().partition("://")[2] == headers[b"host"].lower() and (known or public in UNNAMED)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    text = "Ponte answers under its own address only. Set browser.serverAddress in .streamlit/config.toml to the name under which it is served.\n"
    await PlainTextResponse(text, 403)(scope, receive, send)
