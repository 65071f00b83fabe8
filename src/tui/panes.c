#include "tui/pane.h"

extern const struct pane_type plan_pane, talk_pane, script_pane, steps_pane, views_pane,
	checks_pane;

const struct pane_type *const pane_types[PANE_COUNT] = {
	[PANE_PLAN] = &plan_pane,   [PANE_TALK] = &talk_pane,   [PANE_SCRIPT] = &script_pane,
	[PANE_VIEWS] = &views_pane, [PANE_STEPS] = &steps_pane, [PANE_CHECKS] = &checks_pane,
};
