#!/usr/bin/env bash
# Asks a server with the demonstration territory everything that its own description allows, and much that it does not:
# schemathesis makes requests from /api, and every answer must be as described there.
#
#   tests/clients/check_interface.sh TUPU VENV [EXAMPLES]
#
# TUPU is the program, VENV a folder where schemathesis is installed, EXAMPLES how many requests of each kind are made up.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tupu=$1
venv=$2
examples=${3:-5}
folder=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$folder"
}
trap finish EXIT

"$tupu" demo --out "$folder/demo" >/dev/null
while IFS=$'\t' read -r file profile; do
    "$tupu" import "$folder/demo/$file" --profile "$folder/demo/$profile" --store "$folder/demo.gpkg" >"$folder/import.log" 2>&1 ||
        { cat "$folder/import.log" >&2; exit 1; }
done < <(sed -n 's/^file = "\(.*\)"$/\1/p; s/^profile = "\(.*\)"$/\1/p' "$folder/demo/manifest.toml" | paste - -)

"$tupu" serve --store "$folder/demo.gpkg" --addr 127.0.0.1:0 >"$folder/serve.log" 2>&1 &
server=$!
base=
for _ in $(seq 100); do
    base=$(grep -o 'http://127\.0\.0\.1:[0-9]*' "$folder/serve.log" | head -n 1 || true)
    if [ -n "$base" ] && curl --silent --fail "$base/ready" >/dev/null; then break; fi
    sleep 0.1
done
curl --silent --fail "$base/ready" >/dev/null || { cat "$folder/serve.log" >&2; exit 1; }

# what is left out: a value is refused that no schema can tell apart (positive_data_acceptance: keys, filters, codes of
# documents), and an empty parameter is as good as none, since forms send them (negative_data_rejection)
cd "$folder"
SCHEMATHESIS_HOOKS=$here/refusals.py PYTHONPATH=$here "$venv/bin/schemathesis" run "$base/api" --url "$base" \
    --phases examples,coverage,fuzzing --max-examples "$examples" --seed 20260301 --continue-on-failure \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,unsupported_method,refusals_are_problems \
    --suppress-health-check all --request-timeout 30
