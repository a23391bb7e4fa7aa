"""What a source says can be read down to its quote, and what no source speaks of is said."""

from graph.answers import account_of, connect, describe
from graph.schema import load_schema

SCHEMA = load_schema()
SEED = "lombardianotizie.online/intesa-lombardia-fiandre"


def seed_of(store):
    return next(source.id for source in store.sources() if SEED in source.url)


def test_a_source_is_told_statement_by_statement(curated_store):
    # shared/seed: the release of 3 March 2026; its rows in leaders.csv, agreements.csv, memberships.csv …
    account = account_of(curated_store, SCHEMA, seed_of(curated_store))
    said = {one.text: one.statement for one in account.said}
    assert account.left_out == 0
    assert "Matthias Diependaele leads Flanders (minister-president)" in said
    assert said["Attilio Fontana signed Memorandum of Understanding Lombardy - Flanders; on behalf of: Lombardy"].quote
    assert said["Memorandum of Understanding Lombardy - Flanders, status: signed"].place.startswith("agreements.csv row ")
    inferred = [text for text, statement in said.items() if "Four Motors" in text and statement.confidence == "inferred"]
    assert len(inferred) == 2


def test_an_account_that_is_cut_says_how_much_is_missing(curated_store):
    whole = account_of(curated_store, SCHEMA, seed_of(curated_store))
    assert account_of(curated_store, SCHEMA, seed_of(curated_store), limit=10).left_out >= len(whole.said) - 10


def test_an_account_comes_in_the_readers_language(curated_store):
    said = {one.text for one in account_of(curated_store, SCHEMA, seed_of(curated_store), language="it").said}
    assert "Matthias Diependaele guida Fiandre (minister-president)" in said


def test_what_no_source_speaks_of_is_said_and_is_no_denial(curated_store):
    # leaders.csv has no head of a Swedish region, agreements.csv none of their agreements
    silence = describe(curated_store, SCHEMA, "skane").silence
    assert silence == "No source in the record speaks of its head of government and its agreements; that does not mean that there are none."
    assert describe(curated_store, SCHEMA, "lombardy").silence == ""


def test_two_regions_without_an_agreement_in_the_record_are_told_so(curated_store):
    found = connect(curated_store, SCHEMA, "lombardy", "sicily")
    assert "No source in the record states an agreement between Lombardy and Sicily." in [sentence.text for sentence in found.sentences]
    assert not [s for s in connect(curated_store, SCHEMA, "lombardy", "flanders").sentences if s.text.startswith("No source")]
