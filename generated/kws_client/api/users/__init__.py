# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""One user's profile, permissions, points, events and stored values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from openapi_runtime.resources import AsyncResource, Resource, returning_response, returning_response_async
from openapi_runtime.types import UNSET, Unset

if TYPE_CHECKING:
    from openapi_runtime.client import Client
    from openapi_runtime.options import Options
    from openapi_runtime.pagination import AsyncPagedItems, PagedItems

    from ...models.address import Address
    from ...models.app_data_entry import AppDataEntry
    from ...models.app_data_page import AppDataPage
    from ...models.event_limit import EventLimit
    from ...models.points import Points
    from ...models.profile import Profile
    from ...models.score import Score


class Users(Resource):
    """One user's profile, permissions, points, events and stored values."""

    def has_device_token(self, *, app_id: int | Unset = UNSET, options: Options | None = None) -> bool:
        """Whether the user's device is registered for push notifications of the app.

        Answers for the user whose token it is; the path names the app alone.

        Operation hasDeviceToken: GET /v1/apps/{appId}/users/hasDeviceToken

        Args:
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            options: Options of this call; the client's where it says nothing.

        Returns:
            True when a device token is registered.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import has_device_token

        options = self._begun(options, has_device_token.OPERATION)
        return self._call(
            has_device_token.OPERATION,
            has_device_token.request(
                app_id=self._supply(app_id, "appId", has_device_token.OPERATION, "app_id", options=options),
            ),
            options,
        )

    def get_profile(
        self, *, app_id: int | Unset = UNSET, user_id: int | Unset = UNSET, options: Options | None = None
    ) -> Profile:
        """The user's profile as the app may see it.

        Names, e-mail and address are present only where a parent granted the permission that guards them; the
        parent's e-mail only for a token of scope `user`.

        Operation getProfile: GET /v2/apps/{appId}/users/{userId}

        Args:
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The profile.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_profile

        options = self._begun(options, get_profile.OPERATION)
        return self._call(
            get_profile.OPERATION,
            get_profile.request(
                app_id=self._supply(app_id, "appId", get_profile.OPERATION, "app_id", options=options),
                user_id=self._supply(user_id, "userId", get_profile.OPERATION, "user_id", options=options),
            ),
            options,
        )

    def get_app_data(
        self,
        *,
        app_id: int | Unset = UNSET,
        user_id: int | Unset = UNSET,
        offset: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        name: str | Unset = UNSET,
        options: Options | None = None,
    ) -> AppDataPage:
        """Values the app stored for the user.

        Lists what `setAppData` stored, all of it or the value of one name.

        Operation getAppData: GET /v1/apps/{appId}/users/{userId}/appData

        Args:
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            offset (int, optional): How many results to pass over. At least 0 and at most 2^53 - 1. The
                server's default is `0`.
            limit (int, optional): The most results to answer with; the server decides when it is left out or
                0. At least 0 and at most 2^53 - 1.
            name (str, optional): Only the value stored under exactly this name. At least 1 character.
            options: Options of this call; the client's where it says nothing.

        Returns:
            One page of stored values.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_app_data

        options = self._begun(options, get_app_data.OPERATION)
        return self._call(
            get_app_data.OPERATION,
            get_app_data.request(
                app_id=self._supply(app_id, "appId", get_app_data.OPERATION, "app_id", options=options),
                user_id=self._supply(user_id, "userId", get_app_data.OPERATION, "user_id", options=options),
                offset=offset,
                limit=limit,
                name=name,
            ),
            options,
        )

    def iter_app_data(
        self,
        *,
        app_id: int | Unset = UNSET,
        user_id: int | Unset = UNSET,
        offset: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        name: str | Unset = UNSET,
        options: Options | None = None,
    ) -> PagedItems[AppDataPage, AppDataEntry]:
        """Values the app stored for the user, item by item.

        Pages are fetched one after the other, each when its first item is asked for. `offset` says where to
        begin. `by_page()` of the result gives whole pages; `offset` takes the `next_position` of one.

        Operation getAppData: GET /v1/apps/{appId}/users/{userId}/appData

        Args:
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            offset (int, optional): How many results to pass over. At least 0 and at most 2^53 - 1. The
                server's default is `0`.
            limit (int, optional): The most results to answer with; the server decides when it is left out or
                0. At least 0 and at most 2^53 - 1.
            name (str, optional): Only the value stored under exactly this name. At least 1 character.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The items of all pages.

        Raises:
            InvalidArgument: `offset` is not an integer.
            PaginationError: The server's pages do not advance.
            APIError: As `get_app_data` raises.
        """
        from openapi_runtime.pagination import OffsetPaginator

        from . import get_app_data

        paginator: OffsetPaginator[AppDataPage, AppDataEntry] = OffsetPaginator(
            get_app_data.OPERATION,
            offset,
            items=lambda page: page.results,
            end=lambda page: page.count,
            echo=lambda page: page.offset,
            argument="offset",
        )
        return paginator.iterate(
            lambda next_position: self.get_app_data(
                app_id=app_id, user_id=user_id, offset=next_position, limit=limit, name=name, options=options
            )
        )

    def delete_app_data(
        self,
        *,
        name: str,
        app_id: int | Unset = UNSET,
        user_id: int | Unset = UNSET,
        options: Options | None = None,
    ) -> None:
        """Forget one stored value.

        Removes the value stored under the name. A name that holds nothing is no error.

        Operation deleteAppData: POST /v1/apps/{appId}/users/{userId}/appData/deleteByName

        Args:
            name (str): The name whose value is forgotten. At least 1 character.
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            options: Options of this call; the client's where it says nothing.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.delete_app_data_body import DeleteAppDataBody
        from . import delete_app_data

        options = self._begun(options, delete_app_data.OPERATION)
        return self._call(
            delete_app_data.OPERATION,
            delete_app_data.request(
                app_id=self._supply(app_id, "appId", delete_app_data.OPERATION, "app_id", options=options),
                user_id=self._supply(
                    user_id, "userId", delete_app_data.OPERATION, "user_id", options=options
                ),
                body=DeleteAppDataBody(name=name),
            ),
            options,
        )

    def set_app_data(
        self,
        *,
        name: str,
        value: int,
        app_id: int | Unset = UNSET,
        user_id: int | Unset = UNSET,
        options: Options | None = None,
    ) -> None:
        """Store one whole number under a name.

        Creates the value, or replaces the one that the name holds.

        Operation setAppData: POST /v1/apps/{appId}/users/{userId}/appData/set

        Args:
            name (str): The name, of any characters. At least 1 character.
            value (int): The value, a whole number. At least -(2^53 - 1) and at most 2^53 - 1.
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            options: Options of this call; the client's where it says nothing.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.app_data_entry import AppDataEntry
        from . import set_app_data

        options = self._begun(options, set_app_data.OPERATION)
        return self._call(
            set_app_data.OPERATION,
            set_app_data.request(
                app_id=self._supply(app_id, "appId", set_app_data.OPERATION, "app_id", options=options),
                user_id=self._supply(user_id, "userId", set_app_data.OPERATION, "user_id", options=options),
                body=AppDataEntry(name=name, value=value),
            ),
            options,
        )

    def get_points(
        self, *, app_id: int | Unset = UNSET, user_id: int | Unset = UNSET, options: Options | None = None
    ) -> Points:
        """The user's points in this app, currency by currency.

        What the user holds, has blocked, and ever received from this app.

        Operation getPoints: GET /v2/apps/{appId}/users/{userId}/points

        Args:
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            options: Options of this call; the client's where it says nothing.

        Returns:
            Three lists of sums.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_points

        options = self._begun(options, get_points.OPERATION)
        return self._call(
            get_points.OPERATION,
            get_points.request(
                app_id=self._supply(app_id, "appId", get_points.OPERATION, "app_id", options=options),
                user_id=self._supply(user_id, "userId", get_points.OPERATION, "user_id", options=options),
            ),
            options,
        )

    def get_score(
        self,
        *,
        app_id: int | Unset = UNSET,
        user_id: int | Unset = UNSET,
        start: int | Unset = UNSET,
        end: int | Unset = UNSET,
        currency_id: int | Unset = UNSET,
        options: Options | None = None,
    ) -> Score:
        """The user's score and rank in one currency.

        Adds up what the user received in one currency, over an interval or over all time, and says which
        place that gives among the app's users.

        Operation getScore: GET /v2/apps/{appId}/users/{userId}/score

        Args:
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            start (int, optional): The beginning of the interval, included, in milliseconds since 1970-01-01
                UTC; the beginning of time when left out. At least 0 and at most 2^53 - 1.
            end (int, optional): The end of the interval, excluded, in milliseconds since 1970-01-01 UTC; now
                when left out. At least 0 and at most 2^53 - 1.
            currency_id (int, optional): The currency that counts; the app's default currency when left out.
                At least 1 and at most 2^53 - 1.
            options: Options of this call; the client's where it says nothing.

        Returns:
            Score and rank.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_score

        options = self._begun(options, get_score.OPERATION)
        return self._call(
            get_score.OPERATION,
            get_score.request(
                app_id=self._supply(app_id, "appId", get_score.OPERATION, "app_id", options=options),
                user_id=self._supply(user_id, "userId", get_score.OPERATION, "user_id", options=options),
                start=start,
                end=end,
                currency_id=currency_id,
            ),
            options,
        )

    def update_profile(
        self,
        *,
        user_id: int | Unset = UNSET,
        first_name: str | Unset = UNSET,
        last_name: str | Unset = UNSET,
        language: str | Unset = UNSET,
        email: str | Unset = UNSET,
        address: Address | Unset = UNSET,
        options: Options | None = None,
    ) -> None:
        """Change the user's details.

        Changes the fields that are sent and leaves the others. A field whose permission is not granted
        refuses the whole update, and nothing is written. The display name never changes.

        Operation updateProfile: PUT /v1/users/{userId}

        Args:
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            first_name (str, optional): Needs permission `accessFirstName`. At least 1 character.
            last_name (str, optional): Needs permission `accessLastName`. At least 1 character.
            language (str, optional): Needs no permission. Matches `^[a-z]{2}$`.
            email (str, optional): Needs permission `accessEmail`. Format: email.
            address (Address, optional): Needs permission `accessAddress`, or each field its own. Only the
                fields sent change.
            options: Options of this call; the client's where it says nothing.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            Conflict: The state of things does not allow it, such as a parent's e-mail that is missing or
                already set.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.profile_update import ProfileUpdate
        from . import update_profile

        options = self._begun(options, update_profile.OPERATION)
        return self._call(
            update_profile.OPERATION,
            update_profile.request(
                user_id=self._supply(user_id, "userId", update_profile.OPERATION, "user_id", options=options),
                body=ProfileUpdate(
                    first_name=first_name,
                    last_name=last_name,
                    language=language,
                    email=email,
                    address=address,
                ),
            ),
            options,
        )

    def has_triggered_event(
        self, *, event_id: int, user_id: int | Unset = UNSET, options: Options | None = None
    ) -> EventLimit:
        """Whether an event has reached its limit for the user.

        Once the limit is reached the event awards no more points, and `triggerEvent` is refused.

        Operation hasTriggeredEvent: POST /v1/users/{userId}/hasTriggeredEvent

        Args:
            event_id (int): The event's number. At least 1 and at most 2^53 - 1.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            options: Options of this call; the client's where it says nothing.

        Returns:
            Whether the limit is reached.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.has_triggered_event_body import HasTriggeredEventBody
        from . import has_triggered_event

        options = self._begun(options, has_triggered_event.OPERATION)
        return self._call(
            has_triggered_event.OPERATION,
            has_triggered_event.request(
                user_id=self._supply(
                    user_id, "userId", has_triggered_event.OPERATION, "user_id", options=options
                ),
                body=HasTriggeredEventBody(event_id=event_id),
            ),
            options,
        )

    def invite_user(
        self, *, email: str, user_id: int | Unset = UNSET, options: Options | None = None
    ) -> None:
        """Invite a friend to the app.

        Sends an invitation by e-mail. The user is rewarded with points once the friend joins.

        Operation inviteUser: POST /v1/users/{userId}/inviteUser

        Args:
            email (str): The friend's e-mail address. Format: email.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            options: Options of this call; the client's where it says nothing.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            Conflict: The state of things does not allow it, such as a parent's e-mail that is missing or
                already set.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.invite_user_body import InviteUserBody
        from . import invite_user

        options = self._begun(options, invite_user.OPERATION)
        return self._call(
            invite_user.OPERATION,
            invite_user.request(
                user_id=self._supply(user_id, "userId", invite_user.OPERATION, "user_id", options=options),
                body=InviteUserBody(email=email),
            ),
            options,
        )

    def get_global_points(self, *, user_id: int | Unset = UNSET, options: Options | None = None) -> Points:
        """The user's points across all of your apps, currency by currency.

        Like the points in one app, over all apps of the same owner. What was received, less what is held and
        blocked, is what the user has spent.

        Operation getGlobalPoints: GET /v2/users/{userId}/points

        Args:
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            options: Options of this call; the client's where it says nothing.

        Returns:
            Three lists of sums.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_global_points

        options = self._begun(options, get_global_points.OPERATION)
        return self._call(
            get_global_points.OPERATION,
            get_global_points.request(
                user_id=self._supply(
                    user_id, "userId", get_global_points.OPERATION, "user_id", options=options
                ),
            ),
            options,
        )

    def request_permissions(
        self, *, permissions: Sequence[str], user_id: int | Unset = UNSET, options: Options | None = None
    ) -> None:
        """Ask the user's parent for permissions.

        Notifies the parent, who may grant or refuse each one. A user without a parent's e-mail gives a
        conflict that names `parentEmail`; a name that KWS does not know is not found.

        Operation requestPermissions: POST /v1/users/{userId}/requestPermissions

        Args:
            permissions (list[str]): Names of permissions: `accessEmail`, `accessAddress`, `accessFirstName`,
                `accessLastName`, `accessStreetAddress`, `accessCity`, `accessPostalCode`, `accessCountry`,
                `sendPushNotification`, `sendNewsletter`, `enterCompetitions`. At least 1 item. Each: at least
                1 character.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            options: Options of this call; the client's where it says nothing.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            Conflict: The state of things does not allow it, such as a parent's e-mail that is missing or
                already set.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from openapi_runtime.constraints import Constraints

        from ...models.request_permissions_body import RequestPermissionsBody
        from . import request_permissions

        Constraints(type="array").check(permissions, "permissions", request_permissions.OPERATION)
        options = self._begun(options, request_permissions.OPERATION)
        return self._call(
            request_permissions.OPERATION,
            request_permissions.request(
                user_id=self._supply(
                    user_id, "userId", request_permissions.OPERATION, "user_id", options=options
                ),
                body=RequestPermissionsBody(permissions=list(permissions)),
            ),
            options,
        )

    def trigger_event(
        self,
        *,
        token: str,
        user_id: int | Unset = UNSET,
        points: int | Unset = UNSET,
        description: str | Unset = UNSET,
        options: Options | None = None,
    ) -> None:
        """Award points for something the user did.

        Awards an event's points to the user, up to the event's limit; after that it is forbidden.

        Operation triggerEvent: POST /v1/users/{userId}/triggerEvent

        Args:
            token (str): The event's code, which KWS provides. Not a credential. At least 1 character.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            points (int, optional): How many points to award; the event's own amount when left out. At least 1
                and at most 2^53 - 1.
            description (str, optional): Message to the user. May hold HTML, and `{{POINTS}}` where the number
                of points goes.
            options: Options of this call; the client's where it says nothing.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            Conflict: The state of things does not allow it, such as a parent's e-mail that is missing or
                already set.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.trigger_event_body import TriggerEventBody
        from . import trigger_event

        options = self._begun(options, trigger_event.OPERATION)
        return self._call(
            trigger_event.OPERATION,
            trigger_event.request(
                user_id=self._supply(user_id, "userId", trigger_event.OPERATION, "user_id", options=options),
                body=TriggerEventBody(token=token, points=points, description=description),
            ),
            options,
        )


class UsersWithRawResponse:
    """`Users` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = Users(client, raw=True)
        self.has_device_token = returning_response(resource.has_device_token)
        self.get_profile = returning_response(resource.get_profile)
        self.get_app_data = returning_response(resource.get_app_data)
        self.delete_app_data = returning_response(resource.delete_app_data)
        self.set_app_data = returning_response(resource.set_app_data)
        self.get_points = returning_response(resource.get_points)
        self.get_score = returning_response(resource.get_score)
        self.update_profile = returning_response(resource.update_profile)
        self.has_triggered_event = returning_response(resource.has_triggered_event)
        self.invite_user = returning_response(resource.invite_user)
        self.get_global_points = returning_response(resource.get_global_points)
        self.request_permissions = returning_response(resource.request_permissions)
        self.trigger_event = returning_response(resource.trigger_event)


