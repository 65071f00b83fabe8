#include <sys/stat.h>

#include "base/text.h"
#include "cli/doctor.h"

static void find_entries(struct check *check, const char *file, struct rag *rag)
{
	struct strbuf text = { 0 };
	struct stat st;

	library_describe(&text, rag);
	if (stat(file, &st) == 0 && st.st_size > 0) {
		strbuf_addstr(&text, ", ");
		text_add_bytes(&text, (uint64_t)st.st_size);
	}
	strbuf_addf(&text, ": %s", file);
	check_find(check, HEALTH_FINE, strbuf_str(&text), NULL);
	strbuf_release(&text);
}

static void examine(struct check *check, const char *file, const char *cure)
{
	struct rag *rag;
	struct error err;

	if (rag_open(&rag, file, &err)) {
		find_entries(check, file, rag);
		rag_close(rag);
	} else {
		check_find(check, HEALTH_WEAK, err.text, cure);
	}
}

/* That of the Blender here. Blender itself is asked only when one is made. */
static void examine_usual(struct check *check, const struct blender_settings *settings)
{
	struct strbuf program = { 0 }, file = { 0 };
	struct error err;

	if (!blender_which(&program, settings->program, &err))
		check_find(check, HEALTH_NOTE, "there is no Blender to look things up of", NULL);
	else if (library_find(&file, strbuf_str(&program), NULL, &err))
		examine(check, strbuf_str(&file), "`ll3m docs build` makes it anew");
	else
		check_find(check, HEALTH_NOTE, err.text,
		           "it is made when it is first needed, or by `ll3m docs build`");
	strbuf_release(&program);
	strbuf_release(&file);
}

static void begin_documents(struct check *check, void **state UNUSED)
{
	const struct settings *settings = check_settings(check);

	if (settings && settings->rag.index)
		examine(check, settings->rag.index,
		        "`ll3m docs build --index FILE` makes one, or leave out rag.index");
	else if (settings && settings->rag.api)
		check_find(check, HEALTH_NOTE,
		           "look-ups are answered from what another Blender said of itself", NULL);
	else if (settings)
		examine_usual(check, &settings->blender);
	check_over(check);
}

const struct check_type check_documents = { "docs", begin_documents, NULL };
