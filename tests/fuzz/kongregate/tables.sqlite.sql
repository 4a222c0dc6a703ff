CREATE TABLE badges (
    user_id BIGINT NOT NULL,
    badge_id BIGINT NOT NULL,
    earned_ms BIGINT NOT NULL,
    PRIMARY KEY (user_id, badge_id),
    FOREIGN KEY(user_id) REFERENCES users (id)
);

CREATE TABLE characters (
    game_id BIGINT NOT NULL,
    server_identifier VARCHAR NOT NULL,
    identifier VARCHAR NOT NULL,
    name TEXT NOT NULL,
    user_id BIGINT,
    guild_identifier VARCHAR,
    guild_admin_level TEXT,
    PRIMARY KEY (game_id, server_identifier, identifier),
    FOREIGN KEY(game_id, server_identifier) REFERENCES servers (game_id, identifier),
    FOREIGN KEY(game_id, server_identifier, guild_identifier) REFERENCES guilds (game_id, server_identifier, identifier),
    FOREIGN KEY(user_id) REFERENCES users (id)
);

CREATE INDEX characters_by_guild ON characters (game_id, server_identifier, guild_identifier);

CREATE TABLE friendships (
    user_id BIGINT NOT NULL,
    other_id BIGINT NOT NULL,
    PRIMARY KEY (user_id, other_id),
    FOREIGN KEY(user_id) REFERENCES users (id),
    FOREIGN KEY(other_id) REFERENCES users (id)
);

CREATE TABLE game_tokens (
    game_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    token VARCHAR NOT NULL,
    PRIMARY KEY (game_id, user_id),
    FOREIGN KEY(game_id) REFERENCES games (id),
    FOREIGN KEY(user_id) REFERENCES users (id)
);

CREATE INDEX game_tokens_by_user ON game_tokens (user_id);

CREATE TABLE games (
    id BIGINT NOT NULL,
    title VARCHAR NOT NULL,
    url TEXT NOT NULL,
    api_key VARCHAR NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (api_key)
);

CREATE TABLE guilds (
    game_id BIGINT NOT NULL,
    server_identifier VARCHAR NOT NULL,
    identifier VARCHAR NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (game_id, server_identifier, identifier),
    FOREIGN KEY(game_id, server_identifier) REFERENCES servers (game_id, identifier)
);

CREATE TABLE item_tags (
    item_id BIGINT NOT NULL,
    tag VARCHAR NOT NULL,
    PRIMARY KEY (item_id, tag),
    FOREIGN KEY(item_id) REFERENCES items (id)
);

CREATE TABLE items (
    id BIGINT NOT NULL,
    game_id BIGINT NOT NULL,
    identifier VARCHAR NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    price BIGINT NOT NULL CHECK (price >= 0),
    uses BIGINT,
    image_url TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (game_id, identifier),
    FOREIGN KEY(game_id) REFERENCES games (id)
);

CREATE TABLE kongpanion_tags (
    kongpanion_id BIGINT NOT NULL,
    tag VARCHAR NOT NULL,
    PRIMARY KEY (kongpanion_id, tag),
    FOREIGN KEY(kongpanion_id) REFERENCES kongpanions (id)
);

