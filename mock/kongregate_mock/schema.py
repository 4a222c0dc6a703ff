"""The tables of the database.

Times are milliseconds since 1970-01-01 UTC (`…_ms`). API keys and tokens are stored as they are, since
callbacks are signed with keys and carry tokens.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

GREATEST_INTEGER: Final = 2**63 - 1
"""The largest value of a column of type `BigInteger`."""
FIRST_NUMBER: Final = 10_001
"""The first id that a database generates, so that seeded rows may have lower ones."""


def _number() -> Column[Any]:
    """Return a column of ids that the database generates. Seeded rows may have lower ids of their own."""
    # SQLite generates ids only in a column of exactly this type.
    kind = BigInteger().with_variant(Integer, "sqlite")
    return Column("id", kind, Identity(start=FIRST_NUMBER), primary_key=True)


games = Table(
    "games",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("title", String, nullable=False),
    Column("url", Text, nullable=False),
    Column("api_key", String, nullable=False, unique=True),
)

# `kreds` is the player's balance. Gender and age are null unless the player shows them.
users = Table(
    "users",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("username", String, nullable=False, unique=True),
    Column("private", Boolean, nullable=False),
    Column("level", Integer, nullable=False),
    Column("points", BigInteger, nullable=False),
    Column("avatar_url", Text, nullable=False),
    Column("chat_avatar_url", Text, nullable=False),
    Column("developer", Boolean, nullable=False),
    Column("moderator", Boolean, nullable=False),
    Column("admin", Boolean, nullable=False),
    Column("playing_game_id", BigInteger, ForeignKey("games.id")),
    Column("gender", String),
    Column("age", Integer),
    Column("kreds", BigInteger, CheckConstraint("kreds >= 0"), nullable=False),
)

game_tokens = Table(
    "game_tokens",
    metadata,
    Column("game_id", BigInteger, ForeignKey("games.id"), primary_key=True),
    Column("user_id", BigInteger, ForeignKey("users.id"), primary_key=True),
    Column("token", String, nullable=False),
    Index("game_tokens_by_user", "user_id"),
)

# Each of two friends has a row.
friendships = Table(
    "friendships",
    metadata,
    Column("user_id", BigInteger, ForeignKey("users.id"), primary_key=True),
    Column("other_id", BigInteger, ForeignKey("users.id"), primary_key=True),
)

mutings = Table(
    "mutings",
    metadata,
    Column("user_id", BigInteger, ForeignKey("users.id"), primary_key=True),
    Column("other_id", BigInteger, ForeignKey("users.id"), primary_key=True),
)

# `uses`, and `remaining_uses` below, are null for an item that never runs out.
items = Table(
    "items",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("game_id", BigInteger, ForeignKey("games.id"), nullable=False),
    Column("identifier", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("price", BigInteger, CheckConstraint("price >= 0"), nullable=False),
    Column("uses", BigInteger),
    Column("image_url", Text, nullable=False),
    UniqueConstraint("game_id", "identifier"),
)

item_tags = Table(
    "item_tags",
    metadata,
    Column("item_id", BigInteger, ForeignKey("items.id"), primary_key=True),
    Column("tag", String, primary_key=True),
)

owned_items = Table(
    "owned_items",
    metadata,
    _number(),
    Column("game_id", BigInteger, ForeignKey("games.id"), nullable=False),
    Column("user_id", BigInteger, ForeignKey("users.id"), nullable=False),
    Column("identifier", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("remaining_uses", BigInteger, CheckConstraint("remaining_uses >= 0")),
    Column("data", Text),
    Index("owned_items_by_user", "user_id", "game_id"),
)

usage_records = Table(
    "usage_records",
    metadata,
    _number(),
    Column("owned_item_id", BigInteger, ForeignKey("owned_items.id"), nullable=False),
    Column("used_ms", BigInteger, nullable=False),
)

# `price` is what the buyer has paid: null before the order is placed, and after a refund.
orders = Table(
    "orders",
    metadata,
    _number(),
    Column("game_id", BigInteger, ForeignKey("games.id"), nullable=False),
    Column("buyer_id", BigInteger, ForeignKey("users.id"), nullable=False),
    Column("recipient_id", BigInteger, ForeignKey("users.id"), nullable=False),
    Column("order_info", Text, nullable=False),
    Column(
        "state",
        String,
        CheckConstraint("state IN ('requested', 'placed', 'completed', 'canceled', 'failed')"),
        nullable=False,
    ),
    Column("price", BigInteger),
    Column("requested_ms", BigInteger, nullable=False),
)

statistics = Table(
    "statistics",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("game_id", BigInteger, ForeignKey("games.id"), nullable=False),
    Column("name", String, nullable=False),
    Column("type", String, CheckConstraint("type IN ('Max', 'Min', 'Add', 'Replace')"), nullable=False),
    UniqueConstraint("game_id", "name"),
)

# The value of a player in one day, in one week, or (period 0) of all time. The best value has the lowest
# `place`.
scores = Table(
    "scores",
    metadata,
    Column("statistic_id", BigInteger, ForeignKey("statistics.id"), primary_key=True),
    Column("scope", String, CheckConstraint("scope IN ('daily', 'weekly', 'lifetime')"), primary_key=True),
    Column("period", BigInteger, primary_key=True),
    Column("user_id", BigInteger, ForeignKey("users.id"), primary_key=True),
    Column("value", BigInteger, CheckConstraint("value >= 0"), nullable=False),
    Column("place", BigInteger, nullable=False),
    Index("scores_by_place", "statistic_id", "scope", "period", "place", "user_id"),
    # A score is looked up in one step.
    sqlite_with_rowid=False,
)

# How many players have a value.
score_counts = Table(
    "score_counts",
    metadata,
    Column("statistic_id", BigInteger, ForeignKey("statistics.id"), primary_key=True),
    Column("scope", String, primary_key=True),
    Column("period", BigInteger, primary_key=True),
    Column("players", BigInteger, nullable=False),
)

servers = Table(
    "servers",
    metadata,
    Column("game_id", BigInteger, ForeignKey("games.id"), primary_key=True),
    Column("identifier", String, primary_key=True),
    Column("name", Text, nullable=False),
)

guilds = Table(
    "guilds",
    metadata,
    Column("game_id", BigInteger, primary_key=True),
    Column("server_identifier", String, primary_key=True),
    Column("identifier", String, primary_key=True),
    Column("name", Text, nullable=False),
    ForeignKeyConstraint(["game_id", "server_identifier"], ["servers.game_id", "servers.identifier"]),
)

characters = Table(
    "characters",
    metadata,
    Column("game_id", BigInteger, primary_key=True),
    Column("server_identifier", String, primary_key=True),
    Column("identifier", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("user_id", BigInteger, ForeignKey("users.id")),
    Column("guild_identifier", String),
    Column("guild_admin_level", Text),
    ForeignKeyConstraint(["game_id", "server_identifier"], ["servers.game_id", "servers.identifier"]),
    ForeignKeyConstraint(
        ["game_id", "server_identifier", "guild_identifier"],
        ["guilds.game_id", "guilds.server_identifier", "guilds.identifier"],
    ),
    Index("characters_by_guild", "game_id", "server_identifier", "guild_identifier"),
)

# `link_params` is a query without the parameters that are filtered out; `kv_params` is JSON text.
shared_links = Table(
    "shared_links",
    metadata,
    Column("game_id", BigInteger, ForeignKey("games.id"), primary_key=True),
    Column("id", String, primary_key=True),
    Column("user_id", BigInteger, ForeignKey("users.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("link_params", Text, nullable=False),
    Column("kv_params", Text),
    Column("expires_ms", BigInteger, nullable=False),
)

# The URL of an icon is `icon_url` followed by the kind of icon.
kongpanions = Table(
    "kongpanions",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
    Column("description", Text, nullable=False),
    Column("icon_url", Text, nullable=False),
)

kongpanion_tags = Table(
    "kongpanion_tags",
    metadata,
    Column("kongpanion_id", BigInteger, ForeignKey("kongpanions.id"), primary_key=True),
    Column("tag", String, primary_key=True),
)

owned_kongpanions = Table(
    "owned_kongpanions",
    metadata,
    Column("user_id", BigInteger, ForeignKey("users.id"), primary_key=True),
    Column("kongpanion_id", BigInteger, ForeignKey("kongpanions.id"), primary_key=True),
    Column("shiny", Boolean, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("game_id", BigInteger, ForeignKey("games.id"), primary_key=True),
    Column("user_id", BigInteger, ForeignKey("users.id"), primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("content", Text, nullable=False),
    Column("image_url", Text),
)

badges = Table(
    "badges",
    metadata,
    Column("user_id", BigInteger, ForeignKey("users.id"), primary_key=True),
    Column("badge_id", BigInteger, primary_key=True, autoincrement=False),
    Column("earned_ms", BigInteger, nullable=False),
)
