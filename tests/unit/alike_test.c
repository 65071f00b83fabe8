#include "rag/alike.h"

#include <string.h>

#include "test.h"

static void assert_nearer(const char *wanted, const char *near, const char *far)
{
	double is = alike(wanted, near), other = alike(wanted, far);

	if (is <= other)
		fail_msg("%s: %s has %.3f, %s has %.3f", wanted, near, is, far, other);
}

static void assert_about(double is, double low, double high)
{
	if (is < low || is > high)
		fail_msg("%.3f is not between %.2f and %.2f", is, low, high);
}

TEST(case_and_signs_make_no_difference)
{
	static const char *const same[] = { "Base Color", "base_color", "BaseColor", "BASE-COLOR" };

	for (size_t i = 0; i < COUNT(same); i++)
		assert_about(alike("Base Color", same[i]), 1, 1);
	assert_about(alike("Base Color", "Base Colour"), 0.5, 0.99);
}

TEST(what_shares_nothing_is_far)
{
	assert_about(alike("Subdivision", "Hue"), 0, 0.15);
	assert_about(alike("", ""), 0, 0);
	assert_about(alike("___", "use"), 0, 0);
	assert_about(alike_wanted("use", ""), 0, 0);
}

TEST(a_shortened_word_is_near_to_the_whole)
{
	assert_about(alike("Fac", "Factor"), 0.6, 0.99);
	assert_nearer("Fac", "Factor", "Scale");
	assert_nearer("Vec", "Vector", "Value");
	assert_about(alike("Fac2", "Fac3"), 0.3, 0.95);
}

TEST(a_shared_word_beats_shared_letters)
{
	static const char *const rows[][3] = {
		{ "Specular", "Specular IOR Level", "Sheen Weight" },
		{ "Transmission", "Transmission Weight", "Thin Film IOR" },
		{ "use_auto_smooth", "shade_auto_smooth", "use_auto_texspace" },
		{ "calc_normals_split", "split_normals", "calc_loop_triangles" },
		{ "draw_cyclic", "use_cyclic", "draw_mode" },
		{ "lamps", "lights", "xr_session" },
		{ "levels", "level", "quality" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		assert_nearer(rows[i][0], rows[i][1], rows[i][2]);
}

TEST(a_slip_of_the_finger_is_forgiven)
{
	assert_nearer("sudivisions", "subdivisions", "divisions_max");
	assert_nearer("rotaton_euler", "rotation_euler", "rotation_mode");
	assert_about(alike("radus", "radius"), 0.25, 0.9);
}

TEST(names_beyond_all_bounds_are_cut)
{
	char name[5000];

	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_about(alike(name, name), 1, 1);
	for (size_t i = 0; i < sizeof(name) - 1; i += 2)
		name[i] = '_';
	assert_about(alike(name, "a a a a a a a a a a a a"), 1, 1);
	assert_about(alike_wanted(name, "\xff\xfe"), 0, 0.2);
}

TEST(what_is_asked_for_weighs_more_than_what_comes_with_it)
{
	assert_true(alike_wanted("Specular", "Specular IOR Level") >
	            alike_wanted("Specular IOR Level", "Specular"));
	assert_about(alike_wanted("Emission", "Emission Strength"), 0.6, 0.95);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(case_and_signs_make_no_difference),
		cmocka_unit_test(what_shares_nothing_is_far),
		cmocka_unit_test(a_shortened_word_is_near_to_the_whole),
		cmocka_unit_test(a_shared_word_beats_shared_letters),
		cmocka_unit_test(a_slip_of_the_finger_is_forgiven),
		cmocka_unit_test(names_beyond_all_bounds_are_cut),
		cmocka_unit_test(what_is_asked_for_weighs_more_than_what_comes_with_it),
	};

	return RUN_ALL(tests);
}
