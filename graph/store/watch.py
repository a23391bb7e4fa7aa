"""End queries that take too long or that a person no longer wants, in the one way that works on both servers.

Each query carries a tag in a comment; to end it, another session looks for the tag among the running transactions and
terminates it. Tags come from a small pool, so that the texts repeat and the servers' plan caches stay warm. One thread
watches all deadlines: a timer for each query would cost a thread each.
"""

import contextlib
import heapq
import itertools
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class _Run:
    tag: str
    deadline: float
    lock: threading.Lock = field(default_factory=threading.Lock)
    over: bool = False
    expired: bool = False


class Watch:
    """The tags and deadlines of one store's queries. `terminate(tag)` ends the transaction that carries the tag."""

    def __init__(self, terminate: Callable[[str], None]) -> None:
        self._terminate = terminate
        self._process = secrets.token_hex(4)
        self._free: list[str] = []
        self._made = itertools.count()
        self._heap: list[tuple[float, int, _Run]] = []
        self._order = itertools.count()
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False

    @contextlib.contextmanager
    def query(self, seconds: float, cancel: Cancel | None = None) -> Iterator[str]:
        """A tag for one query, to be ended after `seconds`; errors that its end causes become QueryTimeout or QueryCancelled."""
        if cancel and cancel.requested:
            raise QueryCancelled
        run = _Run(self._take_tag(), time.monotonic() + seconds)
        self._push(run)
        if cancel:
            cancel.attach(lambda: self._end(run))
        try:
            yield run.tag
        except Exception as problem:
            if cancel and cancel.requested:
                raise QueryCancelled from problem
            if run.expired:
                raise QueryTimeout(seconds=seconds) from problem
            raise
        finally:
            if cancel:
                cancel.attach(None)
            with run.lock:  # waits for a termination that is under way: the tag must not pass to the next query before
                run.over = True
            with self._wake:
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

    def _push(self, run: _Run) -> None:
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
                while self._heap and self._heap[0][2].over:
                    heapq.heappop(self._heap)
                if self._closed:
                    return
                wait = self._heap[0][0] - time.monotonic() if self._heap else None
                if wait is None or wait > 0:
                    self._wake.wait(wait)
                    continue
                run = heapq.heappop(self._heap)[2]
            run.expired = True
            self._end(run)

    def _end(self, run: _Run) -> None:
        with run.lock:
            if not run.over:
                self._terminate(run.tag)
        if not run.over:  # not found yet (the query was on its way), or slow to stop: look again
            run.deadline = time.monotonic() + 0.2
            self._push(run) if run.expired else self._again(run)

    def _again(self, run: _Run) -> None:
        timer = threading.Timer(0.2, self._end, (run,))
        timer.daemon = True
        timer.start()
