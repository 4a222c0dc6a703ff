# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""What requests carry and responses hold. Each class is imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openapi_runtime.lazy import lazy_attributes

if TYPE_CHECKING:
    from .authenticated import Authenticated
    from .badge import Badge
    from .catalogue import Catalogue
    from .catalogue_item import CatalogueItem
    from .create_shared_link_body import CreateSharedLinkBody
    from .destroy_guild_body import DestroyGuildBody
    from .destroy_shared_link_body import DestroySharedLinkBody
    from .destroyed_guild import DestroyedGuild
    from .failure import Failure
    from .friends_high_scores import FriendsHighScores
    from .get_high_scores_scope import GetHighScoresScope
    from .high_score import HighScore
    from .high_scores import HighScores
    from .invalidate_user_inventory import InvalidateUserInventory
    from .inventory import Inventory
    from .item import Item
    from .item_order_placed import ItemOrderPlaced
    from .item_order_placed_reply import ItemOrderPlacedReply
    from .item_order_placed_reply_state import ItemOrderPlacedReplyState
    from .item_order_request import ItemOrderRequest
    from .item_order_request_reply import ItemOrderRequestReply
    from .item_use import ItemUse
    from .kongpanion import Kongpanion
    from .kongpanions import Kongpanions
    from .message_failure import MessageFailure
    from .owned_item import OwnedItem
    from .owned_kongpanion import OwnedKongpanion
    from .save_character_body import SaveCharacterBody
    from .save_guild_body import SaveGuildBody
    from .saved_character import SavedCharacter
    from .saved_guild import SavedGuild
    from .send_private_message_body import SendPrivateMessageBody
    from .submit_body import SubmitBody
    from .success import Success
    from .use_body import UseBody
    from .user_info import UserInfo
    from .user_info_list import UserInfoList
    from .user_kongpanions import UserKongpanions
    from .user_vars import UserVars

__getattr__ = lazy_attributes(
    __name__,
    {
        "Authenticated": ".authenticated",
        "Badge": ".badge",
        "Catalogue": ".catalogue",
        "CatalogueItem": ".catalogue_item",
        "CreateSharedLinkBody": ".create_shared_link_body",
        "DestroyGuildBody": ".destroy_guild_body",
        "DestroySharedLinkBody": ".destroy_shared_link_body",
        "DestroyedGuild": ".destroyed_guild",
        "Failure": ".failure",
        "FriendsHighScores": ".friends_high_scores",
        "GetHighScoresScope": ".get_high_scores_scope",
        "HighScore": ".high_score",
        "HighScores": ".high_scores",
        "InvalidateUserInventory": ".invalidate_user_inventory",
        "Inventory": ".inventory",
        "Item": ".item",
        "ItemOrderPlaced": ".item_order_placed",
        "ItemOrderPlacedReply": ".item_order_placed_reply",
        "ItemOrderPlacedReplyState": ".item_order_placed_reply_state",
        "ItemOrderRequest": ".item_order_request",
        "ItemOrderRequestReply": ".item_order_request_reply",
        "ItemUse": ".item_use",
        "Kongpanion": ".kongpanion",
        "Kongpanions": ".kongpanions",
        "MessageFailure": ".message_failure",
        "OwnedItem": ".owned_item",
        "OwnedKongpanion": ".owned_kongpanion",
        "SaveCharacterBody": ".save_character_body",
        "SaveGuildBody": ".save_guild_body",
        "SavedCharacter": ".saved_character",
        "SavedGuild": ".saved_guild",
        "SendPrivateMessageBody": ".send_private_message_body",
        "SubmitBody": ".submit_body",
        "Success": ".success",
        "UseBody": ".use_body",
        "UserInfo": ".user_info",
        "UserInfoList": ".user_info_list",
        "UserKongpanions": ".user_kongpanions",
        "UserVars": ".user_vars",
    },
)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


__all__ = [
    "Authenticated",
    "Badge",
    "Catalogue",
    "CatalogueItem",
    "CreateSharedLinkBody",
    "DestroyGuildBody",
    "DestroySharedLinkBody",
    "DestroyedGuild",
    "Failure",
    "FriendsHighScores",
    "GetHighScoresScope",
    "HighScore",
    "HighScores",
    "InvalidateUserInventory",
    "Inventory",
    "Item",
    "ItemOrderPlaced",
    "ItemOrderPlacedReply",
    "ItemOrderPlacedReplyState",
    "ItemOrderRequest",
    "ItemOrderRequestReply",
    "ItemUse",
    "Kongpanion",
    "Kongpanions",
    "MessageFailure",
    "OwnedItem",
    "OwnedKongpanion",
    "SaveCharacterBody",
    "SaveGuildBody",
    "SavedCharacter",
    "SavedGuild",
    "SendPrivateMessageBody",
    "SubmitBody",
    "Success",
    "UseBody",
    "UserInfo",
    "UserInfoList",
    "UserKongpanions",
    "UserVars",
]
