"""Serve Ponte: `streamlit run app.py`.

The app serves the canvas and pyvis's own vis-network file, so that no page needs the network, sets the headers under which
the browser itself refuses to call elsewhere, answers /health, and closes the store at the end.
"""

import contextlib
import importlib.util
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph import __version__
from screens.session import close_store

TOP = Path(__file__).parent
PYVIS = importlib.util.find_spec("pyvis")
VIS = Path(str(PYVIS.origin if PYVIS else "")).parent / "templates" / "lib" / "vis-9.1.2"
POLICY = "; ".join((
    "default-src 'self'", "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:", "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:", "font-src 'self' data:", "connect-src 'self' ws: wss:", "worker-src 'self' blob:",
    "frame-ancestors 'self'", "base-uri 'self'", "form-action 'self'", "object-src 'none'"))
HEADERS = [(b"content-security-policy", POLICY.encode()), (b"referrer-policy", b"no-referrer"), (b"x-content-type-options", b"nosniff")]
FRESH = (b"cache-control", b"no-cache")
"""For our own files: a browser asks whether they have changed, else a new Ponte would run with an old canvas."""


class SecurityHeaders:
    """Adds HEADERS to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; complete the answer's head."""
        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [FRESH] if scope["path"].startswith(("/canvas", "/desk", "/vis")) else []
                message["headers"] = [*message["headers"], *HEADERS, *own]
            await send(message)

        await self._app(scope, receive, complete if scope["type"] == "http" else send)


@contextlib.asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Close the store when the app ends; the first visit opens it."""
    yield
    close_store()


async def health(_: Request) -> JSONResponse:
    """Say that the app is up."""
    return JSONResponse({"ok": True, "version": __version__})


async def first_screen(request: Request) -> RedirectResponse:
    """Lead from /explore to the top, where Streamlit has the default page: it knows no other address of it."""
    return RedirectResponse(f"./?{request.url.query}")


async def not_here(_: Request) -> Response:
    """Tell Streamlit's page on /paths, which looks for its server under /paths first, to look at the top: an error would show in the console."""
    return Response(status_code=300)


app = st.App("screens/main.py", lifespan=lifespan, middleware=[Middleware(SecurityHeaders)], routes=[
    Route("/health", health), Route("/explore", first_screen), Route("/{page}/_stcore/{probe}", not_here),
    Mount("/canvas", StaticFiles(directory=TOP / "screens" / "canvas")),
    Mount("/desk", StaticFiles(directory=TOP / "screens" / "desk")),
    Mount("/vis", StaticFiles(directory=VIS)),
])
