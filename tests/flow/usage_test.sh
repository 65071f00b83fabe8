#!/bin/sh
# What is typed wrong ends with status 2 and one line that helps; nothing is made of it.

dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
XDG_DATA_HOME=$dir XDG_CONFIG_HOME=$dir XDG_CACHE_HOME=$dir
export XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME
unset LL3M_BLENDER
cases=0

result() {
    cases=$((cases + 1))
    if [ "$1" = 0 ]; then
        echo "ok $cases - $2"
    else
        echo "not ok $cases - $2"
        sed 's/^/# /' "$dir/out" "$dir/err"
    fi
}

# says STATUS TEXT ARGUMENT...: the only line on stderr has TEXT in it.
says() {
    status=$1 text=$2
    shift 2
    ./ll3m "$@" >"$dir/out" 2>"$dir/err" </dev/null
    [ $? = "$status" ] && [ "$(wc -l <"$dir/err")" = 1 ] && [ ! -s "$dir/out" ] &&
        grep -qF -- "ll3m: $text" "$dir/err" && [ ! -e "$dir/ll3m" ]
    result $? "$*"
}

# explains TEXT ARGUMENT...: all is well, and TEXT is in what it prints.
explains() {
    text=$1
    shift
    ./ll3m "$@" >"$dir/out" 2>"$dir/err" </dev/null
    [ $? = 0 ] && [ ! -s "$dir/err" ] && grep -qF -- "$text" "$dir/out"
    result $? "$*"
}

echo 1..42
says 2 'there is no subcommand "rnu"; did you mean "run"?' rnu x
says 2 'there is no subcommand "qqqqq"; `ll3m help` lists them' qqqqq
says 2 'there is no subcommand "--yes"' --yes
says 2 'run: something is missing; usage: ll3m run [NAME] PROMPT' run
says 2 'run: "bucket" is one word too many' run a red bucket
says 2 'run: the prompt is empty' run '  '
says 2 'run: unknown option --modle; did you mean --model?' run --modle x y
says 2 'run: --budget needs a value: --budget USD' run x --budget
says 2 '--budget: ' run x --budget lots --endpoint relay
says 2 '--sandbox: ' run x --sandbox maybe --endpoint relay
says 2 '--yes, --review and --step: only one of them' run x --yes --step
says 2 '".." cannot be the name of a session' run .. y --endpoint relay
says 2 'there is no endpoint "lcoal"; did you mean "local"?' run x --endpoint lcoal
says 2 '--model: "gpt" is not ENDPOINT/MODEL' run x --model gpt
says 2 '--model: "painter" is no role' run x --model painter=local/x
says 4 'nobody answers for the planner: say --model' run x
says 1 "$dir/no-such-file: No such" run x --endpoint relay -s "$dir/no-such-file"
says 1 "$dir/no-such-file: No such" run x --endpoint relay --config "$dir/no-such-file"
says 2 'resume: there is no session yet' resume
says 2 'there is no session "x"' resume x
says 2 'show: something is missing; usage: ll3m show NAME [PART]' show
says 2 'there is no session "x"' show x script
says 2 'there is no session "x"' export x glb
says 2 'there is no session "x"' fork x 1 y
says 2 'there is no session "x"' replay x
says 2 'relay: "play" is neither work, pack nor unpack' relay play "$dir"
says 2 'there is no endpoint "nobody"' models nobody
says 2 'demo: unknown option --budget' demo --budget 1
says 2 'list: "x" is one word too many' list x
says 2 'help: there is no topic "confgi"; did you mean "config"?' help confgi
explains 'usage: ll3m SUBCOMMAND' help
explains 'usage: ll3m SUBCOMMAND' --help
explains 'usage: ll3m run [NAME] PROMPT' run --help
explains 'usage: ll3m run [NAME] PROMPT' help run
explains '--endpoint' resume -h
explains 'reprompt TEXT' help commands
explains 'budget_usd: 5' help config
explains 'turn.ended' help events
explains '3  the budget is used up' help exit
explains 'events.jsonl' help files
explains 'There is no session yet' list
explains 'll3m ' --version
