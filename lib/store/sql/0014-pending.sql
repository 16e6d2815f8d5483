-- A code from an email works on every page that waits for it, and whoever answers the email sets the password.

ALTER TABLE pending DROP COLUMN hash;
ALTER TABLE pending ADD COLUMN about TEXT NOT NULL DEFAULT '';   -- keyed digest of the purpose and the address: rows with the same one share their codes
ALTER TABLE pending ADD COLUMN mailed INTEGER NOT NULL DEFAULT 1; -- 1: an email holds its link and code; 0: the page waits for an earlier email
-- What is open now goes on by its link. Its code was digested in another way, and is not accepted any more.
UPDATE pending SET about = id;
CREATE INDEX pending_about ON pending (about, created DESC, id);
-- Access that was given out ends with the right to use it, and does not come back with it.
DELETE FROM plan_link WHERE user_id IN (SELECT id FROM user WHERE disabled <> 0 OR role NOT IN ('author', 'editor', 'owner'));
DELETE FROM sign_in_link WHERE user_id IN (SELECT id FROM user WHERE disabled <> 0);
