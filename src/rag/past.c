#include "rag/past.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

#define MOST_BYTES (8u << 20)

const char *const past_kind_names[PAST_KIND_COUNT + 1] = {
	[PAST_MEMBERS] = "members", [PAST_PARAMS] = "params",   [PAST_VALUES] = "values",
	[PAST_INPUTS] = "inputs",   [PAST_OUTPUTS] = "outputs",
};

/* The lines of the file, taken apart in place. */
struct reader {
	struct past *past;
	size_t owner_cap, name_cap;
	const char *file;
	size_t line;
};

/* The text up to the next tab, which becomes its end; NULL: the line is over. */
static char *next_column(char **rest)
{
	char *column = *rest;
	char *tab = column ? strchr(column, '\t') : NULL;

	*rest = tab ? tab + 1 : NULL;
	if (tab)
		*tab = '\0';
	return column;
}

static bool read_versions(struct reader *r, char *rest, struct error *err)
{
	struct past *past = r->past;

	for (char *version; (version = next_column(&rest));) {
		if (past->version_count == PAST_MOST_VERSIONS)
			return failed(err, ERR_CONFIG, "%s:%zu: more than %d versions", r->file,
			              r->line, PAST_MOST_VERSIONS);
		past->versions[past->version_count++] = version;
	}
	return true;
}

static void add_owner(struct reader *r, enum past_kind kind, const char *ident, const char *base)
{
	struct past *past = r->past;

	if (past->owner_count == r->owner_cap) {
		r->owner_cap = r->owner_cap ? r->owner_cap * 2 : 1024;
		past->owners = xrealloc(past->owners, r->owner_cap * sizeof(*past->owners));
	}
	past->owners[past->owner_count++] = (struct past_owner){
		.kind = kind,
		.ident = ident,
		.base = base,
		.first = past->name_count,
	};
}

static void add_name(struct reader *r, struct past_name name)
{
	struct past *past = r->past;

	if (past->name_count == r->name_cap) {
		r->name_cap = r->name_cap ? r->name_cap * 2 : 8192;
		past->names = xrealloc(past->names, r->name_cap * sizeof(*past->names));
	}
	past->names[past->name_count++] = name;
	past->owners[past->owner_count - 1].count++;
}

static int compare(const struct past_owner *owner, enum past_kind kind, const char *ident)
{
	int order = strcmp(owner->ident, ident);

	return order ? order : (int)owner->kind - (int)kind;
}

static bool read_owner(struct reader *r, const char *word, char *rest, struct error *err)
{
	struct past *past = r->past;
	const char *ident = next_column(&rest);
	const char *base = next_column(&rest);

	for (enum past_kind kind = 0; kind < PAST_KIND_COUNT; kind++) {
		if (strcmp(word, past_kind_names[kind]))
			continue;
		if (!ident || (past->owner_count &&
		               compare(&past->owners[past->owner_count - 1], kind, ident) >= 0))
			return failed(err, ERR_CONFIG, "%s:%zu: not in order", r->file, r->line);
		add_owner(r, kind, ident, base ? base : "");
		return true;
	}
	return failed(err, ERR_CONFIG, "%s:%zu: unknown word %.20s", r->file, r->line, word);
}

static bool read_names(struct reader *r, char *rest, struct error *err)
{
	const char *bits = next_column(&rest);
	struct past_name name = {
		.versions = bits ? (unsigned)strtoul(bits, NULL, 10) : 0,
		.summary = next_column(&rest),
	};

	if (!name.summary || !r->past->owner_count || !name.versions)
		return failed(err, ERR_CONFIG, "%s:%zu: expected versions, summary, names", r->file,
		              r->line);
	while ((name.name = next_column(&rest)))
		add_name(r, name);
	return true;
}

static bool read_line(struct reader *r, char *line, struct error *err)
{
	char *rest = line;
	const char *word;

	if (!*line || *line == '#')
		return true;
	word = next_column(&rest);
	if (!*word)
		return read_names(r, rest, err);
	if (!strcmp(word, "versions"))
		return read_versions(r, rest, err);
	return read_owner(r, word, rest, err);
}

bool past_read(struct past *out, const char *file, struct error *err)
{
	struct reader r = { .past = out, .file = file };
	struct strbuf text = { 0 };
	char *at;

	past_release(out);
	if (!file_read(&text, file, MOST_BYTES, err)) {
		strbuf_release(&text);
		return false;
	}
	at = out->text = strbuf_detach(&text);
	while (at && *at) {
		char *end = strchr(at, '\n');

		if (end)
			*end = '\0';
		r.line++;
		if (!read_line(&r, at, err)) {
			past_release(out);
			return false;
		}
		at = end ? end + 1 : NULL;
	}
	return true;
}

