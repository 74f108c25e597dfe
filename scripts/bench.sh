#!/usr/bin/env bash
# Measures us beside our peers on this machine, in one run.
#
#   scripts/bench.sh overlap     overlap areas and union totals: PostGIS, shapely, geopandas, DuckDB spatial, SedonaDB, ours
#   scripts/bench.sh national    checks against a synthetic national set, through the server
#   scripts/bench.sh reports     reports as JSON, HTML and PDF, and regional matrices: the national set and Cajamarca
#   scripts/bench.sh filters     CQL2 filters over 70 000 made rights: ours alone, no peer
#   scripts/bench.sh tiles       vector tiles of the national set, through the server, cold and warm
#   scripts/bench.sh serve       tiles, items, filters and pictures over HTTP beside martin, MapServer, pygeoapi and tipg
#   scripts/bench.sh watershed   fill, directions, accumulation of made elevation models beside RichDEM, pyflwdir, Whitebox and GRASS
#   scripts/bench.sh water       what lies upstream and downstream: a made model of 16 Mc, and the demonstration through the server; ours alone
#   scripts/bench.sh tiled       a whole derivation of 400 million cells within 1 GiB: ours alone
#   scripts/bench.sh all
#
# Peers are installed once, from Debian and PyPI, beside the build; results stay there too. Leave the machine alone meanwhile.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
here=$root/scripts/bench
home=${CARGO_TARGET_DIR:-$root/target}/bench-peers
shared=${TUPU_SHARED:-$root/../shared}
python=$home/venv/bin/python

say() { printf '\n[%(%H:%M:%S)T] %s\n' -1 "$*" >&2; }

# shellcheck source-path=SCRIPTDIR source=bench/postgis.sh
source "$here/postgis.sh"
# shellcheck source-path=SCRIPTDIR source=bench/serve.sh
source "$here/serve.sh"
# shellcheck source-path=SCRIPTDIR source=bench/watershed.sh
source "$here/watershed.sh"

install_peers() {
    mkdir -p "$home/cases"
    if ! cmp -s "$here/requirements.txt" "$home/installed.txt"; then
        say "Installing the Python peers from PyPI into $home/venv (some 700 MB, once)"
        python3 -m venv "$home/venv"
        "$python" -m pip install -q --disable-pip-version-check -r "$here/requirements.txt"
        cp "$here/requirements.txt" "$home/installed.txt"
    fi
    postgis_install
}

make_cases() {
    if [ "$here/make_case.py" -nt "$home/cases/synthetic.blocks.bin" ]; then
        say "Making the synthetic case: 20 000 zones, 10 000 blocks"
        "$python" "$here/make_case.py" "$home/cases"
    fi
    if [ ! -d "$shared/data/real" ]; then
        say "SKIPPED: the Cajamarca case, there is no $shared/data/real (set TUPU_SHARED)"
    elif [ "$here/make_cajamarca.py" -nt "$home/cases/cajamarca.blocks.bin" ]; then
        say "Making the Cajamarca case: 103 communities, 2 785 rights"
        "$python" "$here/make_cajamarca.py" "$shared/data" "$home/cases"
    fi
}

overlap() {
    install_peers
    make_cases
    local results=$home/overlap.jsonl
    say "Building ours"
    cargo build --release --manifest-path "$root/Cargo.toml" -p territory --example overlap_bench
    local ours=${CARGO_TARGET_DIR:-$root/target}/release/examples/overlap_bench
    : >"$results.part"
    say "1/5 ours";             "$ours" "$home/cases" >>"$results.part"
    say "2/5 PostGIS";          postgis_start
                                "$python" "$here/peer_postgis.py" "$home/cases" "$postgis_connection" >>"$results.part"
                                postgis_stop
    say "3/5 shapely, geopandas"; "$python" "$here/peer_shapely.py" "$home/cases" >>"$results.part"
    say "4/5 DuckDB spatial";   "$python" "$here/peer_duckdb.py" "$home/cases" >>"$results.part"
    say "5/5 SedonaDB"
    for threads in 1 2; do "$python" "$here/peer_sedonadb.py" "$home/cases" "$threads" >>"$results.part"; done
    mv "$results.part" "$results"
    say "Done: $results"
    "$python" "$here/table.py" "$results"
}

import() { # store file profile
    "$tupu" import "$2" --profile "$3" --store "$1"
}

