"""Sources: what is loaded and from where, what sources disagree about, and a text of which only what was ticked enters the graph."""

from tests.screens.driver import ON_THE_LOCAL_SERVER, Screen

pytestmark = ON_THE_LOCAL_SERVER
TEXT = """Regione Umbria, 4 maggio 2024. La Regione Umbria e la Baviera hanno firmato oggi a Perugia un memorandum d'intesa.
Il documento è stato sottoscritto dalla presidente della Regione Umbria Anna Prova e dal ministro-presidente della Baviera Markus Söder.
"""


def read(text: str) -> Screen:
    return Screen.only("sources").type("read_text", text)


def ticks(screen: Screen) -> dict[str, bool]:
    return {str(box.label).replace("\\", ""): box.value for box in screen.test.checkbox if str(box.key).startswith("tick_")}


def test_every_source_with_its_counts_and_copies_that_are_no_links(curated):
    screen = Screen.only("sources")
    counts = curated.counts()
    assert f"{counts['Region']} regions" in screen.lead
    assert f"{counts['Network']} networks" in screen.lead
    assert len(screen.rows) == counts["Source"]
    assert sum(row["Statements"] for row in screen.rows) == counts["Statement"]
    copies = [row for row in screen.rows if row["Tier"] == "copy"]
    assert copies
    assert not any(isinstance(row["Address"], str) for row in copies)
    assert all(row["Licence"] is not None for row in screen.rows)


def test_sources_are_searched_and_filtered_by_tier(curated):
    screen = Screen.only("sources").type("sources_search", "lombardia")
    assert screen.rows
    assert all("lombardia" in f"{row['Publisher']} {row['Title']} {row['Address']}".lower() for row in screen.rows)
    screen.type("sources_search", "").set("multiselect", "sources_tiers", ["press"])
    assert {row["Tier"] for row in screen.rows} == {"press"}
    assert "No source is like that." in screen.type("sources_search", "zqxw").said("info")


def test_all_that_sources_disagree_about_with_both_values(curated):
    screen = Screen.only("sources")
    assert "conflicts. All values are kept; the best source is shown first." in screen.said("caption")
    said = [line for line in screen.said("expander").splitlines() if "European Chemical Regions Network" in line]
    assert any(" / " in line for line in said)
    assert "data-source" in screen.html


def test_a_text_gives_proposals_beside_its_marked_words(curated):
    screen = read(TEXT)
    assert "<mark>presidente della Regione Umbria Anna Prova</mark>" in screen.html
    said = ticks(screen)
    assert any("Anna Prova" in label and "new" in label for label in said)
    assert any(label.startswith("Markus Söder") and "new" not in label for label in said)
    assert screen.test.button(key="read_save").label.startswith(f"Save {sum(said.values())} proposal")


def test_a_reading_with_nothing_ticked_cannot_be_saved(curated):
    screen = read(TEXT)
    for box in list(screen.test.checkbox):
        box.set_value(False)
    assert screen.run().test.button(key="read_save").disabled


def test_a_text_that_states_nothing_says_so(curated):
    assert "The text states nothing that Ponte knows how to record." in read("Oggi il tempo è bello. Domani pioverà.").said("info")


def test_a_file_is_read_like_a_pasted_text_and_a_broken_one_is_named(curated):
    screen = Screen.only("sources")
    screen.test.file_uploader(key="read_file").set_value(("release.txt", TEXT.encode(), "text/plain"))
    assert ticks(screen.run()) == ticks(read(TEXT))
    screen.test.file_uploader(key="read_file").set_value(("odd.txt", b"\x00\xff\xfe\x00binary\x00", "text/plain"))
    screen.run()
    assert "odd.txt" in screen.said("error")


def test_html_in_a_text_is_shown_as_text(curated):
    screen = read("<script>alert(1)</script> <b>La Lombardia</b> e le Fiandre hanno firmato il 3 marzo 2026 un memorandum.")
    assert "<script>" not in screen.html
    assert "<b>La" not in screen.html
    assert "&lt;script&gt;" in screen.html
