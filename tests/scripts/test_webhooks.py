"""Replies to webhooks are checked when they are created."""

import pytest


@pytest.fixture
def models(odd):
    return odd.models


@pytest.fixture
def invalid(odd):
    return odd.errors.InvalidArgument


def test_a_valid_reply_is_created_and_decoded(models):
    sent = {"seen": "again", "by": "Robin", "biggest": 2**63 - 1, "password": None, "places": [{"row": 1}]}
    assert models.Receipt.from_dict(sent).to_dict() == sent
    assert models.Receipt(seen="once").to_dict() == {"seen": "once"}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"seen": "never"}, r'^Receipt\.seen: expected "once" or "again"$'),
        ({"by": " "}, r"^Receipt\.by: expected text that is not blank$"),
        ({"by": 7}, r"^Receipt\.by: expected a string, got integer$"),
        ({"biggest": 2**63}, r"^Receipt\.biggest: expected at most 9223372036854775807$"),
        ({"password": "made-up"}, r"^Receipt\.password: expected at least 8 characters, got 7$"),
        ({"places": []}, r"^Receipt\.places: expected at least 1 items, got 0$"),
    ],
)
def test_a_field_out_of_bounds_is_refused_by_name(models, invalid, fields, message):
    with pytest.raises(invalid, match=message):
        models.Receipt(**{"seen": "once", **fields})
    receipt = models.Receipt(seen="once")
    ((name, value),) = fields.items()
    with pytest.raises(invalid, match=message):
        setattr(receipt, name, value)


def test_objects_inside_of_a_reply_are_checked(models, invalid):
    with pytest.raises(invalid, match=r"\.row: expected at least 1$"):
        models.Receipt.from_dict({"seen": "once", "places": [{"row": 0}]})


def test_without_the_mark_nothing_is_checked(models):
    assert models.Receipt(seen="once", free="").free == ""


def test_models_of_responses_are_not_checked_even_if_they_are_replies(models):
    receipt = models.Receipt.from_dict({"seen": "once", "thing": {"id": 7, "kind": "big", "size": -1}})
    assert receipt.thing.size == -1
