"""The tables of the database. Times are milliseconds since 1970-01-01 UTC (`…_ms`)."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

# SQLite generates ids only in a column of exactly this type.
_Serial = BigInteger().with_variant(Integer, "sqlite")

apps = Table(
    "apps",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("owner", String, nullable=False),
    Column("name", String, nullable=False),
    Column("client_id", String, nullable=False, unique=True),
    Column("client_secret_digest", String, nullable=False),
    Column("implicit_flow", Boolean, nullable=False),
    Column("loopback_redirects", Boolean, nullable=False),
    Column("default_currency_id", BigInteger, ForeignKey("currencies.id"), nullable=False),
    Column("invitation_reward", BigInteger, nullable=False),
)

redirect_uris = Table(
    "redirect_uris",
    metadata,
    Column("app_id", BigInteger, ForeignKey("apps.id"), primary_key=True),
    Column("uri", Text, primary_key=True),
)

name_words = Table(
    "name_words",
    metadata,
    Column("app_id", BigInteger, ForeignKey("apps.id"), primary_key=True),
    Column("language", String, primary_key=True),
    Column("kind", String, CheckConstraint("kind IN ('adjective', 'noun')"), primary_key=True),
    Column("word", String, primary_key=True),
)

users = Table(
    "users",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("sign_in_name", String, unique=True),
    Column("password_hash", String),
    Column("date_of_birth", Date, nullable=False),
    Column("language", String),
    Column("first_name", Text),
    Column("last_name", Text),
    Column("email", Text),
    # The e-mail address in lower case, so that it is unique without regard to case.
    Column("email_key", Text, unique=True),
    Column("street", Text),
    Column("post_code", Text),
    Column("city", Text),
    Column("country", String(2)),
    Column("parent_email", Text),
)

# A user in an app. The display name is unique across all apps, and null after it was deleted. The users of an
# app are numbered in the order in which they joined.
activations = Table(
    "activations",
    metadata,
    Column("app_id", BigInteger, ForeignKey("apps.id"), primary_key=True),
    Column("user_id", BigInteger, ForeignKey("users.id"), primary_key=True),
    Column("display_name", String, unique=True),
    Column("activated_ms", BigInteger, nullable=False),
    Column("number", BigInteger, nullable=False),
    UniqueConstraint("app_id", "number"),
)

# How many users have joined an app.
rosters = Table(
    "rosters",
    metadata,
    Column("app_id", BigInteger, ForeignKey("apps.id"), primary_key=True),
    Column("members", BigInteger, nullable=False),
)


def _of_activation() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["app_id", "user_id"], ["activations.app_id", "activations.user_id"])


device_tokens = Table(
    "device_tokens",
    metadata,
    Column("app_id", BigInteger, primary_key=True),
    Column("user_id", BigInteger, primary_key=True),
    Column("token", String, primary_key=True),
    _of_activation(),
)

# `granted` is null while the parent has not decided.
permissions = Table(
    "permissions",
    metadata,
    Column("app_id", BigInteger, primary_key=True),
    Column("user_id", BigInteger, primary_key=True),
    Column("name", String, primary_key=True),
    Column("granted", Boolean),
    Column("requested_ms", BigInteger),
    Column("decided_ms", BigInteger),
    _of_activation(),
)

app_data = Table(
    "app_data",
    metadata,
    Column("app_id", BigInteger, primary_key=True),
    Column("user_id", BigInteger, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
    _of_activation(),
)

currencies = Table(
    "currencies",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("owner", String, nullable=False),
    Column("singular_name", String, nullable=False),
    Column("plural_name", String, nullable=False),
)

# `limit_per_user` is null for an event without a limit.
events = Table(
    "events",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("app_id", BigInteger, ForeignKey("apps.id"), nullable=False),
    Column("code", String, nullable=False),
    Column("points", BigInteger, nullable=False),
    Column("currency_id", BigInteger, ForeignKey("currencies.id"), nullable=False),
    Column("limit_per_user", BigInteger),
    UniqueConstraint("app_id", "code"),
)

# What a user received, awaits and spent in one currency of an app: the sums of their transactions.
balances = Table(
    "balances",
    metadata,
    Column("user_id", BigInteger, primary_key=True),
    Column("currency_id", BigInteger, ForeignKey("currencies.id"), primary_key=True),
    Column("app_id", BigInteger, primary_key=True),
    Column("received", BigInteger, nullable=False),
    Column("pending", BigInteger, nullable=False),
    Column("spent", BigInteger, nullable=False),
    _of_activation(),
)

# How many amounts the users of an app have received in one currency.
boards = Table(
    "boards",
    metadata,
    Column("app_id", BigInteger, ForeignKey("apps.id"), primary_key=True),
    Column("currency_id", BigInteger, ForeignKey("currencies.id"), primary_key=True),
    Column("version", BigInteger, nullable=False),
)

# One row. Another value tells that rows have been replaced, not only added, as when a state is restored.
epochs = Table(
    "epochs",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
    Column("value", String, nullable=False),
)

# What was received is numbered by app and currency, in the order in which it was committed. What an event
# awarded is numbered by event and user, too.
transactions = Table(
    "transactions",
    metadata,
    Column("id", _Serial, primary_key=True),
    Column("app_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("currency_id", BigInteger, ForeignKey("currencies.id"), nullable=False),
    Column("kind", String, CheckConstraint("kind IN ('received', 'pending', 'spent')"), nullable=False),
    Column("amount", BigInteger, CheckConstraint("amount > 0"), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("event_id", BigInteger, ForeignKey("events.id")),
    Column("message", Text),
    Column("number", BigInteger),
    Column("event_number", BigInteger),
    _of_activation(),
    UniqueConstraint("app_id", "currency_id", "number"),
    UniqueConstraint("event_id", "user_id", "event_number"),
    Index("transactions_by_user", "user_id", "app_id", "currency_id"),
    Index("transactions_by_time", "app_id", "currency_id", "at_ms"),
)

# `joined_ms` is null until the friend has joined the app.
invitations = Table(
    "invitations",
    metadata,
    Column("app_id", BigInteger, primary_key=True),
    Column("user_id", BigInteger, primary_key=True),
    Column("email_key", Text, primary_key=True),
    Column("invited_ms", BigInteger, nullable=False),
    Column("joined_ms", BigInteger),
    _of_activation(),
    Index("invitations_by_email", "email_key", "app_id"),
)

countries = Table(
    "countries",
    metadata,
    Column("code", String(2), primary_key=True),
    Column("consent_age", Integer, nullable=False),
)

signing_keys = Table(
    "signing_keys",
    metadata,
    Column("id", _Serial, primary_key=True),
    Column("key", String, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
)

# A digest in place of the code. `redirect_uri` is that of the sign-in.
authorization_codes = Table(
    "authorization_codes",
    metadata,
    Column("digest", String, primary_key=True),
    Column("app_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("redirect_uri", Text, nullable=False),
    Column("code_challenge", String),
    Column("expires_ms", BigInteger, nullable=False),
    Column("used_ms", BigInteger),
    _of_activation(),
    Index("authorization_codes_by_expiry", "expires_ms"),
)
