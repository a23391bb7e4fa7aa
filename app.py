"""Serve Ponte: `streamlit run app.py`.

The app serves the canvas and pyvis's own vis-network file, so that no page needs the network, answers /health, and closes the
store at the end; screens/border.py refuses what is not meant for it and sets the headers of every answer.
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

from graph import __version__
from screens.border import Border

TOP = Path(__file__).parent
PYVIS = importlib.util.find_spec("pyvis")
VIS = Path(str(PYVIS.origin if PYVIS else "")).parent / "templates" / "lib" / "vis-9.1.2"


@contextlib.asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Close the store when the app ends; the first visit opens it."""
    yield
    from screens.session import close_store  # Streamlit warns of caches that are made before it runs
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


app = st.App("screens/main.py", lifespan=lifespan, middleware=[Middleware(Border)], routes=[
    Route("/health", health), Route("/explore", first_screen), Route("/{page}/_stcore/{probe}", not_here),
    Mount("/canvas", StaticFiles(directory=TOP / "screens" / "canvas")),
    Mount("/desk", StaticFiles(directory=TOP / "screens" / "desk")),
    Mount("/vis", StaticFiles(directory=VIS)),
])
