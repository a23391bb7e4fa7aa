"""Measure text as it will be printed, and know which characters can be printed at all.

The fonts in `graph/render/fonts` are read directly: four tables of a TrueType file say it all, and no library is needed.
Kerning, which only draws letters together, is left out: a measured width is never too small.
"""

import os
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")
FAMILY = "Ponte Sans"
FILES = {False: "PonteSans-Regular", True: "PonteSans-SemiBold"}
FALLBACK = 1.0
"""Width, in parts of the size, of a character from another font."""
UNSEEN = frozenset("\u200c\u200d")


@dataclass(frozen=True, slots=True)
class Face:
    """One font: width of each character that it has, by code point, in parts of the size."""

    widths: dict[int, float]

    def width(self, text: str) -> float:
        """Width of a text at size 1."""
        return sum(self.widths.get(ord(char), 0.0 if char in UNSEEN else FALLBACK) for char in text)


@cache
def face(bold: bool = False) -> Face:
    """Ponte's own font, regular or semibold."""
    data = (FONTS / f"{FILES[bold]}.ttf").read_bytes()
    tables = _tables(data, 0)
    units = struct.unpack_from(">H", data, tables["head"] + 18)[0]
    count = struct.unpack_from(">H", data, tables["hhea"] + 34)[0]
    advances = struct.unpack_from(f">{count * 2}H", data, tables["hmtx"])[::2]
    glyphs = _glyphs(data[tables["cmap"]:])
    return Face({char: advances[min(glyph, count - 1)] / units for char, glyph in glyphs.items()})


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a text, in the unit of `size`."""
    return face(bold).width(text) * size


def foreign(text: str) -> frozenset[str]:
    """The characters of a text that Ponte's font does not have."""
    known = face().widths
    return frozenset(char for char in text if ord(char) not in known and char not in UNSEEN)


def unprintable(chars: Iterable[str]) -> frozenset[str]:
    """Those of `chars` that no font of this machine has either."""
    left = set(chars)
    for file in _system_fonts() if left else ():
        left -= _characters(file)
        if not left:
            break
    return frozenset(left)


@cache
def woff2(bold: bool = False) -> bytes:
    """The font as browsers like it, to be embedded."""
    return (FONTS / f"{FILES[bold]}.woff2").read_bytes()


@cache
def _system_fonts() -> tuple[Path, ...]:
    home = Path.home()
    folders = {
        "win32": [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", home / "AppData/Local/Microsoft/Windows/Fonts"],
        "darwin": [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"],
    }.get(sys.platform, [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts"])
    return tuple(sorted(file for folder in folders if folder.is_dir() for file in folder.rglob("*")
                        if file.suffix.lower() in (".ttf", ".otf", ".ttc", ".otc")))


@cache
def _characters(file: Path) -> frozenset[str]:
    """The characters of one font of the machine; none where its file cannot be understood: it is then not relied on."""
    try:
        data = file.read_bytes()
        start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
        glyphs = _glyphs(data[_tables(data, start)["cmap"]:])
    except (OSError, struct.error, KeyError, IndexError):
        return frozenset()
    return frozenset(chr(code) for code in glyphs if code < 0x110000)


def _tables(data: bytes, start: int) -> dict[str, int]:
    count = struct.unpack_from(">H", data, start + 4)[0]
    entries = (struct.unpack_from(">4sIII", data, start + 12 + 16 * number) for number in range(count))
    return {tag.decode("latin-1"): offset for tag, _, offset, _ in entries}


def _glyphs(cmap: bytes) -> dict[int, int]:
    """Glyph by code point, from the Unicode subtables that a font has (formats 4 and 12)."""
    count = struct.unpack_from(">H", cmap, 2)[0]
    found: dict[int, int] = {}
    for number in range(count):
        platform, _, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * number)
        kind = struct.unpack_from(">H", cmap, offset)[0]
        if platform in (0, 3) and kind == 4:
            found.update(_format_4(cmap, offset))
        elif platform in (0, 3) and kind == 12:
            found.update(_format_12(cmap, offset))
    return found


def _format_4(cmap: bytes, offset: int) -> Iterator[tuple[int, int]]:
    segments = struct.unpack_from(">H", cmap, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", cmap, offset + 14)
    starts = struct.unpack_from(f">{segments}H", cmap, offset + 16 + 2 * segments)
    deltas = struct.unpack_from(f">{segments}H", cmap, offset + 16 + 4 * segments)
    base = offset + 16 + 6 * segments
    ranges = struct.unpack_from(f">{segments}H", cmap, base)
    for number in range(segments):
        for code in range(starts[number], min(ends[number], 0xFFFE) + 1):
            glyph = code
            if ranges[number]:
                glyph = struct.unpack_from(">H", cmap, base + 2 * number + ranges[number] + 2 * (code - starts[number]))[0]
                if not glyph:
                    continue
            if glyph := (glyph + deltas[number]) & 0xFFFF:
                yield code, glyph


def _format_12(cmap: bytes, offset: int) -> Iterator[tuple[int, int]]:
    count = struct.unpack_from(">I", cmap, offset + 12)[0]
    for number in range(count):
        start, end, glyph = struct.unpack_from(">III", cmap, offset + 16 + 12 * number)
        for code in range(start, end + 1):
            yield code, glyph + code - start
