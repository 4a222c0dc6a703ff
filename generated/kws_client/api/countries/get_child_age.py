# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""GET /v1/countries/childAge"""

from __future__ import annotations

import datetime
from typing import Any

from ...client import Client
from ...models.call_error import CallError
from ...models.child_age import ChildAge
from ...operation import Operation, json_body
from ...types import UNSET, Response, Unset

OPERATION: Operation[ChildAge, CallError] = Operation(
    id="getChildAge",
    method="GET",
    path="/v1/countries/childAge",
    success={200: json_body(ChildAge.from_dict)},
    failure={
        400: json_body(CallError.from_dict),
        404: json_body(CallError.from_dict),
        405: json_body(CallError.from_dict),
        500: json_body(CallError.from_dict),
    },
)


def _get_kwargs(*, dob: datetime.date | Unset = UNSET, country: str | Unset = UNSET) -> dict[str, Any]:
    return OPERATION.request(
        query={"dob": dob, "country": country},
    )


def sync_detailed(
    *, client: Client, dob: datetime.date | Unset = UNSET, country: str | Unset = UNSET
) -> Response[ChildAge | CallError]:
    """The whole answer, whatever its status."""
    return OPERATION.send(client, _get_kwargs(dob=dob, country=country))


async def asyncio_detailed(
    *, client: Client, dob: datetime.date | Unset = UNSET, country: str | Unset = UNSET
) -> Response[ChildAge | CallError]:
    """The whole answer, whatever its status, awaited."""
    return await OPERATION.send_async(client, _get_kwargs(dob=dob, country=country))


def sync(*, client: Client, dob: datetime.date | Unset = UNSET, country: str | Unset = UNSET) -> ChildAge:
    """The value of a success; everything else is raised."""
    return OPERATION.call(client, _get_kwargs(dob=dob, country=country))


async def asyncio(
    *, client: Client, dob: datetime.date | Unset = UNSET, country: str | Unset = UNSET
) -> ChildAge:
    """The value of a success, awaited; everything else is raised."""
    return await OPERATION.call_async(client, _get_kwargs(dob=dob, country=country))
