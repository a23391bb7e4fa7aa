"""Fold a text so that it can be compared, and keep the way back to the reader's own characters.

Every rule works on the folded text (no accents, one kind of quote and dash, line ends that are only wrapping removed),
but a proposal must point into the text as it was given: only this module knows both.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

SPECIAL = {"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": '"', "›": '"',
           "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
           "đ": "d", "Đ": "D", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i"}
SOFT_LINE = 50
"""A line at least this long that ends in the middle of a sentence was wrapped; a shorter one is a heading."""
WRAPPED_LINE = 120
"""A text with a longer line was not wrapped: every end of a line ends a paragraph."""
BULLETS = frozenset("•▪·◦‣*–—-")
BULLET_STARTS = frozenset(f"{bullet} " for bullet in "•▪·◦‣*-")
LONGEST_CAPTION = 140
ABBREVIATION = 10
CAPTION = (r"(?:nella foto|in foto|fotos?|photos?|pictured?|image|im bild|bild(?=:| oben| unten)|bildunterschrift|legende|légende|en la imagen|"
           r"en la foto|pie de foto|imagen|onderschrift|op de foto|beeld(?=:)|credits?|crédits?|copyright|archivfoto|archieffoto)")
CAPTION_WORDS = re.compile(rf"\W*(?:{CAPTION}|didascalia|caption|©)\b", re.IGNORECASE)
INLINE_CAPTION = re.compile(rf"[(\[]{CAPTION}\b[^)\]\n]{{0,160}}[)\]]", re.IGNORECASE)
GLUED_CAPTION = re.compile(r"^[ \t]*([^\W\d_A-Z][^\W_]*(?: [^\W_]+){1,9}?)(?=[“«\"„]|(?<=[^\W\d_])[A-ZÀ-Þ])", re.MULTILINE)
HEADER = re.compile(r"\A\W*(?:date|data|published|pubblicato il|updated|datum|fecha|publié le|publicado el|veröffentlicht am|"
                    r"gepubliceerd op)\b\W{0,3}(\d{4}-\d{2}(?:-\d{2})?)(?!\d)(?:[^\n]{0,60}(?=\n))?", re.IGNORECASE)


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """A character without accents, case kept; "" for what is only a mark, or invisible."""
    if character in SPECIAL:
        return SPECIAL[character]
    if character == "ß":
        return "ss"
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    if unicodedata.category(character) in ("Cf", "Cc", "Cs", "Co", "Cn") and not character.isspace():
        return ""
    return " " if plain and plain.isspace() else "".join(SPECIAL.get(c, c) for c in plain)


def fold(text: str) -> str:
    """A short text folded and in lower case, runs of blanks and dashes as one blank: how names are compared."""
    plain = "".join(fold_character(c) for c in text)
    return " ".join(re.split(r"[\s\-]+", plain.lower().strip(" -")))


@dataclass(frozen=True, slots=True)
class Sentence:
    """Where a sentence lies in the folded text; `paragraph` counts from 0; captions, headings and items of lists are marked."""

    start: int
    end: int
    paragraph: int
    caption: bool = False
    heading: bool = False
    item: bool = False


@dataclass(frozen=True, slots=True)
class Folded:
    """A text, folded: `plain` keeps case, `low` is lower case of the same length, `starts`/`ends` lead back to `original`."""

    original: str
    plain: str
    low: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    captions_from: int
    header_date: str = ""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original text of a span of the folded text."""
        return self.starts[start], self.ends[end - 1]

    def words(self, start: int, end: int) -> str:
        """The reader's own characters of a folded span, blanks as one."""
        first, last = self.span(start, end)
        return " ".join(self.original[first:last].split())


