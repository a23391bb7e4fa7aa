"""The Transparency Register: no person enters, what is certain becomes a membership, all else is listed and nothing is guessed."""

import json
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from graph.model import Name, Node
from loaders import runner
from loaders.base import Notes
from loaders.folders import open_loader
from loaders.known import Known
from loaders.transparency.membership import Naming, members, memberships
from loaders.transparency.words import is_person
from tests.contract.test_layers_off import answers

EXCERPT = Path(__file__).parent / "excerpt"
NAMES = (
    Name("cpmr", "Network", (("", "Conference of Peripheral Maritime Regions"), ("alias", "CPMR"), ("alias", "CRPM"))),
    Name("errin", "Network", (("", "European Regions Research and Innovation Network"), ("alias", "ERRIN"))),
    Name("aer", "Network", (("", "Assembly of European Regions"), ("fr", "Assemblée des Régions d'Europe"), ("alias", "AER"))),
    Name("esra", "Network", (("", "European Semiconductor Regions Alliance"), ("alias", "ESRA"))),
    Name("encore", "Network", (("", "ENCORE"),)),
    Name("polis", "Network", (("", "POLIS"),)),
    Name("limburg-nl", "Region", (("", "Limburg"), ("nl", "Provincie Limburg")), "netherlands"),
    Name("limburg-be", "Region", (("", "Limburg"),), "belgium"),
    Name("catalonia", "Region", (("", "Catalonia"), ("fr", "Catalogne"), ("ca", "Generalitat de Catalunya")), "spain"),
    Name("hidden", "Region", (("", "Hiddenland"),), "spain", layers=("elsewhere",)),
)
NETWORKS = (Node("esra", "Network", {"founded": "2023-09-07"}), Node("errin", "Network", {"website": "https://errin.eu"}),
            Node("polis", "Network", {"website": "http://www.polisnetwork.eu"}))
COUNTRIES = {"ES": "spain", "NL": "netherlands", "BE": "belgium"}
NAMING = Naming(NAMES, NETWORKS, "2018-10")


def meant(text, *, public=False):
    return {item.id: item.role for item in memberships(text, NAMING, public=public) if item.id}


@pytest.mark.parametrize(("text", "networks"), [
    ("Conference of Peripheral Maritime Regions", {"cpmr"}), ("- CPMR - Conference of Peripheral Maritime Regions", {"cpmr"}),
    ("Conference of Pheripheral Maritime Regions (CPMR)\nwww.cpmr.org/", {"cpmr"}), ("ERRIN: European Regions Research & Innovation Network", {"errin"}),
    ("Het HNP is lid van de Assembly of European Regions (AER).", {"aer"}), ("Assemblée des Régions d'Europe, Conference of Peripheral Maritime Regions", {"aer", "cpmr"}),
    ("1. Assembly of European Regions\n2. ERRIN", {"aer", "errin"}), ("ERRIN www.errin.eu", {"errin"}), ("Member in POLIS: www.polisnetwork.eu", {"polis"}),
])
def test_an_item_that_is_a_name_is_a_membership(text, networks):
    assert set(meant(text)) == networks


@pytest.mark.parametrize("text", [
    "ARE - Assemblée des Régions d'Europe (non membre mais souvent consulté)", "We cooperate with the Assembly of European Regions",
    "Partners:\nAssembly of European Regions", "Previous memberships included: Assembly of European Regions", "French Association of the Assembly of European Regions",
    "European Semiconductor Regions Alliance", "ESRA - European Sugar Refiners Association", "dans les pays où nous ne sommes pas encore implantés, encore",
    "Association of European Radios (AER)", "ERRIN", "POLIS", "A study on the Conference of Peripheral Maritime Regions was published", "none", "",
])
def test_what_is_not_certain_is_no_membership(text):
    assert meant(text) == {}


def test_an_acronym_counts_in_the_mouth_of_a_public_body_or_in_company():
    assert set(meant("ERRIN\nPOLIS", public=True)) == {"errin", "polis"}
    assert set(meant("ERRIN, CPMR, Rotary")) == {"errin", "cpmr"}
    assert meant("encore", public=True) == {}


