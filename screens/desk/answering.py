"""Do what a person decides at the desk: each decision is written at once, on the record as it stands at that moment."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from graph.errors import BadValue, PonteError
from graph.model import Source, Statement
from graph.schema import Schema, load_schema
from graph.settings import Settings
from graph.store import Store
from graph.words import error_text, kind_name, translator
from loaders.desk import reviewing
from loaders.desk.corrections import new_id
from loaders.desk.people import Reviewer
from loaders.desk.recording import say
from loaders.desk.reviewing import Item, Review
from loaders.press.proposals import Reading
from screens import session
from screens.canvas import new_events
from screens.correcting.grounds import reviewer
from screens.desk import DESK, DONE

NEW = "new:"
MOST_HITS = 7
ADDED = "review_added"
"""Key of the session: the number of the last form that was understood, told until the desk has closed it."""


class Answering:
    """Does what the desk's events say, one after the other, each on the record as it stands then."""

    def __init__(self, store: Store, settings: Settings, reading: Reading, source: Source) -> None:
        self.store = store
        self.reading = reading
        self.source = source
        self.reviewer = reviewer(settings)
        self.schema: Schema = load_schema()
        self.reply: dict[str, Any] = {"hits": None, "problem": "", "said": ""}

    def answer(self, open_picture: Callable[[tuple[str, ...]], None]) -> dict[str, Any]:
        """What is to be told at the desk, when all was done."""
        acts = {"accept": self._accept, "accept_all": self._accept_all, "reject": self._reject, "correct": self._correct, "add": self._add,
                "back": self._back, "undo": self._undo, "search": self._search}
        for event in new_events(DESK):
            try:
                if event["type"] in acts:
                    acts[event["type"]](event)
                elif event["type"] == "picture" and (names := reviewing.main_names(self.review)):
                    open_picture(names)
                    st.rerun()
            except PonteError as problem:
                self.reply["problem"] = error_text(problem, session.language())
        return {**self.reply, "added": st.session_state.get(ADDED)}

    @property
    def review(self) -> Review:
        """The text with what was decided on it by now, by anyone."""
        return reviewing.open_review(self.store, self.reading, self.source)

    def _who(self) -> Reviewer:
        if self.reviewer is None:
            raise BadValue(name="The name", value="", remedy="Say who you are, so that others know whose word it is.")
        return self.reviewer

    def _open(self, review: Review, key: object) -> Item | None:
        """The item, if it is still open; else it is said who was faster."""
        item = review.item(str(key))
        if item and not item.open:
            _ = translator(session.language())
            self.reply["said"] = _("{who} has decided this meanwhile.", who=session.said_by(item.by))
            return None
        return item

    def _write(self, statements: tuple[Statement, ...]) -> None:
        say(self.store, statements, sources=[self.source])
        st.session_state.setdefault(DONE, []).append(statements)

    def _accept(self, event: Mapping[str, Any]) -> None:
        review = self.review
        if item := self._open(review, event.get("key")):
            self._write(reviewing.accept(review, [item], self._who()))

    def _accept_all(self, event: Mapping[str, Any]) -> None:
        review, keys = self.review, event.get("keys")
        items = [item for item in review.items if item.open and isinstance(keys, list) and item.key in keys]
        if items:
            self._write(reviewing.accept(review, items, self._who()))

    def _reject(self, event: Mapping[str, Any]) -> None:
        review = self.review
        if item := self._open(review, event.get("key")):
            self._write(reviewing.reject(review, item, self._who()))

    def _back(self, event: Mapping[str, Any]) -> None:
        review = self.review
        if (item := review.item(str(event.get("key")))) and not item.open:
            say(self.store, taken_back=reviewing.take_back(review, item))

    def _undo(self, _event: Mapping[str, Any]) -> None:
        done = st.session_state.get(DONE) or []
        if done:
            there = {statement.id for statement in self.review.reviews}
            say(self.store, taken_back=[statement for statement in done.pop() if statement.id in there])

    def _correct(self, event: Mapping[str, Any]) -> None:
        review, values = self.review, event.get("values")
        item = self._open(review, event.get("key"))
        if item is None or not isinstance(values, dict):
            return
        texts = {str(name): str(value) for name, value in values.items() if isinstance(value, str)}
        kind = texts.pop("what", item.now.kind)
        if item.proposal.is_edge:
            self._correct_tie(review, item, kind, texts, values)
        else:
            self._correct_name(review, item, kind, texts, values.get("name"))

    def _correct_tie(self, review: Review, item: Item, kind: str, texts: Mapping[str, str], values: Mapping[str, Any]) -> None:
        named: dict[str, tuple[str, str]] = {}
        ends = [self._end(values.get(end), named) for end in ("source", "target")]
        self._write(reviewing.correct_tie(review, item, self._who(), self.schema, kind=kind, source=ends[0], target=ends[1], qualifiers=texts, named=named))

    def _add(self, event: Mapping[str, Any]) -> None:
        """Record a tie that the text states and that was not proposed; `added` tells the desk that its form was understood."""
        review, values = self.review, event.get("values")
        if not isinstance(values, dict):
            return
        who, said = self._who(), values.get("passage")
        words, span = (str(said.get("text", "")), said.get("span")) if isinstance(said, dict) else ("", None)
        texts = {str(name): str(value) for name, value in values.items() if isinstance(value, str)}
        kind = texts.pop("what", "")
        if kind not in self.schema.edges:
            return
        where = reviewing.passage(self.reading.text, words, span)
        named: dict[str, tuple[str, str]] = {}
        ends = [self._end(values.get(end), named) for end in ("source", "target")]
        self._write(reviewing.add_tie(review, who, self.schema, kind=kind, source=ends[0], target=ends[1], span=where, qualifiers=texts, named=named))
        st.session_state[ADDED] = event.get("number")
        self.reply["said"] = translator(session.language())("Added, with its place in the text.")

    def _correct_name(self, review: Review, item: Item, kind: str, texts: Mapping[str, str], chosen: object) -> None:
        named: dict[str, tuple[str, str]] = {}
        id = self._end(chosen, named)
        same = id == item.now.id
        name = named[id][1] if id in named else item.now.name
        kind = named[id][0] if id in named else kind
        known = id not in named and not same
        if known:
            (node,) = self.store.get([id])
            kind, name = node.kind, node.name
        self._write(reviewing.correct_name(review, item, self._who(), self.schema, kind=kind, id=id, name=name, known=known, properties=texts))

    def _end(self, chosen: object, named: dict[str, tuple[str, str]]) -> str:
        """The id of what was chosen; of something new an id is made, and its kind and name are noted in `named`."""
        id, text = (str(chosen.get("id", "")), str(chosen.get("text", ""))) if isinstance(chosen, dict) else ("", "")
        if id.startswith(NEW):
            kind, _sign, name = id.removeprefix(NEW).partition(":")
            made = new_id(name, [*named, *(known.id for known in self.store.names())])
            named[made] = (kind, name)
            return made
        proposed = {proposal.id for proposal in self.reading.proposals if not proposal.is_edge}
        if not id or (id not in proposed and not self.store.get([id])):
            raise BadValue(name="The name", value=text, remedy="Choose one of the list, or “New”.")
        return id

    def _search(self, event: Mapping[str, Any]) -> None:
        """Names that begin or sound like what is typed: those of the graph, those of the text, or a new one."""
        language = session.language()
        text, kinds = str(event.get("text", "")).strip()[:200], [kind for kind in event.get("kinds", ()) if kind in self.schema.visible]
        index = session.name_index(self.store)
        hits = index.search(text, kinds=kinds, limit=MOST_HITS) if text else ()
        found = [(hit.id, index.own_name(hit.id), hit.kind) for hit in hits]
        there = {id for id, _name, _kind in found}
        found += [(p.id, p.name, p.kind) for p in self.reading.proposals
                  if not p.is_edge and p.kind in kinds and p.id not in there and text.casefold() in p.name.casefold()]
        rows = [{"id": id, "name": name, "text": f"{name} · {kind_name(self.schema, kind, language)}"} for id, name, kind in found]
        _ = translator(language)
        rows += [{"id": f"{NEW}{kind}:{text}", "name": text, "text": _("New: {name}", name=f"{text} · {kind_name(self.schema, kind, language)}")}
                 for kind in kinds if text]
        self.reply["hits"] = {"number": event.get("number"), "found": rows}
