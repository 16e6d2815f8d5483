-- No reserved word is used as a name: in PostgreSQL, SELECT … FROM user means something else.
-- SQLite also rewrites the foreign keys of other tables, and the triggers.

ALTER TABLE user RENAME TO site_user;
DROP INDEX user_name;
DROP INDEX user_owner;
DROP INDEX user_folded;
CREATE INDEX site_user_name ON site_user (name);
CREATE INDEX site_user_owner ON site_user (role) WHERE role = 'owner';
CREATE INDEX site_user_folded ON site_user (lower(name));

ALTER TABLE fetch RENAME TO fetch_job;
DROP INDEX fetch_due;
DROP INDEX fetch_ended;
DROP INDEX fetch_user;
CREATE INDEX fetch_job_due ON fetch_job (next_try) WHERE ended = 0;
CREATE INDEX fetch_job_ended ON fetch_job (ended) WHERE ended > 0;
CREATE INDEX fetch_job_user ON fetch_job (user_id);

DROP INDEX session_user;
CREATE INDEX session_by_user ON session (user_id, created DESC);
