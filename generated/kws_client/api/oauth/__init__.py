# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Tokens for back ends, and for users who come back from the single sign-on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from openapi_runtime.resources import AsyncResource, Resource, returning_response, returning_response_async
from openapi_runtime.types import UNSET, Unset

if TYPE_CHECKING:
    from openapi_runtime.client import Client
    from openapi_runtime.options import Options

    from ...models.token import Token
    from ...models.token_request_grant_type import TokenRequestGrantType
    from ...models.token_request_scope import TokenRequestScope


class Oauth(Resource):
    """Tokens for back ends, and for users who come back from the single sign-on."""

    def issue_token(
        self,
        *,
        grant_type: TokenRequestGrantType | Literal["client_credentials", "authorization_code"],
        scope: TokenRequestScope | Literal["app", "frontend"] | Unset = UNSET,
        code: str | Unset = UNSET,
        redirect_uri: str | Unset = UNSET,
        code_verifier: str | Unset = UNSET,
        options: Options | None = None,
    ) -> Token:
        """Exchange credentials or an authorization code for an access token.

        Two grants. `client_credentials` gives a token for the app itself, with the scope asked for (`app`
        when none is). `authorization_code` gives a token of scope `user` for the user whose sign-in produced
        the code; a code serves once and soon expires.

        Back ends only: the client secret travels in the `Authorization` header.

        Operation issueToken: POST /oauth/token

        Args:
            grant_type (TokenRequestGrantType): Which grant this is. One of `"client_credentials"`,
                `"authorization_code"`.
            scope (TokenRequestScope, optional): Scope of a `client_credentials` token. One of `"app"`,
                `"frontend"`. The server's default is `"app"`.
            code (str, optional): The authorization code; required for `authorization_code`. At least 1
                character. A secret, left out of reprs.
            redirect_uri (str, optional): The redirect URI that the sign-in was started with; required for
                `authorization_code`. At least 1 character.
            code_verifier (str, optional): For `authorization_code`: the verifier of PKCE (RFC 7636), if the
                sign-in was started with its `code_challenge`. At least 1 character. A secret, left out of
                reprs.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The token, and how long it lives.

        Raises:
            BadRequest: The code is wrong, used or expired (`invalid_grant`), or the request is not as
                documented (`invalid_request`). Some servers tell wrong credentials (`invalid_client`) here,
                too.
            Unauthorized: The client id or the client secret is wrong, or both are missing (`invalid_client`).
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from openapi_runtime.constraints import Constraints

        from ...models.token_request import TokenRequest
        from ...models.token_request_grant_type import TokenRequestGrantType
        from ...models.token_request_scope import TokenRequestScope
        from . import issue_token

        Constraints(type="string").check(grant_type, "grant_type", issue_token.OPERATION)
        Constraints(type="string").check(scope, "scope", issue_token.OPERATION)
        return self._call(
            issue_token.OPERATION,
            issue_token.request(
                body=TokenRequest(
                    grant_type=TokenRequestGrantType(grant_type),
                    scope=scope if isinstance(scope, Unset) else TokenRequestScope(scope),
                    code=code,
                    redirect_uri=redirect_uri,
                    code_verifier=code_verifier,
                ),
            ),
            options,
        )


class OauthWithRawResponse:
    """`Oauth` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = Oauth(client, raw=True)
        self.issue_token = returning_response(resource.issue_token)


class AsyncOauth(AsyncResource):
    """Tokens for back ends, and for users who come back from the single sign-on."""

    async def issue_token(
        self,
        *,
        grant_type: TokenRequestGrantType | Literal["client_credentials", "authorization_code"],
        scope: TokenRequestScope | Literal["app", "frontend"] | Unset = UNSET,
        code: str | Unset = UNSET,
        redirect_uri: str | Unset = UNSET,
        code_verifier: str | Unset = UNSET,
        options: Options | None = None,
    ) -> Token:
        """Exchange credentials or an authorization code for an access token.

        Two grants. `client_credentials` gives a token for the app itself, with the scope asked for (`app`
        when none is). `authorization_code` gives a token of scope `user` for the user whose sign-in produced
        the code; a code serves once and soon expires.

        Back ends only: the client secret travels in the `Authorization` header.

        Operation issueToken: POST /oauth/token

        Args:
            grant_type (TokenRequestGrantType): Which grant this is. One of `"client_credentials"`,
                `"authorization_code"`.
            scope (TokenRequestScope, optional): Scope of a `client_credentials` token. One of `"app"`,
                `"frontend"`. The server's default is `"app"`.
            code (str, optional): The authorization code; required for `authorization_code`. At least 1
                character. A secret, left out of reprs.
            redirect_uri (str, optional): The redirect URI that the sign-in was started with; required for
                `authorization_code`. At least 1 character.
            code_verifier (str, optional): For `authorization_code`: the verifier of PKCE (RFC 7636), if the
                sign-in was started with its `code_challenge`. At least 1 character. A secret, left out of
                reprs.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The token, and how long it lives.

        Raises:
            BadRequest: The code is wrong, used or expired (`invalid_grant`), or the request is not as
                documented (`invalid_request`). Some servers tell wrong credentials (`invalid_client`) here,
                too.
            Unauthorized: The client id or the client secret is wrong, or both are missing (`invalid_client`).
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from openapi_runtime.constraints import Constraints

        from ...models.token_request import TokenRequest
        from ...models.token_request_grant_type import TokenRequestGrantType
        from ...models.token_request_scope import TokenRequestScope
        from . import issue_token

        Constraints(type="string").check(grant_type, "grant_type", issue_token.OPERATION)
        Constraints(type="string").check(scope, "scope", issue_token.OPERATION)
        return await self._call(
            issue_token.OPERATION,
            issue_token.request(
                body=TokenRequest(
                    grant_type=TokenRequestGrantType(grant_type),
                    scope=scope if isinstance(scope, Unset) else TokenRequestScope(scope),
                    code=code,
                    redirect_uri=redirect_uri,
                    code_verifier=code_verifier,
                ),
            ),
            options,
        )


class AsyncOauthWithRawResponse:
    """`AsyncOauth` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = AsyncOauth(client, raw=True)
        self.issue_token = returning_response_async(resource.issue_token)


__all__ = ["AsyncOauth", "AsyncOauthWithRawResponse", "Oauth", "OauthWithRawResponse"]
