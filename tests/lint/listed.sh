#!/bin/sh
# Every file that is built, tested or installed stands in Makefile.am: one that does not is missing
# from the release, or is a test that nobody runs.

cd "${srcdir:-.}" || exit 99
for folder in config recordings themes; do
    grep -q "^SHARED = .*$folder" Makefile.am || { echo "$folder/: not in SHARED"; exit 1; }
done

find src tests/unit tests/real tests/flow tests/fuzz tests/screen -name '*.[ch]' -o -name '*.py' 2>/dev/null |
sort |
while read -r file; do
    case $file in
    tests/*_test.c | tests/*_fuzz.c) listed=${file%.c} ;;
    *) listed=$file ;;
    esac
    grep -q "[ ]$listed\( \|\$\)" Makefile.am || echo "$file: not in Makefile.am"
done | { ! grep .; }
