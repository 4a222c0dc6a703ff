CREATE TABLE activations (
    app_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    display_name VARCHAR,
    activated_ms BIGINT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (app_id, user_id),
    UNIQUE (app_id, number),
    FOREIGN KEY(app_id) REFERENCES apps (id),
    FOREIGN KEY(user_id) REFERENCES users (id),
    UNIQUE (display_name)
);

CREATE TABLE app_data (
    app_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (app_id, user_id, name),
    FOREIGN KEY(app_id, user_id) REFERENCES activations (app_id, user_id)
);

CREATE TABLE apps (
    id BIGINT NOT NULL,
    owner VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    client_id VARCHAR NOT NULL,
    client_secret_digest VARCHAR NOT NULL,
    implicit_flow BOOLEAN NOT NULL,
    loopback_redirects BOOLEAN NOT NULL,
    default_currency_id BIGINT NOT NULL,
    invitation_reward BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (client_id),
    FOREIGN KEY(default_currency_id) REFERENCES currencies (id)
);

CREATE TABLE authorization_codes (
    digest VARCHAR NOT NULL,
    app_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    redirect_uri TEXT NOT NULL,
    code_challenge VARCHAR,
    expires_ms BIGINT NOT NULL,
    used_ms BIGINT,
    PRIMARY KEY (digest),
    FOREIGN KEY(app_id, user_id) REFERENCES activations (app_id, user_id)
);

CREATE INDEX authorization_codes_by_expiry ON authorization_codes (expires_ms);

CREATE TABLE balances (
    user_id BIGINT NOT NULL,
    currency_id BIGINT NOT NULL,
    app_id BIGINT NOT NULL,
    received BIGINT NOT NULL,
    pending BIGINT NOT NULL,
    spent BIGINT NOT NULL,
    PRIMARY KEY (user_id, currency_id, app_id),
    FOREIGN KEY(app_id, user_id) REFERENCES activations (app_id, user_id),
    FOREIGN KEY(currency_id) REFERENCES currencies (id)
);

CREATE TABLE boards (
    app_id BIGINT NOT NULL,
    currency_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (app_id, currency_id),
    FOREIGN KEY(app_id) REFERENCES apps (id),
    FOREIGN KEY(currency_id) REFERENCES currencies (id)
);

CREATE TABLE countries (
    code VARCHAR(2) NOT NULL,
    consent_age INTEGER NOT NULL,
    PRIMARY KEY (code)
);

CREATE TABLE currencies (
    id BIGINT NOT NULL,
    owner VARCHAR NOT NULL,
    singular_name VARCHAR NOT NULL,
    plural_name VARCHAR NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE device_tokens (
    app_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    token VARCHAR NOT NULL,
    PRIMARY KEY (app_id, user_id, token),
    FOREIGN KEY(app_id, user_id) REFERENCES activations (app_id, user_id)
);

CREATE TABLE epochs (
    id INTEGER NOT NULL CHECK (id = 1),
    value VARCHAR NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE events (
    id BIGINT NOT NULL,
    app_id BIGINT NOT NULL,
    code VARCHAR NOT NULL,
    points BIGINT NOT NULL,
    currency_id BIGINT NOT NULL,
    limit_per_user BIGINT,
    PRIMARY KEY (id),
    UNIQUE (app_id, code),
    FOREIGN KEY(app_id) REFERENCES apps (id),
    FOREIGN KEY(currency_id) REFERENCES currencies (id)
);

CREATE TABLE invitations (
    app_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    email_key TEXT NOT NULL,
    invited_ms BIGINT NOT NULL,
    joined_ms BIGINT,
    PRIMARY KEY (app_id, user_id, email_key),
    FOREIGN KEY(app_id, user_id) REFERENCES activations (app_id, user_id)
);

CREATE INDEX invitations_by_email ON invitations (email_key, app_id);

CREATE TABLE name_words (
    app_id BIGINT NOT NULL,
    language VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('adjective', 'noun')),
    word VARCHAR NOT NULL,
    PRIMARY KEY (app_id, language, kind, word),
    FOREIGN KEY(app_id) REFERENCES apps (id)
);

CREATE TABLE permissions (
    app_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    name VARCHAR NOT NULL,
    granted BOOLEAN,
    requested_ms BIGINT,
    decided_ms BIGINT,
    PRIMARY KEY (app_id, user_id, name),
    FOREIGN KEY(app_id, user_id) REFERENCES activations (app_id, user_id)
);

CREATE TABLE redirect_uris (
    app_id BIGINT NOT NULL,
    uri TEXT NOT NULL,
    PRIMARY KEY (app_id, uri),
    FOREIGN KEY(app_id) REFERENCES apps (id)
);

CREATE TABLE rosters (
    app_id BIGINT NOT NULL,
    members BIGINT NOT NULL,
    PRIMARY KEY (app_id),
    FOREIGN KEY(app_id) REFERENCES apps (id)
);

CREATE TABLE signing_keys (
    id BIGSERIAL NOT NULL,
    key VARCHAR NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE transactions (
    id BIGSERIAL NOT NULL,
    app_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    currency_id BIGINT NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('received', 'pending', 'spent')),
    amount BIGINT NOT NULL CHECK (amount > 0),
    at_ms BIGINT NOT NULL,
    event_id BIGINT,
    message TEXT,
    number BIGINT,
    event_number BIGINT,
    PRIMARY KEY (id),
    FOREIGN KEY(app_id, user_id) REFERENCES activations (app_id, user_id),
    UNIQUE (app_id, currency_id, number),
    UNIQUE (event_id, user_id, event_number),
    FOREIGN KEY(currency_id) REFERENCES currencies (id),
    FOREIGN KEY(event_id) REFERENCES events (id)
);

CREATE INDEX transactions_by_time ON transactions (app_id, currency_id, at_ms);

CREATE INDEX transactions_by_user ON transactions (user_id, app_id, currency_id);

CREATE TABLE users (
    id BIGINT NOT NULL,
    sign_in_name VARCHAR,
    password_hash VARCHAR,
    date_of_birth DATE NOT NULL,
    language VARCHAR,
    first_name TEXT,
    last_name TEXT,
    email TEXT,
    email_key TEXT,
    street TEXT,
    post_code TEXT,
    city TEXT,
    country VARCHAR(2),
    parent_email TEXT,
    PRIMARY KEY (id),
    UNIQUE (sign_in_name),
    UNIQUE (email_key)
);
