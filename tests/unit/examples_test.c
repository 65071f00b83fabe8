#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "rag/db.h"
#include "rag/inside.h"
#include "rag/recipes.h"
#include "rag/schema.h"
#include "scratch.h"
#include "test.h"

#define MOST 2 /* examples in a context */

/* What a planner or a coder may ask for, in other words than the recipes' own where there are some.
 */
static const struct {
	const char *question, *recipe;
} cases[] = {
	{ "model the turned wooden chess pawn body", "lathe_spin" },
	{ "revolve a profile curve around the vertical axis", "lathe_spin lathe_screw" },
	{ "screw modifier profile revolution", "lathe_screw" },
	{ "place eight fan blades evenly around the hub", "array_round_hub" },
	{ "array modifier object offset empty circular pattern", "array_round_hub" },
	{ "wagon wheel with wooden spokes and a rim", "wheel_spokes" },
	{ "rectangular case with softly rounded edges", "bevelled_box" },
	{ "bevel modifier weighted normals hard surface", "bevelled_box" },
	{ "thin slab with rounded corners for the phone body", "rounded_plate" },
	{ "bent metal pipe following a path", "curve_tube" },
	{ "bezier curve bevel depth tube", "curve_tube" },
	{ "bail handle of the bucket, attached to two lugs", "wire_handle" },
	{ "cut a round hole through the block", "boolean_cut" },
	{ "boolean modifier difference cutter", "boolean_cut" },
	{ "parent the lid to the box keeping its transform", "parent_in_place" },
	{ "scatter pebbles randomly over the ground surface", "scatter_on_surface" },
	{ "tablecloth draped over a round table", "draped_cloth" },
	{ "raised lettering on the sign", "text_sign" },
	{ "text object extrude font", "text_sign" },
	{ "shaggy fur on the creature's head", "hair_strands" },
	{ "brush bristles", "hair_strands" },
	{ "patch of lawn with blades of grass", "grass_tufts" },
	{ "a single bent leaf for the plant", "leaf" },
	{ "bare tree with branching twigs", "tree_branches" },
	{ "iron chain of interlocking links", "chain" },
	{ "twisted rope around the barrel", "rope" },
	{ "coil spring of the shock absorber", "spring" },
	{ "cog wheel with teeth", "gear" },
	{ "threaded bolt shaft", "screw_thread" },
	{ "door hinge with pin and leaves", "hinge" },
	{ "treasure chest with an open lid", "box_with_lid" },
	{ "four legs of the table by mirror modifier", "mirrored_legs" },
	{ "model half the hull and mirror it with merge", "mirrored_half" },
	{ "give the bowl surface a wall thickness with solidify", "solidify_shell" },
	{ "subdivision surface with creased edges", "subdivision_crease" },
	{ "loft a skin between cross sections", "loft" },
	{ "sweep a moulding profile along the picture frame", "sweep_profile" },
	{ "curve bevel object custom profile", "sweep_profile" },
	{ "octopus tentacle that tapers", "tapered_limb" },
	{ "hollow cup with inner wall", "hollow_vessel" },
	{ "ornamental knot as closed tube", "torus_knot" },
	{ "hexagonal speaker grille", "honeycomb_panel" },
	{ "geodesic dome wire cage", "wire_lattice" },
	{ "clay tiles on the roof of the house", "roof_tiles" },
	{ "brick wall with mortar joints", "brick_wall bricks_texture" },
	{ "mountain landscape from noise", "terrain" },
	{ "rough boulder", "rock" },
	{ "soft pillow on the sofa", "cushion" },
	{ "window curtain with pleats", "curtain" },
	{ "book with pages and cover", "book" },
	{ "plastic bottle neck with screw cap", "bottle_with_cap" },
	{ "clear glass material with transmission", "glass" },
	{ "principled bsdf transmission weight ior", "glass" },
	{ "brushed steel metal material", "metal_brushed" },
	{ "wood grain material for the table top", "wood" },
	{ "white marble with grey veins", "marble" },
	{ "woven linen fabric material", "fabric" },
	{ "glossy red car paint with clearcoat", "plastic" },
	{ "glazed stoneware mug material", "ceramic" },
	{ "rusty iron with stains", "rust" },
	{ "paint worn off at the edges", "worn_edges" },
	{ "black and white chessboard floor material", "checker" },
	{ "brick texture node with bump", "bricks_texture" },
	{ "neon tube that glows", "emission" },
	{ "emission color strength material", "emission" },
	{ "hammered copper surface with dents", "bump_hammered" },
	{ "lace with holes by alpha transparency", "transparent_holes" },
	{ "color gradient from bottom to top", "gradient_height" },
	{ "color ramp with several stops", "color_ramp_stops" },
	{ "vertex color attribute material", "vertex_colors" },
	{ "snow on the upper side of the rock material", "mix_shaders" },
	{ "mix two colors with a noise factor", "mix_colors" },
	{ "candle wax with subsurface scattering", "wax_subsurface" },
	{ "red and white candy stripes", "stripes" },
	{ "assign different materials to faces", "materials_per_face" },
	{ "smooth shading but keep sharp edges by angle", "smooth_by_angle" },
	{ "join several objects into one mesh", "join_meshes" },
	{ "set the door's origin to its hinge side", "origin_and_pivot" },
	{ "apply modifiers evaluated depsgraph mesh", "apply_modifiers" },
	{ "instances that share one mesh in a row", "linked_copies" },
	{ "KeyError socket not found Specular principled inputs", "socket_lookup" },
	{ "put objects into a collection", "collections" },
	{ "robot arm with joints as empties", "empty_hierarchy" },
	{ "uv map for an image texture", "unwrap_box" },
	{ "table lamp shade with a light bulb inside", "lamp_shade" },
	{ "flame of the candle", "candle_flame" },
	{ "twist a bar with simple deform", "bend_modifier" },
	{ "picket fence along a curve", "curve_modifier" },
	{ "door with recessed panels", "inset_panels" },
	{ "spiral staircase", "stairs_spiral" },
	{ "stone gate with an arch", "arched_opening" },
	{ "faceted diamond", "gem" },
	{ "sunflower with seeds in a spiral", "flower_head" },
	{ "make the tilted object stand on the floor", "drop_to_ground" },
	{ "fluffy cloud", "metaball_blob" },
	{ "moon surface with craters", "displace_noise" },
	{ "christmas star on the tree top", "star_extruded" },
	{ "power line that sags between poles", "hanging_cable" },
	{ "limit the bevel to a vertex group", "vertex_group_mask" },
	{ "paper label wrapped round the bottle", "shrinkwrap_label" },
	{ "structure of the script with constants and parts", "house_frame" },
	{ "ladder with six equal rungs", "array_in_row" },
	{ "array modifier constant offset", "array_in_row" },
	{ "morph target by a shape key", "shape_key" },
	{ "lumpy potato with the displace modifier", "displace_texture" },
	{ "every spike points away from the core, rotate towards a direction", "look_at" },
	{ "merge duplicate vertices by distance and fix the normals", "clean_mesh" },
	{ "apply the scale and rotation of the object to its mesh", "apply_transform" },
	{ "cracked dry earth material", "cracked_stone" },
	{ "voronoi texture distance to edge", "cracked_stone" },
	{ "set many vertex coordinates fast from a flat list", "foreach_mesh" },
	{ "geometry nodes distribute points and instance on points", "geometry_nodes" },
};

