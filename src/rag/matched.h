#ifndef RAG_MATCHED_H
#define RAG_MATCHED_H

struct sqlite3;

/*
 * For fts5 tables: matched(f) says which of a question's phrases a row holds, the first as bit 0;
 * phrases beyond MATCHED_MOST are not told. SQLITE_OK, or SQLite's complaint.
 */
#define MATCHED_MOST 60
int matched_register(struct sqlite3 *db);

#endif
