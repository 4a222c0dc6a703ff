"""The fixtures that users get, and the same without pytest."""

import asyncio
import subprocess
import sys
from datetime import date

import pytest

import kongregate as kongregate_errors
import kws as kws_errors
from kongregate_mock import NoResponse
from kws_clients.testing import async_kws_client, kongregate_client, kws_client, open_mock, serve_kws
from kws_mock.sign_in import WrongPassword
from mock_control_client import Api, Client
from openapi_mock import Problem
from openapi_mock.state.seeds import SeedError

PROGRAM = """
from kws import KWS
with KWS.from_env() as session:
    print(session.users.get_profile(user_id=5073).username)
"""


@pytest.mark.parametrize("_round", [1, 2])
def test_each_test_begins_with_the_same_state(kws, kws_mock, _round):
    assert kws_mock.control.points(5073) == 20
    assert len(kws_mock.control.requests) == 0
    kws_mock.control.give_points(5073, 5)
    kws_mock.control.fail("getScore", status=503)
    kws_mock.control.clock.advance(days=3)
    assert {each.plural_name: each.sum for each in kws.users.get_points(user_id=5073).total}["Stars"] == 25


async def test_asynchronous_clients_reach_the_same_mocks(
    async_kws, kws_mock, async_kongregate, kongregate_mock
):
    await asyncio.gather(*(async_kws.users.get_profile(user_id=5073) for _ in range(20)))
    assert len(kws_mock.control.requests.assert_called("getProfile", times=20)) == 20
    kongregate_mock.control.requests.assert_not_called()
    await async_kongregate.items.list_items()
    kongregate_mock.control.requests.assert_called("listItems", status=200)


def test_a_program_in_another_process_reaches_a_server(kws_server, kongregate_server):
    environment = {**kws_server.environment, "PATH": ""}
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
    assert (done.returncode, done.stderr) == (0, "")
    kws_server.control.requests.assert_called("getProfile", times=1)
    with Api(Client(f"{kws_server.url}/_mock")) as control:
        control.faults.add_fault(kind="status", status=503)
        assert kws_server.control.faults
        control.state.reset()
    assert not kws_server.control.faults
    assert kongregate_server.url != kws_server.url


def test_a_user_of_ones_own_signs_in(kws, kws_mock):
    user = kws_mock.control.add_user(
        "lina",
        password="made-up",
        date_of_birth=date(2012, 2, 29),
        permissions=["accessFirstName"],
        first_name="Lina",
    )
    sign_in = kws.start_sign_in(redirect_uri="https://game.example/callback")
    with pytest.raises(WrongPassword):
        kws_mock.control.sign_in(sign_in.url, "lina", "wrong")
    player = kws.complete_sign_in(kws_mock.control.sign_in(sign_in.url, "lina", "made-up"), sign_in)
    assert player.claims.user_id == user.user_id
    assert player.users.get_profile().first_name == "Lina"
    with pytest.raises(Problem, match="has this name"):
        kws_mock.control.add_user("lina")


def test_a_parent_grants_and_denies(kws, kws_mock):
    user = kws_mock.control.add_user("lina", email="lina@family.example")
    kws.users.request_permissions(user_id=user.user_id, permissions=["accessEmail"])
    assert kws_mock.control.permissions(user.user_id)["accessEmail"] is None
    kws_mock.control.grant_permission(user.user_id, "accessEmail")
    assert kws.users.get_profile(user_id=user.user_id).email == "lina@family.example"
    kws_mock.control.deny_permission(user.user_id, ["accessEmail", "sendNewsletter"])
    assert not kws.users.get_profile(user_id=user.user_id).email
    with pytest.raises(Problem, match="permission 'accessMoon' not found; there are accessEmail"):
        kws_mock.control.grant_permission(user.user_id, "accessMoon")


def test_points_and_values_are_given(kws, kws_mock):
    user = kws_mock.control.add_user("lina")
    kws_mock.control.give_points(user.user_id, 30)
    kws_mock.control.give_points(user.user_id, 2, currency_id=3)
    kws_mock.control.set_app_data(user.user_id, "level", 9)
    assert (kws_mock.control.points(user.user_id), kws_mock.control.points(user.user_id, currency_id=3)) == (
        30,
        2,
    )
    assert kws.users.get_score(user_id=user.user_id).score == 30
    assert kws.users.get_app_data(user_id=user.user_id).results[0].value == 9
    with pytest.raises(Problem, match="user"):
        kws_mock.control.points(1)


def test_a_token_of_the_mock_expires_by_its_clock(kws_mock):
    token = kws_mock.control.token(user_id=5073)
    with kws_client(kws_mock, token=token, client_id=None, client_secret=None) as session:
        assert session.users.get_profile().id == 5073
        kws_mock.control.clock.advance(days=1, seconds=1)
        with pytest.raises(kws_errors.Unauthorized):
            session.users.get_profile()


def test_a_snapshot_brings_back_what_was(kws, kws_mock):
    before = kws_mock.control.snapshot()
    user = kws_mock.control.add_user("lina")
    after = kws_mock.control.export()
    kws_mock.control.restore(before)
    with pytest.raises(kws_errors.NotFound):
        kws.users.get_profile(user_id=user.user_id)
    kws_mock.control.load(after)
    assert kws.users.get_profile(user_id=user.user_id)


def test_a_seed_replaces_the_state_until_the_next_reset(kws_mock):
    with pytest.raises(SeedError, match="#/users/0/id: is required"):
        kws_mock.control.seed({"users": [{}]})
    assert kws_mock.control.points(5073) == 20
    kws_mock.control.seed({})
    assert kws_mock.control.export()["users"] == []
    kws_mock.control.add_user("lina", app_id=None)
    kws_mock.control.reset()
    assert kws_mock.control.points(5073) == 20


def test_a_player_orders_through_a_client_of_ones_own(kongregate_mock, kongregate):
    control = kongregate_mock.control
    player = control.add_user("lina", kreds=7)
    assert control.give_kreds(player.user_id, 3) == 10
    with pytest.raises(NoResponse):
        control.order_items(player.user_id, "potion", "http://127.0.0.1:9/kongregate")
    assert control.kreds(player.user_id) == 10
    number = control.give_item(player.user_id, "sharp-stick")
    owned = kongregate.items.list_user_items(user_id=player.user_id).items
    assert [each.id for each in owned] == [number]
    old = control.game_auth_token(player.user_id)
    assert old == player.game_auth_token
    control.change_password(player.user_id)
    with pytest.raises(kongregate_errors.InvalidCredentials):
        kongregate.players.authenticate(user_id=player.user_id, game_auth_token=old)


def test_without_pytest_the_same_is_there():
    with open_mock("kongregate") as mock, kongregate_client(mock) as game:
        assert game.items.list_items().items
    with (
        open_mock("kws") as mock,
        serve_kws(mock) as live,
        kws_errors.KWS(live.url, **mock.control.credentials) as session,
    ):
        assert session.claims.app_id == 355

    async def claims():
        with open_mock("kws") as mock:
            async with async_kws_client(mock) as session:
                return (await session.claims).app_id

    assert asyncio.run(claims()) == 355


def test_no_secret_is_in_a_repr(kws_mock, kongregate_mock):
    user, player = (
        kws_mock.control.add_user("lina", password="made-up-1"),
        kongregate_mock.control.add_user("lina"),
    )
    assert "made-up-1" not in repr(user)
    assert player.game_auth_token not in repr(player)
