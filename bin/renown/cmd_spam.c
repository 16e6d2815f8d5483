/* renown spam: measures the spam classifier, and explains what it thinks of a text. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "caller.h"
#include "command.h"
#include "core/csv.h"
#include "core/str.h"
#include "core/text.h"
#include "store/spam/spam_count.h"
#include "store/spam/spam_features.h"
#include "store/spam/spam_score.h"
#include "store/spam/spam_table.h"

enum { LONGEST_TEXT = 1024 * 1024 };

static int
cannot_read(const char *path, int number)
{
	return fail("%s cannot be read: %s.", path, strerror(number));
}

/* A stream of the file that the opener opened; the caller closes it. NULL with errno. */
static FILE *
input_stream(const struct context *context)
{
	int fd = fcntl(caller_input(context->caller), F_DUPFD_CLOEXEC, 0);
	FILE *stream = fd < 0 ? NULL : fdopen(fd, "r");

	if (stream == NULL && fd >= 0)
		(void)close(fd);
	return stream;
}

/* --- evaluate ------------------------------------------------------------------------ */

/* One reading of a file of labelled comments. */
struct labelled {
	const char *path;
	FILE *stream;
	struct arena *arena; /* of the reader */
	struct csv *csv;
	size_t text, label, columns; /* the columns that are used, and how many there are */
};

/* One labelled comment. */
struct sample {
	const char *text; /* valid UTF-8 */
	bool is_spam;
};

/* NULL, or the problem of the header. */
static const char *
find_columns(struct labelled *file, const char *const *names, size_t count)
{
	size_t texts = 0, labels = 0;

	for (size_t i = 0; i < count; i++) {
		const char *name = str_trim(file->arena, names[i]);
		if (strcasecmp(name, "text") == 0 && texts++ == 0)
			file->text = i;
		if (strcasecmp(name, "label") == 0 && labels++ == 0)
			file->label = i;
	}
	file->columns = count;
	if (texts == 1 && labels == 1)
		return NULL;
	return "The first line names the columns. Exactly one must be called text, and one label.";
}

static int
wrong_line(const struct labelled *file, size_t line, const char *problem)
{
	return fail("%s, line %zu: %s", file->path, line, problem);
}

/* Reads the next record. *ret_end: there was none. DONE, or FAILED with the reason printed. */
static int
read_record(struct labelled *file, struct arena *arena, const char ***ret_fields, size_t *ret_count, size_t *ret_line, bool *ret_end)
{
	const char *problem = NULL;
	enum status status = csv_next(file->csv, arena, ret_fields, ret_count, ret_line, &problem);

	*ret_end = status == NOT_FOUND;
	if (status == INVALID)
		return wrong_line(file, *ret_line, problem);
	return status == OK || status == NOT_FOUND ? DONE : cannot_read(file->path, errno);
}

/* Begins to read the file, from its start. */
static int
begin(struct labelled *file)
{
	const char **names;
	const char *problem;
	size_t count, line = 1;
	bool end;
	int result;

	rewind(file->stream);
	arena_reset(file->arena);
	file->csv = csv_new(file->arena, file->stream);
	result = read_record(file, file->arena, &names, &count, &line, &end);
	if (result != DONE)
		return result;
	problem = end ? "The file is empty." : find_columns(file, names, count);
	return problem == NULL ? DONE : wrong_line(file, line, problem);
}

static bool
read_label(struct arena *arena, const char *word, bool *ret_is_spam)
{
	word = str_trim(arena, word);
	*ret_is_spam = str_equal(word, "1") || strcasecmp(word, "spam") == 0;
	return *ret_is_spam || str_equal(word, "0") || strcasecmp(word, "ham") == 0;
}

static int
read_sample(struct labelled *file, struct arena *arena, struct sample *ret_sample, bool *ret_end)
{
	const char **fields;
	size_t count, line = 0;
	int result = read_record(file, arena, &fields, &count, &line, ret_end);

	if (result != DONE || *ret_end)
		return result;
	if (count != file->columns)
		return fail("%s, line %zu: There are %zu fields here, and %zu in the first line.", file->path, line, count, file->columns);
	if (!read_label(arena, fields[file->label], &ret_sample->is_spam))
		return wrong_line(file, line, "The label must be 1 or spam, or 0 or ham.");
	ret_sample->text = text_clean(arena, fields[file->text], strlen(fields[file->text]), TEXT_BLOCK);
	return DONE;
}

