"""The schema is data: it is complete in every interface language, and a statement that contradicts it is refused."""

import pytest

from graph.errors import SchemaError
from graph.model import Statement
from graph.schema import SCHEMA_FILE, load_schema
from graph.words import LANGUAGES

SCHEMA = load_schema()


@pytest.mark.parametrize("kind", SCHEMA.nodes)
def test_every_kind_of_node_has_its_names_in_every_interface_language(kind):
    spec = SCHEMA.nodes[kind]
    assert set(LANGUAGES) <= set(spec.one)
    assert set(LANGUAGES) <= set(spec.many)


@pytest.mark.parametrize("kind", SCHEMA.edges)
def test_every_kind_of_edge_has_names_and_phrases_in_every_interface_language(kind):
    spec = SCHEMA.edges[kind]
    assert set(LANGUAGES) <= set(spec.out_name) & set(spec.in_name)
    roles = {role for role, _, _ in spec.phrases}
    for role in roles:
        for language in LANGUAGES:
            for tense in ("now", "past"):
                text = spec.phrases[role, language, tense]
                assert "{from}" in text
                assert "{to}" in text


def test_shapes_tell_the_visible_kinds_apart():
    shapes = [SCHEMA.nodes[kind].shape for kind in SCHEMA.visible]
    assert len(shapes) == len(set(shapes))


def test_every_property_has_a_name_in_every_interface_language():
    used = {p for kind in SCHEMA.visible for p in SCHEMA.nodes[kind].properties} | {q for e in SCHEMA.edges.values() for q in e.qualifiers}
    nameless = {p for p in used if not set(LANGUAGES) <= set(SCHEMA.properties.get(p, {}))}
    assert nameless == set()


@pytest.mark.parametrize(("statement", "words"), [
    (Statement("Planet", "mars", "s"), "Planet"),
    (Statement("Region", "lombardy", "s", property="colour", value="red"), "colour"),
    (Statement("LEADS", "a", "s", object="b", qualifiers={"salary": 3}), "salary"),
    (Statement("MEMBER_OF", "lombardy", "s", object="bavaria"), "bavaria"),
    (Statement("MEMBER_OF", "lombardy", "s"), "MEMBER_OF"),
    (Statement("Region", "", "s"), "Region"),
])
def test_a_statement_that_contradicts_the_schema_is_refused_by_name(statement, words):
    with pytest.raises(SchemaError, match=words):
        SCHEMA.check(statement, {"lombardy": "Region", "bavaria": "Region"})


def test_a_statement_that_fits_passes():
    SCHEMA.check(Statement("MEMBER_OF", "lombardy", "s", object="esra", qualifiers={"role": "member"}), {"lombardy": "Region", "esra": "Network"})
    SCHEMA.check(Statement("Region", "lombardy", "s", property="name_it", value="Lombardia"))


def test_a_file_that_contradicts_itself_is_refused(tmp_path):
    text = SCHEMA_FILE.read_text(encoding="utf-8")
    broken = tmp_path / "schema.yml"
    broken.write_text(text.replace("shape: square", "shape: blob", 1), encoding="utf-8")
    with pytest.raises(SchemaError, match="blob"):
        load_schema(broken)
    broken.write_text(text.replace("from: [Leader]", "from: [Wizard]", 1), encoding="utf-8")
    with pytest.raises(SchemaError, match="Wizard"):
        load_schema(broken)


def test_founder_lead_and_unknown_are_one_class_of_membership():
    role = SCHEMA.edges["MEMBER_OF"]
    assert {role.class_of("role", value) for value in ("founder", "lead", "unknown", "member")} == {"member"}
    assert role.class_of("role", "associate") == "associate"
