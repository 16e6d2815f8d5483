-- Tables, columns and stored words get the standard terms of the field. No row is added or removed.
-- Where a CHECK lists the words, a new column takes the place of the old one: SQLite cannot change a CHECK.

-- Failed attempts to sign in, which slow down further ones.
DROP INDEX attempt_last;
ALTER TABLE attempt RENAME TO throttle;
ALTER TABLE throttle RENAME COLUMN last TO last_failed;
CREATE INDEX throttle_last_failed ON throttle (last_failed);

-- Sign-ins that still need a code from the authenticator app.
DROP INDEX half_sign_in_user;
DROP INDEX half_sign_in_expires;
ALTER TABLE half_sign_in RENAME TO sign_in_challenge;
CREATE INDEX sign_in_challenge_user ON sign_in_challenge (user_id);
CREATE INDEX sign_in_challenge_expires ON sign_in_challenge (expires);

-- Links and codes that were sent by email to sign in, to sign up or to accept an invitation.
DROP INDEX pending_expires;
DROP INDEX pending_user;
DROP INDEX pending_about;
ALTER TABLE pending RENAME TO email_verification;
ALTER TABLE email_verification RENAME COLUMN about TO purpose;
CREATE INDEX email_verification_expires ON email_verification (expires);
CREATE INDEX email_verification_user ON email_verification (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX email_verification_purpose ON email_verification (purpose, created DESC, id);

-- The publishing schedule.
ALTER TABLE plan_link RENAME TO schedule_link;
ALTER TABLE plan_rule RENAME TO schedule_rule;

-- A/B tests.
DROP INDEX trial_post;
DROP INDEX trial_ends;
DROP INDEX trial_user;
DROP INDEX trial_variant_cover;
ALTER TABLE trial RENAME TO experiment;
ALTER TABLE experiment RENAME COLUMN worth TO min_difference;
ALTER TABLE experiment RENAME COLUMN kept TO winner;
ALTER TABLE trial_variant RENAME TO experiment_variant;
ALTER TABLE experiment_variant RENAME COLUMN trial_id TO experiment_id;
ALTER TABLE trial_count RENAME TO experiment_count;
ALTER TABLE experiment_count RENAME COLUMN trial_id TO experiment_id;
ALTER TABLE experiment_count RENAME COLUMN acted TO converted;
CREATE INDEX experiment_post ON experiment (post_id, id);
CREATE INDEX experiment_ends ON experiment (ends);
CREATE INDEX experiment_user ON experiment (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX experiment_variant_cover ON experiment_variant (cover_id) WHERE cover_id IS NOT NULL;

-- The site's keys. Only their names change: what they have signed and encrypted stays valid.
ALTER TABLE secret RENAME TO site_key;
UPDATE site_key SET name = 'throttle' WHERE name = 'attempt';
UPDATE site_key SET name = 'experiment' WHERE name = 'trial';
UPDATE site_key SET name = 'email-verification' WHERE name = 'pending';

-- The counter that grows when a public page may have changed.
ALTER TABLE change RENAME TO content_version;

-- Checks that take long, and their last result.
DROP INDEX checkup_asked;
ALTER TABLE checkup RENAME TO health_check;
ALTER TABLE health_check RENAME COLUMN time TO checked;
ALTER TABLE health_check RENAME COLUMN asked TO requested;
UPDATE health_check SET name = 'database and files' WHERE name = 'store and files';
CREATE INDEX health_check_requested ON health_check (requested) WHERE requested = 1;

-- Full text of posts that are not published.
ALTER TABLE desk_search RENAME TO draft_search;

-- Jobs say when they were requested and when they finished.
DROP INDEX backup_waiting;
DROP INDEX backup_made;
DROP INDEX backup_kept;
ALTER TABLE backup RENAME TO backup_job;
ALTER TABLE backup_job RENAME COLUMN asked TO requested;
ALTER TABLE backup_job RENAME COLUMN made TO finished;
CREATE INDEX backup_job_waiting ON backup_job (finished) WHERE finished = 0 AND problem = '';
CREATE INDEX backup_job_finished ON backup_job (finished) WHERE finished > 0;
CREATE INDEX backup_job_stored ON backup_job (id) WHERE name <> '';

DROP INDEX export_job_made;
ALTER TABLE export_job RENAME COLUMN asked TO requested;
ALTER TABLE export_job RENAME COLUMN made TO finished;
CREATE INDEX export_job_finished ON export_job (finished) WHERE finished > 0;

DROP INDEX fetch_job_ended;
ALTER TABLE fetch_job RENAME COLUMN asked TO requested;
ALTER TABLE fetch_job RENAME COLUMN ended TO finished;
CREATE INDEX fetch_job_finished ON fetch_job (finished) WHERE finished > 0;

DROP INDEX import_job_ended;
ALTER TABLE import_job RENAME COLUMN asked TO requested;
ALTER TABLE import_job RENAME COLUMN texts TO total;
ALTER TABLE import_job RENAME COLUMN settled TO processed;
ALTER TABLE import_job RENAME COLUMN ended TO finished;
CREATE INDEX import_job_finished ON import_job (finished) WHERE finished > 0;

ALTER TABLE import_line ADD COLUMN outcome TEXT NOT NULL DEFAULT 'note' -- 'note': about the file of the line before it
	CHECK (outcome IN ('added', 'exists', 'skipped', 'note'));
UPDATE import_line SET outcome = CASE fate WHEN 'there' THEN 'exists' WHEN 'left' THEN 'skipped' ELSE fate END;
ALTER TABLE import_line DROP COLUMN fate;

-- Outgoing emails.
DROP INDEX outbox_due;
DROP INDEX outbox_sending;
DROP INDEX outbox_done;
ALTER TABLE outbox RENAME COLUMN done TO finished;
ALTER TABLE outbox RENAME COLUMN handed TO maybe_sent;
ALTER TABLE outbox RENAME COLUMN state TO old_state;
ALTER TABLE outbox ADD COLUMN state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'failed'));
UPDATE outbox SET state = CASE old_state WHEN 'given up' THEN 'failed' ELSE old_state END;
ALTER TABLE outbox DROP COLUMN old_state;
CREATE INDEX outbox_due ON outbox (next_try, id) WHERE state = 'queued';
CREATE INDEX outbox_sending ON outbox (state) WHERE state = 'sending';
CREATE INDEX outbox_finished ON outbox (state, finished) WHERE finished > 0;

