"""The mappings that come as examples fit the files that they were written for, on excerpts of these."""

from pathlib import Path

import pytest

from graph.model import Name
from graph.schema import load_schema
from loaders.table.facts import Reading, statements
from loaders.table.mapping_file import load_mapping
from loaders.table.opening import Given, open_tables
from tests.loaders.table.world import naming

HERE = Path(__file__).parent
BULGARIA = Name("bulgaria", "Country", (("", "Bulgaria"),))


@pytest.fixture
def read():
    def reading_of(mapping, file):
        used = Reading(load_mapping(HERE / "mappings" / mapping, load_schema()), load_schema(), naming([BULGARIA]))
        table = open_tables([Given.path(HERE / "excerpts" / file)], used.mapping.form)
        return used, list(statements(table, used))

    return reading_of


def test_participation_in_horizon_2020(read):
    used, found = read("cordis-h2020.yml", "h2020.csv.gz")
    edges = [s for s in found if s.object]
    assert (used.problems.rows, used.problems.left_out, len(edges)) == (48, 0, 48)
    first = edges[0]
    assert (first.kind, first.subject, first.object, dict(first.qualifiers), first.quote) == \
        ("PARTY_TO", "pic-998616262", "h2020-221856", {"role": "participant"}, "contribution: 317625")
    values = {(s.subject, s.property): s.value for s in found if s.property}
    assert values["h2020-221856", "date"] == "2019-05-01"
    assert values["pic-998616262", "country"] == "belgium"
    assert values["pic-998616262", "type"] == "company"
    assert "greece" in {value for (_, name), value in values.items() if name == "country"}
    assert not any(str(value) == "NA" for value in values.values())
    assert not used.problems.notes


def test_beneficiaries_of_cohesion_policy_in_cyrillic_and_with_quotation_marks_in_their_names(read):
    used, found = read("kohesio-beneficiaries.yml", "kohesio.tsv")
    names = {s.value for s in found if s.property == "name" and s.kind == "Organisation"}
    assert '"Зора-ЕС" ЕООД' in names
    assert used.problems.left_out == 0
    assert len({s.subject for s in found if s.kind == "Organisation"}) == len(names)
    edge = next(s for s in found if s.object)
    assert edge.quote == "Total Budget: 127024.68; EU Contribution: 86376.78; Number of Projects: 1"
    assert dict(edge.qualifiers) == {"role": "beneficiary"}
    assert "bulgaria" in {s.value for s in found if s.property == "country"}
    assert not used.problems.notes
