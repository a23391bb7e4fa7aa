"""Sources: what is loaded and from where, and what sources disagree about."""

from tests.screens.driver import ON_THE_LOCAL_SERVER, Screen

pytestmark = ON_THE_LOCAL_SERVER


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
    screen = Screen.only("sources", {"tab": "conflicts"})
    assert "conflicts. All values are kept; the best source is shown first." in screen.said("caption")
    said = [line for line in screen.said("expander").splitlines() if "European Chemical Regions Network" in line]
    assert any(" / " in line for line in said)
    assert "data-source" in screen.html


def test_what_is_covered_and_what_has_grown_old(curated):
    covered = Screen.only("sources", {"tab": "coverage"})
    assert "no source covers it" in covered.said("caption")
    sweden = next(row for row in covered.test.dataframe[0].value.to_dict("records") if row["Country"] == "Sweden")
    assert (sweden["With head of government"], sweden["With agreements"]) == (0, 0)
    aged = Screen.only("sources", {"tab": "age"})
    lately = len(aged.rows)
    assert all(row["Last confirmed"] < "2025-12" for row in aged.rows)
    assert 0 < len(aged.set("selectbox", "sources_age", 60).rows) < lately