class AsyncUsers(AsyncResource):
    """One user's profile, permissions, points, events and stored values."""

    async def has_device_token(self, *, app_id: int | Unset = UNSET, options: Options | None = None) -> bool:
        """Whether the user's device is registered for push notifications of the app.

        Answers for the user whose token it is; the path names the app alone.

        Operation hasDeviceToken: GET /v1/apps/{appId}/users/hasDeviceToken

        Args:
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            options: Options of this call; the client's where it says nothing.

        Returns:
            True when a device token is registered.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import has_device_token

        options = self._begun(options, has_device_token.OPERATION)
        return await self._call(
            has_device_token.OPERATION,
            has_device_token.request(
                app_id=await self._supply(
                    app_id, "appId", has_device_token.OPERATION, "app_id", options=options
                ),
            ),
            options,
        )

    async def get_profile(
        self, *, app_id: int | Unset = UNSET, user_id: int | Unset = UNSET, options: Options | None = None
    ) -> Profile:
        """The user's profile as the app may see it.

        Names, e-mail and address are present only where a parent granted the permission that guards them; the
        parent's e-mail only for a token of scope `user`.

        Operation getProfile: GET /v2/apps/{appId}/users/{userId}

        Args:
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The profile.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_profile

        options = self._begun(options, get_profile.OPERATION)
        return await self._call(
            get_profile.OPERATION,
            get_profile.request(
                app_id=await self._supply(app_id, "appId", get_profile.OPERATION, "app_id", options=options),
                user_id=await self._supply(
                    user_id, "userId", get_profile.OPERATION, "user_id", options=options
                ),
            ),
            options,
        )

    async def get_app_data(
        self,
        *,
        app_id: int | Unset = UNSET,
        user_id: int | Unset = UNSET,
        offset: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        name: str | Unset = UNSET,
        options: Options | None = None,
    ) -> AppDataPage:
        """Values the app stored for the user.

        Lists what `setAppData` stored, all of it or the value of one name.

        Operation getAppData: GET /v1/apps/{appId}/users/{userId}/appData

        Args:
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            offset (int, optional): How many results to pass over. At least 0 and at most 2^53 - 1. The
                server's default is `0`.
            limit (int, optional): The most results to answer with; the server decides when it is left out or
                0. At least 0 and at most 2^53 - 1.
            name (str, optional): Only the value stored under exactly this name. At least 1 character.
            options: Options of this call; the client's where it says nothing.

        Returns:
            One page of stored values.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_app_data

        options = self._begun(options, get_app_data.OPERATION)
        return await self._call(
            get_app_data.OPERATION,
            get_app_data.request(
                app_id=await self._supply(app_id, "appId", get_app_data.OPERATION, "app_id", options=options),
                user_id=await self._supply(
                    user_id, "userId", get_app_data.OPERATION, "user_id", options=options
                ),
                offset=offset,
                limit=limit,
                name=name,
            ),
            options,
        )

    def iter_app_data(
        self,
        *,
        app_id: int | Unset = UNSET,
        user_id: int | Unset = UNSET,
        offset: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        name: str | Unset = UNSET,
        options: Options | None = None,
    ) -> AsyncPagedItems[AppDataPage, AppDataEntry]:
        """Values the app stored for the user, item by item.

        Pages are fetched one after the other, each when its first item is asked for. `offset` says where to
        begin. `by_page()` of the result gives whole pages; `offset` takes the `next_position` of one.

        Operation getAppData: GET /v1/apps/{appId}/users/{userId}/appData

        Args:
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            offset (int, optional): How many results to pass over. At least 0 and at most 2^53 - 1. The
                server's default is `0`.
            limit (int, optional): The most results to answer with; the server decides when it is left out or
                0. At least 0 and at most 2^53 - 1.
            name (str, optional): Only the value stored under exactly this name. At least 1 character.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The items of all pages.

        Raises:
            InvalidArgument: `offset` is not an integer.
            PaginationError: The server's pages do not advance.
            APIError: As `get_app_data` raises.
        """
        from openapi_runtime.pagination import OffsetPaginator

        from . import get_app_data

        paginator: OffsetPaginator[AppDataPage, AppDataEntry] = OffsetPaginator(
            get_app_data.OPERATION,
            offset,
            items=lambda page: page.results,
            end=lambda page: page.count,
            echo=lambda page: page.offset,
            argument="offset",
        )
        return paginator.iterate_async(
            lambda next_position: self.get_app_data(
                app_id=app_id, user_id=user_id, offset=next_position, limit=limit, name=name, options=options
            )
        )

    async def delete_app_data(
        self,
        *,
        name: str,
        app_id: int | Unset = UNSET,
        user_id: int | Unset = UNSET,
        options: Options | None = None,
    ) -> None:
        """Forget one stored value.

        Removes the value stored under the name. A name that holds nothing is no error.

        Operation deleteAppData: POST /v1/apps/{appId}/users/{userId}/appData/deleteByName

        Args:
            name (str): The name whose value is forgotten. At least 1 character.
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            options: Options of this call; the client's where it says nothing.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.delete_app_data_body import DeleteAppDataBody
        from . import delete_app_data

        options = self._begun(options, delete_app_data.OPERATION)
        return await self._call(
            delete_app_data.OPERATION,
            delete_app_data.request(
                app_id=await self._supply(
                    app_id, "appId", delete_app_data.OPERATION, "app_id", options=options
                ),
                user_id=await self._supply(
                    user_id, "userId", delete_app_data.OPERATION, "user_id", options=options
                ),
                body=DeleteAppDataBody(name=name),
            ),
            options,
        )

    async def set_app_data(
        self,
        *,
        name: str,
        value: int,
        app_id: int | Unset = UNSET,
        user_id: int | Unset = UNSET,
        options: Options | None = None,
    ) -> None:
        """Store one whole number under a name.

        Creates the value, or replaces the one that the name holds.

        Operation setAppData: POST /v1/apps/{appId}/users/{userId}/appData/set

        Args:
            name (str): The name, of any characters. At least 1 character.
            value (int): The value, a whole number. At least -(2^53 - 1) and at most 2^53 - 1.
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            options: Options of this call; the client's where it says nothing.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.app_data_entry import AppDataEntry
        from . import set_app_data

        options = self._begun(options, set_app_data.OPERATION)
        return await self._call(
            set_app_data.OPERATION,
            set_app_data.request(
                app_id=await self._supply(app_id, "appId", set_app_data.OPERATION, "app_id", options=options),
                user_id=await self._supply(
                    user_id, "userId", set_app_data.OPERATION, "user_id", options=options
                ),
                body=AppDataEntry(name=name, value=value),
            ),
            options,
        )

    async def get_points(
        self, *, app_id: int | Unset = UNSET, user_id: int | Unset = UNSET, options: Options | None = None
    ) -> Points:
        """The user's points in this app, currency by currency.

        What the user holds, has blocked, and ever received from this app.

        Operation getPoints: GET /v2/apps/{appId}/users/{userId}/points

        Args:
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            options: Options of this call; the client's where it says nothing.

        Returns:
            Three lists of sums.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_points

        options = self._begun(options, get_points.OPERATION)
        return await self._call(
            get_points.OPERATION,
            get_points.request(
                app_id=await self._supply(app_id, "appId", get_points.OPERATION, "app_id", options=options),
                user_id=await self._supply(
                    user_id, "userId", get_points.OPERATION, "user_id", options=options
                ),
            ),
            options,
        )

    async def get_score(
        self,
        *,
        app_id: int | Unset = UNSET,
        user_id: int | Unset = UNSET,
        start: int | Unset = UNSET,
        end: int | Unset = UNSET,
        currency_id: int | Unset = UNSET,
        options: Options | None = None,
    ) -> Score:
        """The user's score and rank in one currency.

        Adds up what the user received in one currency, over an interval or over all time, and says which
        place that gives among the app's users.

        Operation getScore: GET /v2/apps/{appId}/users/{userId}/score

        Args:
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            start (int, optional): The beginning of the interval, included, in milliseconds since 1970-01-01
                UTC; the beginning of time when left out. At least 0 and at most 2^53 - 1.
            end (int, optional): The end of the interval, excluded, in milliseconds since 1970-01-01 UTC; now
                when left out. At least 0 and at most 2^53 - 1.
            currency_id (int, optional): The currency that counts; the app's default currency when left out.
                At least 1 and at most 2^53 - 1.
            options: Options of this call; the client's where it says nothing.

        Returns:
            Score and rank.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_score

        options = self._begun(options, get_score.OPERATION)
        return await self._call(
            get_score.OPERATION,
            get_score.request(
                app_id=await self._supply(app_id, "appId", get_score.OPERATION, "app_id", options=options),
                user_id=await self._supply(
                    user_id, "userId", get_score.OPERATION, "user_id", options=options
                ),
                start=start,
                end=end,
                currency_id=currency_id,
            ),
            options,
        )

    async def update_profile(
        self,
        *,
        user_id: int | Unset = UNSET,
        first_name: str | Unset = UNSET,
        last_name: str | Unset = UNSET,
        language: str | Unset = UNSET,
        email: str | Unset = UNSET,
        address: Address | Unset = UNSET,
        options: Options | None = None,
    ) -> None:
        """Change the user's details.

        Changes the fields that are sent and leaves the others. A field whose permission is not granted
        refuses the whole update, and nothing is written. The display name never changes.

        Operation updateProfile: PUT /v1/users/{userId}

        Args:
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            first_name (str, optional): Needs permission `accessFirstName`. At least 1 character.
            last_name (str, optional): Needs permission `accessLastName`. At least 1 character.
            language (str, optional): Needs no permission. Matches `^[a-z]{2}$`.
            email (str, optional): Needs permission `accessEmail`. Format: email.
            address (Address, optional): Needs permission `accessAddress`, or each field its own. Only the
                fields sent change.
            options: Options of this call; the client's where it says nothing.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            Conflict: The state of things does not allow it, such as a parent's e-mail that is missing or
                already set.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.profile_update import ProfileUpdate
        from . import update_profile

        options = self._begun(options, update_profile.OPERATION)
        return await self._call(
            update_profile.OPERATION,
            update_profile.request(
                user_id=await self._supply(
                    user_id, "userId", update_profile.OPERATION, "user_id", options=options
                ),
                body=ProfileUpdate(
                    first_name=first_name,
                    last_name=last_name,
                    language=language,
                    email=email,
                    address=address,
                ),
            ),
            options,
        )

    async def has_triggered_event(
        self, *, event_id: int, user_id: int | Unset = UNSET, options: Options | None = None
    ) -> EventLimit:
        """Whether an event has reached its limit for the user.

        Once the limit is reached the event awards no more points, and `triggerEvent` is refused.

        Operation hasTriggeredEvent: POST /v1/users/{userId}/hasTriggeredEvent

        Args:
            event_id (int): The event's number. At least 1 and at most 2^53 - 1.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            options: Options of this call; the client's where it says nothing.

        Returns:
            Whether the limit is reached.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.has_triggered_event_body import HasTriggeredEventBody
        from . import has_triggered_event

        options = self._begun(options, has_triggered_event.OPERATION)
        return await self._call(
            has_triggered_event.OPERATION,
            has_triggered_event.request(
                user_id=await self._supply(
                    user_id, "userId", has_triggered_event.OPERATION, "user_id", options=options
                ),
                body=HasTriggeredEventBody(event_id=event_id),
            ),
            options,
        )

    async def invite_user(
        self, *, email: str, user_id: int | Unset = UNSET, options: Options | None = None
    ) -> None:
        """Invite a friend to the app.

        Sends an invitation by e-mail. The user is rewarded with points once the friend joins.

        Operation inviteUser: POST /v1/users/{userId}/inviteUser

        Args:
            email (str): The friend's e-mail address. Format: email.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            options: Options of this call; the client's where it says nothing.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            Conflict: The state of things does not allow it, such as a parent's e-mail that is missing or
                already set.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.invite_user_body import InviteUserBody
        from . import invite_user

        options = self._begun(options, invite_user.OPERATION)
        return await self._call(
            invite_user.OPERATION,
            invite_user.request(
                user_id=await self._supply(
                    user_id, "userId", invite_user.OPERATION, "user_id", options=options
                ),
                body=InviteUserBody(email=email),
            ),
            options,
        )

    async def get_global_points(
        self, *, user_id: int | Unset = UNSET, options: Options | None = None
    ) -> Points:
        """The user's points across all of your apps, currency by currency.

        Like the points in one app, over all apps of the same owner. What was received, less what is held and
        blocked, is what the user has spent.

        Operation getGlobalPoints: GET /v2/users/{userId}/points

        Args:
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            options: Options of this call; the client's where it says nothing.

        Returns:
            Three lists of sums.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_global_points

        options = self._begun(options, get_global_points.OPERATION)
        return await self._call(
            get_global_points.OPERATION,
            get_global_points.request(
                user_id=await self._supply(
                    user_id, "userId", get_global_points.OPERATION, "user_id", options=options
                ),
            ),
            options,
        )

    async def request_permissions(
        self, *, permissions: Sequence[str], user_id: int | Unset = UNSET, options: Options | None = None
    ) -> None:
        """Ask the user's parent for permissions.

        Notifies the parent, who may grant or refuse each one. A user without a parent's e-mail gives a
        conflict that names `parentEmail`; a name that KWS does not know is not found.

        Operation requestPermissions: POST /v1/users/{userId}/requestPermissions

        Args:
            permissions (list[str]): Names of permissions: `accessEmail`, `accessAddress`, `accessFirstName`,
                `accessLastName`, `accessStreetAddress`, `accessCity`, `accessPostalCode`, `accessCountry`,
                `sendPushNotification`, `sendNewsletter`, `enterCompetitions`. At least 1 item. Each: at least
                1 character.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            options: Options of this call; the client's where it says nothing.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            Conflict: The state of things does not allow it, such as a parent's e-mail that is missing or
                already set.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from openapi_runtime.constraints import Constraints

        from ...models.request_permissions_body import RequestPermissionsBody
        from . import request_permissions

        Constraints(type="array").check(permissions, "permissions", request_permissions.OPERATION)
        options = self._begun(options, request_permissions.OPERATION)
        return await self._call(
            request_permissions.OPERATION,
            request_permissions.request(
                user_id=await self._supply(
                    user_id, "userId", request_permissions.OPERATION, "user_id", options=options
                ),
                body=RequestPermissionsBody(permissions=list(permissions)),
            ),
            options,
        )

    async def trigger_event(
        self,
        *,
        token: str,
        user_id: int | Unset = UNSET,
        points: int | Unset = UNSET,
        description: str | Unset = UNSET,
        options: Options | None = None,
    ) -> None:
        """Award points for something the user did.

        Awards an event's points to the user, up to the event's limit; after that it is forbidden.

        Operation triggerEvent: POST /v1/users/{userId}/triggerEvent

        Args:
            token (str): The event's code, which KWS provides. Not a credential. At least 1 character.
            user_id (int, optional): The user's number. An access token of scope `user` carries it. At least 1
                and at most 2^53 - 1. Left out, the client's own userId is used.
            points (int, optional): How many points to award; the event's own amount when left out. At least 1
                and at most 2^53 - 1.
            description (str, optional): Message to the user. May hold HTML, and `{{POINTS}}` where the number
                of points goes.
            options: Options of this call; the client's where it says nothing.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            Conflict: The state of things does not allow it, such as a parent's e-mail that is missing or
                already set.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.trigger_event_body import TriggerEventBody
        from . import trigger_event

        options = self._begun(options, trigger_event.OPERATION)
        return await self._call(
            trigger_event.OPERATION,
            trigger_event.request(
                user_id=await self._supply(
                    user_id, "userId", trigger_event.OPERATION, "user_id", options=options
                ),
                body=TriggerEventBody(token=token, points=points, description=description),
            ),
            options,
        )


class AsyncUsersWithRawResponse:
    """`AsyncUsers` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = AsyncUsers(client, raw=True)
        self.has_device_token = returning_response_async(resource.has_device_token)
        self.get_profile = returning_response_async(resource.get_profile)
        self.get_app_data = returning_response_async(resource.get_app_data)
        self.delete_app_data = returning_response_async(resource.delete_app_data)
        self.set_app_data = returning_response_async(resource.set_app_data)
        self.get_points = returning_response_async(resource.get_points)
        self.get_score = returning_response_async(resource.get_score)
        self.update_profile = returning_response_async(resource.update_profile)
        self.has_triggered_event = returning_response_async(resource.has_triggered_event)
        self.invite_user = returning_response_async(resource.invite_user)
        self.get_global_points = returning_response_async(resource.get_global_points)
        self.request_permissions = returning_response_async(resource.request_permissions)
        self.trigger_event = returning_response_async(resource.trigger_event)


__all__ = ["AsyncUsers", "AsyncUsersWithRawResponse", "Users", "UsersWithRawResponse"]
