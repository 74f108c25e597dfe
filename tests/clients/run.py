"""Serves the demonstration territory and lets the clients that people use ask it.

    run.py TUPU WORK [CLIENT…]     WORK: a folder for the store and the pictures; all clients unless some are named

A client is a script of this folder that is given the address of the server and a folder of its own, and ends with 0 (passed), 1 (failed)
or 77 (a program or package that it needs is not here). A skipped client is said aloud, and is a failure with TUPU_REQUIRE_CLIENTS=1."""

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77
READY_LIMIT = 60.0  # seconds
CLIENT_LIMIT = 600.0  # seconds

# Each client: a program and a script of this folder. Debian's Python has Debian's packages.
CLIENTS = {
    "gdal_features": ["/usr/bin/python3", "gdal_features.py"],
    "gdal_files": ["/usr/bin/python3", "gdal_files.py"],
    "gdal_tiles": ["/usr/bin/python3", "gdal_tiles.py"],
    "gdal_wms": ["/usr/bin/python3", "gdal_wms.py"],
    "gdal_sheets": ["/usr/bin/python3", "gdal_sheets.py"],
    "gdal_pictures": ["/usr/bin/python3", "gdal_pictures.py"],
    "owslib_features": ["/usr/bin/python3", "owslib_features.py"],
    "owslib_processes": ["/usr/bin/python3", "owslib_processes.py"],
    "owslib_wms": ["/usr/bin/python3", "owslib_wms.py"],
    "owslib_pictures": ["/usr/bin/python3", "owslib_pictures.py"],
    "schemas_wms": ["/usr/bin/python3", "schemas_wms.py"],
    "qgis": ["/usr/bin/python3", "qgis_layers.py"],
    "qgis_styles": ["/usr/bin/python3", "qgis_styles.py"],
    "maplibre": ["node", "maplibre.mjs"],
}


def free_port():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def make_store(tupu, work):
    """The demonstration territory, made and imported by the program under test."""
    territory, store = work / "territory", work / "clients.gpkg"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    run = lambda *arguments: subprocess.run([tupu, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)
    run("demo", "--out", territory)
    manifest = tomllib.loads((territory / "manifest.toml").read_text())
    for layer in manifest["layer"]:
        run("import", territory / layer["file"], "--profile", territory / layer["profile"], "--store", store)
    return store


def wait_until_ready(server, base):
    began = time.monotonic()
    while time.monotonic() - began < READY_LIMIT:
        if server.poll() is not None:
            raise SystemExit(f"the server ended with {server.returncode}")
        try:
            with urllib.request.urlopen(f"{base}/ready") as answer:
                return answer.read()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise SystemExit(f"the server was not ready after {READY_LIMIT} s")


def ask_with(name, base, work):
    """How one client ended."""
    folder = work / name
    folder.mkdir()
    program, script = CLIENTS[name]
    if shutil.which(program) is None:
        print(f"{name}: SKIPPED: {program} is not installed", flush=True)
        return SKIPPED
    settings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(folder), "GDAL_PAM_ENABLED": "NO", "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    folder.chmod(0o700)
    began = time.monotonic()
    with subprocess.Popen([program, str(HERE / script), base, str(folder)], env=settings, start_new_session=True) as client:
        try:
            code = client.wait(CLIENT_LIMIT)
        except subprocess.TimeoutExpired:
            os.killpg(client.pid, signal.SIGKILL)
            code = f"more than {CLIENT_LIMIT:.0f} s"
    how = {0: "passed", SKIPPED: "SKIPPED"}.get(code, f"FAILED ({code})")
    print(f"{name}: {how}, {time.monotonic() - began:.1f} s", flush=True)
    return code


def main(tupu, work, *names):
    work = pathlib.Path(work).resolve()
    store = make_store(tupu, work)
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with open(work / "server.log", "w", encoding="utf-8") as log, subprocess.Popen(
        [tupu, "serve", "--store", str(store), "--addr", f"127.0.0.1:{port}"], stdout=log, stderr=log
    ) as server:
        try:
            wait_until_ready(server, base)
            ended = {name: ask_with(name, base, work) for name in names or CLIENTS}
        finally:
            server.terminate()
    failed = [name for name, code in ended.items() if code not in (0, SKIPPED)]
    skipped = [name for name, code in ended.items() if code == SKIPPED]
    if skipped:
        print(f"CLIENTS THAT WERE NOT TRIED: {', '.join(skipped)}", flush=True)
    if os.environ.get("TUPU_REQUIRE_CLIENTS") == "1":
        failed += skipped
    if failed:
        raise SystemExit(f"clients failed: {', '.join(failed)}; the server's log is {work / 'server.log'}")


if __name__ == "__main__":
    main(*sys.argv[1:])
