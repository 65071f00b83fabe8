#include "tui/reply.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"

bool reply_read_csi(struct reply *out, const struct csi *csi)
{
	static const struct {
		char prefix, intermediate, final;
		enum reply_type type;
	} rows[] = {
		{ '?', 0, 'c', REPLY_DEVICE },   { '>', 0, 'c', REPLY_OTHER },
		{ '=', 0, 'c', REPLY_OTHER },    { 0, 0, 't', REPLY_WINDOW },
		{ '?', 0, 'S', REPLY_GRAPHICS }, { '?', '$', 'y', REPLY_MODE },
		{ 0, '$', 'y', REPLY_OTHER },    { '?', 0, 'R', REPLY_CURSOR },
		{ '?', 0, 'u', REPLY_KEYBOARD }, { 0, 0, 'n', REPLY_OTHER },
		{ '?', 0, 'n', REPLY_OTHER },    { '>', 0, 'm', REPLY_OTHER },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		if (rows[i].prefix != csi->prefix || rows[i].final != csi->final ||
		    rows[i].intermediate != csi->intermediate)
			continue;
		*out = (struct reply){ .type = rows[i].type, .count = csi->count };
		memcpy(out->numbers, csi->numbers, sizeof(out->numbers));
		return true;
	}
	return false;
}

static int hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)((at - digits) % 16) : -1;
}

/* One to four hex digits for 0 to 1, made 0 to 255. */
static bool read_channel(uint32_t *out, const char **at)
{
	uint32_t value = 0, most = 0;

	while (most < 0xffff && hex_digit(**at) >= 0) {
		value = value * 16 + (uint32_t)hex_digit(**at);
		most = most * 16 + 15;
		++*at;
	}
	*out = most ? (value * 255 + most / 2) / most : 0;
	return most > 0;
}

/* "11;rgb:1e1e/1e1e/1e1e" */
static bool read_color(struct reply *out, const char *body)
{
	uint32_t channel;
	const char *at;

	if (strncmp(body, "10;", 3) != 0 && strncmp(body, "11;", 3) != 0)
		return false;
	at = strchr(body, ':');
	if (!at || (strncmp(body + 3, "rgb:", 4) != 0 && strncmp(body + 3, "rgba:", 5) != 0))
		return false;
	for (int i = 0; i < 3; i++) {
		at++;
		if (!read_channel(&channel, &at) || (i < 2 && *at != '/'))
			return false;
		out->color = out->color << 8 | channel;
	}
	out->type = REPLY_COLOR;
	out->numbers[0] = body[1] == '0' ? 10 : 11;
	out->count = 1;
	return true;
}

bool reply_read_string(struct reply *out, char letter, const char *body, size_t len)
{
	char text[sizeof(out->text)] = { 0 };

	memcpy(text, body, len < sizeof(text) ? len : sizeof(text) - 1);
	*out = (struct reply){ .type = REPLY_OTHER };
	if (letter == ']')
		return read_color(out, text);
	if (letter == 'P' && !strncmp(text, ">|", 2)) {
		out->type = REPLY_VERSION;
		memcpy(out->text, text + 2, sizeof(text) - 2);
		return true;
	}
	if (letter == '_' && text[0] == 'G') {
		out->type = REPLY_PICTURE;
		out->ok = strstr(text, ";OK") != NULL;
		return true;
	}
	return false;
}
