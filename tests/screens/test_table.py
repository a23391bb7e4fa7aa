"""Import a table: a guess to be kept or changed, the first rows as facts beside their problems, and nothing in the graph before it is loaded."""

import pytest

from tests.loaders.table.books import xlsx
from tests.loaders.table.test_graphs import GEXF_13
from tests.screens.driver import ON_THE_LOCAL_SERVER, Screen, words

pytestmark = ON_THE_LOCAL_SERVER
MEMBERS = [("Mitglieder der ESRA", None, None), ("Region", "Rolle", "Seit"), ("Lombardei", "Mitglied", 2019), ("Atlantis", "Mitglied", 2020), ("Bayern", "Mitgleid", 2021),
           ("Regione Toscana", "Beobachter", "Mai 2022")]


@pytest.fixture
def screen(curated):
    return Screen.only("sources", {"tab": "table"})


def given(screen, *files):
    """The screen after somebody has uploaded files."""
    screen.test.file_uploader(key="table_files").set_value([(name, content.encode() if isinstance(content, str) else content, "text/plain") for name, content in files])
    return screen.run()


def meanings(screen):
    """What each column is said to mean, by its name."""
    return {box.label: box.value for box in screen.test.selectbox if str(box.key).rpartition("_")[2].isdigit()}


def facts(screen):
    """The first rows as they are told."""
    return words("".join(part for part in screen.html.splitlines() if "ponte-facts" in part))


def press(screen, end):
    next(button for button in screen.test.button if str(button.key).endswith(end)).click()
    return screen.run()


def test_a_table_is_guessed_told_and_loaded(screen, curated):
    version = curated.version()
    given(screen, ("members.xlsx", xlsx(MEMBERS, merged=["A1:C1"])))
    assert meanings(screen) == {"Region": "Region", "Rolle": "role", "Seit": "since"}
    assert "Lombardy is a member of European Semiconductor Regions Alliance (Since: 2019)" in facts(screen)
    assert "no region is called “Atlantis”" in facts(screen)
    assert "“Mitgleid” is no role of “member of”" in facts(screen)
    assert "4 rows: 2 regions, 1 network, 2 ties “member of”" in screen.lead
    assert "1 row left out" in screen.said("expander")
    assert curated.version() == version
    press(screen, "_load")
    assert "Loaded as table:members:" in screen.said("success")
    assert {s.source for s in curated.statements_on(["tuscany"], [])} >= {"table:members"}
    assert "Open the picture" in screen.said("link_button")


def test_a_person_decides_what_a_column_means(screen):
    given(screen, ("members.xlsx", xlsx(MEMBERS)))
    box = next(box for box in screen.test.selectbox if box.label == "Rolle")
    box.select("")
    screen.run()
    assert "Bavaria is a member of" in facts(screen)
    assert "row left out" not in screen.said("expander")


def test_a_saved_mapping_is_taken_as_it_is(screen):
    mapping = "mapping: 1\nname: mine\nsource: {title: Mine}\ntables:\n  - header: 2\n    nodes:\n      r: {kind: Region, name: Region, properties: {capital: Rolle}}\n"
    given(screen, ("members.xlsx", xlsx(MEMBERS)), ("mine.yml", mapping))
    assert not meanings(screen)
    assert "Lombardy (region) · Capital: Mitglied" in facts(screen)


def test_a_mapping_against_the_schema_is_one_sentence_with_its_line(screen):
    given(screen, ("t.csv", "Region\nBayern\n"), ("mine.yml", "mapping: 1\nname: mine\nsource: {title: T}\ntables:\n  - nodes:\n      r: {kind: Regoin, name: Region}\n"))
    assert "mine.yml, line 6: “Regoin” is no kind of node. Did you mean “Region”?" in screen.said("error")


@pytest.mark.parametrize(("name", "content", "sentence"), [
    ("a.csv", b"%PDF-1.7", "a.csv: it is a PDF, no table"), ("a.graphml", b'<!DOCTYPE x [<!ENTITY e "x">]><graphml><graph/></graphml>', "entities, which are never read"),
    ("a.csv", "Alpha;Beta\nx1;7\nx2;9\n", "no column of it was recognised"),
])
def test_what_cannot_be_read_is_one_sentence(screen, name, content, sentence):
    given(screen, (name, content))
    assert sentence in screen.said("error")


def test_a_graph_of_another_tool_is_shown_with_its_mapping(screen):
    given(screen, ("g.gexf", GEXF_13))
    assert "Lombardy is twinned with Gent" in facts(screen)
    assert "kind: TWINNED_WITH" in screen.test.text_area[0].value


def test_names_are_text_and_never_markup(screen):
    given(screen, ("t.csv", "Network;Website\n<img src=x onerror=alert(1)>;\n=cmd;https://a.eu\n"))
    assert "<img" not in screen.html
    assert "1 cells begin with “=”" in words(screen.html)


def test_the_screen_speaks_italian(curated):
    screen = given(Screen.only("sources", {"tab": "table", "lang": "it"}), ("members.xlsx", xlsx(MEMBERS)))
    assert "Lombardia è membro di" in facts(screen)
    assert "nessun dato del tipo regione si chiama «Atlantis»" in facts(screen)
    assert "si chiama «Rolle»" in words(screen.html)
