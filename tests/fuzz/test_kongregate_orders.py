"""Orders and notices: from the site over callbacks and the game's replies to what players own and pay."""

from __future__ import annotations

import contextlib

import httpx
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

import kongregate_mock
from kws_clients.testing import open_mock
from openapi_mock import Problem

from .kongregate import callbacks
from .kongregate.callbacks import FAULTS
from .kongregate.clients import Clients
from .kongregate.game import HAPPENINGS, INVALID, URL, Game, Wire

GAME, ROBIN, WREN, KIT = 1001, 765, 766, 767
KREDS = {ROBIN: 100, WREN: 5, KIT: 50}
# Identifiers that the site makes of the names of ordered items.
NAMES = {"Golden Stick": "golden-stick", "Potion": "potion", "  Ärmel & Co. ": "ärmel-co", "!!!": "item"}
# What the site has to sell, with how often it can be used.
CATALOGUE = {
    "sharp-stick": ("Sharp Stick", "It has a point.", 5),
    "potion": ("Potion", "Tastes of mint.", 1),
    "castle": ("Castle", "Stands for ever.", None),
}
EVENTS = {"item_order_request": "ItemOrderRequest", "item_order_placed": "ItemOrderPlaced"}
MOST_KREDS = 2**53 - 1

players = st.sampled_from([ROBIN, ROBIN, WREN, KIT])
offers = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(sorted(NAMES)),
            "description": st.sampled_from(["It shines.", "ä"]),
            "price": st.sampled_from([0, 1, 2, 5, 49, 50, 51]),
            "image_url": st.just("https://cdn.example/a.png"),
        }
    ),
    min_size=1,
    max_size=3,
)
infos = st.one_of(st.sampled_from(["", "golden stick & more", "ä=b&c;%"]), callbacks.texts).filter(
    lambda info: "\0" not in info
)


@pytest.fixture(scope="module")
def mock():
    with open_mock("kongregate") as mock:
        yield mock


def owned(identifier, name, description, uses, data=None):
    return {
        "identifier": identifier,
        "name": name,
        "description": description,
        "remaining_uses": uses,
        "data": data,
    }


