"""What a person decides on a text is in the record, found again, and all that was not accepted is nowhere else."""

from dataclasses import replace

import pytest

from graph.errors import BadValue
from graph.model import ACCEPTED, CORRECTED, REJECTED
from graph.schema import load_schema
from loaders.desk import reviewing
from loaders.desk.people import Reviewer
from loaders.desk.recording import say
from loaders.press.loader import save_reading
from loaders.press.proposals import Proposal, Reading
from tests.loaders.desk.test_recording import load

SCHEMA = load_schema()
ANN, BOB = Reviewer("Ann"), Reviewer("Bob", declared=False)
TEXT = "Avalon and Lyonesse signed a pact on 3 March 2026. President Mab Queen and Minister Nimu Lake signed."


def read(text=TEXT, digest="abcd1234"):
    def at(words):
        start = TEXT.find(words)
        return {"span": (start, start + len(words)), "quote": words}

    proposals = (
        Proposal("Region", "avalon", "Avalon", known=True, rule="name", **at("Avalon")),
        Proposal("Region", "afallach", "Lyonesse", known=True, rule="name", **at("Lyonesse")),
        Proposal("Agreement", "agr-1", "Pact Avalon - Lyonesse", properties={"kind": "pact", "status": "signed", "date": "2026-03-03"}, rule="agreement", **at("signed a pact")),
        Proposal("Leader", "mab-queen", "Mab Queen", rule="office and name", **at("Mab Queen")),
        Proposal("Leader", "nimu-lake", "Nimu Lake", rule="office and name", **at("Nimu Lake")),
        Proposal("PARTY_TO", "", source="avalon", target="agr-1", properties={"role": "party"}, rule="party", **at("Avalon")),
        Proposal("PARTY_TO", "", source="afallach", target="agr-1", properties={"role": "party"}, rule="party", **at("Lyonesse")),
        Proposal("SIGNED", "", source="mab-queen", target="agr-1", rule="signatory", **at("Mab Queen")),
        Proposal("SIGNED", "", source="nimu-lake", target="agr-1", rule="signatory", **at("Nimu Lake")),
        Proposal("LEADS", "", source="mab-queen", target="avalon", properties={"office": "President", "office_kind": "head"}, rule="office and name", **at("President Mab Queen")))
    return Reading("release", "en", "2026-03-03", proposals, digest=digest, text=text)


class Desk:
    """A review that is opened anew before each decision, as the screen does."""

    def __init__(self, store, reading=None):
        self.store, self.reading = store, reading or read()
        self.source = reviewing.source_for(store, self.reading, title="A release", publisher="Gazette")

    @property
    def review(self):
        return reviewing.open_review(self.store, self.reading, self.source)

    def item(self, *words):
        return next(item for item in self.review.items if all(word in item.key.split("|") for word in words))

    def accept(self, *words, by=ANN):
        say(self.store, reviewing.accept(self.review, [self.item(*words)], by), sources=[self.source])

    def reject(self, *words, by=ANN):
        say(self.store, reviewing.reject(self.review, self.item(*words), by), sources=[self.source])

    def rename(self, *words, by=ANN, **more):
        said = {"kind": "Leader", "known": True, "properties": {}, **more}
        say(self.store, reviewing.correct_name(self.review, self.item(*words), by, SCHEMA, **said), sources=[self.source])

    def back(self, *words):
        say(self.store, taken_back=reviewing.take_back(self.review, self.item(*words)))

    @property
    def verdicts(self):
        return {item.key: item.verdict for item in self.review.items if item.verdict}


@pytest.fixture
def desk(store):
    load(store)
    return Desk(store)


def ties(store, id):
    return sorted((e.kind, e.source, e.target) for e in store.adjacent([id]))


def test_known_names_are_not_asked_about_and_nothing_enters_unasked(desk):
    assert [item.proposal.name or item.proposal.kind for item in desk.review.items] == [
        "Pact Avalon - Lyonesse", "Mab Queen", "Nimu Lake", "PARTY_TO", "PARTY_TO", "SIGNED", "SIGNED", "LEADS"]
    assert not desk.store.get(["agr-1", "mab-queen", "nimu-lake"])
    assert desk.store.version() == "1"


def test_a_tie_is_accepted_with_the_names_that_it_needs_and_nothing_else(desk):
    desk.accept("PARTY_TO", "avalon")
    assert [n.id for n in desk.store.get(["agr-1", "mab-queen"])] == ["agr-1"]
    assert ties(desk.store, "agr-1") == [("PARTY_TO", "avalon", "agr-1")]
    assert desk.verdicts == {"Agreement|agr-1||": ACCEPTED, "PARTY_TO||avalon|agr-1": ACCEPTED}
    (said,) = desk.store.statements(["PARTY_TO|avalon|agr-1"])
    assert (said.reviewer, said.place, said.quote, said.source) == ("Ann (self-declared)", "span 0-6", "Avalon", "press-release-abcd1234")
    desk.accept("PARTY_TO", "afallach", by=BOB)
    assert len([s for s in desk.store.statements(["agr-1"]) if not s.property]) == 1