static struct rag rag_of_recipes(struct scratch *s)
{
	struct rag rag = { 0 };
	struct strbuf dir = { 0 };
	struct error err;
	struct stmt *q;

	scratch_write(s, "a.db", "");
	assert_true(db_create(&rag.db, scratch_path(s, "a.db"), &err));
	assert_true(schema_make(rag.db, &err));
	q = db_ask(rag.db, "INSERT INTO meta VALUES('version', '4.3.2')");
	assert_true(stmt_done(q));
	assert_true(path_shared(&dir, "config/blender", &err));
	assert_true(recipes_add(rag.db, strbuf_str(&dir), &err));
	strbuf_release(&dir);
	return rag;
}

static const char *name_of(struct strbuf *out, struct rag *rag, int64_t entry)
{
	struct stmt *q = db_ask(rag->db, "SELECT name FROM recipe WHERE entry = ?1");

	strbuf_reset(out);
	stmt_bind_int(q, 1, entry);
	assert_true(stmt_next(q));
	strbuf_addstr(out, stmt_text(q, 0));
	stmt_end(q);
	return strbuf_str(out);
}

static bool finds(struct rag *rag, const char *question, const char *wanted)
{
	text_list searches = { .items = &question, .count = 1 };
	struct strbuf name = { 0 };
	int64_t found[MOST];
	size_t count = examples_find(rag, &searches, found, MOST);
	bool ok = false;

	for (size_t i = 0; i < count; i++)
		ok = ok || strstr(wanted, name_of(&name, rag, found[i]));
	if (!ok)
		print_message("# not found: %s (%s, but %s)\n", question, wanted,
		              strbuf_str(&name));
	strbuf_release(&name);
	return ok;
}

TEST(plain_questions_find_their_recipe)
{
	struct scratch s = scratch_new();
	struct rag rag = rag_of_recipes(&s);
	size_t found = 0;

	for (size_t i = 0; i < COUNT(cases); i++)
		found += finds(&rag, cases[i].question, cases[i].recipe);
	assert_int_equal(found, COUNT(cases));
	db_close(rag.db);
	scratch_free(&s);
}

TEST(a_word_that_fits_by_chance_is_no_hint)
{
	struct scratch s = scratch_new();
	struct rag rag = rag_of_recipes(&s);
	const char *question = "set the render resolution, the frame rate and the percentage";
	text_list searches = { .items = &question, .count = 1 };
	int64_t found[MOST];

	assert_int_equal(examples_find(&rag, &searches, found, MOST), 0);
	searches.count = 0;
	assert_int_equal(examples_find(&rag, &searches, found, MOST), 0);
	db_close(rag.db);
	scratch_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_questions_find_their_recipe),
		cmocka_unit_test(a_word_that_fits_by_chance_is_no_hint),
	};

	return RUN_ALL(tests);
}