def test_a_role_is_read_where_it_is_stated():
    assert meant("Assembly of European Regions (observer)") == {"aer": "observer"}
    assert meant("Assembly of European Regions (membre associé)") == {"aer": "associate"}


def test_everything_that_was_not_understood_is_kept_for_the_report():
    items = list(memberships("Assembly of European Regions; Rotary; VDA (https://www.vda.de)", NAMING, public=False))
    assert [item.wording for item in items if not item.id] == ["Rotary", "VDA (https://www.vda.de)"]


@pytest.mark.parametrize(("line", "region"), [
    ("Limburg (NL)", "limburg-nl"), ("Limburg (BE)", "limburg-be"), ("Limburg (FR)", ""), ("Limburg", ""), ("Catalonia (ES)", "catalonia"),
    ("Region Catalonia (1),", "catalonia"), ("Catalogne: Generalitat de Catalunya, Barcelona - www.gencat.cat", "catalonia"), ("Catalogne : AFRUCAT www.afrucat.com", ""),
    ("ACC1Ó | Generalitat de Catalunya", ""), ("Office of Catalonia in Brussels (1)", ""), ("Hiddenland", ""), ("Provincie Limburg", "limburg-nl"),
])
def test_members_of_a_network_are_regions_that_are_named_and_no_others(line, region):
    (item,) = members(line, NAMING, COUNTRIES)
    assert item.id == region


@pytest.mark.parametrize(("name", "form", "person"), [
    ("Ada Example", "none", True), ("Ada B. Example (AE)", "keine", True), ("ADA VAN EXAMPLE", "", True), ("Dr. Ada Example", "néant", True), ("Example Consulting", "Einzelunternehmen", True),
    ("Studio Example", "libero professionista", True), ("Kanzlei Example", "Rechtsanwalt", True), ("Example", "ditta individuale", True),
    ("Ada Example", "Ada Example", True), ("Avv. Ada Example", "Example Consulting & Training", True), ("Ada Example", "Professional engineer", True),
    ("Dr. Example GmbH & Co. KG", "GmbH & Co. KG", False), ("European Example Network", "AISBL", False), ("Example Council", "independent regulator", False),
    ("Federation of Examples in the European Union", "none", False), ("Example Stiftung", "selbstständige Stiftung des Privatrechts", False),
])
def test_who_registers_as_a_person_is_told_by_form_and_name(name, form, person):
    assert is_person(name, form) is person


def test_no_person_enters_and_the_report_counts_them(tmp_path):
    rows = [{"identification_number": f"00000000000{n}-1{n}", "organisation_name": name, "subsection": section, "legal_status": form, "country_code": "be",
             "head_office_country": "Belgium", "membership": "Represented by Ada Example in the Assembly of European Regions"}
            for n, (name, section, form) in enumerate([("Ada Example", "Self-employed consultants", "sprl"), ("Bob Example", "Law firms", "none"),
                                                        ("Example Federation aisbl", "Law firms", "aisbl")])]
    (tmp_path / "tr_2018-10.jsonl").write_text("\n".join(map(json.dumps, rows)))
    notes = Notes()
    stated = list(open_loader("transparency", [tmp_path], Known(lambda kind, code: {}, lambda: NAMES, lambda kind: NETWORKS)).statements(notes))
    assert {s.subject for s in stated if s.kind == "Organisation"} == {"tr:000000000002-12"}
    assert not [s for s in stated if "Ada" in repr(s) or "Bob" in repr(s)]
    assert notes.skipped == {"a person, or in a person's name": 2}


def as_xml(row):
    name, _, acronym = row["organisation_name"].rstrip(")").partition(" (")
    told = {"identificationCode": row["identification_number"], "acronym": acronym, "entityForm": row.get("legal_status", ""),
            "webSiteURL": row.get("website_address", ""), "registrationCategory": row["subsection"]}
    fields = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in told.items())
    structure = "".join(f"<{tag}>{escape(row.get(key, ''))}</{tag}>" for tag, key in (("isMemberOf", "membership"), ("organisationMembers", "member_organisations")))
    return (f"<interestRepresentative>{fields}<name><originalName>{escape(escape(name))}&#x2;</originalName></name>"
            f"<headOffice><country>{row['head_office_country'].upper()}</country></headOffice><structure>{structure}</structure></interestRepresentative>")


