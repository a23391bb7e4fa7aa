"""`python -m loaders judge`: two are one, on the command line, by name; and back."""

import pytest

from loaders.__main__ import main
from tests.graph.test_main import environment
from tests.loaders.desk.test_recording import load


@pytest.fixture
def judge(store, settings, monkeypatch, capfd):
    load(store)
    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)

    def run(*arguments):
        capfd.readouterr()
        return main(["judge", *arguments]), *capfd.readouterr()

    return run


def regions(store):
    return [node.id for node in store.of_kind("Region")]


def test_two_are_one_by_name_and_apart_again(store, judge):
    assert judge("Avalon", "Ynys Afallach", "--same", "--name", "Ann", "--note", "one island") == (0, "Recorded. The same command with --take-back takes it back.\n", "")
    assert regions(store) == ["avalon"]
    assert [(said.reviewer, said.note) for said in store.judgements()] == [("Ann (self-declared)", "one island")]
    assert judge("avalon", "afallach", "--take-back")[:2] == (0, "Taken back.\n")
    assert regions(store) == ["afallach", "avalon"]


@pytest.mark.parametrize(("arguments", "said"), [
    (("Avalon", "League", "--same", "--name", "Ann"), "same kind"), (("Avalon", "Ynys Afallach", "--same"), "Say who you are"),
    (("Avalon", "Atlantis", "--same", "--name", "Ann"), "Atlantis"), (("Avalon", "Ynys Afallach", "--take-back"), "Nobody has judged it")])
def test_what_cannot_be_is_one_sentence(store, judge, arguments, said):
    status, out, err = judge(*arguments)
    assert (status, out) == (1, "")
    assert said in err
    assert "Traceback" not in err
    assert regions(store) == ["afallach", "avalon"]
