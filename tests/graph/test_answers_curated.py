"""The curated data answer what was written by hand from their files: the errand of the memorandum, and heads on past dates."""

import pytest

from graph.answers import connect
from graph.schema import load_schema

SCHEMA = load_schema()
WEEK_AFTER = "2026-03-10"
LOMBARDY_AND_FLANDERS = [
    # agreements.csv agr-lom-fla-2026, agreement_signatories.csv; the twelve sectors of the release
    ("agreement", "Lombardy and Flanders are parties to “Memorandum of Understanding Lombardy - Flanders”, signed on 3 March 2026 (Milan, Palazzo Lombardia)."),
    ("agreement", "It was signed by Attilio Fontana (Lombardy) and Matthias Diependaele (Flanders)."),
    ("agreement", ("It covers aerospace, agri-food, automotive, chemistry / chemicals, digitalisation, energy, health and wellbeing, innovation, "
                  "life sciences, manufacturing, semiconductors and sustainability.")),
    # agreements.csv agr-fff-antwerp-2024 (EU governance; foresight), agreement_links.csv adopted_at
    ("agreement", "Lombardy and Flanders are parties to “Joint declaration of the Fit for the Future regions”, signed on 18 April 2024 (Antwerp)."),
    ("agreement", "It covers foresight and governance."),
    ("agreement", "Joint declaration of the Fit for the Future regions was adopted at Leaders Meeting Fit for the Future."),
    # leaders.csv: Fontana since 2018-03-26, seen 2026-03-03; Diependaele since 2024-09, seen 2026-03-03
    ("leader", "Attilio Fontana leads Lombardy (Presidente della Regione) since 26 March 2018."),
    ("leader", "Matthias Diependaele leads Flanders (minister-president) since September 2024."),
    # memberships.csv: cca role unknown on both; ecrn lists of 2018 and 2026; esra 2024-11-08 and 2023-09-07; fit-for-future as of 2024-04-18;
    # four-motors founder of 1988-09-09 and associate; vanguard inferred in all rows
    ("network", "Both take part in Critical Chemicals Alliance: Lombardy role not stated (inferred) and Flanders role not stated (inferred)."),
    ("network", "Both take part in European Chemical Regions Network: Lombardy as a member and Flanders as a member."),
    ("network", ("Both take part in European Semiconductor Regions Alliance: Lombardy as a member since 8 November 2024 and Flanders as a "
                "founding member since 7 September 2023.")),
    ("network", ("Both take part in Fit for the Future (Leaders Meeting): Lombardy as a member (last confirmed on 18 April 2024) and Flanders "
                "as a member (last confirmed on 18 April 2024).")),
    ("network", "Both take part in Four Motors for Europe: Lombardy as a founding member since 9 September 1988 and Flanders as an associate."),
    ("network", "Both take part in Vanguard Initiative: Lombardy as a member (inferred) and Flanders as a member (inferred)."),
    # events.csv
    ("meeting", "Both took part in “Leaders Meeting Fit for the Future” on 18 April 2024."),
    ("meeting", "Both took part in “Leaders Meeting”."),
    # region_sectors.csv: Lombardy 2021-2027 and the spearhead clusters of Flanders
    ("sector", "Both have among the priorities of their strategies: agri-food, health and wellbeing, mobility and sustainability."),
]
HEADS = [
    ("flanders", "2014-07-24", ""), ("flanders", "2018-04-10", "Geert Bourgeois"), ("flanders", "2019-08-15", "Liesbeth Homans"),
    ("flanders", "2019-10-03", "Jan Jambon"), ("flanders", "2024-04-18", "Jan Jambon"), ("flanders", "2026-03-03", "Matthias Diependaele"),
    ("lombardy", "2013-03-17", ""), ("lombardy", "2018-03-25", "Roberto Maroni"), ("lombardy", "2018-03-27", "Attilio Fontana"),
    ("thuringia", "2019-06-01", "Bodo Ramelow"), ("thuringia", "2020-02-20", ""), ("thuringia", "2022-01-01", "Bodo Ramelow"),
    ("thuringia", "2024-12-13", "Mario Voigt"), ("catalonia", "2022-03-16", "Pere Aragonès"), ("catalonia", "2024-08-11", "Salvador Illa"),
    ("bavaria", "2017-01-01", "Horst Seehofer"), ("bavaria", "2018-03-17", "Markus Söder"), ("bavaria", "2001-01-01", ""),
    ("rhone-alpes", "2015-06-01", "Jean-Jack Queyranne"), ("rhone-alpes", "2016-01-01", ""),
    ("auvergne-rhone-alpes", "2020-01-01", "Laurent Wauquiez"), ("auvergne-rhone-alpes", "2025-01-01", "Fabrice Pannekoucke"),
]
"""Read off leaders.csv; empty where no row knows anybody for that day."""


