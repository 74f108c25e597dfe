# A PostgreSQL cluster of the benchmark's own, on loopback and in a temporary folder. Sourced by scripts/bench.sh.

readonly POSTGRES=/usr/lib/postgresql/15
postgis_folder=''
postgis_connection=''

postgis_install() {
    [ -e "$POSTGRES/lib/postgis-3.so" ] && return
    say "PostGIS is missing: installing postgresql-15-postgis-3 from Debian (some 100 MB)"
    if [ "$(id -u)" -ne 0 ]; then
        echo "run: sudo apt-get install --no-install-recommends postgresql-15-postgis-3" >&2
        exit 1
    fi
    apt-get update -q >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql-15-postgis-3 >/dev/null
}

# PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# Starts the cluster and prints the connection string into $postgis_connection.
postgis_start() {
    postgis_folder=$(mktemp -d /tmp/bench-postgis.XXXXXX)
    [ "$(id -u)" -ne 0 ] || chown postgres "$postgis_folder"
    local port
    port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    as_postgres "$POSTGRES/bin/initdb" -D "$postgis_folder/data" -A trust -U bench --locale C.UTF-8 >/dev/null
    as_postgres "$POSTGRES/bin/pg_ctl" -D "$postgis_folder/data" -w -l "$postgis_folder/log" start -o \
        "-p $port -h 127.0.0.1 -k $postgis_folder -c shared_buffers=1GB -c fsync=off -c autovacuum=off -c max_parallel_workers=2" >/dev/null
    postgis_connection="host=127.0.0.1 port=$port user=bench dbname=postgres"
}

postgis_stop() {
    [ -n "$postgis_folder" ] || return 0
    as_postgres "$POSTGRES/bin/pg_ctl" -D "$postgis_folder/data" -m immediate stop >/dev/null || true
    rm -rf "$postgis_folder"
    postgis_folder=''
}
