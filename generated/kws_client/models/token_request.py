# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines TokenRequest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    encode_fields,
    fields,
    initialised,
    member,
    new,
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

from .token_request_grant_type import TokenRequestGrantType
from .token_request_scope import TokenRequestScope

_KNOWN: Final = frozenset({"grant_type", "scope", "code", "redirectUri", "code_verifier"})


@define(kw_only=True)
class TokenRequest(Model):
    """TokenRequest.

    Attributes:
        grant_type (TokenRequestGrantType): Which grant this is. One of `"client_credentials"`,
            `"authorization_code"`.
        scope (TokenRequestScope): Scope of a `client_credentials` token. One of `"app"`, `"frontend"`. The
            server's default is `"app"`.
        code (str): The authorization code; required for `authorization_code`. At least 1 character. A secret,
            left out of reprs.
        redirect_uri (str): The redirect URI that the sign-in was started with; required for
            `authorization_code`. At least 1 character.
        code_verifier (str): For `authorization_code`: the verifier of PKCE (RFC 7636), if the sign-in was
            started with its `code_challenge`. At least 1 character. A secret, left out of reprs.
    """

    json_names: ClassVar[Mapping[str, str]] = {"redirect_uri": "redirectUri"}

    grant_type: TokenRequestGrantType
    scope: TokenRequestScope | Unset = UNSET
    code: str | Unset = field(default=UNSET, repr=False)
    redirect_uri: str | Unset = UNSET
    code_verifier: str | Unset = field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any], repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "grant_type": self.grant_type,
                "scope": self.scope,
                "code": self.code,
                "redirectUri": self.redirect_uri,
                "code_verifier": self.code_verifier,
            },
            self.additional_properties,
        )

    @classmethod
    def from_dict(cls, source: object) -> Self:
        """Decode a JSON object.

        Raises:
            DecodeError: It has another shape.
        """
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        self.grant_type = required(found, "grant_type", member(TokenRequestGrantType))
        self.scope = optional(found, "scope", member(TokenRequestScope))
        value = found.get("code", UNSET)
        self.code = value if type(value) is str or type(value) is Unset else optional(found, "code", string)
        value = found.get("redirectUri", UNSET)
        self.redirect_uri = (
            value if type(value) is str or type(value) is Unset else optional(found, "redirectUri", string)
        )
        value = found.get("code_verifier", UNSET)
        self.code_verifier = (
            value if type(value) is str or type(value) is Unset else optional(found, "code_verifier", string)
        )
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is TokenRequest else initialised(self)
