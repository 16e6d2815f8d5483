-- Two-factor authentication: a code from an authenticator app, asked for after the password or the sign-in link.

CREATE TABLE second_factor (
	user_id   INTEGER PRIMARY KEY REFERENCES user (id) ON DELETE CASCADE,
	secret    TEXT NOT NULL,                 -- sealed by the site's key, see store/db/site_key.h; shown until it is confirmed, then never
	created   INTEGER NOT NULL,              -- when the secret was made
	confirmed INTEGER NOT NULL DEFAULT 0,    -- when a first code proved that a device has it; 0: not yet, and nothing is asked for
	step      INTEGER NOT NULL DEFAULT 0     -- the last time step whose code was taken: no code twice
) STRICT;

-- Recovery codes, for users who lost their device. Each works once and is then removed.
CREATE TABLE recovery_code (
	id      TEXT PRIMARY KEY,                -- keyed digest of the user and the code
	user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
	created INTEGER NOT NULL
) STRICT;
CREATE INDEX recovery_code_user ON recovery_code (user_id);

-- Sign-ins that still need the code. This is not a session: it only allows access to the page that asks for the code.
CREATE TABLE half_sign_in (
	id      TEXT PRIMARY KEY,                -- digest_text() of its token
	user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
	by_link INTEGER NOT NULL,                -- 1: they came by a link or a code from their mail; 0: by their password
	expires INTEGER NOT NULL
) STRICT;
CREATE INDEX half_sign_in_user ON half_sign_in (user_id);
CREATE INDEX half_sign_in_expires ON half_sign_in (expires);
