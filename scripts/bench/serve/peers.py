"""Servers side by side: ours, martin, MapServer, pygeoapi, tipg. Each is started on the core of the servers and ended with its children."""

import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request

import mapfile
from ask import free_port

CORE = 0  # of the servers, and of PostgreSQL
START_LIMIT = 120.0  # seconds


class Server:
    """A running server: its address, how long it took to answer, and what it holds in memory."""

    def __init__(self, name, base, process, seconds):
        self.name, self.base, self.process, self.start_s = name, base, process, seconds

    def memory_mb(self):
        """Resident megabytes of the process and its children (PostgreSQL, where a peer asks it, is not among them)."""
        total = 0
        for each in pathlib.Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                fields = each.read_text().rsplit(")", 1)[1].split()
                if int(fields[2]) == self.process.pid:
                    status = (each.parent / "status").read_text()
                    total += int(re.search(r"VmRSS:\s+(\d+)", status)[1])
        return round(total / 1024, 1)


@contextlib.contextmanager
def running(name, command, port, ready, settings=None, log=None):
    """A process group on the core of the servers, once `ready` answers 200."""
    base = f"http://127.0.0.1:{port}"
    began = time.perf_counter()
    with open(log or os.devnull, "a", encoding="utf-8") as said:
        process = subprocess.Popen(
            ["taskset", "-c", str(CORE), *map(str, command)], env=os.environ | (settings or {}), stdout=said, stderr=said, start_new_session=True
        )
    try:
        yield Server(name, base, process, wait(process, base + ready, began, name, log))
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait(process, url, began, name, log):
    while time.perf_counter() - began < START_LIMIT:
        if process.poll() is not None:
            raise SystemExit(f"{name} ended with {process.returncode} before it was ready; its log is {log}")
        with contextlib.suppress(OSError):
            try:
                with urllib.request.urlopen(url, timeout=60) as answer:
                    answer.read()
                    return round(time.perf_counter() - began, 3)
            except urllib.error.HTTPError as refused:
                if refused.code in (204, 404, 500):
                    raise SystemExit(f"{name}: {url}: {refused.code}: {refused.read()[:300]}") from refused
        time.sleep(0.02)
    raise SystemExit(f"{name} was not ready after {START_LIMIT:.0f} s; its log is {log}")


def ours(case):
    port = free_port()
    command = [case.tupu, "serve", "--store", case.store, "--addr", f"127.0.0.1:{port}"]
    return running("tupu", command, port, "/ready", log=case.work / "tupu.log")


def martin(case):
    port = free_port()
    config = case.work / "martin.yaml"
    config.write_text(
        f"listen_addresses: 127.0.0.1:{port}\nworker_processes: 1\npostgres:\n  connection_string: {case.database('martin')}\n  pool_size: 8\n"
        "  auto_publish:\n    tables:\n      from_schemas: tiles\n      source_id_format: '{table}'\n      extent: 4096\n      buffer: 64\n      clip_geom: true\n"
        "    functions: false\n"
    )
    return running("martin", [case.martin, "--config", config], port, "/catalog", log=case.work / "martin.log")


def tipg(case):
    port = free_port()
    settings = {"DATABASE_URL": case.database("tipg"), "TIPG_DB_SCHEMAS": '["features", "tiles"]', "DB_MAX_CONN_SIZE": "8", "TIPG_TILE_BUFFER": "64", "TIPG_SET_MVT_LAYERNAME": "true"}
    command = [case.python, "-m", "uvicorn", "tipg.main:app", "--port", port, "--workers", 1, "--log-level", "warning", "--no-access-log"]
    return running("tipg", command, port, "/healthz", settings, case.work / "tipg.log")


PYGEOAPI_HEAD = """server:
  bind: {{host: 127.0.0.1, port: {port}}}
  url: http://127.0.0.1:{port}
  mimetype: application/json; charset=UTF-8
  encoding: utf-8
  languages: [en-US]
  limits: {{default_items: 10, max_items: 10000}}
  map: {{url: 'http://127.0.0.1/none', attribution: none}}
logging: {{level: ERROR}}
metadata:
  identification: {{title: bench, description: bench, keywords: [bench], terms_of_service: none, url: 'http://127.0.0.1'}}
  license: {{name: none, url: 'http://127.0.0.1'}}
  provider: {{name: bench, url: 'http://127.0.0.1'}}
  contact: {{name: bench, address: none, city: none, stateorprovince: none, postalcode: none, country: none, phone: none, fax: none, email: a@b.c, url: 'http://127.0.0.1', hours: none, instructions: none, role: none}}
resources:
"""

PYGEOAPI_LAYER = """  {layer}:
    type: collection
    title: {layer}
    description: {layer}
    keywords: [bench]
    links: []
    extents: {{spatial: {{bbox: [-180, -90, 180, 90], crs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'}}}}
    providers:
      - type: feature
        name: PostgreSQL
        data: {{host: 127.0.0.1, port: {database_port}, dbname: postgres, user: bench, password: none, search_path: [features]}}
        id_field: key
        table: {layer}
        geom_field: geometry
"""


def pygeoapi(case):
    port = free_port()
    config, openapi = case.work / "pygeoapi.yml", case.work / "pygeoapi-openapi.yml"
    layers = "".join(PYGEOAPI_LAYER.format(layer=layer, database_port=case.database_port) for layer in case.layers)
    config.write_text(PYGEOAPI_HEAD.format(port=port) + layers)
    settings = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(openapi)}
    program = pathlib.Path(case.python).with_name("pygeoapi")
    subprocess.run([program, "openapi", "generate", config, "--output-file", openapi], env=os.environ | settings, check=True, stdout=subprocess.DEVNULL)
    command = [case.python, "-m", "gunicorn", "--workers", 2, "--bind", f"127.0.0.1:{port}", "pygeoapi.flask_app:APP"]
    return running("pygeoapi", command, port, "/conformance?f=json", settings, case.work / "pygeoapi.log")


def mapserver(case):
    """mapserv as FastCGI under lighttpd, with Shapefiles in the square map's own metres: indexed, and nothing to transform.
    (Its FlatGeobuf driver, in 8.0.0, ends with a segmentation fault.)"""
    port = free_port()
    plan, config = case.work / "bench.map", case.work / "lighttpd.conf"
    plan.write_text(mapfile.mapfile(case.work / "shapes", case.layers), encoding="utf-8")
    config.write_text(
        'server.modules = ("mod_fastcgi")\n'
        f'server.document-root = "{case.work}"\nserver.port = {port}\nserver.bind = "127.0.0.1"\nserver.max-keep-alive-requests = 1000000\n'
        f'server.errorlog = "{case.work}/lighttpd.log"\n'
        f'fastcgi.server = ("/wms" => (("bin-path" => "{shutil.which("mapserv")}", "socket" => "{case.work}/mapserv.socket", "max-procs" => 2, "check-local" => "disable",\n'
        f'  "bin-environment" => ("MAPSERVER_CONFIG_FILE" => "{case.work}/mapserver.conf", "MS_MAPFILE" => "{plan}"))))\n'
    )
    (case.work / "mapserver.conf").write_text(f'CONFIG\n  ENV\n    MS_MAP_PATTERN "."\n    MS_MAPFILE "{plan}"\n  END\nEND\n')
    command = [shutil.which("lighttpd") or "/usr/sbin/lighttpd", "-D", "-f", config]
    return running("MapServer", command, port, "/wms?SERVICE=WMS&REQUEST=GetCapabilities", log=case.work / "mapserver.log")
