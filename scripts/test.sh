#!/usr/bin/env bash
# Everything that must hold before a change is kept: format, lints, arrows, licences, documentation examples, tests.
#
# For Debian 12 with a Rust toolchain; missing system packages are installed when this runs as root or with sudo.
# Tests on real data read $TUPU_SHARED (usually ../shared) and say that they are skipped where there is none;
# TUPU_REQUIRE_SHARED=1 makes such a skip a failure, and TUPU_REQUIRE_CLIENTS=1 that of a client (GDAL, QGIS, OWSLib, MapLibre). cargo-nextest and cargo-deny are used where they are installed.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"

has() { cargo "$1" --version >/dev/null 2>&1; }

need_packages "${build_packages[@]}" "${test_packages[@]}"
try_packages "${client_packages[@]}" || [ "${TUPU_REQUIRE_CLIENTS:-}" != 1 ] || die "TUPU_REQUIRE_CLIENTS=1: the clients must be installed"
need_cargo
need_component fmt rustfmt
need_component clippy clippy

say "Format"
cargo fmt --all --check
say "Lints"
cargo clippy --quiet --workspace --all-targets --locked -- -D warnings
say "Arrows and promises of the house"
cargo test --quiet --workspace --locked --test arrows
if has deny; then
    say "Bans, licences, sources"
    cargo deny --log-level error check bans licenses sources
else
    say "cargo-deny is not installed: the arrow test stands alone"
fi
say "The program that the tests run"
cargo build --quiet --workspace --locked --bins
say "Examples in the documentation"
cargo test --quiet --workspace --locked --doc
if has nextest; then
    say "Tests (nextest)"
    cargo nextest run --workspace --locked --profile ci
else
    say "Tests (cargo test: cargo-nextest is not installed)"
    cargo test --workspace --locked --lib --bins --tests --examples --no-fail-fast
fi
say "Pages in a browser (axe-core)"
check_pages "$CARGO_TARGET_DIR/tmp/pages"
say "Clients that people use"
check_clients "$CARGO_TARGET_DIR/debug/tupu" "$CARGO_TARGET_DIR/tmp/clients"
say "The interface by its own description (schemathesis)"
check_interface "$CARGO_TARGET_DIR/debug/tupu"
say "Filters by another reader of CQL2"
check_filters "${TUPU_SHARED:-$root/../shared}/data/cql2/cql2_vectors.json"
say "All passed"
