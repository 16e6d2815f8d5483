/* renown.conf: each line that is not understood is reported with its number. */
#include "support/suite.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/folder_access.h"
#include "core/conf.h"
#include "core/str.h"

static struct arena *arena;
static char folder[64];

static void
setup(void)
{
	arena = arena_new();
	(void)snprintf(folder, sizeof(folder), "/tmp/conf-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	(void)unsetenv("RENOWN_SITE");
	(void)unsetenv("RENOWN_DATA");
}

static void
teardown(void)
{
	(void)remove(arena_printf(arena, "%s/renown.conf", folder));
	(void)rmdir(folder);
	arena_free(arena);
}

static void
write_conf(const char *bytes, size_t length)
{
	FILE *file = fopen(arena_printf(arena, "%s/renown.conf", folder), "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
	ck_assert_int_eq(fclose(file), 0);
}

static enum status
read_text(const char *text, struct conf *ret_conf, const char **ret_problem)
{
	write_conf(text, strlen(text));
	return conf_read(arena, folder, ret_conf, ret_problem);
}

START_TEST(given_keys_are_read_and_others_keep_their_default)
{
	struct conf conf;
	const char *problem = NULL;

	ck_assert_msg(read_text("# a comment\n\n  base_url =  https://example.org/sub \nstore=/srv/x.db\n"
		"log_level = debug\nrequests = 5\n", &conf, &problem) == OK, "%s", problem);
	ck_assert_str_eq(conf.base_url, "https://example.org/sub");
	ck_assert_str_eq(conf.base_path, "/sub");
	ck_assert_str_eq(conf.origin, "https://example.org");
	ck_assert(conf.https);
	ck_assert_str_eq(conf.store, "/srv/x.db");
	ck_assert_str_eq(conf.media, arena_printf(arena, "%s/media", folder));
	ck_assert_str_eq(conf.themes, arena_printf(arena, "%s/themes", folder));
	ck_assert_str_eq(conf.log_level, "debug");
	ck_assert_int_eq(conf.requests, 5);
	ck_assert_int_eq(conf.timeout, 20);
	ck_assert_str_eq(conf.folder, folder);
}
END_TEST

START_TEST(an_address_without_path_has_no_base_path)
{
	struct conf conf;
	const char *problem;

	ck_assert_int_eq(read_text("base_url = http://[::1]:8080", &conf, &problem), OK);
	ck_assert_str_eq(conf.base_path, "");
	ck_assert_str_eq(conf.origin, "http://[::1]:8080");
	ck_assert(!conf.https);
	ck_assert_str_eq(conf.store, arena_printf(arena, "%s/renown.db", folder));
}
END_TEST

START_TEST(mail_is_sent_to_a_folder_sendmail_or_an_smtp_server)
{
	struct conf conf;
	const char *problem = NULL;

	ck_assert_int_eq(read_text("base_url = http://127.0.0.1:8080", &conf, &problem), OK);
	ck_assert_int_eq(conf.mail_transport, MAIL_FOLDER);
	ck_assert_str_eq(conf.mail, arena_printf(arena, "%s/mail", folder));
	ck_assert_str_eq(conf.mail_from, "noreply@127.0.0.1");
	ck_assert_ptr_null(conf.mail_login);
	ck_assert(conf.mail_starttls);
	ck_assert_msg(read_text("base_url = https://example.org\nmail = sendmail:/usr/sbin/sendmail\nmail_from = post@example.net\n",
		&conf, &problem) == OK, "%s", problem);
	ck_assert_int_eq(conf.mail_transport, MAIL_SENDMAIL);
	ck_assert_str_eq(conf.mail, "/usr/sbin/sendmail");
	ck_assert_str_eq(conf.mail_from, "post@example.net");
	ck_assert_msg(read_text("base_url = https://example.org\nmail = smtp://mail.example.org:587\nmail_login = login\n"
		"mail_starttls = no\nmail_from =\n", &conf, &problem) == OK, "%s", problem);
	ck_assert_int_eq(conf.mail_transport, MAIL_SMTP);
	ck_assert_str_eq(conf.mail, "smtp://mail.example.org:587");
	ck_assert_str_eq(conf.mail_login, arena_printf(arena, "%s/login", folder));
	ck_assert_str_eq(conf.mail_from, "noreply@example.org");
	ck_assert(!conf.mail_starttls);
}
END_TEST

#define URL "base_url = https://example.org\n"

static const struct {
	const char *text;
	int line;
	const char *words;
} wrong[] = {
	{ URL "colour = red\n", 2, "unknown key: colour" },
	{ URL "\n# x\nStore = a\n", 4, "unknown key: Store" },
	{ URL " = a\n", 2, "unknown key: " },
	{ URL "media = a\nmedia = a\n", 3, "media is set twice" },
	{ URL "base_url = https://example.org\n", 2, "base_url is set twice" },
	{ URL "media\n", 2, "expected: key = value" },
	{ URL "[section]\n", 2, "expected: key = value" },
	/* A missing value is an error; an empty path would be a file named NULL. */
	{ URL "store =\n", 2, "store" },
	{ URL "media = \n", 2, "media" },
	{ "base_url =\n", 1, "base_url must be" },
	{ URL "log_level =\n", 2, "log_level must be" },
	{ URL "requests =\n", 2, "requests must be a number" },
	{ URL "log_level = loud\n", 2, "log_level must be" },
	{ URL "requests = 0\n", 2, "from 1 to 100000000" },
	{ URL "requests = 100000001\n", 2, "from 1 to 100000000" },
	{ URL "requests = 99999999999999999999\n", 2, "requests must be" },
	{ URL "requests = 10 # ten\n", 2, "requests must be" },
	{ URL "timeout = 601\n", 2, "from 1 to 600" },
	{ URL "timeout = -1\n", 2, "from 1 to 600" },
	{ "base_url = https://example.org/\n", 1, "base_url must be" },
	{ "base_url = example.org\n", 1, "base_url must be" },
	{ "base_url = ftp://example.org\n", 1, "base_url must be" },
	{ "base_url = https://\n", 1, "base_url must be" },
	{ "base_url = https:///x\n", 1, "base_url must be" },
	{ "base_url = https://:80\n", 1, "base_url must be" },
	{ "base_url = https://example.org//x\n", 1, "base_url must be" },
	/* base_url is copied into headers and pages without escaping, so it must be a plain URL. */
	{ "base_url = https://example.org/\"><x\n", 1, "base_url must be" },
	{ "base_url = https://example.org/a b\n", 1, "base_url must be" },
	{ "base_url = https://user@example.org\n", 1, "base_url must be" },
	{ "base_url = https://example.org/?a\n", 1, "base_url must be" },
	{ "base_url = https://example.org/%0d\n", 1, "base_url must be" },
	{ "base_url = https://b\xc3\xbc" "cher.example\n", 1, "base_url must be" },
	{ URL "mail = post\n", 2, "mail must be folder:PATH" },
	{ URL "mail = folder:\n", 2, "mail must be folder:PATH" },
	{ URL "mail = sendmail:mail -t\n", 2, "mail must be" },
	{ URL "mail = smtp://\n", 2, "mail must be" },
	{ URL "mail = smtp://user:secret@example.org\n", 2, "mail must be" },
	{ URL "mail = smtp://example.org/x\n", 2, "mail must be" },
	{ URL "mail = http://example.org\n", 2, "mail must be" },
	{ URL "mail_from = Mo <mo@example.org>\n", 2, "mail_from must be one address" },
	{ URL "mail_from = a@example.org,b@example.org\n", 2, "mail_from must be one address" },
	{ URL "mail_from = example.org\n", 2, "mail_from must be one address" },
	{ URL "mail_starttls = perhaps\n", 2, "mail_starttls must be yes or no" },
	{ "media = a\n", 1, "base_url is missing" },
	{ "", 1, "base_url is missing" },
};

START_TEST(each_error_names_its_line_and_problem)
{
	struct conf conf = { .timeout = 42 };
	const char *problem = NULL, *start = arena_printf(arena, "%s/renown.conf:%d: ", folder, wrong[_i].line);

	ck_assert_msg(read_text(wrong[_i].text, &conf, &problem) == INVALID, "%s", wrong[_i].text);
	ck_assert_msg(str_starts(problem, start), "%s: %s", wrong[_i].text, problem);
	ck_assert_msg(strstr(problem, wrong[_i].words) != NULL, "%s: %s", wrong[_i].text, problem);
	ck_assert_int_eq(conf.timeout, 42);
}
END_TEST

START_TEST(the_themes_folder_can_be_set_and_must_not_be_empty)
{
	struct conf conf;
	const char *problem;

	ck_assert_int_eq(read_text(URL "themes =\n", &conf, &problem), INVALID);
	ck_assert_int_eq(read_text(URL "themes = looks\n", &conf, &problem), OK);
	ck_assert_str_eq(conf.themes, arena_printf(arena, "%s/looks", folder));
}
END_TEST

START_TEST(too_long_lines_and_files_are_refused)
{
	struct conf conf;
	const char *problem;
	struct str text = str_init(arena);

	str_printf(&text, URL "# %0*d\n", 996, 0);
	ck_assert_int_eq(read_text(text.bytes, &conf, &problem), OK);
	str_printf(&text, "# %0*d\n", 1000, 0);
	ck_assert_int_eq(read_text(text.bytes, &conf, &problem), INVALID);
	ck_assert_ptr_nonnull(strstr(problem, ":3: line too long"));
	text = str_init(arena);
	str_add(&text, URL);
	for (int i = 0; i < 1000; i++)
		str_add_char(&text, '\n');
	ck_assert_int_eq(read_text(text.bytes, &conf, &problem), INVALID);
	ck_assert_ptr_nonnull(strstr(problem, ":1001: too many lines"));
}
END_TEST

/* With fgets(), the text after a NUL byte would be ignored without an error. */
START_TEST(a_nul_byte_is_refused)
{
	static const char with_end[] = URL "media = a\0 b\n", without[] = URL "media = a\0 b";
	struct conf conf;
	const char *problem;

	write_conf(with_end, sizeof(with_end) - 1);
	ck_assert_int_eq(conf_read(arena, folder, &conf, &problem), INVALID);
	write_conf(without, sizeof(without) - 1);
	ck_assert_int_eq(conf_read(arena, folder, &conf, &problem), INVALID);
	ck_assert_ptr_nonnull(strstr(problem, ":2:"));
}
END_TEST

START_TEST(windows_line_ends_are_not_part_of_a_value)
{
	struct conf conf;
	const char *problem;

	ck_assert_int_eq(read_text("base_url = https://example.org\r\nlog_level = info\r\n", &conf, &problem), OK);
	ck_assert_str_eq(conf.base_url, "https://example.org");
}
END_TEST

START_TEST(a_missing_file_is_reported_with_its_folder)
{
	struct conf conf;
	const char *problem = "";

	ck_assert_int_eq(conf_read(arena, folder, &conf, &problem), NOT_FOUND);
	ck_assert_ptr_nonnull(strstr(problem, folder));
	ck_assert_ptr_nonnull(strstr(problem, "renown init"));
}
END_TEST

/* Root may enter every folder, so these tests run as another user. */
static void
become_another_user(void)
{
	if (getuid() == 0)
		ck_assert_int_eq(setegid(65534) + seteuid(65534), 0);
}

static void
become_the_first_user(void)
{
	ck_assert_int_eq(seteuid(getuid()) + setegid(getgid()), 0);
}

START_TEST(a_folder_without_access_is_named_in_the_error)
{
	const char *closed = arena_printf(arena, "%s/closed", folder), *site = arena_printf(arena, "%s/site", closed);
	const char *problem = "";
	struct conf conf;

	ck_assert_int_eq(chmod(folder, 0755) + mkdir(closed, 0700) + mkdir(site, 0755), 0);
	ck_assert_ptr_null(folder_access_denied(arena, arena_printf(arena, "%s/renown.conf", site)));
	if (geteuid() != 0)
		ck_assert_int_eq(chmod(closed, 0), 0);
	become_another_user();
	ck_assert_str_eq(folder_access_denied(arena, arena_printf(arena, "%s/renown.conf", site)), closed);
	ck_assert_ptr_null(folder_access_denied(arena, closed));
	ck_assert_ptr_null(folder_access_denied(arena, "/nowhere/at/all"));
	ck_assert_int_eq(conf_read(arena, site, &conf, &problem), NOT_FOUND);
	ck_assert_ptr_nonnull(strstr(problem, arena_printf(arena, "the folder %s is closed to the user %s", closed, folder_access_user(arena))));
	become_the_first_user();
	ck_assert_int_eq(chmod(closed, 0700) + rmdir(site) + rmdir(closed), 0);
}
END_TEST

START_TEST(an_unreadable_file_is_not_reported_as_missing)
{
	const char *path = arena_printf(arena, "%s/renown.conf", folder), *problem = "";
	struct conf conf;

	ck_assert_int_eq(read_text("base_url = https://example.org\n", &conf, &problem), OK);
	ck_assert_int_eq(chmod(folder, 0755) + chmod(path, geteuid() == 0 ? 0600 : 0), 0);
	become_another_user();
	ck_assert_int_eq(conf_read(arena, folder, &conf, &problem), NOT_FOUND);
	ck_assert_ptr_nonnull(strstr(problem, "cannot be read by the user"));
	ck_assert_ptr_null(strstr(problem, "renown init"));
	become_the_first_user();
}
END_TEST

START_TEST(a_folder_named_renown_conf_is_an_error)
{
	const char *path = arena_printf(arena, "%s/renown.conf", folder), *problem = "";
	struct conf conf;

	ck_assert_int_eq(mkdir(path, 0700), 0);
	ck_assert_int_eq(conf_read(arena, folder, &conf, &problem), NOT_FOUND);
	ck_assert_ptr_nonnull(strstr(problem, "cannot be read"));
	ck_assert_int_eq(rmdir(path), 0);
}
END_TEST

START_TEST(the_site_folder_is_found)
{
	char real[4096];

	ck_assert_ptr_nonnull(realpath(folder, real));
	ck_assert_int_eq(chdir(folder), 0);
	ck_assert_str_eq(conf_find_site(arena, NULL), "/etc/renown");
	ck_assert_str_eq(conf_find_site(arena, "/nowhere/at/all"), "/nowhere/at/all");
	ck_assert_str_eq(conf_find_site(arena, "new"), arena_printf(arena, "%s/new", real));
	write_conf("", 0);
	ck_assert_str_eq(conf_find_site(arena, NULL), real);
	ck_assert_int_eq(setenv("RENOWN_SITE", "/tmp", 1), 0);
	ck_assert_str_eq(conf_find_site(arena, NULL), "/tmp");
	ck_assert_str_eq(conf_find_site(arena, "."), real);
	ck_assert_int_eq(chdir("/"), 0);
}
END_TEST

START_TEST(the_data_folder_is_found)
{
	ck_assert_str_eq(conf_data_folder(), DATADIR);
	ck_assert_int_eq(setenv("RENOWN_DATA", "/here", 1), 0);
	ck_assert_str_eq(conf_data_folder(), "/here");
}
END_TEST

/* The manual page and the shell completion are generated from this table. */
START_TEST(every_key_has_a_default_and_a_help_text)
{
	for (const struct conf_key *key = conf_keys; key->name != NULL; key++) {
		ck_assert_ptr_nonnull(key->default_value);
		ck_assert_uint_gt(strlen(key->help), 20);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("conf");
	TCase *cases = tcase_create("conf");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, given_keys_are_read_and_others_keep_their_default);
	tcase_add_test(cases, mail_is_sent_to_a_folder_sendmail_or_an_smtp_server);
	tcase_add_test(cases, an_address_without_path_has_no_base_path);
	tcase_add_loop_test(cases, each_error_names_its_line_and_problem, 0, sizeof(wrong) / sizeof(*wrong));
	tcase_add_test(cases, the_themes_folder_can_be_set_and_must_not_be_empty);
	tcase_add_test(cases, too_long_lines_and_files_are_refused);
	tcase_add_test(cases, a_nul_byte_is_refused);
	tcase_add_test(cases, windows_line_ends_are_not_part_of_a_value);
	tcase_add_test(cases, a_missing_file_is_reported_with_its_folder);
	tcase_add_test(cases, a_folder_without_access_is_named_in_the_error);
	tcase_add_test(cases, an_unreadable_file_is_not_reported_as_missing);
	tcase_add_test(cases, a_folder_named_renown_conf_is_an_error);
	tcase_add_test(cases, the_site_folder_is_found);
	tcase_add_test(cases, the_data_folder_is_found);
	tcase_add_test(cases, every_key_has_a_default_and_a_help_text);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
