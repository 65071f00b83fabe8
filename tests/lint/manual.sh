#!/bin/sh
# The manual knows every subcommand, option, topic and exit status that the program knows, and all
# settings and keys stand in it as the program prints them. --renew writes those anew.

doc=${srcdir:-.}/doc
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
export XDG_CONFIG_HOME="$dir"
cases=0

# A literal block of roff: backslashes doubled, and no line that begins like a request.
printed() {
    ./ll3m help "$1" | sed 's/\\/\\\\/g; s/^\([.'"'"']\)/\\\&\1/'
}

begin='tests\/lint\/manual.sh --renew'
end='The end of it'
if [ "$1" = --renew ]; then
    for topic in config:ll3m-config.5 keys:ll3m.1; do
        printed ${topic%:*} >"$dir/block"
        sed -i -e "/$begin/,/$end/ { /$begin/ { p; r $dir/block" -e 'd }; /'"$end"'/ p; d }' \
            "$doc/${topic#*:}"
    done
    exit
fi

result() {
    cases=$((cases + 1))
    if [ "$1" = 0 ]; then echo "ok $cases - $2"; else echo "not ok $cases - $2"; fi
}

# knows WHAT PATTERN...: each pattern is in ll3m.1; the missing ones are named.
knows() {
    what=$1
    shift
    missing=
    for pattern in "$@"; do
        grep -q -- "$pattern" "$doc/ll3m.1" || missing="$missing $pattern"
    done
    [ -z "$missing" ]
    result $? "every $what is in ll3m.1${missing:+, but not$missing}"
}

subcommands=$(./ll3m help | awk '/^$/ { part++; next } part == 1 { print $1 }')
topics=$(./ll3m help | awk '/^$/ { part++; next } part == 3 { print $1 }')
flags=$(for c in $subcommands; do ./ll3m "$c" --help; done |
    sed -n 's/^  --\([a-z-]*\).*/\1/p' | sort -u)
statuses=$(./ll3m help exit | awk '{ print $1 }')

# stands TOPIC PAGE: the block of a page is what the program prints.
stands() {
    printed "$1" >"$dir/known"
    sed -n "/$begin/,/$end/p" "$doc/$2" | sed '1d;$d' >"$dir/said"
    cmp -s "$dir/known" "$dir/said"
    result $? "$1 in $2 are those there are (if not: tests/lint/manual.sh --renew)"
}

echo 1..6
knows subcommand $(for c in $subcommands; do echo "^.It.Cm.$c"; done)
knows option $(for f in $flags; do echo "^.It.Fl.-$f"; done)
knows topic $(for t in $topics; do echo "[^a-z]$t"; done)
knows 'exit status' $(for s in $statuses; do echo "^.It.$s$"; done)
stands config ll3m-config.5
stands keys ll3m.1
