"""What is counted of other rows is counted anew when a state is loaded."""

import pytest

import openapi_mock
from openapi_mock.state import LoadError

COUNTED = {"kws": ("rosters", "boards", "balances"), "kongregate": ("score_counts",)}


@pytest.fixture
def load():
    opened = []

    def load(api, database=None):
        opened.append(openapi_mock.load(api, database))
        return opened[-1]

    yield load
    for each in opened:
        each.close()


@pytest.mark.parametrize("api", COUNTED)
def test_counts_that_do_not_fit_are_counted_anew(load, database, api):
    control = load(api, database).control
    rows = control.export()
    for name in COUNTED[api]:
        assert rows[name]
        first, *others = rows[name]
        number = [*first][-1]
        control.load({**rows, name: [{**first, number: 10**6}, *others]})
        assert control.export()[name] == rows[name]
        control.load({**rows, name: []})
        assert control.export()[name] == rows[name]


def test_points_are_given_and_users_join_after_a_load_without_counts(load):
    control = load("kws").control
    control.load({**control.export(), **{name: [] for name in COUNTED["kws"]}})
    control.give_points(5073, 5)
    assert control.points(5073) == 25
    assert control.add_user("new").display_name


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("amount", 2**53, r"transactions\[0\].amount: the user has more than"),
        ("number", None, r"transactions\[0\].number: is missing"),
        ("kind", "lost", r"transactions\[0\].kind: expected received, pending, spent"),
    ],
)
def test_transactions_that_cannot_be_counted_are_refused(load, column, value, message):
    control = load("kws").control
    rows = control.export()
    rows["transactions"][0] |= {"kind": "received", column: value}
    with pytest.raises(LoadError, match=message):
        control.load(rows)
    assert control.points(5073) == 20
