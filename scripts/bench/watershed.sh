# shellcheck shell=bash
# Us beside other programs on made elevation models. Sourced by scripts/bench.sh, whose names it uses.

shed_home=$home/watershed
shed_python=$home/venv-watershed/bin/python

# pyflwdir and whitebox-workflows from PyPI, GRASS from Debian, RichDEM's sources from PyPI, compiled.
shed_install() {
    mkdir -p "$shed_home"
    if ! cmp -s "$here/watershed/requirements.txt" "$home/installed-watershed.txt"; then
        say "Installing pyflwdir and whitebox-workflows from PyPI into $home/venv-watershed"
        python3 -m venv "$home/venv-watershed"
        "$shed_python" -m pip install -q --disable-pip-version-check -r "$here/watershed/requirements.txt"
        cp "$here/watershed/requirements.txt" "$home/installed-watershed.txt"
    fi
    if ! command -v grass >/dev/null; then
        [ "$(id -u)" -eq 0 ] || { echo "run: sudo apt-get install --no-install-recommends grass-core" >&2; exit 1; }
        say "Installing grass-core"
        apt-get update -q >/dev/null
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends grass-core >/dev/null
    fi
    if [ "$here/watershed/richdem.cpp" -nt "$shed_home/richdem" ]; then
        say "Compiling RichDEM 0.3.4"
        "$shed_python" -m pip download -q --disable-pip-version-check --no-deps --no-binary :all: -d "$shed_home" richdem==0.3.4
        tar -xzf "$shed_home/richdem-0.3.4.tar.gz" -C "$shed_home"
        local sources=$shed_home/richdem-0.3.4/lib
        g++ -O3 -march=native -std=c++17 -w -DNDEBUG -I "$sources" "$here/watershed/richdem.cpp" "$sources/richdem/common/random.cpp" \
            -o "$shed_home/richdem"
    fi
}

shed_grass() { # DEM.raw SIDE: what r.watershed needs for directions and accumulation, reading left out
    local script=$shed_home/grass.sh
    cat >"$script" <<-SCRIPT
		r.in.bin --quiet -s input=$1 output=dem bytes=4 order=little north=$((8500000)) south=$((8500000 - 30 * $2)) west=500000 east=$((500000 + 30 * $2)) rows=$2 cols=$2
		g.region raster=dem
		began=\$(date +%s.%N)
		r.watershed --quiet -s elevation=dem accumulation=acc drainage=dir memory=16000
		awk -v a=\$began -v b=\$(date +%s.%N) 'BEGIN { printf "{\"all_s\": %.3f}\n", b - a }'
	SCRIPT
    "$shed_python" "$here/watershed/run.py" "GRASS r.watershed -s" "$2" 1800 grass --tmp-location EPSG:32718 --exec bash "$script"
}

# The whole program on models that memory shall not hold: wall and processor seconds, greatest memory of the process.
tiled() { # [SIDE…]: 20000 unless said otherwise; MEMORY=1GiB. Needs some 20 bytes of disk a cell.
    command -v gdal_translate >/dev/null || { echo "run: sudo apt-get install --no-install-recommends gdal-bin" >&2; exit 1; }
    mkdir -p "$shed_home"
    local memory=${MEMORY:-1GiB} results=$shed_home/tiled.jsonl folder=$shed_home/tiled side model release
    say "Building ours"
    cargo build --release --manifest-path "$root/Cargo.toml" --workspace --example make_model
    cargo build --release --manifest-path "$root/Cargo.toml" --workspace
    release=${CARGO_TARGET_DIR:-$root/target}/release
    : >"$results.part"
    for side in "${@:-20000}"; do
        model=$shed_home/model-$side
        say "$side × $side cells: making the model"
        "$release/examples/make_model" "$side" "$model.raw"
        gdal_translate -q -of GTiff -co COMPRESS=DEFLATE -co TILED=YES -co BIGTIFF=YES -co NUM_THREADS=ALL_CPUS -a_scale 0.001 -a_srs EPSG:32718 \
            -a_ullr 500000 8500000 $((500000 + 30 * side)) $((8500000 - 30 * side)) "$model.raw" "$model.tif"
        rm -f "$model.raw" "$model.raw.hdr" "$model.raw.aux.xml"
        say "$side × $side cells: deriving within $memory"
        python3 "$here/watershed/run.py" "tupu watershed derive --memory $memory" "$side" 7200 \
            "$release/tupu" watershed derive "$model.tif" --out "$folder" --memory "$memory" | tee -a "$results.part"
        rm -rf "$folder" "$model.tif"
    done
    mv "$results.part" "$results"
    say "Done: $results"
}

watershed() { # [SIDE…]: 4000 and 10000 unless said otherwise
    shed_install
    local results=$shed_home/watershed.jsonl side dem threads
    say "Building ours"
    cargo build --release --manifest-path "$root/Cargo.toml" -p watershed --example drain_bench
    local ours=${CARGO_TARGET_DIR:-$root/target}/release/examples/drain_bench
    run() { "$shed_python" "$here/watershed/run.py" "$@" | tee -a "$results.part"; }
    : >"$results.part"
    for side in "${@:-4000 10000}"; do
        for side in $side; do
            dem=$shed_home/dem-$side.raw
            say "$side × $side cells: making the model"
            "$ours" "$side" 2 "$dem" >/dev/null
            for threads in 1 2; do run "ours, $threads threads" "$side" 600 "$ours" "$side" "$threads"; done
            run "RichDEM 0.3.4 (C++)" "$side" 1800 "$shed_home/richdem" "$dem" "$side"
            run "pyflwdir" "$side" 1800 "$shed_python" "$here/watershed/peer.py" pyflwdir "$dem" "$side"
            run "whitebox-workflows" "$side" 1800 "$shed_python" "$here/watershed/peer.py" whitebox "$dem" "$side"
            shed_grass "$dem" "$side" | tee -a "$results.part"
            run "our sums against pyflwdir's of our directions" "$side" 1800 "$shed_python" "$here/watershed/peer.py" compare "$dem" "$side"
            rm -f "$dem" "$dem".*
        done
    done
    mv "$results.part" "$results"
    say "Done: $results"
}
