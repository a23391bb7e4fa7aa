"""Walk through XML element by element, bounded: no document type, no entity, and nothing kept of what was passed."""

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from graph.errors import BadFile

DEEPEST = 200


def walk(file: BinaryIO, name: str, keep: frozenset[str] = frozenset()) -> Iterator[tuple[str, Element, list[str]]]:
    """("start" | "end", element, the names of what it lies in) of each element; names without their namespace.

    At its end an element is dropped, unless it lies in one that is named in `keep`. Raises BadFile where it is no XML,
    declares a document type or entities, or is nested too deeply.
    """
    inside: list[Element] = []
    path: list[str] = []
    kept = 0
    try:
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                yield event, element, path
                inside.append(element)
                path.append(local(element.tag))
                kept += path[-1] in keep
                if len(path) > DEEPEST:
                    raise BadFile(file=name, problem=f"its XML is nested more than {DEEPEST} deep", remedy="Export it anew.")
                continue
            inside.pop()
            kept -= path.pop() in keep
            yield event, element, path
            if not kept and inside:
                del inside[-1][-1:]
    except DefusedXmlException as problem:
        raise BadFile(file=name, problem="it declares a document type or entities, which are never read",
                      remedy="Export it without them.") from problem
    except ParseError as problem:
        raise BadFile(file=name, line=problem.position[0], problem=f"it is no well-formed XML ({str(problem).partition(':')[0]})",
                      remedy="Export it once more.") from problem


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def attributes(element: Element) -> dict[str, str]:
    """The attributes of an element by their names without namespaces."""
    return {local(name): value for name, value in element.attrib.items()}
