#!/bin/sh
# What the demo looks like in real terminals: shots.sh FOLDER, from where ./ll3m is. For looking at;
# nothing is compared. Skips what is not installed, and never touches a display that is there.

out=$1
sizes='80x24 120x40 200x60 40x12'
dir=$(mktemp -d) || exit 99
pids=
trap 'kill $pids 2>/dev/null; rm -rf "$dir"' EXIT
mkdir -p "$out" || exit 99
XDG_DATA_HOME=$dir/data XDG_CONFIG_HOME=$dir/config XDG_CACHE_HOME=$dir/cache
export XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME
journal=$dir/data/ll3m/demo-red-bucket/events.jsonl

has() {
    for program in "$@"; do
        command -v "$program" >/dev/null || {
            echo "screenshots: skipped, needs $program"
            return 1
        }
    done
}

# happened EVENT COUNT: waits until the demo has come so far, at most two minutes.
happened() {
    for _ in $(seq 600); do
        [ "$(grep -c "\"event\":\"$1\"" "$journal" 2>/dev/null)" -ge "$2" ] 2>/dev/null && return
        sleep 0.2
    done
    echo "screenshots: $1 did not happen $2 times"
    exit 1
}

keys() {
    xdotool windowfocus "$window" key --delay 80 "$@"
}

# shoot TERMINAL MOMENT: in all sizes.
shoot() {
    for size in $sizes; do
        xdotool windowsize --usehints "$window" "${size%x*}" "${size#*x}"
        sleep 1.5
        import -window "$window" "$out/$1-$size-$2.png"
    done
}

# What a newcomer passes: the plan, its proposal, the same seen closely, the views alone, the keys.
walk() {
    happened gate.opened 1
    shoot "$1" plan
    keys a
    happened gate.opened 2
    shoot "$1" proposal
    keys R
    sleep 0.5
    shoot "$1" review
    keys q 4 z
    shoot "$1" views
    keys z 2 question
    shoot "$1" keys
    keys Escape
    sleep 0.5
    keys q
}

in_xterm() {
    has Xvfb xterm xdotool import || return 0
    mkfifo "$dir/display"
    Xvfb -displayfd 3 -screen 0 2000x1500x24 -nolisten tcp 3>"$dir/display" 2>/dev/null &
    pids="$pids $!"
    read -r number <"$dir/display"
    DISPLAY=:$number
    export DISPLAY
    LC_ALL=C.UTF-8 xterm -ti vt340 -fa 'DejaVu Sans Mono' -fs 10 -geometry 80x24 \
        -xrm 'XTerm*numColorRegisters: 256' -e ./ll3m demo 2>/dev/null &
    pids="$pids $!"
    window=$(xdotool search --sync --onlyvisible --class xterm | head -n 1)
    walk xterm
}

# foot has no size to be set from outside, so each has a compositor and a demo of its own.
in_foot() {
    has cage foot grim || return 0
    for size in $sizes; do
        rm -rf "$dir/data"
        XDG_RUNTIME_DIR=$dir WLR_BACKENDS=headless WLR_RENDERER=pixman LC_ALL=C.UTF-8 \
            cage -- foot -W "$size" ./ll3m demo 2>/dev/null &
        compositor=$!
        pids="$pids $compositor"
        happened gate.opened 1
        sleep 1.5
        XDG_RUNTIME_DIR=$dir WAYLAND_DISPLAY=wayland-0 grim "$out/foot-$size-plan.png"
        kill "$compositor"
        wait "$compositor" 2>/dev/null
    done
}

in_xterm
in_foot
echo "screenshots: see $out"
