-- A code from an email works on every page that waits for it. The password is set after the email address is verified.

ALTER TABLE pending DROP COLUMN hash;
ALTER TABLE pending ADD COLUMN about TEXT NOT NULL DEFAULT '';   -- keyed digest of the purpose and the address: rows with the same one share their codes
ALTER TABLE pending ADD COLUMN mailed INTEGER NOT NULL DEFAULT 1; -- 1: an email holds its link and code; 0: the page waits for an earlier email
-- Open rows keep working by their links. Their codes were digested in another way and are no longer accepted.
UPDATE pending SET about = id;
CREATE INDEX pending_about ON pending (about, created DESC, id);
-- Links end when their user loses the right to use them, and do not come back when the right does.
DELETE FROM plan_link WHERE user_id IN (SELECT id FROM user WHERE disabled <> 0 OR role NOT IN ('author', 'editor', 'owner'));
DELETE FROM sign_in_link WHERE user_id IN (SELECT id FROM user WHERE disabled <> 0);
