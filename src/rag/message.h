#ifndef RAG_MESSAGE_H
#define RAG_MESSAGE_H

#include "base/record.h"

/*
 * What Blender or Python said went wrong, taken apart by rules. The text may be the last line of a
 * traceback, all of it, or what a terminal showed; it may be hostile. Only its first and last 32
 * KB are looked at, and one message of at most 8 KB is kept.
 */
enum message_kind {
	MESSAGE_OTHER,     /* nothing we know */
	MESSAGE_ATTRIBUTE, /* `owner` has no `name` */
	MESSAGE_READ_ONLY, /* `name` of `owner` cannot be set */
	MESSAGE_KEY,       /* a collection has nothing called `name`; which one, the code says */
	MESSAGE_INDEX,     /* or nothing at place `name` */
	MESSAGE_ENUM,     /* `name` is none of `listed`; for `param` of `owner` if they are known */
	MESSAGE_KEYWORD,  /* `owner`, a function, does not take `name`; of an operator, '' */
	MESSAGE_MISSING,  /* `owner`, a function, needs `param` */
	MESSAGE_COUNT,    /* `owner`, a function, got too many or too few arguments */
	MESSAGE_TYPE,     /* a value of another type was expected for `param` of `owner` */
	MESSAGE_LENGTH,   /* so many values were expected */
	MESSAGE_OPERATOR, /* there is no operator `owner` */
	MESSAGE_CALL,     /* an operator was called in a way that is gone */
	MESSAGE_POLL,     /* operator `owner` does not work here; `detail` may say why */
	MESSAGE_NODE_TYPE, /* there is no node type `name` */
	MESSAGE_NODE_TREE, /* node type `name` does not belong into this tree */
	MESSAGE_UNDEFINED, /* `name` means nothing in the script */
	MESSAGE_MODULE,    /* there is no module `name` */
	MESSAGE_NONE,      /* there is nothing where something with `name` was expected */
	MESSAGE_REMOVED,   /* what a variable stood for is gone; `owner` is its class */
	MESSAGE_ID_PROPS,  /* no ["name"] on this type */
	MESSAGE_PRODUCT,   /* `owner` and `name` cannot be multiplied so */
	MESSAGE_STALE,     /* a BMesh must count its elements first */
	MESSAGE_MODE,      /* another mode is needed */
	MESSAGE_FILE,      /* `name` cannot be read or written */
};

struct message {
	enum message_kind kind;
	char *line;  /* the message on one line: "KeyError: ..."; never NULL after message_read() */
	char *code;  /* the line of the script, where a traceback shows it; else NULL */
	char *owner; /* the parts above are NULL where the message does not have them */
	char *name;
	char *param;
	char *detail;
	char *hint; /* what Python thinks was meant */
	text_list listed;
};

/* `out` is released first. */
void message_read(struct message *out, const char *text);
void message_release(struct message *message);

#endif