class Orders(RuleBasedStateMachine):
    """What players pay and own, by the documentation, beside what the mock and the client make of it."""

    def __init__(self, mock):
        super().__init__()
        self.control = mock.control
        self.control.reset()
        self.control.clock.stop()
        self.game = Game()
        self.wire = Wire(self.game)
        self.opened = contextlib.ExitStack()
        self.control.send_callbacks_through(self.opened.enter_context(httpx.Client(transport=self.wire)))
        self.clients = self.opened.enter_context(Clients(mock))
        self.kreds = dict(KREDS)
        self.items = {
            ROBIN: {
                4711: owned("sharp-stick", *CATALOGUE["sharp-stick"][:2], 3),
                4712: owned("castle", *CATALOGUE["castle"]),
            },
            WREN: {},
            KIT: {},
        }
        self.orders = []
        self.uses = []
        self.old_tokens = {}

    def teardown(self):
        with self.opened:
            for each in KREDS:
                self.compare(each)
            self.compare_store()

    # ---- orders

    @rule(
        buyer=players,
        recipient=players,
        offer=offers,
        info=infos,
        states=st.sampled_from([["completed"], ["completed"], ["canceled"], ["completed", "canceled"]]),
        twice=st.booleans(),
    )
    def order(self, buyer, recipient, offer, info, states, twice):
        self.game.begin(offer, *states)
        price = sum(each["price"] for each in offer)
        told = 1 if price > self.kreds[buyer] else 3 if twice else 2
        failed = "NotEnoughKreds" if told == 1 else INVALID if twice and len(states) > 1 else None
        found = self.place(buyer, recipient, info, twice=twice)
        if failed:
            assert found == failed
            self.note("failed", buyer, recipient, info, None)
        else:
            assert (found.id, found.state, found.price) == (self.number(), states[0], price)
            assert [vars_of(each) for each in found.items] == offer
            self.settle(states[0], buyer, recipient, info, offer)
        self.compare_events(told, buyer, recipient, info)
        self.compare(buyer, recipient)

    @rule(
        buyer=players,
        offer=offers,
        info=infos,
        event=st.sampled_from(sorted(EVENTS)),
        happening=st.sampled_from(sorted(HAPPENINGS)),
    )
    def order_amid_trouble(self, buyer, offer, info, event, happening):
        """Something happens to one of the callbacks: the order fails, and nothing has changed."""
        self.game.begin(offer, "completed")
        error, happens = HAPPENINGS[happening]
        count = 1 if event == "item_order_request" else 2
        bodies = []

        def at_its_turn(body, deliver):
            bodies.append(body)
            return happens(body, deliver) if len(bodies) == count else deliver(body)

        self.wire.happening = at_its_turn
        found = self.place(buyer, buyer, info)
        self.wire.happening = None
        is_too_dear = sum(each["price"] for each in offer) > self.kreds[buyer]
        assert found == ("NotEnoughKreds" if is_too_dear and count == 2 else error)
        self.note("failed", buyer, buyer, info, None)
        self.compare(buyer)

    @rule(buyer=players, offer=offers, states=st.sampled_from([["completed"], ["completed", "canceled"]]))
    def order_delivered_twice(self, buyer, offer, states):
        """The network delivers a callback twice: the first reply counts."""
        self.game.begin(offer, *states)
        with self.control.fail("item_order_placed", kind="duplicate-callback", times=1):
            found = self.place(buyer, buyer, "")
        if sum(each["price"] for each in offer) > self.kreds[buyer]:
            assert found == "NotEnoughKreds"
            self.note("failed", buyer, buyer, "", None)
        else:
            assert found.state == "completed"
            self.settle("completed", buyer, buyer, "", offer)
            self.compare_events(3, buyer, buyer, "")
        self.compare(buyer)

    @rule(buyer=players, offer=offers)
    def order_from_a_game_with_another_key(self, buyer, offer):
        self.game.begin(offer, "completed")
        self.game.api_key = callbacks.OTHER_KEY
        assert self.place(buyer, buyer, "") == INVALID
        assert self.game.events == []
        self.note("failed", buyer, buyer, "", None)
        self.compare(buyer)

    @rule(nobody=st.sampled_from([1, 10**6]), somebody=players)
    def order_of_nobody(self, nobody, somebody):
        count = len(self.wire.bodies)
        for buyer, recipient in ((nobody, somebody), (somebody, nobody)):
            with pytest.raises(Problem, match="User not found"):
                self.control.order_items(buyer, "", URL, recipient_id=recipient)
        with pytest.raises(Problem, match="Game not found"):
            self.control.order_items(somebody, "", URL, game_id=nobody)
        assert len(self.wire.bodies) == count

    @rule(buyer=players)
    def order_of_what_no_database_stores(self, buyer):
        """It is refused, and whoever has paid already is refunded."""
        with pytest.raises(Problem, match="text holds"):
            self.control.order_items(buyer, "\0", URL)
        item = {"name": "A\0", "description": "ä", "price": self.kreds[buyer], "image_url": "a"}
        self.game.begin([item], "completed")
        with pytest.raises(Problem, match="text holds"):
            self.control.order_items(buyer, "", URL)
        self.note("failed", buyer, buyer, "", None)
        self.compare(buyer)

    # ---- notices, and what is no callback of the site's

    @rule(player=players)
    def notify(self, player):
        self.game.begin([])
        self.control.invalidate_user_inventory(player, URL)
        (event,) = self.game.events
        name = {ROBIN: "Robin", WREN: "Wren", KIT: "Kit"}[player]
        assert (event.user_id, event.username) == (player, name)
        assert event.game_auth_token == self.control.game_auth_token(player)
        assert event.time == self.control.clock.now.replace(microsecond=0)

    @precondition(lambda self: self.wire.bodies)
    @rule(data=st.data())
    def replay(self, data):
        """Somebody sends a callback again: it is genuine, but the site knows nothing of it."""
        body = data.draw(st.sampled_from(self.wire.bodies))
        self.game.begin(data.draw(offers), "completed")
        handed_out = set(self.game.handed_out)
        response = self.game.receive(body)
        assert response.status_code == 200
        (event,) = self.game.events
        if type(event).__name__ == "ItemOrderPlaced":
            handed_out.add(event.order_id)
        assert self.game.handed_out == handed_out
        self.compare(ROBIN)

    @rule(source=st.sampled_from(sorted(FAULTS)).flatmap(lambda name: FAULTS[name][1]))
    def forge(self, source):
        """Somebody sends what is no callback: the game is told nothing."""
        if type(source) is not bytes:
            return
        self.game.begin([])
        assert self.game.receive(source).status_code == 400
        assert self.game.events == []

    # ---- what else changes

    @rule(player=players, amount=st.sampled_from([-1000, -1, 1, 60, MOST_KREDS]))
    def give_kreds(self, player, amount):
        balance = self.kreds[player] + amount
        if 0 <= balance <= MOST_KREDS:
            assert self.control.give_kreds(player, amount) == balance
            self.kreds[player] = balance
        else:
            with pytest.raises(Problem, match=f"cannot have {balance} Kreds"):
                self.control.give_kreds(player, amount)
        self.compare(player)

    @rule(player=players, identifier=st.sampled_from([*CATALOGUE, "nothing"]))
    def give_item(self, player, identifier):
        if identifier in CATALOGUE:
            number = self.control.give_item(player, identifier)
            assert number > max(self.items[player], default=0)
            self.items[player][number] = owned(identifier, *CATALOGUE[identifier])
        else:
            with pytest.raises(Problem, match="Item not found"):
                self.control.give_item(player, identifier)
        self.compare(player)

    @rule(player=players, data=st.data())
    def use(self, player, data):
        owner = data.draw(st.sampled_from([player, ROBIN]))
        number = data.draw(st.sampled_from([*self.items[owner], 4713, 1]))
        token = self.control.game_auth_token(player)
        found = self.clients.write(
            lambda kong: kong.items.use(user_id=player, game_auth_token=token, id=number)
        )
        item = self.items[player].get(number)
        if item is None and (player, number) != (ROBIN, 4713):
            assert found == "Failed"
        elif item is None or not item["remaining_uses"]:
            assert found == "BadParameters"
        else:
            item["remaining_uses"] -= 1
            assert found.remaining_uses == item["remaining_uses"]
            self.uses.append((found.usage_record_id, number, self.control.clock()))
        self.compare(player)

    @rule(player=players)
    def change_password(self, player):
        """The token of before is worth nothing any more."""
        before = self.control.game_auth_token(player)
        self.control.change_password(player)
        after = self.control.game_auth_token(player)
        assert after != before
        outcomes = [
            self.clients.read(
                lambda kong, token=token: kong.players.authenticate(user_id=player, game_auth_token=token)
            )
            for token in (before, after)
        ]
        assert outcomes[0] == "InvalidCredentials"
        assert outcomes[1].user_id == player
        self.old_tokens[player] = before

    @rule(seconds=st.sampled_from([1, 59, 86_400, 40_000_000]))
    def wait(self, seconds):
        self.control.clock.advance(seconds=seconds)

    # ---- the model

    def place(self, buyer, recipient, info, *, twice=False):
        """What the site makes of an order: that, or the name of the error, which names no secret."""
        recipient_id = None if recipient == buyer else recipient
        try:
            return self.control.order_items(buyer, info, URL, recipient_id=recipient_id, placed_twice=twice)
        except (kongregate_mock.CallbackError, kongregate_mock.NotEnoughKreds) as error:
            failed = error
        assert callbacks.KEY not in str(failed)
        return type(failed).__name__

    def number(self):
        """The number of the order that comes next: the site counts them."""
        return len(self.orders) + 1

    def note(self, state, buyer, recipient, info, price):
        row = {"game_id": GAME, "buyer_id": buyer, "recipient_id": recipient, "order_info": info}
        times = {"requested_ms": self.control.clock()}
        self.orders.append({"id": self.number(), **row, "state": state, "price": price, **times})

    def settle(self, state, buyer, recipient, info, offer):
        price = sum(each["price"] for each in offer)
        self.note(state, buyer, recipient, info, price if state == "completed" else None)
        if state == "completed":
            self.kreds[buyer] -= price
            new = [owned(NAMES[each["name"]], each["name"], each["description"], 1, info) for each in offer]
            known = max(max(each, default=0) for each in self.items.values())
            numbers = [each for each in self.found(recipient) if each not in self.items[recipient]]
            assert all(each > known for each in numbers)
            self.items[recipient].update(zip(numbers, new, strict=True))

    def found(self, player):
        """The player's items, as both clients have them."""
        listed = self.clients.read(lambda kong: kong.items.list_user_items(user_id=player)).items
        return {each.id: {name: getattr(each, name) for name in owned(*[None] * 4)} for each in listed}

    def compare(self, *those):
        """What players have is what they have by the model, used-up items left out."""
        for player in those:
            left = [
                (number, each) for number, each in self.items[player].items() if each["remaining_uses"] != 0
            ]
            assert [*self.found(player).items()] == left
            assert self.control.kreds(player) == self.kreds[player]

    def compare_events(self, count, buyer, recipient, info):
        """The game was told of the order, and of nothing else."""
        names = ["ItemOrderRequest", "ItemOrderPlaced", "ItemOrderPlaced"][:count]
        assert [type(each).__name__ for each in self.game.events] == names
        for each in self.game.events:
            assert (each.game_id, each.buyer_id, each.recipient_id) == (GAME, buyer, recipient)
            assert (each.order_id, each.order_info) == (self.orders[-1]["id"], info)
            assert each.algorithm == "HMAC-SHA256"

    def compare_store(self):
        """Nothing reads orders and uses back, so the mock's state is looked at."""
        state = self.control.export()
        assert state["orders"] == self.orders
        records = {(each["id"], each["owned_item_id"], each["used_ms"]) for each in state["usage_records"]}
        assert records - {(9000, 4713, 1460294459000)} == {*self.uses}
        assert not {each["token"] for each in state["game_tokens"]} & {*self.old_tokens.values()}


def vars_of(item):
    return {name: getattr(item, name) for name in ("name", "description", "price", "image_url")}


def test_orders_come_to_what_the_documentation_says(properties, mock):
    properties.run(lambda: Orders(mock), steps=12)


@pytest.mark.parametrize("event", sorted(EVENTS))
@pytest.mark.parametrize("happening", sorted(HAPPENINGS))
def test_whatever_happens_to_a_callback_the_order_only_fails(mock, event, happening):
    """Every trouble at every callback; the machine above meets them in any order."""
    orders = Orders(mock)
    offer = [{"name": "Potion", "description": "ä", "price": 50, "image_url": "https://cdn.example/a.png"}]
    try:
        orders.order_amid_trouble(buyer=ROBIN, offer=offer, info="", event=event, happening=happening)
    finally:
        orders.teardown()
