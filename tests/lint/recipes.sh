#!/bin/sh
# doc/recipes.md lists every recipe by its title.

cd "${srcdir:-.}" || exit 99
for recipe in config/blender/recipes/*.py; do
    name=${recipe##*/}
    title=$(sed -n '1s/^"""//p' "$recipe")
    grep -qxF "| \`${name%.py}\` | $title |" doc/recipes.md || echo "$recipe: not in doc/recipes.md"
done | { ! grep .; }
