-- The publishing schedule. A slot is a time of the schedule. A post holds the slot at which it is published; this is stored nowhere else.
CREATE TABLE plan_rule (
	id    INTEGER PRIMARY KEY AUTOINCREMENT,
	rule  TEXT NOT NULL UNIQUE,              -- RRULE (RFC 5545) of the site's local time, as core/rrule.h spells it
	since INTEGER NOT NULL                   -- when it was made: slots before it were never promised
) STRICT;

-- Calendar programs have no session: this secret address shows the schedule as its user sees it.
CREATE TABLE plan_link (
	user_id INTEGER PRIMARY KEY REFERENCES user (id) ON DELETE CASCADE,
	digest  TEXT NOT NULL UNIQUE,            -- digest_text() of the token in the address
	created INTEGER NOT NULL                 -- when it was made or renewed
) STRICT;