-- Files of the media library.
DROP INDEX media_unsized;
DROP INDEX media_unmeasured;
DROP INDEX media_closed;
ALTER TABLE media RENAME COLUMN opened TO public;
ALTER TABLE media RENAME COLUMN sized TO variants_made;
ALTER TABLE media RENAME COLUMN measured TO probed;
CREATE INDEX media_without_variants ON media (variants_made, id) WHERE variants_made = 0 AND type IN ('image/jpeg', 'image/png', 'image/webp');
CREATE INDEX media_not_probed ON media (probed, id) WHERE probed = 0;
CREATE INDEX media_private ON media (public) WHERE public = 0;

-- Posts.
DROP INDEX post_recent;
DROP INDEX post_recent_lang;
DROP INDEX post_recent_author;
DROP INDEX post_featured;
DROP INDEX post_page;
DROP INDEX post_author;
DROP INDEX post_author_state;
DROP INDEX post_draft;
DROP INDEX post_withdrawn;
DROP INDEX post_bin;
DROP INDEX post_author_bin;
DROP INDEX post_due;
ALTER TABLE post RENAME COLUMN canonical TO canonical_url;
ALTER TABLE post RENAME COLUMN minutes TO reading_minutes;
ALTER TABLE post RENAME COLUMN binned_state TO restore_state;
ALTER TABLE post RENAME COLUMN state TO old_state;
ALTER TABLE post ADD COLUMN state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'published', 'unpublished'));
-- A post in the trash is unpublished as well, so no list, feed, search or sitemap can show it.
ALTER TABLE post ADD COLUMN trashed INTEGER NOT NULL DEFAULT 0 -- since when it has been in the trash; 0: it is not
	CHECK (trashed = 0 OR state = 'unpublished');
