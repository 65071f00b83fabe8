#!/bin/sh
# Sessions as a shell sees them: files, lines, exit codes; with the real Blender and a recording of
# what models might say.

. "$srcdir/tests/flow/stage.sh"

# ll3m STATUS ARGUMENT...
ll3m() {
    wanted=$1
    shift
    ./ll3m "$@" >"$dir/out" 2>"$dir/err" </dev/null
    status=$?
    [ "$status" = "$wanted" ] && return
    echo "status $status, not $wanted"
    return 1
}

# ll3m_hears STATUS LINES ARGUMENT...: the same, with something to read.
ll3m_hears() {
    wanted=$1 lines=$2
    shift 2
    printf "$lines" | ./ll3m "$@" >"$dir/out" 2>"$dir/err"
    status=$?
    [ "$status" = "$wanted" ] && return
    echo "status $status, not $wanted"
    return 1
}

# The second is written back with what the first does to it.
say() {
    printf '{"t":"say","agent":"%s","text":"%s"}\n' "$1" "$2" >>"$dir/box.jsonl"
}

python='```python\nimport bpy\n\nSIZE = 1.0\n\nbpy.ops.mesh.primitive_cube_add(size=SIZE)\n```\n'
say planner '{\"title\":\"box\",\"summary\":\"A box.\",\"parts\":[{\"name\":\"box\",\"looks\":\"a cube\",\"size\":\"1 m\"}],\"subtasks\":[{\"title\":\"box\",\"goal\":\"a cube\",\"parts\":[\"box\"]}]}'
say coder "$python"
say critic '{\"summary\":\"A box.\",\"fit\":9,\"flaws\":[]}'
say proxy '{\"text\":\"SIZE = 0.5\",\"parts\":[\"box\"],\"keep\":[],\"checks\":[{\"id\":\"A\",\"part\":\"box\",\"problem\":\"big\",\"fix\":\"half\"}]}'
say coder '```\n<<<<<<< SEARCH\nSIZE = 1.0\n=======\nSIZE = 0.5\n>>>>>>> REPLACE\n```\n'
say verifier '{\"summary\":\"Good.\",\"rulings\":[{\"flaw\":\"A\",\"status\":\"resolved\",\"evidence\":\"smaller\"}],\"fit\":9,\"approved\":true}'
replay=replay:$dir/box.jsonl

echo 1..38
is 'a prompt becomes an asset with nobody there' \
    ll3m 0 run box 'a box' --yes --endpoint "$replay" --then 'half of it'
is 'it has its script' grep -q 'SIZE = 0.5' "$home/box/script.py"
is 'it has its scene' test -s "$home/box/asset.blend"
is 'it has its views' test -s "$home/box/views/front.png"
is 'where it is was said' grep -qF "$home/box/script.py" "$dir/out"
is 'its name is taken now' ll3m 2 run box 'a box' --yes --endpoint "$replay"
is 'and that is said with what to do' grep -q 'll3m resume box' "$dir/err"

is 'it is listed' ll3m 0 list
is 'with its state' grep -q '^box  *done  *3 ' "$dir/out"
is 'its script can be had' ll3m 0 show box script
is 'byte by byte' cmp -s "$dir/out" "$home/box/script.py"
is 'its metrics count what the script does' ll3m 0 show box metrics --json
is 'by kind' grep -q '"simple_operations":[0-9]' "$dir/out"
is 'a part that there is not is named' ll3m 2 show box scrpit

is 'it is exported' ll3m 0 export box obj "$dir/box.obj"
is 'as a file' grep -q '^v ' "$dir/box.obj"
is 'so is the session, to be read' ll3m 0 export box html "$dir/box.html"
is 'with what was asked' grep -q 'a box' "$dir/box.html"
is 'and as a repository' ll3m 0 export box git "$dir/box.git"
is 'a format that there is not is refused' ll3m 2 export box blub

is 'a replay takes the same way' ll3m 0 replay box
is 'to the same script' cmp -s "$home/box/script.py" "$home/box-replay/script.py"

step=$(./ll3m show box steps | awk '$1 ~ /^[0-9]+$/ { n = $1; if (++k == 2) print n }')
is 'a step is the beginning of another session' ll3m 0 fork box "$step" other
is 'which knows nothing of what came after' ll3m 0 show other script
is 'in its script' grep -q 'SIZE = 1.0' "$dir/out"

is 'whoever does not answer is waited for' \
    ll3m_hears 6 '1\n' run asked 'a box' --endpoint "$replay" --without critic
is 'and it is said how to go on' grep -q 'll3m resume asked' "$dir/out"
printf '# yes\n\naccept\ndone\n' >"$dir/answers"
is 'answers come from a file' \
    ll3m 0 resume asked --endpoint "$replay" --without critic -s "$dir/answers"
printf 'acept\n' >"$dir/answers"
is 'a mistake in it is one' ll3m 2 run wrong 'a box' --endpoint "$replay" -s "$dir/answers"

is 'the demo has its recording' ll3m 0 demo --list
is 'a recording that there is not is named' ll3m 2 demo red-bukcet
is 'with the nearest' grep -q 'did you mean "red-bucket"' "$dir/err"

is 'a budget stops it' ll3m 3 run poor 'a box' --yes --endpoint "$replay" --calls 1
is 'no Blender has a status of its own' \
    ll3m 5 run homeless 'a box' --yes --endpoint "$replay" --blender "$dir/no-blender"
is 'the name is still free' ll3m 0 run homeless 'a box' --yes --endpoint "$replay" --json
is 'every line for programs is JSON' python3 -c \
    'import json,sys; [json.loads(line) for line in open(sys.argv[1])]' "$dir/out"

# It waits for an answer to its relay, so it can only be stopped. A shell has its background
# commands ignore Ctrl-C, and a program that is told of it again with env is not one of them.
mkfifo "$dir/events"
python3 -c 'import os,signal,sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])' \
    ./ll3m run stopped 'a box' --yes --json --endpoint relay >"$dir/events" 2>"$dir/err" &
while read -r line; do
    case $line in
    *turn.began*) kill -INT $! ;;
    esac
done <"$dir/events"
wait $!
status=$?
is 'Ctrl-C stops it' test $status = 6
is 'and it can be resumed' ll3m 0 resume stopped --yes --endpoint "$replay"
