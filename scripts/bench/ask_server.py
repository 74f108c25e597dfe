"""Asks a server for the check of every community and every district, one after another, and says how long it took.

    ask_server.py TUPU STORE               one JSON line for the start-up, one a layer, and one for all
    ask_server.py TUPU STORE html pdf:300  the communities in these formats; pdf:300 asks for 300 of them, evenly spread

Latencies are the client's, over one kept connection on loopback: what a person waits, less the network."""

import contextlib
import http.client
import json
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

LAYERS = ("communities", "districts")
START_LIMIT = 60.0  # seconds


def keys(store, layer):
    with contextlib.closing(sqlite3.connect(f"file:{urllib.parse.quote(store)}?mode=ro", uri=True)) as database:
        return [key for [key] in database.execute(f'SELECT key FROM "{layer}" WHERE edition_to IS NULL ORDER BY key')]


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until_ready(server, port):
    """Seconds from the start of the process until /ready answers 200."""
    began = time.perf_counter()
    while time.perf_counter() - began < START_LIMIT:
        if server.poll() is not None:
            raise SystemExit(f"the server ended with {server.returncode} before it was ready")
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/ready")
            if connection.getresponse().status == 200:
                return time.perf_counter() - began
        time.sleep(0.01)
    raise SystemExit(f"the server was not ready after {START_LIMIT:.0f} s")


def memory(server):
    """Megabytes now and at most, as the kernel counts them."""
    status = Path(f"/proc/{server.pid}/status").read_text(encoding="ascii")
    return {name: int(re.search(rf"{field}:\s+(\d+)", status)[1]) / 1024 for name, field in (("rss_mb", "VmRSS"), ("peak_mb", "VmHWM"))}


def ask(port, layer, key_list, form="json"):
    """Seconds, bytes and statuses of each check."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    asked = []
    for key in key_list:
        began = time.perf_counter()
        connection.request("GET", f"/collections/{layer}/items/{urllib.parse.quote(key, safe='')}/check?f={form}&audience=community")
        response = connection.getresponse()
        body = response.read()
        asked.append((time.perf_counter() - began, len(body), response.status, key))
    return asked


def told(layer, asked, megabytes):
    seconds = sorted(second for second, *_ in asked)
    at = lambda share: 1e3 * seconds[min(len(seconds) - 1, int(share * len(seconds)))]
    slowest = max(asked)
    return {
        "layer": layer, "checks": len(asked), "refused": sum(status != 200 for _, _, status, _ in asked),
        "p50_ms": at(0.5), "p90_ms": at(0.9), "p99_ms": at(0.99), "max_ms": 1e3 * seconds[-1],
        "slowest": slowest[3], "slowest_bytes": slowest[1], "mean_bytes": sum(size for _, size, _, _ in asked) / len(asked), **megabytes,
    }


def formats(port, store, wanted, server):
    for each in wanted:
        form, _, number = each.partition(":")
        found = keys(store, LAYERS[0])
        found = found[:: max(1, len(found) // int(number))] if number else found
        ask(port, LAYERS[0], found[:20], form)
        print(json.dumps(told(f"{LAYERS[0]} {form}", ask(port, LAYERS[0], found, form), memory(server))), flush=True)


def layers(port, store, server):
    everything = []
    for layer in LAYERS:
        found = keys(store, layer)
        ask(port, layer, found[:50])  # the first ones find cold caches; the start-up is measured apart
        asked = ask(port, layer, found)
        everything += asked
        print(json.dumps(told(layer, asked, memory(server))), flush=True)
    print(json.dumps(told("all", everything, memory(server))), flush=True)


def main(tupu, store, *wanted):
    port = free_port()
    with subprocess.Popen([tupu, "serve", "--store", store, "--addr", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL) as server:
        try:
            print(json.dumps({"start_up_s": wait_until_ready(server, port), **memory(server)}), flush=True)
            if wanted:
                formats(port, store, wanted, server)
            else:
                layers(port, store, server)
        finally:
            server.terminate()


if __name__ == "__main__":
    main(*sys.argv[1:])
