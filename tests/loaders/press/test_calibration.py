"""A proposal's confidence is worth what it says, on the half of the texts that it was not fitted on."""

import pytest

from loaders.press import Gazetteer, read_text
from loaders.press.confidence import FILE, UNKNOWN, table

from .calibration import Judged, fit, judged
from .corpus import documents
from .quality import confidences


@pytest.fixture(scope="module")
def found(gazetteer: Gazetteer) -> tuple[Judged, ...]:
    return judged(gazetteer)


@pytest.mark.parametrize("at_least", [0.9, 0.8])
@pytest.mark.parametrize("fitted", [True, False])
def test_what_is_said_to_be_sure_is_right_at_least_so_often(found: tuple[Judged, ...], at_least: float, fitted: bool) -> None:
    sure = fit(found)
    rights = [one.right for one in found if one.fitted == fitted and sure.get(one.rule, UNKNOWN) >= at_least]
    assert len(rights) > 500
    assert sum(rights) / len(rights) >= at_least


def test_what_is_sure_is_right_so_often_in_texts_that_were_held_back_too(found: tuple[Judged, ...]) -> None:
    sure = fit(found)
    rights = [one.right for one in found if one.set == "held" and not one.fitted and sure.get(one.rule, UNKNOWN) >= 0.9]
    assert len(rights) > 100
    assert sum(rights) / len(rights) >= 0.9


def test_the_confidences_are_those_that_the_texts_give(gazetteer: Gazetteer) -> None:
    assert FILE.read_text(encoding="utf-8") == confidences(gazetteer), "python -m tests.loaders.press.quality --write renews it"


def test_every_proposal_has_a_place_a_rule_and_the_confidence_of_its_rule(gazetteer: Gazetteer) -> None:
    for document in documents():
        for proposal in read_text(document.text, gazetteer, document=document.name).proposals:
            start, end = proposal.span
            assert document.text[start:end] == proposal.quote != ""
            assert proposal.rule
            assert proposal.confidence in {*table().values(), UNKNOWN}