def captions(text: str) -> tuple[list[tuple[int, int]], str]:
    """Spans that are no part of the prose (captions glued to a sentence, repeated lines, a page's header), and the header's date."""
    found: list[tuple[int, int]] = []
    header = HEADER.match(text)
    if header:
        found.append(header.span())
    found += [m.span(1) for m in GLUED_CAPTION.finditer(text)]
    found += [m.span() for m in INLINE_CAPTION.finditer(text)]
    lines = [(m.start(), m.end(), m.group().strip()) for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    seen: set[str] = set()
    for index, (start, end, line) in enumerate(lines):
        folded = fold(line) if len(line) <= LONGEST_CAPTION else ""
        if folded and (folded in seen or CAPTION_WORDS.match(line) or _interrupts(lines, index)):
            found.append((start, end))
        seen |= {folded} if len(folded) > 12 else set()
    return _joined(found), header.group(1) if header else ""


def _interrupts(lines: list[tuple[int, int, str]], index: int) -> bool:
    """Whether a short line stands in the middle of a sentence that goes on after it."""
    if not 0 < index < len(lines) - 1:
        return False
    before, line, after = lines[index - 1][2], lines[index][2], lines[index + 1][2]
    return (len(before) >= SOFT_LINE and before[-1].isalpha() and line[0].isupper() and line[-1] not in ".!?;:,"
            and len(line) < SOFT_LINE and after[0].islower())


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def fold_text(text: str) -> Folded:
    """The text folded, captions moved behind the prose so that they interrupt no sentence."""
    away, date = captions(text)
    builder = _Builder(text)
    position = 0
    for start, end in away:
        builder.add(position, start)
        position = end
    builder.add(position, len(text))
    border = builder.size
    for start, end in away:
        builder.paragraph()
        builder.add(start, end)
    plain, starts, ends = builder.done()
    return Folded(text, plain, plain.lower() if len(plain.lower()) == len(plain) else "".join(
        c.lower() if len(c.lower()) == 1 else c for c in plain), starts, ends, border, date)


class _Builder:
    """Collects folded characters with their origins."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.characters: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.wrapped = max(map(len, text.splitlines()), default=0) <= WRAPPED_LINE

    @property
    def size(self) -> int:
        return len(self.characters)

    def add(self, start: int, end: int) -> None:
        """Fold text[start:end] behind what is there."""
        text, index = self.text, start
        while index < end:
            character = text[index]
            if character.isspace():
                index = self._blank(index, end)
                continue
            folded = fold_character(character)
            if not folded and self.ends and unicodedata.combining(character) and self.ends[-1] == index:
                self.ends[-1] = index + 1
            if folded == "'" and self._is_accent(text[index + 1:index + 2]):
                self.ends[-1] = index + 1
                folded = ""
            for letter in folded:
                self._put(letter, index, index + 1)
            index += 1

    def _is_accent(self, after: str) -> bool:
        """Whether an apostrophe stands for the accent of "È" ("E' stato firmato")."""
        before = "".join(self.characters[-2:])
        return after.isspace() and before[-1:] in ("e", "E") and not before[:-1].isalnum()

    def paragraph(self) -> None:
        """End the paragraph."""
        if self.characters and self.characters[-1] != "\n":
            at = self.ends[-1]
            self._put("\n", at, at)

    def done(self) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
        """The folded text and the two ways back."""
        return "".join(self.characters), tuple(self.starts), tuple(self.ends)

    def _put(self, letter: str, start: int, end: int) -> None:
        self.characters.append(letter)
        self.starts.append(start)
        self.ends.append(end)

    def _blank(self, index: int, end: int) -> int:
        """Turn a run of blanks into one blank, a paragraph's end, or nothing (a word divided at the line's end)."""
        stop = index
        while stop < end and self.text[stop].isspace():
            stop += 1
        run, after = self.text[index:stop], self.text[stop:stop + 1]
        lines = run.count("\n") or ("\u2028" in run or "\u2029" in run or "\r" in run)
        if lines == 1 and self.characters and self.characters[-1] == "-" and len(self.characters) > 1 and self.characters[-2].isalpha():
            if after.islower():
                self.characters.pop(), self.starts.pop(), self.ends.pop()
            return stop
        if lines > 1 or (lines and self._is_break(after)):
            self.paragraph()
        elif self.characters and self.characters[-1] not in " \n":
            self._put(" ", index, stop)
        return stop

    def _is_break(self, after: str) -> bool:
        """Whether a single line end closes a paragraph: behind a full stop, before an item of a list, or behind a short line before a
        capital."""
        if after in BULLETS:
            return True
        line = "".join(self.characters[-SOFT_LINE:]).rsplit("\n", 1)[-1]
        last = line.rstrip(' "')[-1:]
        if not self.wrapped and not after.islower():
            return True
        return last in ".!?:" or (len(line) < SOFT_LINE and last not in ",;" and not after.islower())


INITIAL = re.compile(r"(?:\b[a-z]|\b[a-z]\.[a-z])\.$")
END = re.compile(r'[.!?]+["\')\]]*(?=\s|<)|\n|</?(?:p|div|br|li|ul|ol|h\d|script|style|t[dr]|table|b|strong)\b[^<>\n]{0,80}>')


def split_sentences(folded: Folded, no_end: re.Pattern[str] = INITIAL) -> tuple[Sentence, ...]:
    """The sentences in order; a heading is a paragraph without a full stop. `no_end`: abbreviations and numbers whose stop ends none."""
    low, plain = folded.low, folded.plain
    out: list[Sentence] = []
    start = paragraph = 0
    for end in [*END.finditer(low), None]:
        stop = end.end() if end else len(low)
        line_end = end is None or end.group() == "\n"
        before = low[max(start, stop - ABBREVIATION):stop]
        if not line_end and (INITIAL.search(before) or no_end.search(before) or not _opens(plain, stop)):
            continue
        if plain[start:stop].strip():
            heading = line_end and plain[start:stop].rstrip()[-1:] not in '.!?";:' and stop - start < 200
            item = plain[start:stop].lstrip()[:2] in BULLET_STARTS
            out.append(Sentence(start, stop, paragraph, start >= folded.captions_from, heading and not item, item))
        start = stop
        paragraph += line_end
    return tuple(out)


def _opens(plain: str, at: int) -> bool:
    """Whether a sentence may begin here: a capital, a digit, a quote or a bracket."""
    following = plain[at:at + 3].lstrip()
    return not following or not following[0].islower()