void past_release(struct past *past)
{
	free(past->text);
	free(past->owners);
	free(past->names);
	*past = (struct past){ 0 };
}

static const struct past_owner *find_owner(const struct past *past, enum past_kind kind,
                                           const char *ident)
{
	size_t from = 0, to = past->owner_count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int order = compare(&past->owners[middle], kind, ident);

		if (!order)
			return &past->owners[middle];
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

bool past_has_owner(const struct past *past, enum past_kind kind, const char *ident)
{
	return find_owner(past, kind, ident);
}

const char *past_base(const struct past *past, const char *ident)
{
	const struct past_owner *owner = find_owner(past, PAST_MEMBERS, ident);

	return owner ? owner->base : "";
}

unsigned past_find(const struct past *past, enum past_kind kind, const char *owner,
                   const char *name)
{
	const struct past_owner *at = find_owner(past, kind, owner);
	unsigned versions = 0;

	for (int depth = 0; at && depth < PAST_DEEPEST; depth++) {
		for (size_t i = 0; i < at->count; i++)
			if (!strcmp(past->names[at->first + i].name, name))
				versions |= past->names[at->first + i].versions;
		at = *at->base ? find_owner(past, kind, at->base) : NULL;
	}
	return versions;
}

/* Where the last part of an identifier begins and how each kind of part is written. */
static const struct form {
	enum past_kind kind;
	const char *open, *close;
} forms[] = {
	{ PAST_INPUTS, ".inputs[\"", "\"]" },
	{ PAST_OUTPUTS, ".outputs[\"", "\"]" },
	{ PAST_VALUES, "='", "'" },
	{ PAST_PARAMS, "(", ")" },
	{ PAST_MEMBERS, ".", "" }, /* last, since the others have dots too */
};

static const char *find_last(const char *text, const char *what)
{
	const char *found = NULL;

	for (const char *at = text; (at = strstr(at, what)); at++)
		found = at;
	return found;
}

/* The owner of a parameter's values is written f(param)='VALUE' and filed as f.param. */
static void add_owner_ident(struct strbuf *out, const char *ident, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (ident[i] == ')')
			continue;
		strbuf_add(out, ident[i] == '(' ? "." : &ident[i], 1);
	}
}

bool past_split(enum past_kind *kind, struct strbuf *owner, struct strbuf *name, const char *ident)
{
	strbuf_reset(owner);
	strbuf_reset(name);
	for (size_t i = 0; i < COUNT(forms); i++) {
		const char *at = find_last(ident, forms[i].open);
		size_t skip = strlen(forms[i].open), close = strlen(forms[i].close);

		if (!at || strlen(at) < skip + close ||
		    strcmp(at + strlen(at) - close, forms[i].close) != 0)
			continue;
		*kind = forms[i].kind;
		add_owner_ident(owner, ident, (size_t)(at - ident));
		strbuf_add(name, at + skip, strlen(at) - skip - close);
		return true;
	}
	return false;
}

unsigned past_find_ident(const struct past *past, const char *ident)
{
	struct strbuf owner = { 0 }, name = { 0 };
	enum past_kind kind;
	unsigned versions = 0;

	if (past_split(&kind, &owner, &name, ident))
		versions = past_find(past, kind, strbuf_str(&owner), strbuf_str(&name));
	strbuf_release(&owner);
	strbuf_release(&name);
	return versions;
}

void past_ident(struct strbuf *out, enum past_kind kind, const char *owner, const char *name)
{
	size_t i = 0;

	while (forms[i].kind != kind)
		i++;
	strbuf_reset(out);
	strbuf_addstr(out, owner);
	strbuf_addstr(out, forms[i].open);
	strbuf_addstr(out, name);
	strbuf_addstr(out, forms[i].close);
}

/* Major and minor as one number: 4003 of "4.3.2 LTS". */
static long release_of(const char *version)
{
	char *end;
	long major = strtol(version, &end, 10);

	return 1000 * major + (*end == '.' ? strtol(end + 1, NULL, 10) : 0);
}

unsigned past_version(const struct past *past, const char *version)
{
	for (size_t i = 0; i < past->version_count; i++)
		if (release_of(version) == release_of(past->versions[i]))
			return 1u << i;
	return 0;
}

unsigned past_around(const struct past *past, const char *version)
{
	unsigned exact = past_version(past, version);

	if (exact)
		return exact;
	for (size_t i = 1; i < past->version_count; i++)
		if (release_of(past->versions[i - 1]) < release_of(version) &&
		    release_of(version) < release_of(past->versions[i]))
			return 3u << (i - 1);
	return 0;
}
