"""One release with everything that the first real input had: header, captions inside sentences, networks named in passing, a forum in the plural."""

import pytest

from loaders.press import Reading

from .conftest import Read, edges, nodes

RELEASE = """ date 2025-05-20 Logo Regione Liguria

Esteri, firma Liguria e Vallonia (Belgio)

accordo liguria vallonia

Bucci: far crescere i commerci e legarci di più

Liguria e Vallonia guardano insieme al futuro dell'industria e a una nuova stagione dell'innovazione. Lo sancisce il Memorandum of Understanding sottoscritto oggi a Palazzo Ducale tra la Regione Liguria e la Regione Vallonia (Belgio).

accordo liguria valloniaIl protocollo tra la Liguria e la Vallonia è stato siglato dal presidente della Regione Liguria Marco Bucci e dal ministro-presidente della Vallonia Adrien Dolimont.

La decisione di arrivare a un accordo formale viene da anni di lavoro comune. Anche all'interno di reti come la Vanguard Initiative. Ed anche la European Chemical Regions Network e i Quattro Motori per l'Europa. Oltre alla presenza congiunta a forum politici, dai Leaders Meeting alla Critical Chemicals Alliance.

I settori

Il MoU indica molti ambiti di cooperazione. Dall'innovazione digitale, con un focus sulla microelettronica, all'industria manifatturiera. Dalla chimica verde all'automotive, passando per aerospazio, scienze della vita, sostenibilità ed energia. Senza dimenticare agroalimentare, salute e benessere. Settori decisivi per la competitività.

“Questo protocollo – ha detto Bucci – mira a far crescere gli scambi commerciali e gli investimenti. Rafforzando le imprese e sviluppando progetti su competenze comuni”. Un'intesa che riguarda l'economia ligure.

accordo liguria vallonia“Unire le forze – ha aggiunto – conviene a tutti”. Da qui la scelta di proseguire anche in reti come la European Semiconductor Regions Alliance.
"""


@pytest.fixture(scope="module")
def reading(read: Read) -> Reading:
    return read(RELEASE, date=None)


def test_the_agreement_is_one_signed_on_the_page_day(reading: Reading) -> None:
    (agreement,) = [p for p in reading.proposals if p.kind == "Agreement"]
    assert agreement.id == "agr-liguria-wallonia-2025-05-20"
    assert dict(agreement.properties) | {"aims": ()} == {"kind": "memorandum of understanding", "status": "signed", "date": "2025-05-20",
                                                         "place": "Palazzo Ducale", "aims": ()}


def test_its_parties_are_regions_and_the_country_behind_one_is_none(reading: Reading) -> None:
    assert edges(reading, "PARTY_TO") == {("liguria", "agr-liguria-wallonia-2025-05-20"), ("wallonia", "agr-liguria-wallonia-2025-05-20")}
    assert edges(reading, "PART_OF") == {("wallonia", "belgium")}


def test_who_signed_and_in_which_office(reading: Reading) -> None:
    assert {source for source, _ in edges(reading, "SIGNED")} == {"marco-bucci", "adrien-dolimont"}
    assert edges(reading, "LEADS") == {("marco-bucci", "liguria"), ("adrien-dolimont", "wallonia")}
    assert {p.properties["office_kind"] for p in reading.proposals if p.kind == "LEADS"} == {"head"}


def test_networks_named_in_passing_have_no_stated_role_and_are_inferred(reading: Reading) -> None:
    networks = {"vanguard", "ecrn", "four-motors", "cca", "esra"}
    assert nodes(reading, "Network") == networks
    assert edges(reading, "MEMBER_OF") == {(region, network) for region in ("liguria", "wallonia") for network in networks}
    assert {(p.properties["role"], p.inferred) for p in reading.proposals if p.kind == "MEMBER_OF"} == {("unknown", True)}


def test_the_leaders_meeting_is_a_series_of_meetings(reading: Reading) -> None:
    (event,) = [p for p in reading.proposals if p.kind == "Event"]
    assert (event.id, event.properties["kind"]) == ("ev-leaders-meeting", "event series")
    assert edges(reading, "TOOK_PART_IN") == {("liguria", "ev-leaders-meeting"), ("wallonia", "ev-leaders-meeting")}


def test_all_sectors_of_the_list_and_no_others(reading: Reading) -> None:
    sectors = {"digitalisation", "semiconductors", "manufacturing", "chemistry", "automotive", "aerospace", "life-sciences",
               "sustainability", "energy", "agri-food", "health"}
    assert nodes(reading, "Sector") == sectors
    assert {target for _, target in edges(reading, "COVERS")} == sectors


def test_trade_and_skills_are_aims(reading: Reading) -> None:
    (agreement,) = [p for p in reading.proposals if p.kind == "Agreement"]
    aims = agreement.properties["aims"]
    assert isinstance(aims, tuple)
    assert any("scambi commerciali e gli investimenti" in aim for aim in aims)
    assert any("competenze comuni" in aim for aim in aims)


def test_every_row_points_to_its_words(reading: Reading) -> None:
    for proposal in reading.proposals:
        assert RELEASE[slice(*proposal.span)] == proposal.quote != ""