def test_what_was_rejected_is_remembered_and_a_new_name_takes_its_ties_with_it(desk):
    desk.reject("Leader", "nimu-lake")
    assert desk.verdicts == {"Leader|nimu-lake||": REJECTED, "SIGNED||nimu-lake|agr-1": REJECTED}
    assert not desk.store.get(["nimu-lake"])
    assert Desk(desk.store).verdicts == desk.verdicts
    assert not Desk(desk.store, read(digest="00000000")).verdicts
    desk.back("Leader", "nimu-lake")
    assert not desk.verdicts


def test_a_wording_becomes_an_alias_of_someone_known_and_the_ties_follow(desk):
    desk.rename("Leader", "mab-queen", id="mab", name="Mab")
    assert desk.store.get(["mab"])[0].properties["aliases"] == ("Mab Queen",)
    assert not desk.store.get(["mab-queen"])
    assert desk.item("SIGNED", "mab-queen").now.source == "mab"
    desk.accept("SIGNED", "mab-queen")
    assert ("SIGNED", "mab", "agr-1") in ties(desk.store, "agr-1")
    assert desk.item("SIGNED", "mab-queen").verdict == CORRECTED
    desk.back("Leader", "mab-queen")
    assert desk.item("Leader", "mab-queen").open


def test_a_date_is_corrected_and_what_was_proposed_stays_beside_it(desk):
    desk.rename("Agreement", "agr-1", kind="Agreement", id="agr-1", name="Pact Avalon - Lyonesse", known=False, properties={"date": "2026-03-04"})
    (pact,) = desk.store.get(["agr-1"])
    assert (pact.properties["date"], pact.properties["status"], "disputed" in pact.properties) == ("2026-03-04", "signed", False)
    dates = sorted((s.value, s.verdict, s.about) for s in desk.review.reviews if s.property == "date")
    assert dates == [("2026-03-03", CORRECTED, ""), ("2026-03-04", ACCEPTED, "agr-1")]
    with pytest.raises(BadValue):
        desk.rename("Leader", "mab-queen", kind="Agreement", id="agr-2", name="x", properties={"date": "March"})


def test_a_tie_is_corrected_in_kind_ends_and_dates_with_someone_new(desk):
    item = desk.item("LEADS")
    new = reviewing.correct_tie(desk.review, item, ANN, SCHEMA, kind="SERVES_IN", source="oberon", target="avalon",
                                qualifiers={"office": "minister", "office_kind": "minister", "since": "2026"}, named={"oberon": ("Leader", "Oberon")})
    say(desk.store, new, sources=[desk.source])
    (edge,) = desk.store.adjacent(["oberon"])
    assert (edge.kind, edge.target, edge.text("office"), edge.text("since_stated")) == ("SERVES_IN", "avalon", "minister", "2026")
    assert desk.store.get(["oberon"])[0].name == "Oberon"
    assert desk.item("LEADS").verdict == CORRECTED
    assert not [e for e in desk.store.adjacent(["avalon"], kinds=["LEADS"]) if e.source == "mab-queen"]
    desk.back("LEADS")
    assert not desk.store.get(["oberon"])


def test_taking_back_a_tie_leaves_what_another_accepted_tie_stands_on(desk):
    desk.accept("PARTY_TO", "avalon")
    desk.accept("PARTY_TO", "afallach")
    desk.back("PARTY_TO", "avalon")
    assert ties(desk.store, "agr-1") == [("PARTY_TO", "afallach", "agr-1")]
    desk.back("PARTY_TO", "afallach")
    desk.back("Agreement", "agr-1")
    assert not desk.store.get(["agr-1"])
    assert not desk.verdicts


def test_two_people_who_review_at_once_keep_both_decisions(desk):
    ann, bob = desk.review, desk.review
    say(desk.store, reviewing.accept(ann, [desk.item("PARTY_TO", "avalon")], ANN), sources=[desk.source])
    say(desk.store, reviewing.reject(bob, next(i for i in bob.items if i.proposal.id == "nimu-lake"), BOB), sources=[desk.source])
    say(desk.store, reviewing.accept(bob, [next(i for i in bob.items if i.proposal.kind == "PARTY_TO" and i.proposal.source == "afallach")], BOB), sources=[desk.source])
    assert len(ties(desk.store, "agr-1")) == 2
    assert {item.by for item in desk.review.items if item.verdict} == {"Ann (self-declared)", "Bob"}


