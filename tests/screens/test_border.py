"""A request reaches the app only under its own address, and an answer lets a browser call nobody else."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
import streamlit as st
from starlette.responses import PlainTextResponse

from screens.border import Border

OWN = "127.0.0.1:8501"


async def reached(scope, receive, send):
    """The app behind the border: it says that it was reached."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
    else:
        await PlainTextResponse("reached")(scope, receive, send)


def ask(kind: str = "http", path: str = "/", **headers: str) -> tuple[bool, dict[str, str]]:
    """Whether a request reached the app, and the headers of the answer."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "path": path, "method": "GET", "headers": [(name.encode(), value.encode()) for name, value in headers.items()]}
    with ThreadPoolExecutor(1) as apart:  # the browser's tests keep a loop running in this thread
        apart.submit(asyncio.run, Border(reached)(scope, receive, send)).result()
    answer = {name.decode(): value.decode() for name, value in sent[0].get("headers", [])}
    return sent[0]["type"] == "websocket.accept" or sent[0].get("status") == 200, answer


@pytest.fixture
def option(monkeypatch):
    """Sets an option of Streamlit for one test."""
    values = {"server.address": "127.0.0.1", "browser.serverAddress": "localhost"}
    monkeypatch.setattr(st, "get_option", values.get)
    return values


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("headers", [
    {"host": OWN}, {"host": "localhost:8501"}, {"host": "[::1]:8501"}, {"host": "LOCALHOST"}, {"host": OWN, "origin": f"http://{OWN}"},
    {"host": "localhost:8501", "origin": "http://localhost:8501"},
])
def test_its_own_names_reach_it(option, kind, headers):
    assert ask(kind, **headers)[0]


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("headers", [
    {}, {"host": ""}, {"host": "evil.example:8501"}, {"host": "evil.example:8501", "origin": "http://evil.example:8501"}, {"host": "127.0.0.1.evil.example"},
    {"host": OWN, "origin": "http://evil.example"}, {"host": OWN, "origin": "null"}, {"host": OWN, "origin": "http://127.0.0.1:9999"},
    {"host": "localhost:8501; script-src *"}, {"host": OWN, "origin": ""},
])
def test_another_name_or_origin_does_not(option, kind, headers):
    assert not ask(kind, **headers)[0]


def test_where_ponte_is_served_to_others_their_name_reaches_it_but_no_other_site(option):
    option["server.address"] = "0.0.0.0"
    assert ask("websocket", host="ponte.example", origin="https://ponte.example")[0]
    assert not ask("websocket", host="ponte.example", origin="https://evil.example")[0]
    option["browser.serverAddress"] = "ponte.example"
    assert ask("websocket", host="inner:8501", origin="https://ponte.example")[0]
    assert ask("websocket", host="ponte.example", origin="https://ponte.example")[0]
    assert ask("websocket", host=OWN, origin=f"http://{OWN}")[0]
    assert ask(host="inner:8501")[0]
    assert not ask("websocket", host="rebound.example:8501", origin="http://rebound.example:8501")[0]


def test_every_answer_lets_a_browser_call_this_host_alone(option):
    _, headers = ask(host=OWN)
    assert f"connect-src 'self' ws://{OWN} wss://{OWN};" in headers["content-security-policy"]
    assert "default-src 'self'" in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
    assert "cache-control" not in headers
    assert ask(path="/canvas/canvas.js", host=OWN)[1]["cache-control"] == "no-cache"
