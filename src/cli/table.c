#include "cli/table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"

#define GAP 2

static size_t columns_of(const struct table *t)
{
	size_t count = 0;

	while (t->columns[count].title || t->columns[count].key)
		count++;
	return count;
}

static void add_cell(struct table *t, struct strbuf *shown, struct strbuf *json)
{
	if (t->count == t->cap) {
		t->cap = t->cap ? 2 * t->cap : 64;
		t->cells = xrealloc(t->cells, t->cap * sizeof(*t->cells));
	}
	t->cells[t->count++] = (struct table_cell){ strbuf_detach(shown), strbuf_detach(json) };
}

void table_text(struct table *t, const char *text)
{
	struct strbuf shown = { 0 }, json = { 0 };

	if (text) {
		text_clean(&shown, text, strlen(text), TEXT_ONE_LINE);
		json_quote(&json, text, strlen(text));
	} else {
		strbuf_addstr(&shown, "-");
		strbuf_addstr(&json, "null");
	}
	add_cell(t, &shown, &json);
}

void table_int(struct table *t, int64_t number)
{
	struct strbuf shown = { 0 }, json = { 0 };

	if (number < 0) {
		table_text(t, NULL);
		return;
	}
	strbuf_addf(&shown, "%" PRId64, number);
	strbuf_addf(&json, "%" PRId64, number);
	add_cell(t, &shown, &json);
}

void table_ms(struct table *t, int64_t ms)
{
	struct strbuf shown = { 0 }, json = { 0 };

	text_add_duration(&shown, ms > 0 ? ms : 0);
	strbuf_addf(&json, "%" PRId64, ms);
	add_cell(t, &shown, &json);
}

void table_usd(struct table *t, double usd)
{
	struct strbuf shown = { 0 }, json = { 0 };

	text_add_usd(&shown, usd);
	strbuf_addf(&json, "%.6f", usd);
	add_cell(t, &shown, &json);
}

void table_real(struct table *t, double number)
{
	struct strbuf shown = { 0 }, json = { 0 };

	strbuf_addf(&shown, "%.2f", number);
	strbuf_addf(&json, "%.2f", number);
	add_cell(t, &shown, &json);
}

void table_bool(struct table *t, bool yes)
{
	struct strbuf shown = { 0 }, json = { 0 };

	strbuf_addstr(&shown, yes ? "yes" : "no");
	strbuf_addstr(&json, yes ? "true" : "false");
	add_cell(t, &shown, &json);
}

static size_t width_of(const struct table *t, size_t column, size_t columns)
{
	const char *title = t->columns[column].title;
	size_t widest = text_width(title, strlen(title));

	for (size_t i = column; i < t->count; i += columns) {
		size_t width = text_width(t->cells[i].shown, strlen(t->cells[i].shown));

		widest = width > widest ? width : widest;
	}
	return widest;
}

static void put_cell(struct strbuf *out, const char *text, size_t width, bool right)
{
	size_t cols = text_width(text, strlen(text));
	int space = width > cols ? (int)(width - cols) : 0;

	strbuf_addf(out, "%*s%s%*s", right ? space : 0, "", text, (right ? 0 : space) + GAP, "");
}

/* A row ends with its last word: spaces behind it are seen when it is selected. */
static void end_row(struct strbuf *out, struct strbuf *row, size_t width_cols)
{
	while (row->len && row->buf[row->len - 1] == ' ')
		row->len--;
	text_cut(out, strbuf_str(row), row->len, width_cols ? width_cols : SIZE_MAX);
	strbuf_addstr(out, "\n");
	strbuf_reset(row);
}

void table_write(struct strbuf *out, const struct table *t, size_t width_cols)
{
	size_t columns = columns_of(t);
	size_t *widths = xcalloc(columns, sizeof(*widths));
	struct strbuf row = { 0 };

	for (size_t c = 0; c < columns; c++) {
		const struct table_column *column = &t->columns[c];

		if (!column->title)
			continue;
		widths[c] = width_of(t, c, columns);
		put_cell(&row, column->title, widths[c], column->is_number);
	}
	end_row(out, &row, width_cols);
	for (size_t first = 0; first < t->count; first += columns) {
		for (size_t c = 0; c < columns; c++)
			if (t->columns[c].title)
				put_cell(&row, t->cells[first + c].shown, widths[c],
				         t->columns[c].is_number);
		end_row(out, &row, width_cols);
	}
	free(widths);
	strbuf_release(&row);
}

void table_json(struct strbuf *out, const struct table *t)
{
	size_t columns = columns_of(t);

	strbuf_addstr(out, "[");
	for (size_t row = 0; row < t->count; row += columns) {
		const char *comma = "";

		strbuf_addstr(out, row ? ",\n{" : "\n{");
		for (size_t c = 0; c < columns; c++) {
			if (!t->columns[c].key)
				continue;
			strbuf_addf(out, "%s\"%s\":%s", comma, t->columns[c].key,
			            t->cells[row + c].json);
			comma = ",";
		}
		strbuf_addstr(out, "}");
	}
	strbuf_addstr(out, t->count ? "\n]\n" : "]\n");
}

void table_release(struct table *t)
{
	for (size_t i = 0; i < t->count; i++) {
		free(t->cells[i].shown);
		free(t->cells[i].json);
	}
	free(t->cells);
	*t = (struct table){ .columns = t->columns };
}
