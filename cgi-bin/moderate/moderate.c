/* The program for moderators: the moderation queue, decisions and their undo, lists, rules, bans; flags and the public log for readers. */
#include "moderate.h"

static const struct route routes[] = {
	{ GET, "/moderate", show_queue, .role = MODERATOR, .fields = queue_fields, .languages = true },
	{ POST, "/moderate", take_decisions, .role = MODERATOR, .fields = decide_fields, .languages = true, .again = show_queue, .repeat = REVISED },
	{ POST, "/moderate/undo", take_undo, .role = MODERATOR, .fields = undo_fields, .languages = true, .repeat = REPEATABLE },
	{ GET, "/moderate/comments", show_comments, .role = MODERATOR, .fields = comments_fields, .languages = true },
	{ GET, "/moderate/log", show_log, .role = MODERATOR, .fields = log_fields, .languages = true },
	{ GET, "/moderate/rules", show_rules, .role = MODERATOR, .fields = try_fields, .languages = true },
	{ POST, "/moderate/rules", take_rule, .role = MODERATOR, .fields = rule_form_fields, .languages = true, .again = show_rules, .repeat = ONCE },
	{ POST, "/moderate/rules/remove", take_rule_removal, .role = MODERATOR, .fields = id_fields, .languages = true, .repeat = REPEATABLE },
	{ GET, "/moderate/bans", show_bans, .role = MODERATOR, .fields = log_fields, .languages = true },
	{ POST, "/moderate/bans/end", take_ban_end, .role = MODERATOR, .fields = id_fields, .languages = true, .repeat = REPEATABLE },
	{ GET, "/moderate/feeds", show_feeds, .role = MODERATOR, .languages = true },
	{ POST, "/moderate/feeds", take_feed, .role = MODERATOR, .fields = feed_fields, .languages = true, .again = show_feeds, .repeat = ONCE,
		.repeated = show_new_feed },
	{ POST, "/moderate/feeds/revoke", take_feed_revocation, .role = MODERATOR, .fields = id_fields, .languages = true, .repeat = REPEATABLE },
	{ GET, "/moderate/link/:token", show_link, .role = ANYONE, .languages = true },
	{ POST, "/moderate/link/:token", take_link, .role = ANYONE, .languages = true, .proof = FORM_STAMP, .again = show_link, .repeat = REPEATABLE },
	{ GET, "/moderate/:id", show_item, .role = MODERATOR, .fields = queue_fields, .languages = true },
	{ POST, "/moderate/:id/edit", take_edit, .role = MODERATOR, .fields = edit_fields, .languages = true, .again = show_item, .repeat = REVISED },
	{ POST, "/moderate/:id/ban", take_ban, .role = MODERATOR, .fields = ban_fields, .languages = true, .again = show_item, .repeat = REVISED },
	{ POST, "/moderate/:id/trust", take_trust, .role = MODERATOR, .fields = trust_fields, .languages = true, .again = show_item, .repeat = REPEATABLE },
	{ GET, "/moderation", show_public_log, .role = ANYONE, .fields = public_log_fields, .languages = true },
	{ GET, "/my/:token/moderation.rss", show_feed, .role = ANYONE },
	{ GET, "/comment/:id/flag", show_flag, .role = MEMBER, .languages = true },
	{ POST, "/comment/:id/flag", take_flag, .role = MEMBER, .fields = flag_fields, .languages = true, .again = show_flag, .repeat = REVISED },
	{ 0 },
};

int
main(int argc, char **argv)
{
	return serve("moderate", routes, argc, argv);
}
