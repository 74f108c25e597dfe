"""What the clients share: questions, a full copy of a layer, and a count of what was held to be true."""

import json
import sys
import urllib.error
import urllib.parse
import urllib.request

SKIPPED = 77
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
PAGE = 7  # features on a page of a copy: small, so that there are many pages


def epsg(code):
    return f"http://www.opengis.net/def/crs/EPSG/0/{code}"


def skip(why):
    print(f"SKIPPED: {why}", flush=True)
    sys.exit(SKIPPED)


class Checks:
    """Counts what holds; says what does not, and goes on."""

    def __init__(self):
        self.held = 0
        self.broken = 0

    def that(self, holds, what):
        if holds:
            self.held += 1
        else:
            self.broken += 1
            print(f"  does not hold: {what}", flush=True)

    def same(self, found, expected, what):
        self.that(found == expected, f"{what}: {str(found)[:300]} instead of {str(expected)[:300]}")

    def end(self, name):
        print(f"  {name}: {self.held} checks hold, {self.broken} do not", flush=True)
        sys.exit(1 if self.broken or not self.held else 0)


def get(url, accept="*/*"):
    """Status, headers and bytes of an answer, whatever its status."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept": accept})) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read()


def get_json(url):
    status, _, body = get(url, "application/json")
    if status != 200:
        raise RuntimeError(f"{url}: {status}: {body[:300]}")
    return json.loads(body)


def layers(base):
    return [each["id"] for each in get_json(f"{base}/collections")["collections"]]


def items_url(base, layer, **asked):
    return f"{base}/collections/{layer}/items?{urllib.parse.urlencode({'f': 'json'} | {name.replace('_', '-'): value for name, value in asked.items()})}"


def pages(base, layer, **asked):
    """Every feature of an answer, by its `next` links. Raises where a feature comes twice or the count is another."""
    found, url, matched = [], items_url(base, layer, **({"limit": PAGE} | asked)), None
    while url:
        page = get_json(url)
        found += page["features"]
        matched = page["numberMatched"] if matched is None else matched
        if page["numberMatched"] != matched or page["numberReturned"] != len(page["features"]):
            raise RuntimeError(f"{url}: counts change from page to page")
        url = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    keys = [each["id"] for each in found]
    if len(set(keys)) != len(keys) or len(keys) != matched:
        raise RuntimeError(f"{layer}: {len(keys)} features, {len(set(keys))} different ones, numberMatched {matched}")
    return found


def picture_box(features):
    """The box of GeoJSON features: west, south, east, north."""
    places = []

    def walk(coordinates):
        if isinstance(coordinates[0], (int, float)):
            places.append(coordinates[:2])
        else:
            for each in coordinates:
                walk(each)

    for feature in features:
        walk(feature["geometry"]["coordinates"])
    xs, ys = zip(*places)
    return min(xs), min(ys), max(xs), max(ys)
