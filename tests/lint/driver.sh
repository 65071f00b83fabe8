#!/bin/sh
# tests/driver is what all other tests are believed by: whatever a program does, its cases are
# counted once, and one that dies or lies is not taken for one that passed.

driver=${srcdir:-.}/tests/driver
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
cases=0

# counts TITLE EXPECTED SCRIPT: EXPECTED are the results, then the result of the whole.
counts() {
    cases=$((cases + 1))
    printf '%s\n' "$3" >"$dir/test"
    sh "$driver" --test-name test --log-file "$dir/log" --trs-file "$dir/trs" --color-tests no \
        --expect-failure no --enable-hard-errors yes -- sh "$dir/test" >"$dir/out"
    found=$(sed -n 's/^:\(global-\)\{0,1\}test-result: \([A-Z]*\).*/\2/p' "$dir/trs" | tr '\n' ' ')
    if [ "$found" = "$2 " ]; then
        echo "ok $cases - $1"
    else
        echo "not ok $cases - $1"
        echo "# expected $2, found $found"
    fi
}

echo 1..17
counts 'no TAP, good' 'PASS PASS' 'exit 0'
counts 'no TAP, bad' 'FAIL FAIL' 'exit 1'
counts 'no TAP, impossible' 'SKIP SKIP' 'exit 77'
counts 'all good' 'PASS PASS PASS' 'echo 1..2; echo ok 1 - a; echo ok 2 - b'
counts 'one bad' 'PASS FAIL FAIL' 'echo 1..2; echo ok 1 - a; echo not ok 2 - b; exit 1'
counts 'one skipped' 'PASS SKIP PASS' 'echo 1..2; echo ok 1 - a; echo "ok 2 # SKIP b"'
counts 'one skipped by cmocka' 'SKIP SKIP' 'echo 1..1; echo "not ok 1 # SKIP a"'
counts 'all skipped' 'SKIP SKIP' 'echo 1..1; echo "ok 1 - a # skip no Blender"'
counts 'killed halfway' 'PASS ERROR ERROR' 'echo 1..2; echo ok 1 - a; kill -9 $$'
counts 'killed before it began' 'FAIL FAIL' 'kill -9 $$'
counts 'good, then a leak' 'PASS ERROR ERROR' 'echo 1..1; echo ok 1 - a; exit 23'
counts 'said twice by a child' 'PASS PASS' 'echo 1..1; echo ok 1 - a; echo 1..1; echo ok 1 - a'
counts 'noise on the side' 'PASS PASS' 'echo not ok 9 >&2; echo 1..1; echo ok 1 - a'
counts 'unittest, good' 'SKIP PASS PASS' \
    'echo "Ran 2 tests in 0.1s" >&2; echo "OK (skipped=1)" >&2'
counts 'unittest, bad' 'FAIL FAIL PASS FAIL' \
    'exec >&2; echo "FAIL: a"; echo "ERROR: b"; echo "Ran 3 tests in 1s"
    echo "FAILED (failures=1, errors=1)"; exit 1'
counts 'unittest, good, then died' 'PASS ERROR ERROR' 'echo "Ran 1 test in 1s" >&2; echo OK >&2; exit 3'
counts 'unittest, nothing ran' 'PASS PASS' 'echo "Ran 0 tests in 1s" >&2; echo OK >&2'