/* What the classifier did with the second half. */
struct outcome {
	size_t trained_spam, trained_ham;
	size_t found, missed;     /* spam */
	size_t accused, accepted; /* others: called spam by mistake, and not */
};

static double
share(size_t part, size_t rest)
{
	return part == 0 ? 0 : (double)part / (double)(part + rest);
}

static void
test(struct arena *arena, const struct spam_table *table, const struct sample *sample, struct outcome *outcome)
{
	const struct spam_comment comment = { .text = sample->text };
	struct spam_features features;
	struct spam_total total;
	bool is_spam;

	spam_features_take(arena, &comment, &features);
	spam_table_look_up(table, &features, &total);
	is_spam = spam_score_is_spam(spam_score(&features, &total));
	outcome->found += is_spam && sample->is_spam;
	outcome->missed += !is_spam && sample->is_spam;
	outcome->accused += is_spam && !sample->is_spam;
	outcome->accepted += !is_spam && !sample->is_spam;
}

static void
train(struct arena *arena, struct spam_table *table, const struct sample *sample, struct outcome *outcome)
{
	const struct spam_comment comment = { .text = sample->text };
	struct spam_features features;

	spam_features_take(arena, &comment, &features);
	spam_table_learn(table, &features, sample->is_spam);
	outcome->trained_spam += sample->is_spam;
	outcome->trained_ham += !sample->is_spam;
}

/* Reads all samples. table NULL: only counts them. */
static int
read_all(struct labelled *file, struct spam_table *table, size_t half, bool may_train, struct outcome *outcome, size_t *ret_count)
{
	struct arena *arena = arena_new();
	bool end = false;
	int result = begin(file);

	*ret_count = 0;
	while (result == DONE && !end) {
		struct sample sample = { 0 };
		result = read_sample(file, arena, &sample, &end);
		if (result == DONE && !end && table != NULL) {
			if (*ret_count >= half)
				test(arena, table, &sample, outcome);
			else if (may_train)
				train(arena, table, &sample, outcome);
		}
		*ret_count += result == DONE && !end;
		arena_reset(arena);
	}
	arena_free(arena);
	return result;
}

static void
print_outcome(const struct outcome *outcome)
{
	double precision = share(outcome->found, outcome->accused), recall = share(outcome->found, outcome->missed);
	double f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;

	say("Learned %zu spam and %zu other comments.\n", outcome->trained_spam, outcome->trained_ham);
	say("Tested %zu spam: %zu found, %zu missed.\n", outcome->found + outcome->missed, outcome->found, outcome->missed);
	say("Tested %zu others: %zu accepted, %zu called spam.\n", outcome->accepted + outcome->accused, outcome->accepted, outcome->accused);
	say("precision %.4f recall %.4f f1 %.4f\n", precision, recall, f1);
}

/* The file is read twice, so that its comments need not be kept: how many there are says where its second half begins. */
static int
evaluate(struct labelled *file, bool may_train)
{
	struct outcome outcome = { 0 };
	struct spam_table *table = spam_table_new(SPAM_FEATURES_KEPT);
	size_t count = 0, again = 0;
	int result = read_all(file, NULL, 0, false, NULL, &count);

	if (result == DONE && count < 2)
		result = fail("%s: at least two comments are needed.", file->path);
	if (result == DONE)
		result = read_all(file, table, count / 2, may_train, &outcome, &again);
	if (result == DONE)
		print_outcome(&outcome);
	spam_table_free(table);
	return result;
}

static const char *
take_untrained(void *state, struct arena *arena, int option, const char *argument)
{
	(void)arena;
	(void)option;
	(void)argument;
	*(bool *)state = true;
	return NULL;
}

static int
read_evaluate(struct context *context, int argc, char **argv, bool *untrained, char ***ret_words)
{
	static const struct option options[] = { { "untrained", no_argument, NULL, 'u' }, { 0 } };

	return read_options(context, argc, argv, options, take_untrained, untrained, 1, 1, ret_words);
}

