"""What is counted of other rows, for a state that is loaded."""

from __future__ import annotations

from collections import Counter, defaultdict

from openapi_mock.state.store import LoadError, Rows

from .points import MOST_POINTS, PENDING, RECEIVED, SPENT
from .schema import balances, boards, rosters


def count(rows: Rows) -> Rows:
    """Return the rows of the tables that follow from activations and transactions. Raises LoadError."""
    members: dict[int, int] = {}
    for each in rows["activations"]:
        members[each["app_id"]] = max(each["number"], members.get(each["app_id"], 0))
    versions: dict[tuple[int, int], int] = {}
    sums: defaultdict[tuple[int, int, int], dict[str, int]] = defaultdict(
        lambda: {RECEIVED: 0, PENDING: 0, SPENT: 0}
    )
    held: Counter[tuple[int, int]] = Counter()
    for index, each in enumerate(rows["transactions"]):
        app_id, user_id, currency_id = each["app_id"], each["user_id"], each["currency_id"]
        total = sums[user_id, currency_id, app_id]
        if each["kind"] not in total:
            raise LoadError([f"transactions[{index}].kind: expected {', '.join(total)}"])
        total[each["kind"]] += each["amount"]
        if each["kind"] == RECEIVED:
            if each["number"] is None:
                raise LoadError([f"transactions[{index}].number: is missing for points that were received"])
            versions[app_id, currency_id] = max(each["number"], versions.get((app_id, currency_id), 0))
            held[user_id, currency_id] += each["amount"]
        if max(*total.values(), held[user_id, currency_id]) > MOST_POINTS:
            raise LoadError([f"transactions[{index}].amount: the user has more than {MOST_POINTS} points"])
    return {
        rosters.name: [{"app_id": app_id, "members": number} for app_id, number in members.items()],
        boards.name: [
            {"app_id": app_id, "currency_id": currency_id, "version": number}
            for (app_id, currency_id), number in versions.items()
        ],
        balances.name: [
            {"user_id": user_id, "currency_id": currency_id, "app_id": app_id, **total}
            for (user_id, currency_id, app_id), total in sums.items()
        ],
    }
