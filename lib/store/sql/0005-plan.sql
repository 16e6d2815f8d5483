-- When to publish. A slot is a time of the plan; a post holds it by being published at that very time, so nothing else says so.
CREATE TABLE plan_rule (
	id    INTEGER PRIMARY KEY AUTOINCREMENT,
	rule  TEXT NOT NULL UNIQUE,              -- RRULE (RFC 5545) of the site's local time, as core/rrule.h spells it
	since INTEGER NOT NULL                   -- when it was made: slots before it were never promised
) STRICT;

-- Calendars have no session: whoever has this address sees the plan as its user does.
CREATE TABLE plan_link (
	user_id INTEGER PRIMARY KEY REFERENCES user (id) ON DELETE CASCADE,
	digest  TEXT NOT NULL UNIQUE,            -- digest_text() of the token in the address
	created INTEGER NOT NULL                 -- when it was made or renewed
) STRICT;
