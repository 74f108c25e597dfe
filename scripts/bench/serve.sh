# shellcheck shell=bash
# Us beside the servers of others, over HTTP. Sourced by scripts/bench.sh, whose names it uses.

serve_home=$home/serve
serve_python=$home/venv-serve/bin/python

# Debian's MapServer and lighttpd, wrk and GDAL; pygeoapi and tipg from PyPI; martin where it was built (cargo install martin).
serve_install() {
    local missing=() package
    for package in cgi-mapserver mapserver-bin lighttpd wrk gdal-bin; do
        dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
    done
    if [ ${#missing[@]} -gt 0 ]; then
        [ "$(id -u)" -eq 0 ] || { echo "run: sudo apt-get install --no-install-recommends ${missing[*]}" >&2; exit 1; }
        say "Installing ${missing[*]}"
        apt-get update -q >/dev/null
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null
    fi
    if ! cmp -s "$here/serve/requirements.txt" "$home/installed-serve.txt"; then
        say "Installing pygeoapi and tipg from PyPI into $home/venv-serve"
        python3 -m venv "$home/venv-serve"
        "$serve_python" -m pip install -q --disable-pip-version-check -r "$here/serve/requirements.txt"
        cp "$here/serve/requirements.txt" "$home/installed-serve.txt"
    fi
    postgis_install
    martin=$(command -v martin || true)
    [ -n "$martin" ] || [ ! -x "$HOME/.cargo/bin/martin" ] || martin=$HOME/.cargo/bin/martin
    [ -n "$martin" ] || say "SKIPPED: martin is not installed (cargo install martin)"
}

# The layers of a store as our own server gives them: a GeoPackage each, and an indexed Shapefile in the square map's metres.
serve_export() { # store, folder, layers
    local port layer server
    mkdir -p "$2"
    port=$("$serve_python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    "$tupu" serve --store "$1" --addr "127.0.0.1:$port" >"$2/export.log" 2>&1 &
    server=$!
    for layer in $3; do
        curl --silent --fail --retry 60 --retry-delay 1 --retry-connrefused --retry-all-errors --output "$2/$layer.gpkg" "http://127.0.0.1:$port/collections/$layer/items?f=gpkg"
        rm -f "$2/shapes/$layer".*
        mkdir -p "$2/shapes"
        ogr2ogr -f 'ESRI Shapefile' -t_srs EPSG:3857 -lco ENCODING=UTF-8 "$2/shapes/$layer.shp" "$2/$layer.gpkg" "$layer" 2>/dev/null
        shptree "$2/shapes/$layer" >/dev/null
    done
    kill "$server"
    wait "$server" 2>/dev/null || true
}

# The same rows in PostGIS, indexed, clustered and analysed: in degrees for items, in the square map's metres for tiles.
serve_database() { # folder, layers
    local layer schema system table psql=("$POSTGRES/bin/psql" -q -v ON_ERROR_STOP=1 "$postgis_connection")
    "${psql[@]}" -c 'CREATE EXTENSION postgis' -c 'CREATE SCHEMA features' -c 'CREATE SCHEMA tiles' 2>/dev/null
    for layer in $2; do
        for schema in features:4326 tiles:3857; do
            system=${schema#*:} table=${schema%:*}.$layer
            ogr2ogr -f PostgreSQL "PG:$postgis_connection" "$1/$layer.gpkg" "$layer" -nln "$table" -t_srs "EPSG:$system" -nlt MULTIPOLYGON \
                -lco GEOMETRY_NAME=geometry -lco FID=ogc_fid -lco LAUNDER=NO --config PG_USE_COPY YES
            "${psql[@]}" -c "ALTER TABLE $table DROP COLUMN IF EXISTS ogc_fid" -c "ALTER TABLE $table ADD PRIMARY KEY (key)" \
                -c "CLUSTER $table USING ${layer}_geometry_geom_idx" -c "VACUUM ANALYZE $table"
        done
    done
}

# One set of data: made ready, proved equal, measured.
serve_set() { # name, store, layers, further arguments
    local name=$1 store=$2 layers=$3 folder=$serve_home/$1
    shift 3
    serve_export "$store" "$folder" "$layers"
    trap postgis_stop EXIT # a pipe has made this a shell of its own
    postgis_start
    taskset -a -c -p 0 "$(head -1 "$postgis_folder/data/postmaster.pid")" >/dev/null
    serve_database "$folder" "$layers"
    "$serve_python" "$here/serve/measure.py" --tupu "$tupu" --store "$store" --packages "$folder" --work "$folder" --python "$serve_python" ${martin:+--martin "$martin"} \
        --database "127.0.0.1:$(sed -n 's/.*port=\([0-9]*\).*/\1/p' <<<"$postgis_connection")" --set "$name" --layers "${layers// /,}" "$@"
    postgis_stop
}

region_store() { # the real rights and communities of Cajamarca, into $region
    region=$home/cajamarca.gpkg
    rm -f "$region" "$region"-*
    import "$region" "$shared/data/real/communities/cajamarca_comunidades_campesinas.geojson" "$root/config/layers/communities.toml" >/dev/null
    import "$region" "$shared/data/real/mining/cajamarca_catastro_minero_2009.geojson" "$root/config/layers/ingemmet-2009.toml" >/dev/null
}

serve() {
    national_store
    serve_install
    python=$serve_python
    mkdir -p "$serve_home"
    : >"$home/serve.jsonl"
    say "The national set: 70 000 rights"
    serve_set national "$store" concessions "$@" | tee -a "$home/serve.jsonl"
    if [ -d "$shared/data/real" ]; then
        say "Cajamarca"
        region_store
        serve_set cajamarca "$region" "concessions communities" "$@" | tee -a "$home/serve.jsonl"
    else
        say "SKIPPED: Cajamarca, there is no $shared/data/real (set TUPU_SHARED)"
    fi
    say "Done: $home/serve.jsonl"
}
