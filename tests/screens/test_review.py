"""Review: what a text states beside its words, decided one by one; what was decided is remembered, undone, and seen by who comes next."""

import pytest

from loaders.desk.people import Reviewer
from screens.correcting import grounds
from tests.loaders.desk.test_recording import load, named, stated
from tests.screens.driver import ON_THE_LOCAL_SERVER, Screen

DESK = "review_desk"
TEXT = """Camelot, 3 March 2026. The Region of Avalonia and the Region of Lyonesse signed a memorandum of understanding today in Camelot.
The document was signed by Nimue Lake, President of Avalonia, and by Oberon Grove, President of Lyonesse.
"""
AGREEMENT = "agr-avalonia-lyonesse-2026-03-03"
WORLD = [*named("Region", "avalonia", "Avalonia"), *named("Region", "lyonesse", "Lyonesse"), *named("Leader", "oberon-grove", "Oberon Grove"),
         *named("Leader", "puck-hill", "Puck Hill"), stated("LEADS", "oberon-grove", "lyonesse", office_kind="head", office="President", since="2010")]
pytestmark = ON_THE_LOCAL_SERVER


@pytest.fixture
def world(empty):
    load(empty, WORLD)
    return empty


def opened(text: str = TEXT, name: str = "Ann") -> Screen:
    screen = Screen.only("review")
    return (screen.type("review_name", name) if name else screen).type("review_paste", text)


def item(screen: Screen, *words: str) -> dict:
    return next(found for found in screen.data["items"] if all(word in found["key"].split("|") for word in words))


def status(screen: Screen) -> dict[str, str]:
    return {found["key"]: found["status"] for found in screen.data["items"] if found["status"]}


def test_a_text_stands_beside_what_it_states_each_with_its_place(world):
    screen = opened()
    assert screen.data["text"] == TEXT
    quoted = {key: TEXT[start:end] for start, end, key in screen.data["marks"]}
    assert "Nimue Lake" in quoted[item(screen, "Leader", "nimue-lake")["key"]]
    assert "new" in item(screen, "Leader", "nimue-lake")["signs"]
    assert item(screen, "PARTY_TO", "avalonia")["title"].startswith("Avalonia is party to ")
    assert f"{len(screen.data['items'])} to decide" in screen.text
    assert world.version() == "1"


def test_accept_reject_undo_and_what_was_decided_by_whom(world):
    screen = opened()
    screen.do(DESK, "accept", key=item(screen, "PARTY_TO", "avalonia")["key"])
    assert [e.source for e in world.adjacent([AGREEMENT])] == ["avalonia"]
    screen.do(DESK, "reject", key=item(screen, "Leader", "nimue-lake")["key"])
    rejected = {key for key, verdict in status(screen).items() if verdict == "rejected"}
    assert {key.split("|")[0] for key in rejected} >= {"Leader", "SIGNED"}
    assert "Ann (self-declared)" in item(screen, "PARTY_TO", "avalonia")["by"]
    assert not world.get(["nimue-lake"])
    screen.do(DESK, "undo")
    assert "rejected" not in status(screen).values()
    screen.do(DESK, "undo")
    assert not status(screen)
    assert not world.get([AGREEMENT])


def test_a_whole_group_is_accepted_at_once_and_undone_at_once(world):
    screen = opened()
    group = [found["key"] for found in screen.data["items"] if found["group"] == AGREEMENT]
    screen.do(DESK, "accept_all", keys=group)
    assert set(status(screen)) >= set(group)
    assert {e.kind for e in world.adjacent([AGREEMENT])} == {"PARTY_TO", "SIGNED"}
    screen.do(DESK, "undo")
    assert not world.get([AGREEMENT])


def test_what_was_decided_is_not_asked_again_unless_the_text_changes(world):
    screen = opened()
    screen.do(DESK, "reject", key=item(screen, "Leader", "nimue-lake")["key"])
    assert item(opened(name="Bob"), "Leader", "nimue-lake")["status"] == "rejected"
    assert not item(opened(TEXT.replace("today", "on Tuesday")), "Leader", "nimue-lake")["status"]


