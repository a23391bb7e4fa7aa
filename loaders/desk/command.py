"""`python -m loaders judge`: say on the command line whether two are one; python -m graph same lists who may be."""

import argparse
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from graph.errors import BadValue
from graph.model import NEGATIVE, POSITIVE, UNSURE
from graph.record import in_force
from graph.search import NameIndex
from graph.store import Store
from loaders.desk.corrections import Speaker, judged
from loaders.desk.grounds import Grounds
from loaders.desk.people import reviewer_named
from loaders.desk.recording import say

TAKEN_BACK = ""
OpenStore = Callable[[], AbstractContextManager[Store]]


def add_parser(commands: Any, store: OpenStore) -> None:
    """Add the command to those of `python -m loaders`, which opens the store."""
    parser = commands.add_parser("judge", help="say whether two are one and the same; it can be taken back")
    parser.add_argument("one", metavar="ONE", help="a name or an id: it stands for both, where they are the same")
    parser.add_argument("other", metavar="OTHER")
    answer = parser.add_mutually_exclusive_group(required=True)
    for option, verdict, told in (("--same", POSITIVE, "they are one; both names stay"), ("--apart", NEGATIVE, "they are two"),
                                  ("--unsure", UNSURE, "it cannot be told"), ("--take-back", TAKEN_BACK, "nothing is to be said of them any more")):
        answer.add_argument(option, dest="verdict", action="store_const", const=verdict, help=told)
    parser.add_argument("--name", default="", metavar="NAME", help="who says so; kept in the record, marked as self-declared")
    parser.add_argument("--note", default="", help="why")
    parser.set_defaults(act=lambda options: _judge(options, store))


def _judge(options: argparse.Namespace, open_store: OpenStore) -> int:
    with open_store() as store:
        index = NameIndex.build(store.names())
        pair = tuple(_id(text, index, store) for text in (options.one, options.other))
        if options.verdict == TAKEN_BACK:
            return _take_back(pair, store)
        speaker = Speaker(reviewer_named(options.name), Grounds(), options.note)
        nodes = {node.id: node for node in store.get(pair)}
        if len(nodes) < len(set(pair)):
            raise BadValue(name="The pair", value=", ".join(pair), remedy="One of them is merged already: --take-back first.")
        say(store, judged(speaker, nodes[pair[0]], nodes[pair[1]], options.verdict), sources=[speaker.source])
    print("Recorded. The same command with --take-back takes it back.")
    return 0


def _id(text: str, index: NameIndex, store: Store) -> str:
    """The id that is meant; that of a node that was merged stays its own."""
    return text if text in {id for judgement in store.judgements() for id in (judgement.subject, str(judgement.value))} else index.resolve(text)


def _take_back(pair: tuple[str, ...], store: Store) -> int:
    found = in_force(store.judgements()).get((min(pair), max(pair)))
    if found is None:
        raise BadValue(name="The pair", value=", ".join(pair), remedy="Nobody has judged it.")
    say(store, taken_back=[found])
    print("Taken back.")
    return 0