def test_todays_xml_states_what_the_older_lines_do(tmp_path):
    """It calls itself XML 1.1, resets its namespace, holds references that XML 1.0 has not, and escapes some texts twice."""
    rows = [json.loads(line) for line in (EXCERPT / "tr_2018-10.jsonl").read_text().splitlines()]
    file = tmp_path / "ODP_30-06-2024.xml"
    file.write_text("<?xml version='1.1' encoding='UTF-8'?><ListOfIRPublicDetail xmlns='http://intragate.ec.europa.eu/transparencyregister/odp'>"
                    f"<metaData xmlns=''/><resultList xmlns=''>{''.join(map(as_xml, rows))}</resultList></ListOfIRPublicDetail>", encoding="utf-8")
    known = Known(lambda kind, code: {}, lambda: NAMES, lambda kind: NETWORKS)
    told = [{(s.kind, s.subject, s.object, s.property, s.value) for s in open_loader("transparency", [given], known).statements(Notes())
             if s.kind != "Country" and s.property not in ("acronym", "name")} for given in (EXCERPT, file)]
    assert told[0] == told[1]
    assert len(told[0]) > 200
    loader = open_loader("transparency", [file], known)
    names = {s.value for s in loader.statements(Notes()) if s.property == "name"}
    assert "Science|Business" in names
    assert "ΑΝΑΠΤΥΞΙΑΚΗ ΕΤΑΙΡΕΙΑ ΕΠΑΡΧΙΑΣ ΛΕΜΕΣΟΥ ΛΤΔ" in names
    assert {source.date for source in loader.sources().values()} == {"2024-06-30"}


@pytest.fixture
def loaded(curated_store):
    report = runner.run(runner.open_source("transparency", curated_store, [EXCERPT]), curated_store)
    yield curated_store, report
    runner.remove("transparency", curated_store)


def test_the_register_is_resolved_to_what_all_views_show_and_stays_in_its_layer(loaded):
    store, report = loaded
    seen = store.seeing(["transparency"])
    ties = {(edge.source, edge.target) for edge in seen.adjacent(["errin", "aer", "ecrn", "euregha", "areflh", "esra", "polis"], kinds=["MEMBER_OF"])
            if "transparency" in edge.properties.get("layers", ())}
    assert {("vastra-gotaland", "aer"), ("harghita", "aer"), ("varmland", "errin"), ("lombardy", "ecrn"), ("limburg-nl", "ecrn"), ("wales", "euregha"),
            ("catalonia", "areflh"), ("aosta-valley", "areflh")} <= ties
    names = {node.id: node.name for node in seen.get({source for source, _ in ties})}
    assert {"Scotland Europa", "Luxinnovation", "Oslo Region European Office"} <= {names[source] for source, target in ties if target == "errin"}
    assert not [tie for tie in ties if tie[1] == "esra" or tie[0] in ("murcia", "polis", "errin")]
    assert "Association of European Radios" not in {names[source] for source, target in ties if target == "aer"}
    assert not [name.id for name in store.names() if name.id.startswith("tr:")]
    (office,) = [node for node in seen.of_kind("Organisation") if node.name == "Oslo Region European Office"]
    assert (office.text("country"), office.text("type"), office.text("acronym")) == ("belgium", "Regional structures", "ORE")
    assert ("membership", "European Policy Centre (EPC)") in report.notes.unresolved
    assert ("member of a network", "Limburg (FR)") in report.notes.unresolved


def test_with_its_layer_off_every_answer_is_as_it_was(curated_store):
    before = answers(curated_store)
    try:
        runner.run(runner.open_source("transparency", curated_store, [EXCERPT]), curated_store)
        after = answers(curated_store)
    finally:
        runner.remove("transparency", curated_store)
    assert [what for what in before if after[what] != before[what]] == []


def test_an_observer_is_one(loaded):
    store, _ = loaded
    edges = store.seeing(["transparency"]).adjacent(["aosta-valley"], kinds=["MEMBER_OF"])
    assert {edge.text("role") for edge in edges if edge.target == "areflh" and "transparency" in edge.properties.get("layers", ())} == {"observer"}