def test_saving_a_text_unseen_neither_undoes_a_review_nor_brings_back_what_was_rejected(desk):
    desk.reject("SIGNED", "nimu-lake")
    desk.accept("PARTY_TO", "avalon")
    save_reading(desk.reading, desk.store, source=replace(desk.source))
    assert ("SIGNED", "nimu-lake", "agr-1") not in ties(desk.store, "agr-1")
    assert desk.item("SIGNED", "nimu-lake").verdict == REJECTED
    assert ("SIGNED", "mab-queen", "agr-1") in ties(desk.store, "agr-1")


def test_the_same_text_is_the_same_source_under_any_title(desk):
    desk.accept("PARTY_TO", "avalon")
    again = reviewing.source_for(desk.store, replace(desk.reading, document="other"), title="Another title")
    assert (again.id, again.title, again.publisher) == (desk.source.id, "Another title", "Gazette")


def test_the_picture_of_what_was_accepted_is_drawn_around_the_parties(desk):
    desk.accept("SIGNED", "mab-queen")
    assert reviewing.main_names(desk.review) == ("mab-queen", "agr-1")
    desk.accept("PARTY_TO", "avalon")
    assert reviewing.main_names(desk.review) == ("avalon",)


# -- what the reader missed


def add(desk, source, target, words, *, kind="PARTY_TO", by=ANN, named=None, **qualifiers):
    span = reviewing.passage(desk.reading.text, words)
    said = reviewing.add_tie(desk.review, by, SCHEMA, kind=kind, source=source, target=target, span=span, qualifiers=qualifiers, named=named)
    say(desk.store, said, sources=[desk.source])


def test_a_tie_that_was_missed_is_the_texts_with_its_place_and_its_reviewer_and_is_taken_back(desk):
    add(desk, "nimu-lake", "avalon", "Minister  nimu\nLake", kind="SERVES_IN", office="Minister", since="2026-03")
    (edge,) = desk.store.adjacent(["nimu-lake"])
    (said,) = desk.store.statements([edge.id])
    assert (said.source, said.verdict, said.reviewer, said.quote) == (desk.source.id, ACCEPTED, "Ann (self-declared)", "Minister Nimu Lake")
    assert TEXT[slice(*desk.item("SERVES_IN", "nimu-lake").proposal.span)] == "Minister Nimu Lake"
    assert (edge.text("office"), edge.text("since_stated")) == ("Minister", "2026-03")
    assert desk.store.get(["nimu-lake"])[0].name == "Nimu Lake"  # the tie brings the name that it needs, as when one is accepted
    desk.back("SERVES_IN", "nimu-lake")
    assert not desk.store.get(["nimu-lake"])
    assert not desk.verdicts


def test_a_tie_to_something_new_is_added_with_it(desk):
    add(desk, "avalon", "tin-league", "signed a pact", kind="MEMBER_OF", named={"tin-league": ("Network", "Tin League")}, role="member")
    assert desk.store.get(["tin-league"])[0].name == "Tin League"
    assert ("MEMBER_OF", "avalon", "tin-league") in ties(desk.store, "avalon")
    assert desk.item("MEMBER_OF", "tin-league").verdict == ACCEPTED
    desk.back("MEMBER_OF", "tin-league")
    assert not desk.store.get(["tin-league"])


def test_what_was_proposed_and_is_added_all_the_same_is_one_and_is_not_added_twice(desk):
    count = len(desk.review.items)
    add(desk, "mab-queen", "avalon", "President Mab Queen", kind="LEADS", office="First Minister")
    assert len(desk.review.items) == count
    assert [e.text("office") for e in desk.store.adjacent(["mab-queen"])] == ["First Minister"]
    with pytest.raises(BadValue, match="take that back first"):
        add(desk, "mab-queen", "avalon", "President Mab Queen", kind="LEADS")


def test_a_name_that_was_corrected_is_meant_where_the_text_names_it(desk):
    desk.rename("Leader", "nimu-lake", id="mab", name="Mab")
    add(desk, "nimu-lake", "afallach", "Minister Nimu Lake", kind="SERVES_IN", office="Minister")
    assert ("SERVES_IN", "mab", "afallach") in ties(desk.store, "afallach")


def test_a_passage_is_found_where_it_is_marked_or_as_it_is_written_and_nowhere_else():
    text = "🌍 Avalon, then\n  Avalon again."
    assert reviewing.passage(text, "avalon") == (2, 8)
    assert reviewing.passage(text, "Avalon", [17, 23]) == (17, 23)
    assert text[slice(*reviewing.passage(text, "then Avalon", [10, 23]))] == "then\n  Avalon"
    assert reviewing.passage(text, "Avalon", [0, 3]) == (2, 8)
    for words, span in (("Lyonesse", None), ("", None), ("", [3, 3]), ("Lyonesse", [-5, 900]), ("a" * 2000, None)):
        with pytest.raises(BadValue):
            reviewing.passage(text, words, span)
