#!/bin/sh
# Elsewhere than on Debian, ./bootstrap prints the right command for what is missing, and stops.
# It is tried on pretended systems: an os-release of ours, and commands that find nothing.

bootstrap=$(cd "${srcdir:-.}" && pwd)
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/bin" "$dir/tree"
cp "$bootstrap/bootstrap" "$bootstrap/packages" "$dir/tree"

cases=0

command_is() {
    printf '#!/bin/sh\n%s\n' "$2" >"$dir/bin/$1"
    chmod +x "$dir/bin/$1"
}

# tells OS-RELEASE VERB EXPECTED
tells() {
    cases=$((cases + 1))
    printf '%s\n' "$1" >"$dir/os-release"
    said=$(PATH="$dir/bin:$PATH" OS_RELEASE="$dir/os-release" "$dir/tree/bootstrap" "$2" 2>&1)
    status=$?
    case $status:$said in
    1:*"$3"*) echo "ok $cases - $2 on $(tail -n 1 "$dir/os-release")" ;;
    *)
        echo "not ok $cases - $2 on $(tail -n 1 "$dir/os-release")"
        echo "# status $status, and it said: $said"
        ;;
    esac
}

echo 1..7
for name in rpm pacman brew; do
    command_is "$name" 'exit 1'
done
tells 'ID=fedora' build 'sudo dnf install gcc make autoconf automake pkgconf-pkg-config glibc-devel'
tells 'ID=rocky
ID_LIKE="rhel centos fedora"' check 'mesa-dri-drivers libcmocka-devel'
tells 'ID=arch' demo 'sudo pacman -S --needed gcc make'
tells 'ID=plan9' build 'I do not know this system'

command_is uname 'echo Darwin'
tells 'ID=' build 'run: brew install autoconf automake pkgconf'
command_is brew 'test "$2" != libyaml'
tells 'ID=' build 'run: brew install libyaml'

command_is dpkg-query 'exit 1'
command_is id 'echo 1000'
# No sudo: what is on the path is only what the script needs before it knows.
for name in awk cat dirname grep head mkdir sed sh tail tr; do
    ln -s "$(command -v $name)" "$dir/bin/$name" 2>/dev/null
done
cases=$((cases + 1))
printf 'ID=debian\n' >"$dir/os-release"
said=$(PATH="$dir/bin" OS_RELEASE="$dir/os-release" "$dir/bin/sh" "$dir/tree/bootstrap" build 2>&1)
case $?:$said in
1:*'there is no sudo. Please run as root: apt-get install gcc make'*) echo "ok $cases - no sudo" ;;
*) echo "not ok $cases - no sudo" && echo "# it said: $said" ;;
esac
