#!/bin/sh
# The bundled recordings, with Blender live: they have to work with every Blender we promise.

dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
XDG_DATA_HOME=$dir/data XDG_CONFIG_HOME=$dir/config
# Small pictures, since nobody looks at them.
LL3M_BLENDER_VIEW_PX=48
export XDG_DATA_HOME XDG_CONFIG_HOME LL3M_BLENDER_VIEW_PX
cases=0

./ll3m doctor --json >"$dir/out" 2>&1
case $? in
5) exit 77 ;;
esac

# is TITLE COMMAND...: it succeeds.
is() {
    title=$1
    shift
    cases=$((cases + 1))
    if "$@" >"$dir/why" 2>&1; then
        echo "ok $cases - $title"
    else
        echo "not ok $cases - $title"
        sed 's/^/# /' "$dir/why"
        tail -n 60 "$dir/said" | sed 's/^/# /'
    fi
}

# plays RECORDING: to its end, and leaves what people look for.
plays() {
    ./ll3m demo "$1" --plain --yes >"$dir/said" 2>&1 </dev/null || return
    session=$dir/data/ll3m/demo-$1
    for file in script.py asset.blend views/front.png views/top.png events.jsonl; do
        [ -s "$session/$file" ] || { echo "$file is missing"; return 1; }
    done
}

# events RECORDING EVENT COUNT: that event happened so often.
events() {
    found=$(grep -c "\"event\":\"$2\"" "$dir/data/ll3m/demo-$1/events.jsonl")
    [ "$found" = "$3" ] || { echo "$2 happened $found times, not $3"; return 1; }
}

# built RECORDING PART...: these objects are in the last scene.
built() {
    last=$(grep '"event":"script.ran"' "$dir/data/ll3m/demo-$1/events.jsonl" | tail -n 1)
    shift
    for part in "$@"; do
        case $last in
        *"\"name\":\"$part\""*) ;;
        *) echo "no $part in $last"; return 1 ;;
        esac
    done
}

is "the red bucket is built, criticised, refined and changed twice" plays red-bucket
is "its error is raised and repaired" events red-bucket script.failed 1
is "its answer that fits nowhere is refused" events red-bucket reply.refused 1
is "three verdicts are given" events red-bucket verdict.given 3
is "it has a body, a lip, ears, rings, a handle and a grip" \
    built red-bucket body lip foot ear_left ear_right ring_1 ring_2 handle grip
is "the campsite is built, refined and changed" plays campsite
is "its parts are there, and no script failed" built campsite ground tent fire stump mug && events campsite script.failed 0
echo "1..$cases"
