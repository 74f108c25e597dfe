#!/usr/bin/env bash
# Builds Tupu, loads the demonstration territory, prints a first report and serves the pages.
#
#   scripts/run.sh [--no-serve] [--addr 127.0.0.1:8080]
#
# For Debian 12 with a Rust toolchain. Missing system packages are installed when this runs as root or with sudo.
# Everything that it makes is in var/ and in $CARGO_TARGET_DIR (usually ~/.cache/tupu/target); it may run any number of times.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

serve=yes
addr=127.0.0.1:8080
while [ $# -gt 0 ]; do
    case $1 in
        --no-serve) serve=no ;;
        --addr) addr=${2:?--addr wants an address, such as 127.0.0.1:8080}; shift ;;
        -h | --help) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit ;;
        *) sed -n '4s/^# */usage: /p' "$0" >&2; exit 2 ;;
    esac
    shift
done

cd "$root"
store=var/demo.gpkg
tupu=$CARGO_TARGET_DIR/release/tupu

build() {
    say "Building (the first time takes some minutes: PROJ is built too)"
    cargo build --quiet --release --locked -p tupu
}

# The folder of the territory: the one that is kept here, else one made now.
territory() {
    if [ -e data/demo/manifest.toml ]; then
        echo data/demo
    else
        say "Making the demonstration territory in var/demo"
        "$tupu" demo --out var/demo >/dev/null
        echo var/demo
    fi
}

# Imports every layer of the manifest, unless the store was made from these very files by this very program.
load() {
    local folder=$1 made_from file profile imported=0
    made_from=$(cd "$folder" && { find . -type f -print0 | sort -z | xargs -0 sha256sum; sha256sum <"$tupu"; } | sha256sum)
    if [ -e "$store" ] && [ "$(cat "$store.made-from" 2>/dev/null)" = "$made_from" ]; then
        say "The store $store is up to date"
        return
    fi
    say "Importing the layers of $folder into $store"
    rm -f "$store" "$store-wal" "$store-shm" "$store.made-from"
    while IFS=$'\t' read -r file profile; do
        "$tupu" import "$folder/$file" --profile "$folder/$profile" --store "$store" >"var/import.log" ||
            { cat var/import.log >&2; die "$file was not imported"; }
        imported=$((imported + 1))
    done < <(sed -n 's/^file = "\(.*\)"$/\1/p; s/^profile = "\(.*\)"$/\1/p' "$folder/manifest.toml" | paste - -)
    [ "$imported" -gt 0 ] || die "$folder/manifest.toml names no layers"
    # its springs drain some hectares: streams begin there
    "$tupu" watershed publish "$folder/$(sed -n 's/^dem = "\(.*\)"$/\1/p' "$folder/manifest.toml")" --store "$store" --threshold 5ha \
        --title "Modelo de drenaje (datos sintéticos)" --publisher "Tupu (datos sintéticos)" --territory "Piuray demo" \
        --source "Relieve de demostración" --licence Apache-2.0 --valid-from 2016-01-01 --synthetic >"var/import.log" ||
        { cat var/import.log >&2; die "the relief was not published"; }
    printf '%s\n' "$made_from" >"$store.made-from"
    say "$imported layers imported"
}

need_packages "${build_packages[@]}"
need_cargo
build
mkdir -p var
load "$(territory)"
say "The first report: what overlaps the land of a community of the demonstration (synthetic data)"
"$tupu" check --store "$store" --name "Pukamarka Alta"
if [ "$serve" = yes ]; then
    say "Serving http://$addr/ (stop with Ctrl-C)"
    exec "$tupu" serve --store "$store" --addr "$addr"
fi
