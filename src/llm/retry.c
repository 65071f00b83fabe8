#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "llm/errors.h"

#define BACKOFF_MS     500
#define BACKOFF_MAX_MS 30000
#define WAIT_MAX_S     (7 * 24 * 3600)

static void wait_s(struct trouble *t, double seconds)
{
	if (t->waits || !(seconds >= 0))
		return;
	t->waits = true;
	t->wait_ms = (int64_t)((seconds < WAIT_MAX_S ? seconds : WAIT_MAX_S) * 1000 + 0.5);
}

/* A plain count, or nothing. */
static bool read_number(double *out, const char *text)
{
	char *end = NULL;

	if (!text || !isdigit((unsigned char)*text))
		return false;
	*out = strtod(text, &end);
	return *end == '\0';
}

/* Up to four digits and then `after`, both of which are left behind. */
static bool take_number(int *out, const char **at, char after)
{
	int digits = 0;

	for (*out = 0; isdigit((unsigned char)**at) && digits < 4; digits++)
		*out = *out * 10 + *(*at)++ - '0';
	return digits && (!after || *(*at)++ == after);
}

static bool take_time(struct tm *tm, const char **at)
{
	return take_number(&tm->tm_hour, at, ':') && take_number(&tm->tm_min, at, ':') &&
	       take_number(&tm->tm_sec, at, 0);
}

/* "Sun, 22 Nov 2026 07:19:38 GMT", read by hand: strptime() would want our user's language. */
static bool read_http_date(int64_t *out, const char *text)
{
	static const char months[] = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec ";
	const char *at = text ? strchr(text, ',') : NULL;
	struct tm tm = { 0 };
	char month[5] = "";
	const char *found;

	if (!at || strlen(at) < 24 || at[1] != ' ')
		return false;
	at += 2;
	if (!take_number(&tm.tm_mday, &at, ' '))
		return false;
	memcpy(month, at, 4);
	found = strstr(months, month);
	at += 4;
	if (!found || !take_number(&tm.tm_year, &at, ' ') || !take_time(&tm, &at))
		return false;
	tm.tm_mon = (int)(found - months) / 4;
	tm.tm_year -= 1900;
	*out = (int64_t)timegm(&tm);
	return true;
}

/* "2026-11-22T07:19:38Z"; a fraction of a second is not worth waiting for. */
static bool read_rfc3339(int64_t *out, const char *text)
{
	struct tm tm = { 0 };

	if (!text || !take_number(&tm.tm_year, &text, '-') ||
	    !take_number(&tm.tm_mon, &text, '-') || !take_number(&tm.tm_mday, &text, 'T') ||
	    !take_time(&tm, &text))
		return false;
	tm.tm_year -= 1900;
	tm.tm_mon--;
	*out = (int64_t)timegm(&tm);
	return true;
}

/* As Go prints them: "6m0s", "1h2m3.5s", "12ms". */
static bool read_duration(double *out, const char *text)
{
	static const struct {
		const char *unit;
		double seconds;
	} units[] = { { "ms", 0.001 }, { "us", 1e-6 }, { "ns", 1e-9 },
		      { "h", 3600 },   { "m", 60 },    { "s", 1 } };
	double total = 0;

	if (!text || !isdigit((unsigned char)*text))
		return false;
	while (*text) {
		char *end = NULL;
		double number = strtod(text, &end);
		size_t i = 0;

		while (i < COUNT(units) && strncmp(end, units[i].unit, strlen(units[i].unit)) != 0)
			i++;
		if (end == text || i == COUNT(units))
			return false;
		total += number * units[i].seconds;
		text = end + strlen(units[i].unit);
	}
	*out = total;
	return true;
}

/* The longest reset among the buckets that are empty. */
static void read_buckets(struct trouble *t, const struct headers *headers, int64_t now)
{
	static const char *const buckets[][2] = {
		{ "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests" },
		{ "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens" },
		{ "anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset" },
		{ "anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset" },
	};
	double longest = -1;

	for (size_t i = 0; i < COUNT(buckets); i++) {
		const char *left = headers_get(headers, buckets[i][0]);
		const char *reset = headers_get(headers, buckets[i][1]);
		double seconds = -1;
		int64_t at;

		if (!left || strcmp(left, "0") != 0)
			continue;
		if (read_rfc3339(&at, reset))
			seconds = (double)(at > now ? at - now : 0);
		else if (!read_duration(&seconds, reset))
			continue;
		longest = seconds > longest ? seconds : longest;
	}
	wait_s(t, longest);
}

void trouble_read_headers(struct trouble *t, const struct headers *headers, int64_t now_s)
{
	const char *wish = headers_get(headers, "x-should-retry");
	const char *after = headers_get(headers, "retry-after");
	double number;
	int64_t at, now = now_s;

	t->retry_yes = wish && !strcmp(wish, "true");
	t->retry_no = wish && !strcmp(wish, "false");
	/* Their clock and ours may differ; what counts is the distance on theirs. */
	read_http_date(&now, headers_get(headers, "date"));
	if (read_number(&number, headers_get(headers, "retry-after-ms")))
		wait_s(t, number / 1000);
	if (read_number(&number, after))
		wait_s(t, number);
	else if (read_http_date(&at, after))
		wait_s(t, (double)(at > now ? at - now : 0));
	if (t->kind == TROUBLE_RATE_LIMIT)
		read_buckets(t, headers, now);
}

/* How many tries a kind of trouble is worth. */
static int tries_for(enum trouble_kind kind, const struct retry_limits *limits)
{
	switch (kind) {
	case TROUBLE_RATE_LIMIT:
	case TROUBLE_OVERLOADED:
		return limits->busy;
	case TROUBLE_SERVER:
	case TROUBLE_TIMEOUT:
	case TROUBLE_NETWORK:
	case TROUBLE_TRUNCATED:
		return limits->broken;
	case TROUBLE_MALFORMED_CALL:
	case TROUBLE_PROTOCOL:
		return 2;
	default:
		return 1;
	}
}

bool trouble_retry(int *wait_ms, const struct trouble *t, int tries,
                   const struct retry_limits *limits, double chance)
{
	int most = tries_for(t->kind, limits);
	double backoff = BACKOFF_MS;

	if (t->kind == TROUBLE_CANCELLED || t->kind == TROUBLE_OURS)
		return false;
	if (t->retry_yes && most < limits->broken)
		most = limits->broken;
	if (t->retry_no || tries >= most)
		return false;
	if (t->waits && t->wait_ms > (int64_t)limits->wait_max_s * 1000)
		return false;
	for (int i = 1; i < tries && backoff < BACKOFF_MAX_MS; i++)
		backoff *= 2;
	backoff = backoff < BACKOFF_MAX_MS ? backoff : BACKOFF_MAX_MS;
	*wait_ms = t->waits ? (int)t->wait_ms : (int)(backoff * (1 - 0.25 * chance));
	return true;
}