UPDATE post SET state = CASE old_state WHEN 'withdrawn' THEN 'unpublished' ELSE old_state END, trashed = binned,
	restore_state = CASE restore_state WHEN 'withdrawn' THEN 'unpublished' ELSE restore_state END;
ALTER TABLE post DROP COLUMN binned;
ALTER TABLE post DROP COLUMN old_state;
CREATE INDEX post_recent ON post (published DESC, id DESC) WHERE state = 'published' AND kind <> 'page';
CREATE INDEX post_recent_lang ON post (lang, published DESC, id DESC) WHERE state = 'published' AND kind <> 'page';
CREATE INDEX post_recent_author ON post (author_id, published DESC, id DESC) WHERE state = 'published' AND kind <> 'page';
CREATE INDEX post_featured ON post (lang, published DESC, id DESC) WHERE state = 'published' AND kind <> 'page' AND featured = 1;
CREATE INDEX post_page ON post (state) WHERE kind = 'page';
CREATE INDEX post_author ON post (author_id, id, lang, kind, trashed);
CREATE INDEX post_author_state ON post (author_id, state, id, lang, kind);
CREATE INDEX post_draft ON post (id, lang, kind) WHERE state = 'draft';
CREATE INDEX post_unpublished ON post (id, lang, kind) WHERE state = 'unpublished' AND trashed = 0;
CREATE INDEX post_trash ON post (trashed, id) WHERE trashed > 0;
CREATE INDEX post_author_trash ON post (author_id, trashed, id) WHERE trashed > 0;
CREATE INDEX post_due ON post (published, id, author_id, lang, kind) WHERE state = 'published';

ALTER TABLE post_tag RENAME COLUMN place TO position;

-- Why a version was saved.
UPDATE revision SET reason = CASE reason WHEN 'withdrawn' THEN 'unpublished' WHEN 'withdraw' THEN 'unpublish'
	WHEN 'bin' THEN 'trash' WHEN 'unbin' THEN 'untrash' ELSE 'experiment' END
	WHERE reason IN ('withdrawn', 'withdraw', 'bin', 'unbin', 'trial');

-- The audit log. Its lines say the same in the words of today; who, when and what stay as they were.
DROP TRIGGER audit_stays;
ALTER TABLE audit RENAME COLUMN person TO target_user_id;
UPDATE audit SET
	area = CASE area WHEN 'people' THEN 'users' WHEN 'doors' THEN 'security' WHEN 'keeping' THEN 'maintenance' ELSE area END,
	event = CASE event
		WHEN 'plan-rule-added' THEN 'schedule-rule-added'
		WHEN 'plan-rule-removed' THEN 'schedule-rule-removed'
		WHEN 'person-added' THEN 'user-added'
		WHEN 'person-changed' THEN 'user-changed'
		WHEN 'person-removed' THEN 'user-deleted'
		WHEN 'shut-out' THEN 'user-suspended'
		WHEN 'let-in' THEN 'user-reactivated'
		WHEN 'right-given' THEN 'access-granted'
		WHEN 'right-ended' THEN 'access-ended'
		WHEN 'link' THEN 'sign-in-link'
		WHEN 'uninvited' THEN 'invitation-revoked'
		WHEN 'factor-on' THEN 'second-factor-on'
		WHEN 'factor-off' THEN 'second-factor-off'
		WHEN 'withdrawn' THEN 'unpublished'
		WHEN 'backup-asked' THEN 'backup-requested'
		WHEN 'backup-taken' THEN 'backup-downloaded'
		WHEN 'check-asked' THEN 'check-requested'
		ELSE event END;
CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit
BEGIN
	SELECT RAISE(ABORT, 'the audit log is never changed');
END;
