"""Draw a Scene as a file: SVG by our own writer, PDF and PNG from that SVG through typst, all on this machine.

The typst text is a constant. The SVG, the title and the words for who cannot see it go in as data, so that nothing
in a name is ever read as markup.
"""

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Literal

import typst

from graph.errors import BadValue, RenderError
from graph.render.sheet import compose
from graph.render.svg import write_svg
from graph.render.type import FONTS, foreign, unprintable
from graph.view import Scene, SceneNode
from graph.words import translate_count

FORMATS = ("svg", "pdf", "png")
DPI = 300
TEMPLATE = b"""#set document(title: sys.inputs.title, author: "Ponte")
#set text(lang: sys.inputs.lang, font: "Ponte Sans")
#set page(width: float(sys.inputs.width) * 1pt, height: float(sys.inputs.height) * 1pt, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%, alt: sys.inputs.alt)
"""


def draw(scene: Scene, format: str, page: str = "a4") -> bytes:
    """The scene as the bytes of a file: `format` svg, pdf or png (300 dpi), `page` a4 (landscape) or 16:9.

    Raises BadValue for another format, page or theme, RenderError where typst cannot.
    """
    if format not in FORMATS:
        raise BadValue(name="format", value=format, remedy=f"Use one of {', '.join(FORMATS)}.")
    scene, notes, system = _printable(scene)
    sheet = compose(scene, page, notes)
    if format == "svg":
        return write_svg(sheet).encode("utf-8")
    inputs = {"svg": write_svg(sheet, embed=False), "title": scene.title or "Ponte", "alt": scene.alt or scene.title or "Ponte",
              "lang": scene.language, "width": f"{sheet.paper.width:.3f}", "height": f"{sheet.paper.height:.3f}"}
    return _compiled("pdf", inputs, system) if format == "pdf" else with_dpi(_compiled("png", inputs, system), DPI)


def _printable(scene: Scene) -> tuple[Scene, list[str], bool]:
    """The scene with every name that this machine can print, what had to be changed, and whether its own fonts are needed."""
    texts = (scene.title, scene.subtitle, scene.source_line, *(entry.label for entry in scene.legend),
             *(text for node in scene.nodes for text in (*node.lines, node.detail)))
    strange = foreign("".join(texts))
    if not strange:
        return scene, [], False
    lost = unprintable(strange)
    changed = [node for node in scene.nodes if lost & set("".join(node.lines) + node.detail)]
    note = translate_count("{count} name is written as its id: no font here has its script",
                           "{count} names are written as their ids: no font here has their script", len(changed), scene.language)
    nodes = tuple(_as_id(node, lost) for node in scene.nodes)
    plain = _without(lost)
    legend = tuple(replace(entry, label=plain(entry.label)) for entry in scene.legend)
    said = replace(scene, nodes=nodes, legend=legend, title=plain(scene.title), subtitle=plain(scene.subtitle), source_line=plain(scene.source_line))
    return said, [note] if changed else [], True


def _as_id(node: SceneNode, lost: frozenset[str]) -> SceneNode:
    lines = (_without(lost)(node.id),) if lost & set("".join(node.lines)) else node.lines
    return replace(node, lines=lines, detail="" if lost & set(node.detail) else node.detail)


def _without(lost: frozenset[str]) -> Callable[[str], str]:
    def plain(text: str) -> str:
        return "".join("?" if char in lost else char for char in text)
    return plain


def _compiled(format: Literal["pdf", "png"], inputs: dict[str, str], system: bool) -> bytes:
    """What typst makes of the template; PDF/UA-1, so that a reader aloud finds title, language and words for the picture."""
    try:
        made = typst.compile(TEMPLATE, font_paths=_fonts(system), sys_inputs=inputs, format=format, ppi=float(DPI),
                             pdf_standards=["ua-1"] if format == "pdf" else [])
    except (typst.TypstError, RuntimeError, OSError) as error:
        raise RenderError(what=f"The picture could not be made ({error})", remedy="Try SVG, and report this.") from error
    return made


@cache
def _fonts(system: bool) -> typst.Fonts:
    """Ponte's own font, and those of the machine where a name needs them."""
    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=[FONTS])


def with_dpi(png: bytes, dpi: int) -> bytes:
    """A PNG that says how large it is to be printed; without this, word processors take it for 72 or 96 dpi."""
    per_metre = round(dpi / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    chunk = struct.pack(">I", 9) + body + struct.pack(">I", zlib.crc32(body))
    head = 8 + 25  # signature and IHDR
    rest, out = head, [png[:head], chunk]
    while rest < len(png):
        length = struct.unpack_from(">I", png, rest)[0] + 12
        if png[rest + 4:rest + 8] != b"pHYs":
            out.append(png[rest:rest + length])
        rest += length
    return b"".join(out)