def publishers(found, sentence):
    by_number = {citation.number: citation.source for citation in found.citations}
    return [by_number[number].publisher for number in sentence.cites]


def test_what_connects_lombardy_and_flanders_a_week_after_the_memorandum(curated_store):
    found = connect(curated_store, SCHEMA, "lombardy", "flanders", on=WEEK_AFTER)
    assert [(sentence.topic, sentence.text) for sentence in found.sentences] == LOMBARDY_AND_FLANDERS
    by_text = {sentence.text: publishers(found, sentence) for sentence in found.sentences}
    release = "Regione Lombardia (Lombardia Notizie)"
    assert by_text[LOMBARDY_AND_FLANDERS[0][1]] == by_text[LOMBARDY_AND_FLANDERS[2][1]] == [release]
    assert by_text[LOMBARDY_AND_FLANDERS[9][1]] == ["EU Transparency Register (copy on GitHub)", "Radiocor (Borsa Italiana)", release]
    assert by_text[LOMBARDY_AND_FLANDERS[12][1]] == ["Four Motors for Europe", "Wikipedia", release]
    assert found.paths[0].path.nodes == ("lombardy", "agr-lom-fla-2026", "flanders")


def test_its_sources_are_those_of_the_rows_and_the_copy_is_no_link(curated_store):
    found = connect(curated_store, SCHEMA, "lombardy", "flanders", on=WEEK_AFTER)
    copies = [citation for citation in found.citations if citation.source.tier == "copy"]
    assert [citation.source.publisher for citation in copies] == ["Wordscope"]
    assert "http" not in copies[0].text("en")
    for citation in found.citations:
        assert {statement.source for statement in citation.statements} == {citation.source.id}
        assert all(".csv row " in statement.place for statement in citation.statements)


def test_nothing_of_2026_connects_them_in_2015(curated_store):
    found = connect(curated_store, SCHEMA, "lombardy", "flanders", on="2015-06-01", limit=100)
    said = " ".join(sentence.text for sentence in (*found.sentences, *(told.sentence for told in found.paths)))
    for later in ("Memorandum", "Fit for the Future", "Semiconductor", "Fontana", "Diependaele", "chairs European Chemical"):
        assert later not in said
    assert "Roberto Maroni leads Lombardy" in said
    assert "Geert Bourgeois leads Flanders" in said


@pytest.mark.parametrize(("region", "day", "name"), HEADS)
def test_who_led_a_region_on_a_day(curated_store, region, day, name):
    found = connect(curated_store, SCHEMA, region, "ireland", on=day, max_steps=1)
    assert [sentence.text.split(" leads ")[0] for sentence in found.sentences if sentence.topic == "leader"] == ([name] if name else [])


def test_no_person_leads_a_region_that_is_gone(curated_store):
    gone = [region.id for region in curated_store.of_kind("Region") if region.text("type") == "predecessor"]
    assert len(gone) >= 16
    lasting = [edge for edge in curated_store.adjacent(gone) if edge.kind in ("LEADS", "SERVES_IN", "MEMBER_OF", "CHAIRS", "PART_OF")]
    assert lasting
    assert all(edge.text("until") <= "2015-12-31" for edge in lasting if edge.text("until"))
    assert [edge.id for edge in lasting if not edge.text("until")] == []
