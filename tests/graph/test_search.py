"""Names are found in any language, with typos, while they are typed; a wrong one is never guessed in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import AmbiguousName, UnknownName
from graph.model import Name
from graph.search import NameIndex, fold

NAMES = (
    Name("flanders", "Region", (("", "Flanders"), ("it", "Fiandre"), ("de", "Flandern"), ("alias", "Vlaanderen")), "belgium"),
    Name("lombardy", "Region", (("", "Lombardy"), ("it", "Lombardia"), ("fr", "Lombardie")), "italy"),
    Name("baden", "Region", (("", "Baden-Württemberg"), ("pl", "Badenia-Wirtembergia")), "germany"),
    Name("limburg-be", "Region", (("", "Limburg"),), "belgium"),
    Name("limburg-nl", "Region", (("", "Limburg"),), "netherlands"),
    Name("old-saxland", "Region", (("", "Saxland"),), "germany", True),
    Name("saxland", "Region", (("", "Saxland"), ("alias", "Free State")), "germany"),
    Name("lower-saxland", "Region", (("", "Lower Saxland"),), "germany"),
    Name("motors", "Network", (("", "Four Motors for Europe"), ("it", "Quattro Motori per l'Europa"), ("alias", "4M"))),
    Name("lodz", "Region", (("", "Łódź"),), "poland"),
    Name("anna", "Leader", (("", "Anna Łęcka-Groß"),)),
    Name("script", "Network", (("", "<script>alert(1)</script>"),)),
)
INDEX = NameIndex.build(NAMES)


@pytest.mark.parametrize(("typed", "meant"), [
    ("Flanders", "flanders"), ("FIANDRE", "flanders"), ("vlaanderen", "flanders"), ("lombardia", "lombardy"), ("Baden Wurttemberg", "baden"),
    ("lodz", "lodz"), ("quattro motori per l europa", "motors"), ("Four Motors", "motors"), ("4m", "motors"), ("motors", "motors"),
    ("anna lecka gross", "anna"), ("Saxland", "saxland"), ("free state", "saxland"), ("flanders ", "flanders"),
])
def test_a_name_is_resolved_in_any_language_and_spelling(typed, meant):
    assert INDEX.resolve(typed) == meant


def test_two_of_one_name_are_named_and_not_guessed():
    with pytest.raises(AmbiguousName) as caught:
        INDEX.resolve("Limburg")
    assert "belgium" in str(caught.value)
    assert "limburg-nl" in str(caught.value)
    assert INDEX.resolve("limburg-nl") == "limburg-nl"


def test_a_typo_is_not_resolved_but_what_was_meant_is_suggested():
    with pytest.raises(UnknownName) as caught:
        INDEX.resolve("Lombrady")
    assert caught.value.suggestions[0] == "Lombardy"
    assert "Did you mean Lombardy" in str(caught.value)


def test_nonsense_suggests_nothing():
    with pytest.raises(UnknownName, match="Check the spelling"):
        INDEX.resolve("qqqqxxxx")


@pytest.mark.parametrize(("typed", "first"), [("fla", "flanders"), ("fiand", "flanders"), ("lombrady", "lombardy"), ("württem", "baden"), ("saxl", "saxland"), ("europa", "motors")])
def test_while_typing_the_likely_comes_first(typed, first):
    assert INDEX.search(typed)[0].id == first


@pytest.mark.parametrize("typed", ["Λομβαρδία", "Ломбардия", "Lombardiet", "Lombradija"])
def test_another_script_or_an_unknown_language_finds_what_is_near(typed):
    assert INDEX.search(typed)[0].id == "lombardy"


def test_a_name_in_another_script_is_found_in_latin_letters_and_in_its_own():
    index = NameIndex.build([Name("attica", "Region", (("", "Aττική"),)), Name("vidin", "Region", (("", "Видин"),))])
    assert [index.resolve(text) for text in ("Attiki", "ΑΤΤΙΚΉ", "vidin", "ВИДИН")] == ["attica", "attica", "vidin", "vidin"]


def test_among_thousands_of_names_what_begins_so_comes_before_what_has_it_within():
    crowd = [Name(f"r{number}", "Region", (("", f"La Sora {number}"), ("it", f"Il Soro {number}"))) for number in range(2000)]
    index = NameIndex.build([*crowd, Name("soria", "Region", (("", "Sorianische Hochebene und Umgebung"),)), Name("net", "Network", (("", "Sora Net"),))])
    assert {hit.id for hit in index.search("sor", limit=2)} == {"soria", "net"}
    assert [hit.id for hit in index.search("Sora Nte", kinds=("Network",))] == ["net"]
    assert index.search("La Sorra 1203")[0].id == "r1203"


def test_a_name_that_many_languages_share_is_kept_once():
    shared = Name("liguria", "Region", (("", "Liguria"), *((code, "Liguria") for code in ("it", "es", "pl", "hr")), ("alias", "LIGURIA")))
    hit, = NameIndex.build([shared]).search("liguria")
    assert (hit.name, hit.score) == ("Liguria", 100.0)


def test_what_no_longer_exists_comes_after_what_does():
    ids = [hit.id for hit in INDEX.search("saxland")]
    assert ids.index("saxland") < ids.index("old-saxland")


def test_what_all_views_show_goes_before_what_a_layer_adds():
    index = NameIndex.build([Name("nuts:es523", "Region", (("", "Valencia"),), layers=("nuts",)),
                             Name("valencia", "Region", (("", "Valencian Community"), ("alias", "Valencia"))), Name("old", "Region", (("", "Valencia"),), "", True)])
    assert index.resolve("Valencia") == "valencia"
    assert index.search("Valencia")[0].id == "valencia"
    assert {name.id for name in index.named("valencia")} == {"valencia"}
    assert NameIndex.build([index.get("nuts:es523")]).resolve("valencia") == "nuts:es523"


def test_kinds_limit_what_is_found():
    assert {hit.kind for hit in INDEX.search("l", kinds=("Network",))} <= {"Network"}
    with pytest.raises(UnknownName):
        INDEX.resolve("Flanders", kinds=("Network",))


@given(st.text(max_size=40))
def test_any_text_can_be_searched_and_resolved_or_refused(text):
    hits = INDEX.search(text, limit=5)
    assert len(hits) <= 5
    assert len({hit.id for hit in hits}) == len(hits)
    try:
        found, said = INDEX.resolve(text), text
    except (UnknownName, AmbiguousName) as refused:
        found, said = NAMES[0].id, str(refused)
    assert found in {name.id for name in NAMES}
    assert text.strip() in said


@given(st.sampled_from([text for name in NAMES for _, text in name.names]))
def test_every_name_finds_its_own_thing_first_of_all(text):
    owners = {name.id for name in NAMES if text in [t for _, t in name.names]}
    assert INDEX.search(text)[0].id in owners


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
