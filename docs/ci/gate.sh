#!/bin/sh
# Bastide's gate without a forge: exit 0 lets the change through, 1 blocks it, 2 and 3 are no answer and block too.
set -eu
base=${1:?"usage: gate.sh BASE_REF [STACK]"}
stack=${2:-production}

git rev-parse --verify --quiet "$base^{commit}" >/dev/null || {
  echo "gate: $base is no commit of this clone" >&2
  exit 2
}
exec npx bastide gate --stack "$stack" --law "$base" --out out/gate
