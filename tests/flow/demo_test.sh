#!/bin/sh
# The bundled recordings, with Blender live: they have to work with every Blender we promise.

. "$srcdir/tests/flow/stage.sh"

# plays RECORDING: to its end, and leaves what people look for.
plays() {
    ./ll3m demo "$1" --plain --yes >"$dir/out" 2>"$dir/err" </dev/null || return
    session=$home/demo-$1
    for file in script.py asset.blend views/front.png views/top.png events.jsonl; do
        [ -s "$session/$file" ] || { echo "$file is missing"; return 1; }
    done
}

# events RECORDING EVENT COUNT: that event happened so often.
events() {
    found=$(grep -c "\"event\":\"$2\"" "$home/demo-$1/events.jsonl")
    [ "$found" = "$3" ] || { echo "$2 happened $found times, not $3"; return 1; }
}

# built RECORDING PART...: these objects are in the last scene.
built() {
    last=$(grep '"event":"script.ran"' "$home/demo-$1/events.jsonl" | tail -n 1)
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
is "its tent, fire, stump and mug are there" built campsite ground tent fire stump mug
echo "1..$cases"