int
spam_evaluate_open(struct context *context, int argc, char **argv)
{
	bool untrained;
	char **words;
	int result = read_evaluate(context, argc, argv, &untrained, &words);

	return result == DONE ? caller_read_file(context->arena, words[0], &context->caller) : result;
}

static int
spam_evaluate_command(struct context *context, int argc, char **argv)
{
	struct labelled file = { 0 };
	bool untrained = false;
	char **words;
	int result = read_evaluate(context, argc, argv, &untrained, &words);

	if (result != DONE)
		return result;
	file.path = words[0];
	file.stream = input_stream(context);
	if (file.stream == NULL)
		return cannot_read(file.path, errno);
	file.arena = arena_new();
	result = evaluate(&file, !untrained);
	arena_free(file.arena);
	(void)fclose(file.stream);
	return result;
}

/* --- why ------------------------------------------------------------------------------- */

/* Reads a file, or standard input for "-". NULL, with the reason printed, when it cannot be read. */
static const char *
read_text(struct context *context, const char *path)
{
	char *bytes = arena_alloc(context->arena, LONGEST_TEXT + 1);
	FILE *stream = str_equal(path, "-") ? stdin : input_stream(context);
	size_t length = 0;
	int number = errno;

	if (stream != NULL) {
		length = fread(bytes, 1, LONGEST_TEXT + 1, stream);
		number = ferror(stream) ? errno : 0;
		if (stream != stdin)
			(void)fclose(stream);
	}
	if (number != 0)
		(void)cannot_read(str_equal(path, "-") ? "Standard input" : path, number);
	else if (length > LONGEST_TEXT)
		(void)fail("The text is longer than 1 MiB.");
	else
		return text_clean(context->arena, bytes, length, TEXT_BLOCK);
	return NULL;
}

static void
print_weights(const struct spam_features *features, double score)
{
	say("weight\tspam\tothers\tfeature\n");
	for (size_t i = 0; i < features->count; i++) {
		const struct spam_feature *feature = &features->list[i];
		if (feature->weight != 0)
			say("%+.2f\t%lld\t%lld\t%s\n", feature->weight, (long long)feature->spam, (long long)feature->ham, feature->name);
	}
	say("%s: probability of spam %.2f, sum of the weights %+.2f\n", spam_score_is_spam(score) ? "spam" : "no spam",
		spam_score_probability(score), score);
}

int
spam_why_open(struct context *context, int argc, char **argv)
{
	char **words;
	int result = read_words(context, argc, argv, 1, 1, &words);

	return result != DONE || str_equal(words[0], "-") ? result : caller_read_file(context->arena, words[0], &context->caller);
}

static int
spam_why_command(struct context *context, int argc, char **argv)
{
	struct spam_comment comment = { 0 };
	struct spam_features features;
	struct spam_total total = { 0 };
	enum status status = OK;
	char **words;
	int result = read_words(context, argc, argv, 1, 1, &words);

	if (result != DONE)
		return result;
	comment.text = read_text(context, words[0]);
	if (comment.text == NULL)
		return FAILED;
	spam_features_take(context->arena, &comment, &features);
	if (context->db != NULL)
		status = spam_count_read(context->db, context->arena, &features, &total);
	if (status != OK)
		return fail_status(status, "Reading what was learned");
	if (context->db == NULL)
		say("No site was given: only what renown knows from the start is used.\n");
	else
		say("Learned: %lld spam, %lld others.\n", (long long)total.spam, (long long)total.ham);
	print_weights(&features, spam_score(&features, &total));
	return DONE;
}

const struct command spam_commands[] = {
	{ "spam", "evaluate", "FILE.csv [--untrained]",
		"Measures the spam classifier: learns the first half of labelled comments and tests the second.", spam_evaluate_command, NEEDS_NOTHING },
	{ "spam", "why", "(FILE | -)", "Prints the features of a text that speak for or against spam; - reads standard input.",
		spam_why_command, NEEDS_GIVEN_DATABASE },
	{ 0 },
};