def test_a_second_person_sees_the_others_decision_and_changes_nothing_of_it(world):
    ann, bob = opened(), opened(name="Bob")
    key = item(ann, "PARTY_TO", "avalonia")["key"]
    ann.do(DESK, "accept", key=key)
    bob.do(DESK, "reject", key=key)
    assert "Ann (self-declared) has decided this meanwhile." in bob.data["said"]
    assert item(bob, "PARTY_TO", "avalonia")["status"] == "accepted"
    bob.do(DESK, "accept", key=item(bob, "PARTY_TO", "lyonesse")["key"])
    assert {e.source for e in world.adjacent([AGREEMENT])} == {"avalonia", "lyonesse"}


def test_an_unknown_name_becomes_an_alias_of_someone_known_found_as_it_is_typed(world):
    screen = opened()
    nimue = item(screen, "Leader", "nimue-lake")
    screen.do(DESK, "search", text="puc", kinds=["Leader"], number=1)
    hits = screen.data["hits"]
    assert (hits["number"], hits["found"][0]["id"]) == (1, "puck-hill")
    assert hits["found"][-1]["id"] == "new:Leader:puc"
    screen.do(DESK, "correct", key=nimue["key"], values={"name": {"id": "puck-hill", "text": "Puck Hill"}, "what": "Leader"})
    assert world.get(["puck-hill"])[0].properties["aliases"] == ("Nimue Lake",)
    assert item(screen, "SIGNED", "nimue-lake")["title"].startswith("Puck Hill signed ")
    screen.do(DESK, "accept", key=item(screen, "SIGNED", "nimue-lake")["key"])
    assert [e.kind for e in world.adjacent(["puck-hill"])] == ["SIGNED"]


def test_a_date_is_corrected_a_nonsense_date_refused_and_someone_new_is_named(world):
    screen = opened()
    pact = item(screen, "Agreement")
    values = {field["name"]: field["value"] for field in pact["fields"]} | {"name": {"id": AGREEMENT, "text": "Pact"}}
    screen.do(DESK, "correct", key=pact["key"], values={**values, "date": "last week"})
    assert "“last week” cannot be used" in screen.data["problem"]
    screen.do(DESK, "correct", key=pact["key"], values={**values, "date": "2026-03-04"})
    assert world.get([AGREEMENT])[0].properties["date"] == "2026-03-04"
    signed = item(screen, "SIGNED", "nimue-lake")
    screen.do(DESK, "correct", key=signed["key"], values={"what": "SIGNED", "source": {"id": "", "text": "Titan"}, "target": {"id": AGREEMENT, "text": ""}})
    assert "Choose one of the list" in screen.data["problem"]
    screen.do(DESK, "correct", key=signed["key"], values={"what": "SIGNED", "source": {"id": "new:Leader:Titania Rose", "text": "Titania Rose"}, "target": {"id": AGREEMENT, "text": ""}})
    assert world.get(["titania-rose"])[0].name == "Titania Rose"
    assert ("SIGNED", "titania-rose") in [(e.kind, e.source) for e in world.adjacent([AGREEMENT])]


def test_the_same_event_from_another_outlet_adds_a_source_and_no_second_agreement(world):
    screen = opened()
    for found in screen.data["items"]:
        screen.do(DESK, "accept", key=found["key"])
    other = "3 March 2026. In Camelot, the Region of Lyonesse and the Region of Avalonia signed a memorandum of understanding today."
    screen = opened(other)
    assert "is in the record already, from 1 source" in screen.text
    screen.do(DESK, "accept_all", keys=[found["key"] for found in screen.data["items"]])
    assert [node.id for node in world.of_kind("Agreement")] == [AGREEMENT]
    (edge,) = world.adjacent(["avalonia"], kinds=["PARTY_TO"])
    assert len({statement.source for statement in world.statements([edge.id])}) == 2


def test_nobody_decides_without_a_name_unless_a_proxy_gives_one(world, monkeypatch):
    screen = opened(name="")
    screen.do(DESK, "accept", key=screen.data["items"][0]["key"])
    assert "Say who you are" in screen.data["problem"]
    assert not status(screen)
    monkeypatch.setattr(grounds, "reviewer_of", lambda headers, header, declared: Reviewer("Bob", declared=False))
    screen = opened(name="")
    screen.do(DESK, "accept", key=screen.data["items"][0]["key"])
    assert "Bob" in next(found["by"] for found in screen.data["items"] if found["status"])


