#include "tui/input.h"

#include <string.h>

#include "base/compiler.h"
#include "base/text.h"

static const struct {
	const char *name;
	uint32_t key;
} names[] = {
	{ "Enter", INPUT_ENTER },   { "Tab", INPUT_TAB },       { "Backspace", INPUT_BACKSPACE },
	{ "Esc", INPUT_ESCAPE },    { "Up", INPUT_UP },         { "Down", INPUT_DOWN },
	{ "Right", INPUT_RIGHT },   { "Left", INPUT_LEFT },     { "Home", INPUT_HOME },
	{ "End", INPUT_END },       { "PgUp", INPUT_PAGE_UP },  { "PgDn", INPUT_PAGE_DOWN },
	{ "Insert", INPUT_INSERT }, { "Delete", INPUT_DELETE }, { "Center", INPUT_CENTER },
	{ "Space", ' ' },
};

static const struct {
	char letter;
	unsigned mod;
} mods[] = {
	{ 'C', INPUT_CTRL },
	{ 'A', INPUT_ALT },
	{ 'S', INPUT_SHIFT },
};

void input_name(struct strbuf *out, const struct input *key)
{
	for (size_t i = 0; i < COUNT(mods); i++)
		if (key->mods & mods[i].mod)
			strbuf_addf(out, "%c-", mods[i].letter);
	for (size_t i = 0; i < COUNT(names); i++) {
		if (key->key == names[i].key) {
			strbuf_addstr(out, names[i].name);
			return;
		}
	}
	if (key->key >= INPUT_F1 && key->key <= INPUT_F20)
		strbuf_addf(out, "F%u", key->key - INPUT_F1 + 1);
	else
		text_encode(out, key->key);
}

static unsigned read_mods(struct text_span *word)
{
	unsigned found = 0;
	bool again = true;

	while (again && word->len > 2 && word->at[1] == '-') {
		again = false;
		for (size_t i = 0; i < COUNT(mods); i++) {
			if (word->at[0] == mods[i].letter) {
				found |= mods[i].mod;
				again = true;
			}
		}
		if (again)
			*word = (struct text_span){ word->at + 2, word->len - 2 };
	}
	return found;
}

static bool read_key(uint32_t *key, struct text_span word)
{
	uint32_t number = 0;

	for (size_t i = 0; i < COUNT(names); i++) {
		if (text_is(word, names[i].name)) {
			*key = names[i].key;
			return true;
		}
	}
	if (word.len > 1 && word.len < 4 && word.at[0] == 'F') {
		for (size_t i = 1; i < word.len; i++) {
			if (word.at[i] < '0' || word.at[i] > '9')
				return false;
			number = number * 10 + (uint32_t)(word.at[i] - '0');
		}
		*key = INPUT_F1 + number - 1;
		return number >= 1 && number <= 20;
	}
	return text_decode(key, word.at, word.len) == word.len && text_is_utf8(word.at, word.len);
}

bool input_parse(struct input *out, const char **rest)
{
	struct text_span word = { *rest + strspn(*rest, " "), 0 };

	word.len = strcspn(word.at, " ");
	*rest = word.at + word.len;
	*out = (struct input){ .type = INPUT_KEY, .mods = read_mods(&word) };
	return word.len > 0 && read_key(&out->key, word);
}
