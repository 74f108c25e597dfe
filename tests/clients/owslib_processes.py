"""OWSLib and the processes: what there is, what it takes, and an execution by the links that it found, at once and as a job."""

import json
import sys
import time
import urllib.request

from common import Checks, get, get_json, pages, skip

try:
    import owslib
    from owslib.ogcapi.processes import Processes
except ImportError:
    skip("python3-owslib is not installed, or has no processes")

EXECUTE = "http://www.opengis.net/def/rel/ogc/1.0/execute"
RESULTS = "http://www.opengis.net/def/rel/ogc/1.0/results"
PATIENCE = 60.0  # seconds for a job


def link(document, relation):
    """The address of the first link of a relation."""
    return next(each["href"] for each in document["links"] if each["rel"] == relation)


def post(url, document, **headers):
    request = urllib.request.Request(url, json.dumps(document).encode(), {"content-type": "application/json"} | headers, method="POST")
    with urllib.request.urlopen(request) as answer:
        return answer.status, answer.headers, json.loads(answer.read())


def ended(url):
    """The document of a job once it has ended."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        job = get_json(url)
        if job["status"] not in ("accepted", "running"):
            return job
        time.sleep(0.05)
    raise RuntimeError(f"{url} has not ended in {PATIENCE:.0f} s")


def main(base, _folder):
    checks = Checks()
    service = Processes(f"{base}/")
    listed = service.processes()
    listed = listed["processes"] if isinstance(listed, dict) else listed
    checks.same([each["id"] for each in listed], ["check"], "processes")
    about = service.process("check")
    for name in ("id", "title", "description", "version", "jobControlOptions"):
        checks.same(about[name], listed[0][name], f"the same {name} in the list and in the description")
    checks.that({"feature", "land", "form"} <= set(about["inputs"]), "inputs")
    checks.that(all(each["title"] and each["description"] and each["schema"] for each in about["inputs"].values()), "every input has a title, a description and a schema")
    checks.that("report" in about["outputs"], "outputs")
    community = pages(base, "communities")[0]["id"]
    direct = get_json(f"{base}/collections/communities/items/{urllib.request.quote(community, safe='')}/check?f=json")
    order = {"inputs": {"feature": {"layer": "communities", "id": community}}}
    status, _, report = post(link(about, EXECUTE), order)
    checks.same((status, report["id"]), (200, direct["id"]), "the report of an execution at once")
    status, headers, job = post(link(about, EXECUTE), order, prefer="respond-async")
    checks.same((status, job["processID"]), (201, "check"), "a job")
    job = ended(headers["location"])
    checks.same(job["status"], "successful", "the end of the job")
    checks.same(get_json(link(job, RESULTS))["id"], direct["id"], "the report of a job")
    gone = urllib.request.Request(headers["location"], method="DELETE")
    with urllib.request.urlopen(gone) as answer:
        checks.same(json.loads(answer.read())["status"], "dismissed", "the dismissal")
    checks.same(get(headers["location"])[0], 404, "a dismissed job is not there")
    checks.end(f"OWSLib {owslib.__version__}, processes")


if __name__ == "__main__":
    main(*sys.argv[1:])