CREATE TABLE kongpanions (
    id BIGINT NOT NULL,
    name VARCHAR NOT NULL,
    description TEXT NOT NULL,
    icon_url TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE messages (
    game_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    day INTEGER NOT NULL,
    content TEXT NOT NULL,
    image_url TEXT,
    PRIMARY KEY (game_id, user_id, day),
    FOREIGN KEY(game_id) REFERENCES games (id),
    FOREIGN KEY(user_id) REFERENCES users (id)
);

CREATE TABLE mutings (
    user_id BIGINT NOT NULL,
    other_id BIGINT NOT NULL,
    PRIMARY KEY (user_id, other_id),
    FOREIGN KEY(user_id) REFERENCES users (id),
    FOREIGN KEY(other_id) REFERENCES users (id)
);

CREATE TABLE orders (
    id INTEGER NOT NULL,
    game_id BIGINT NOT NULL,
    buyer_id BIGINT NOT NULL,
    recipient_id BIGINT NOT NULL,
    order_info TEXT NOT NULL,
    state VARCHAR NOT NULL CHECK (state IN ('requested', 'placed', 'completed', 'canceled', 'failed')),
    price BIGINT,
    requested_ms BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(game_id) REFERENCES games (id),
    FOREIGN KEY(buyer_id) REFERENCES users (id),
    FOREIGN KEY(recipient_id) REFERENCES users (id)
);

CREATE TABLE owned_items (
    id INTEGER NOT NULL,
    game_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    identifier VARCHAR NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    remaining_uses BIGINT CHECK (remaining_uses >= 0),
    data TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(game_id) REFERENCES games (id),
    FOREIGN KEY(user_id) REFERENCES users (id)
);

CREATE INDEX owned_items_by_user ON owned_items (user_id, game_id);

CREATE TABLE owned_kongpanions (
    user_id BIGINT NOT NULL,
    kongpanion_id BIGINT NOT NULL,
    shiny BOOLEAN NOT NULL,
    PRIMARY KEY (user_id, kongpanion_id),
    FOREIGN KEY(user_id) REFERENCES users (id),
    FOREIGN KEY(kongpanion_id) REFERENCES kongpanions (id)
);

CREATE TABLE score_counts (
    statistic_id BIGINT NOT NULL,
    scope VARCHAR NOT NULL,
    period BIGINT NOT NULL,
    players BIGINT NOT NULL,
    PRIMARY KEY (statistic_id, scope, period),
    FOREIGN KEY(statistic_id) REFERENCES statistics (id)
);

CREATE TABLE scores (
    statistic_id BIGINT NOT NULL,
    scope VARCHAR NOT NULL CHECK (scope IN ('daily', 'weekly', 'lifetime')),
    period BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    value BIGINT NOT NULL CHECK (value >= 0),
    place BIGINT NOT NULL,
    PRIMARY KEY (statistic_id, scope, period, user_id),
    FOREIGN KEY(statistic_id) REFERENCES statistics (id),
    FOREIGN KEY(user_id) REFERENCES users (id)
)
 WITHOUT ROWID;

CREATE INDEX scores_by_place ON scores (statistic_id, scope, period, place, user_id);

CREATE TABLE servers (
    game_id BIGINT NOT NULL,
    identifier VARCHAR NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (game_id, identifier),
    FOREIGN KEY(game_id) REFERENCES games (id)
);

CREATE TABLE shared_links (
    game_id BIGINT NOT NULL,
    id VARCHAR NOT NULL,
    user_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    link_params TEXT NOT NULL,
    kv_params TEXT,
    expires_ms BIGINT NOT NULL,
    PRIMARY KEY (game_id, id),
    FOREIGN KEY(game_id) REFERENCES games (id),
    FOREIGN KEY(user_id) REFERENCES users (id)
);

CREATE TABLE statistics (
    id BIGINT NOT NULL,
    game_id BIGINT NOT NULL,
    name VARCHAR NOT NULL,
    type VARCHAR NOT NULL CHECK (type IN ('Max', 'Min', 'Add', 'Replace')),
    PRIMARY KEY (id),
    UNIQUE (game_id, name),
    FOREIGN KEY(game_id) REFERENCES games (id)
);

CREATE TABLE usage_records (
    id INTEGER NOT NULL,
    owned_item_id BIGINT NOT NULL,
    used_ms BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(owned_item_id) REFERENCES owned_items (id)
);

CREATE TABLE users (
    id BIGINT NOT NULL,
    username VARCHAR NOT NULL,
    private BOOLEAN NOT NULL,
    level INTEGER NOT NULL,
    points BIGINT NOT NULL,
    avatar_url TEXT NOT NULL,
    chat_avatar_url TEXT NOT NULL,
    developer BOOLEAN NOT NULL,
    moderator BOOLEAN NOT NULL,
    admin BOOLEAN NOT NULL,
    playing_game_id BIGINT,
    gender VARCHAR,
    age INTEGER,
    kreds BIGINT NOT NULL CHECK (kreds >= 0),
    PRIMARY KEY (id),
    UNIQUE (username),
    FOREIGN KEY(playing_game_id) REFERENCES games (id)
);