national_store() {
    install_peers
    tupu=${CARGO_TARGET_DIR:-$root/target}/release/tupu
    set=$home/national store=$home/national.gpkg
    local districts=$shared/data/real/admin/peru_distrital_simple.geojson
    if [ "$here/make_national.py" -nt "$set/concessions.geojsonl" ] || [ "$here/national_rights.py" -nt "$set/concessions.geojsonl" ]; then
        say "Making the national set: 70 000 rights, 10 000 zones, 7 000 communities, districts (two minutes)"
        local real=()
        if [ -e "$districts" ]; then real=(--districts "$districts"); else say "There are no real district outlines: made ones are used"; fi
        "$python" "$here/make_national.py" --out "$set" "${real[@]}"
    fi
    say "Building ours"
    cargo build --release --manifest-path "$root/Cargo.toml" -p tupu
    say "Importing into $store"
    rm -f "$store" "$store"-*
    local layers=$root/config/layers
    while read -r file profile; do import "$store" "$set/$file.geojsonl" "$profile"; done <<-PROFILES
		districts $layers/inei-districts.toml
		communities $layers/communities.toml
		zones $here/zones.toml
		concessions $layers/ingemmet-rest.toml
	PROFILES
}

national() {
    national_store
    say "Asking for every community and every district"
    "$python" "$here/ask_server.py" "$tupu" "$store" | tee "$home/national.jsonl"
    say "Done: $home/national.jsonl"
}

timed() { # name command…: one JSON line with the seconds of the whole command, start-up and writing included
    local name=$1 began ended
    shift
    began=$EPOCHREALTIME
    "$@" >/dev/null
    ended=$EPOCHREALTIME
    awk -v name="$name" -v began="$began" -v ended="$ended" 'BEGIN { printf "{\"what\": \"%s\", \"seconds\": %.3f}\n", name, ended - began }'
}

reports() {
    national_store
    local results=$home/reports.jsonl region
    say "Every community as JSON and as a page, 300 of them as PDF with their maps"
    "$python" "$here/ask_server.py" "$tupu" "$store" json html pdf:300 | tee "$results"
    say "The matrix of all communities of the national set"
    timed "matrix national" "$tupu" check --store "$store" --all communities --out "$home/out/national.json" | tee -a "$results"
    if [ -d "$shared/data/real" ]; then
        say "The matrix of Cajamarca: 103 communities, 2 785 rights"
        region_store
        for turn in 1 2 3; do
            timed "matrix Cajamarca, turn $turn" "$tupu" check --store "$region" --all communities --out "$home/out/cajamarca.json" | tee -a "$results"
        done
    else
        say "SKIPPED: the matrix of Cajamarca, there is no $shared/data/real (set TUPU_SHARED)"
    fi
    say "Done: $results"
}

filters() {
    say "Building ours"
    cargo build --release --manifest-path "$root/Cargo.toml" -p filters --example filter_bench
    mkdir -p "$home"
    "${CARGO_TARGET_DIR:-$root/target}/release/examples/filter_bench" | tee "$home/filters.jsonl"
    say "Done: $home/filters.jsonl"
}

tiles() {
    national_store
    say "Asking for vector tiles, zooms 5 to 14"
    "$python" "$here/ask_tiles.py" "$tupu" "$store" | tee "$home/tiles.jsonl"
    say "Done: $home/tiles.jsonl"
}

water() { # [SIDE]: 4000 unless said otherwise
    say "Building ours"
    cargo build --release --locked --manifest-path "$root/Cargo.toml" -p tupu
    cargo build --release --manifest-path "$root/Cargo.toml" -p watershed --example waters_bench
    mkdir -p "$home"
    local built=${CARGO_TARGET_DIR:-$root/target}/release results=$home/water.jsonl
    say "1/2 a made model with 10 000 squares of 1 km"
    "$built/examples/waters_bench" "${1:-4000}" 10000 2000 | tee "$results.part"
    say "2/2 the demonstration through the server"
    "$root/scripts/run.sh" --no-serve >/dev/null
    python3 "$here/ask_water.py" "$built/tupu" "$root/var/demo.gpkg" | tee -a "$results.part"
    mv "$results.part" "$results"
    say "Done: $results"
}

trap postgis_stop EXIT
case ${1:-} in
    overlap) overlap ;;
    national) national ;;
    reports) reports ;;
    filters) filters ;;
    tiles) tiles ;;
    serve) serve "${@:2}" ;;
    watershed) watershed "${@:2}" ;;
    water) water "${@:2}" ;;
    tiled) tiled "${@:2}" ;;
    all) overlap; national; reports; filters; tiles; serve; watershed; water; tiled ;;
    *) sed -n '4,13s/^# *//p' "$0" >&2; exit 2 ;;
esac
