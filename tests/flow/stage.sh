# A stage for shell tests: a home of its own that vanishes with it, small pictures since nobody
# looks at them, and cases counted as TAP. Skips where there is no Blender.

dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
XDG_DATA_HOME=$dir/data XDG_CONFIG_HOME=$dir/config
LL3M_BLENDER_VIEW_PX=64
export XDG_DATA_HOME XDG_CONFIG_HOME LL3M_BLENDER_VIEW_PX
home=$dir/data/ll3m
cases=0
: >"$dir/out"
: >"$dir/err"

./ll3m doctor --json >"$dir/doctor" 2>&1
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
        sed 's/^/# /' "$dir/why" "$dir/out" "$dir/err"
    fi
}
