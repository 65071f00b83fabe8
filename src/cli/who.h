#ifndef CLI_WHO_H
#define CLI_WHO_H

#include "base/error.h"
#include "cli/args.h"
#include "session/session.h"

/*
 * Who answers for the agents: --endpoint and --model, put into the settings as if they stood in
 * config.yaml. An endpoint is one of the settings, or made up here:
 *
 *     http://127.0.0.1:8080/v1    a server, called 127.0.0.1:8080
 *     relay, relay:DIR            a folder of questions; usually `relay` in the session's
 *     replay:FILE                 a recording
 */
bool who_apply(struct llm_settings *settings, const struct flags *flags, const char *session_dir,
               struct error *err);

/* The endpoint that was asked for without a model: its server has to be asked. NULL: none. */
const char *who_lacks_model(const struct llm_settings *settings, const struct flags *flags);

/* Asks it, and waits for the answer: a server that has one model need not be told which. */
bool who_ask_server(struct llm_settings *settings, const struct flags *flags, struct loop *loop,
                    struct error *err);

/* One model for everybody: what the files say of single roles no longer counts. */
void who_set_all(struct llm_settings *settings, const char *endpoint, const char *model);

/* Whether every agent has a model at an endpoint that exists. */
bool who_check(const struct llm_settings *settings, struct error *err);

/* "openai/gpt-5; critic openai/o5": for the session's first line. Replaces *out. */
void who_describe(struct strbuf *out, const struct llm_settings *settings);

/* The folder in which somebody has to answer for an agent; NULL: nobody has to. */
const char *who_relay(const struct llm_settings *settings);

const struct llm_endpoint *who_endpoint(const struct llm_settings *settings, const char *name);

#endif
