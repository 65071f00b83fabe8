#include "rag/matched.h"

#include <sqlite3.h>

#include "base/compiler.h"
#include "rag/tokens.h"

static void matched(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *result,
                    int count UNUSED, sqlite3_value **values UNUSED)
{
	sqlite3_int64 mask = 0;
	int instances = 0;
	int code = api->xInstCount(fts, &instances);

	for (int i = 0; code == SQLITE_OK && i < instances; i++) {
		int phrase, column, offset;

		code = api->xInst(fts, i, &phrase, &column, &offset);
		if (code == SQLITE_OK && phrase < MATCHED_MOST)
			mask |= (sqlite3_int64)1 << phrase;
	}
	if (code == SQLITE_OK)
		sqlite3_result_int64(result, mask);
	else
		sqlite3_result_error_code(result, code);
}

int matched_register(sqlite3 *db)
{
	fts5_api *api = tokens_api(db);

	return api ? api->xCreateFunction(api, "matched", NULL, matched, NULL) : SQLITE_ERROR;
}
