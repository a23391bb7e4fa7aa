"""Folding keeps the way back: whatever is found lies in the reader's own text."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.press import Gazetteer, read_text
from loaders.press.text import fold, fold_text, split_sentences

PIECES = st.sampled_from(["Norlandia", "Bassa Norlandia", "Ring of Regions", "RING", "Ada Lund", "Mildendo\u2011sur\u2011Mer", "Mildendo-\nSur-Mer",
                          "ha firmato un memorandum con", "the Premier of", "oggi", "3 marzo 2024", "member of", "presidenza", "\n\n", "\u00ad", "é",
                          "e\u0301", "ﬁ", "İ", "ß", "<b>", "turismo", "(Foto: Ada Lund)", "“", "dell'", "\u200b", "\ud800", "signed", "between", "."])
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=25).map("".join))


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_reading_never_fails_and_spans_lie_in_the_text(invented: Gazetteer, text: str) -> None:
    for language in ("it", "en"):
        reading = read_text(text, invented, document="any", language=language, date="2024-03-03")
        for proposal in reading.proposals:
            start, end = proposal.span
            assert 0 <= start < end <= len(text)
            assert text[start:end] == proposal.quote


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_a_name_found_is_the_name_written(invented: Gazetteer, text: str) -> None:
    folded = fold_text(text)
    for hit in invented.find(folded):
        start, end = folded.span(hit.start, hit.end)
        if folded.starts[hit.start] <= start and end - start < 40 and "-\n" not in text[start:end]:
            assert fold(text[start:end]) in {fold(name.text) for name in hit.names}


@given(TEXTS)
def test_folding_keeps_one_origin_for_each_character(text: str) -> None:
    folded = fold_text(text)
    assert len(folded.plain) == len(folded.low) == len(folded.starts) == len(folded.ends)
    assert all(0 <= start <= end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    sentences = split_sentences(folded)
    assert all(a.end <= b.start for a, b in itertools.pairwise(sentences))


def test_a_caption_inside_a_sentence_does_not_break_it() -> None:
    text = "Il testo firmato ieri a Milano fra i due governi parla anche di\nUna stretta di mano a Milano\nricerca e di turismo.\n"
    folded = fold_text(text)
    assert "parla anche di ricerca" in folded.low[:folded.captions_from]
    assert "stretta" in folded.low[folded.captions_from:]


def test_a_word_divided_at_the_end_of_a_line_is_one_word() -> None:
    assert "lombardia" in fold_text("La Lombar-\ndia firma.").low