def test_a_text_that_states_nothing_a_broken_file_and_markup(world):
    assert "The text states nothing that Ponte knows how to record." in opened("It rained all day, and nobody came.").text
    screen = Screen.only("review")
    screen.test.file_uploader(key="review_file").set_value(("odd.txt", b"\x00\xff\xfe\x00binary\x00", "text/plain"))
    assert "odd.txt" in screen.run().said("error")
    screen.test.file_uploader(key="review_file").set_value(("release.txt", TEXT.encode(), "text/plain"))
    assert screen.run().data["text"] == TEXT
    screen = opened("<script>alert(1)</script> " + TEXT)
    assert "<script>" not in screen.html
    assert "<script>" in screen.data["text"]
    screen.press("review_another")
    assert "review_paste" in {field.key for field in screen.test.text_area}


LEAGUE = TEXT + "Both are members of the Tin League since 2024 \U0001f30d and Avalonia hosts it."


def add(screen: Screen, number: str = "1", passage: str = "members of the Tin League since 2024", **values: object) -> Screen:
    said = {"passage": {"text": passage}, "what": "MEMBER_OF", "source": {"id": "avalonia", "text": "Avalonia"},
            "target": {"id": "new:Network:Tin League", "text": "Tin League"}, "role": "member", "since": "2024"}
    return screen.do(DESK, "add", number=number, values={**said, **values})


def test_a_fact_that_was_missed_is_added_with_its_place_remembered_and_undone(world):
    screen = add(opened(LEAGUE))
    (tie,) = world.adjacent(["tin-league"])
    assert (tie.source, tie.text("since_stated")) == ("avalonia", "2024")
    assert (screen.data["added"], screen.data["said"]) == ("1", "Added, with its place in the text.")
    added = item(screen, "MEMBER_OF", "tin-league")
    assert (added["status"], added["title"]) == ("accepted", "Avalonia is a member of Tin League")
    assert "Ann (self-declared)" in added["by"]
    assert [LEAGUE[start:end] for start, end, key in screen.data["marks"] if key == added["key"]] == ["members of the Tin League since 2024"]
    assert item(opened(LEAGUE, name="Bob"), "MEMBER_OF", "tin-league")["status"] == "accepted"
    statements, _count = world.statements_of_source(next(s.id for s in world.sources() if s.id.startswith("press-")), limit=10)
    assert ("MEMBER_OF", "members of the Tin League since 2024") in {(s.kind, s.quote) for s in statements}
    screen.do(DESK, "undo")
    assert not world.get(["tin-league"])
    assert not [found for found in screen.data["items"] if found["added"]]


def test_what_is_added_lies_where_it_was_marked_and_what_is_not_in_the_text_is_refused(world):
    screen = opened(LEAGUE)
    start = LEAGUE.rindex("Avalonia")
    add(screen, passage="Lyonesse joined in secret")
    assert "Mark it in the text" in screen.data["problem"]
    add(screen, passage="Avalonia", source={"id": "", "text": "Ava"})
    assert "Choose one of the list" in screen.data["problem"]
    add(screen, passage="Avalonia", since="long ago")
    assert "“long ago” cannot be used" in screen.data["problem"]
    assert world.version() == "1"
    screen.do(DESK, "add", number="2", values={"passage": {"text": "Avalonia", "span": [start, start + 8]}, "what": "MEMBER_OF",
                                               "source": {"id": "avalonia", "text": ""}, "target": {"id": "new:Network:Tin League", "text": ""}})
    assert [start, start + 8, item(screen, "MEMBER_OF", "tin-league")["key"]] in screen.data["marks"]


def test_the_desk_is_there_for_a_text_of_which_nothing_was_understood(world):
    screen = opened("It rained all day at the gates of Avalonia.")
    assert "The text states nothing" in screen.text
    assert screen.data["items"] == []
    add(screen, passage="at the gates of Avalonia")
    assert [found["status"] for found in screen.data["items"]] == ["accepted"]


def test_the_desk_speaks_italian(world):
    screen = Screen.only("review", {"lang": "it"}).type("review_name", "Ann").type("review_paste", TEXT)
    assert screen.data["labels"]["accept"] == "Accetta"
    assert "da decidere" in screen.text


def test_the_picture_is_drawn_around_the_parties(world):
    screen = opened()
    screen.do(DESK, "accept", key=item(screen, "PARTY_TO", "avalonia")["key"])
    screen.press("review_picture")
    assert screen.test.session_state["ponte_go"] == "explore"
    assert screen.test.session_state["explore_states"].around == ("avalonia",)
