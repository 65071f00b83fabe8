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

static void length(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *result,
                   int count UNUSED, sqlite3_value **values UNUSED)
{
	int tokens = 0;
	int code = api->xColumnSize(fts, -1, &tokens);

	if (code == SQLITE_OK)
		sqlite3_result_int(result, tokens);
	else
		sqlite3_result_error_code(result, code);
}

int matched_register(sqlite3 *db)
{
	fts5_api *api = tokens_api(db);
	int code = api ? api->xCreateFunction(api, "matched", NULL, matched, NULL) : SQLITE_ERROR;

	return code == SQLITE_OK ? api->xCreateFunction(api, "length", NULL, length, NULL) : code;
}
