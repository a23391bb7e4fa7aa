"""End queries that take too long or that a person no longer wants, in the one way that works on both servers.

Each query carries a tag in a comment; to end it, another session looks for the tag among the running transactions and
terminates it. Tags come from a small pool, so that the texts repeat and the servers' plan caches stay warm. One thread
watches all deadlines: a timer for each query would cost a thread each. A server that does not obey (Neo4j ends no list
comprehension, regular expression or plan before its own end: 92 s were seen) is left: the connection is broken off, so
that whoever asked has an answer in time.
"""

import contextlib
import heapq
import itertools
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graph.errors import QueryCancelled, QueryTimeout


class Cancel:
    """What ends a running query from another thread: pass it to `Store.query`, then call it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._end: Callable[[], None] | None = None
        self.requested = False

    def __call__(self) -> None:
        """End the query, now or as soon as it starts."""
        with self._lock:
            self.requested = True
            end = self._end
        if end:
            end()

    def attach(self, end: Callable[[], None] | None) -> None:
        """Say how the query that has just started is ended; None when it is over."""
        with self._lock:
            self._end = end
            now = self.requested and end is not None
        if now and end:
            end()


OBEYS_SECONDS = 3.0
"""How long a server has to end a query that it was told to end."""


@dataclass(slots=True)
class Run:
    """One query under way: its tag, its end, and `sever`, which breaks its connection off without asking the server."""

    tag: str
    deadline: float
    sever: Callable[[], object] | None = None
    over: bool = False
    expired: bool = False
    ending: bool = False
    left: bool = False


class Watch:
    """The tags and deadlines of one store's queries.

    `terminate(tag)` ends the transaction that carries the tag; `disobeyed()` is told when a server did not end one.
    """

    def __init__(self, terminate: Callable[[str], None], disobeyed: Callable[[], None]) -> None:
        self._terminate = terminate
        self._disobeyed = disobeyed
        self._process = secrets.token_hex(4)
        self._free: list[str] = []
        self._made = itertools.count()
        self._heap: list[tuple[float, int, Run]] = []
        self._order = itertools.count()
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False

    @contextlib.contextmanager
    def query(self, seconds: float, cancel: Cancel | None = None) -> Iterator[Run]:
        """One query, to be ended after `seconds`; errors that its end causes become QueryTimeout or QueryCancelled."""
        if cancel and cancel.requested:
            raise QueryCancelled
        run = Run(self._take_tag(), time.monotonic() + seconds)
        self._push(run)
        if cancel:
            cancel.attach(lambda: self._end(run))
        try:
            yield run
        except Exception as problem:
            if cancel and cancel.requested:
                raise QueryCancelled from problem
            if run.expired:
                raise QueryTimeout(seconds=seconds) from problem
            raise
        finally:
            if cancel:
                cancel.attach(None)
            with self._wake:
                run.over = True
                if not run.ending:  # else a termination under way would meet the next query with this tag
                    self._free.append(run.tag)

    def close(self) -> None:
        """Stop the thread."""
        with self._wake:
            self._closed = True
            self._wake.notify()
        if self._thread and self._thread is not threading.current_thread():
            self._thread.join(5)

    def _take_tag(self) -> str:
        with self._wake:
            return self._free.pop() if self._free else f"ponte-{self._process}-{next(self._made)}"

    def _push(self, run: Run) -> None:
        with self._wake:
            first = not self._heap or run.deadline < self._heap[0][0]
            heapq.heappush(self._heap, (run.deadline, next(self._order), run))
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="ponte-watch", daemon=True)
                self._thread.start()
            elif first:
                self._wake.notify()

    def _watch(self) -> None:
        while True:
            with self._wake:
                while self._heap and (self._heap[0][2].over or self._heap[0][0] != self._heap[0][2].deadline):
                    heapq.heappop(self._heap)
                if self._closed:
                    return
                wait = self._heap[0][0] - time.monotonic() if self._heap else None
                if wait is None or wait > 0:
                    self._wake.wait(wait)
                    continue
                run = heapq.heappop(self._heap)[2]
                run.expired = run.expired or not run.ending
            if run.ending:
                self._leave(run)
            else:
                self._end(run)

    def _end(self, run: Run) -> None:
        """Begin to end a query, in a thread of its own, for the server may be slow to answer; look again after OBEYS_SECONDS."""
        with self._wake:
            if run.over or run.ending:
                return
            run.ending = True
            run.deadline = time.monotonic() + OBEYS_SECONDS
        threading.Thread(target=self._insist, args=(run,), name="ponte-end", daemon=True).start()
        self._push(run)

    def _insist(self, run: Run) -> None:
        while not (run.over or run.left):  # not found at first, when the query was on its way
            self._terminate(run.tag)
            time.sleep(0.1)

    def _leave(self, run: Run) -> None:
        """Break the connection off, again and again while one is only being opened."""
        first, run.left = not run.left, True
        if run.sever:
            run.sever()
        if first:
            self._disobeyed()
        run.deadline = time.monotonic() + 0.5
        self._push(run)
