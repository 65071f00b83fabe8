#include "tui/alarm.h"

#include <string.h>

#include "base/error.h"
#include "test.h"

static const char *key_of(void *ctx, const char *command)
{
	(void)ctx;
	return strcmp(command, "continue") ? NULL : "c";
}

static struct event trouble(enum err_code code, bool stops, const char *text)
{
	return (struct event){ .kind = EV_TROUBLE, .body.trouble = { code, stops, text } };
}

TEST(every_trouble_that_stops_has_a_cure)
{
	for (int code = ERR_USAGE; code <= ERR_CANCELLED; code++) {
		struct event ev = trouble((enum err_code)code, true, "it is broken");
		struct strbuf told = { 0 };
		struct alarm alarm = { 0 };

		alarm_hear(&alarm, &ev);
		alarm_tell(&told, &alarm, key_of, NULL);
		assert_true(told.len > strlen("it is broken") + 10);
		assert_null(strchr(strbuf_str(&told), '{'));
		strbuf_release(&told);
		alarm_release(&alarm);
	}
}

TEST(a_cure_names_the_key_or_the_command)
{
	struct event ev = trouble(ERR_PROTOCOL, true, "half a reply");
	struct strbuf told = { 0 };
	struct alarm alarm = { 0 };

	alarm_hear(&alarm, &ev);
	alarm_tell(&told, &alarm, key_of, NULL);
	assert_string_equal(strbuf_str(&told), "half a reply  c asks again");
	ev = trouble(ERR_USAGE, true, "odd");
	alarm_hear(&alarm, &ev);
	strbuf_reset(&told);
	alarm_tell(&told, &alarm, key_of, NULL);
	assert_string_equal(strbuf_str(&told), "odd  :log all that went wrong");
	strbuf_release(&told);
	alarm_release(&alarm);
}

TEST(an_alarm_lasts_until_somebody_gets_on)
{
	struct event ev = trouble(ERR_NETWORK, true, "no route");
	struct alarm alarm = { 0 };

	alarm_hear(&alarm, &ev);
	alarm_hear(&alarm, &(struct event){ .kind = EV_NOTE_GIVEN });
	assert_int_equal(alarm.code, ERR_NETWORK);
	alarm_hear(&alarm, &(struct event){ .kind = EV_TURN_BEGAN });
	assert_int_equal(alarm.code, 0);
	assert_null(alarm.text);
	alarm_release(&alarm);
}

TEST(what_stops_nobody_is_said_without_a_cure)
{
	struct event ev = trouble(ERR_IO, false, "no index");
	struct strbuf told = { 0 };
	struct alarm alarm = { 0 };

	alarm_hear(&alarm, &ev);
	alarm_tell(&told, &alarm, key_of, NULL);
	assert_string_equal(strbuf_str(&told), "no index");
	strbuf_release(&told);
	alarm_release(&alarm);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_trouble_that_stops_has_a_cure),
		cmocka_unit_test(a_cure_names_the_key_or_the_command),
		cmocka_unit_test(an_alarm_lasts_until_somebody_gets_on),
		cmocka_unit_test(what_stops_nobody_is_said_without_a_cure),
	};

	return RUN_ALL(tests);
}
