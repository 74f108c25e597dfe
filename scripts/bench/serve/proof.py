"""That two servers answer with the same, before anybody measures how fast: tiles, pages, filters, pictures."""

import gzip
import io
import json
import urllib.error
import urllib.request

import mapbox_vector_tile
import numpy
from PIL import Image, ImageFilter
from shapely.geometry import box as rectangle, shape
from shapely.validation import make_valid

import ask

UNITS = 4096
UNIT = 2**0.5 + 1e-6  # one unit in both directions: what two roundings may differ by
FAR = 2.0  # tile units that no border may lie elsewhere
HATCH = 13  # pixels: the widest hatch of rights
AGREE = 0.97  # the least share of pixels on which two pictures agree about ink


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=120) as answer:
            body = answer.read()
            return answer.status, gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


def decoded(body, layer):
    """Key → geometry in tile units, what of it is inside the square of the tile, and fields."""
    if not body:
        return {}
    square = rectangle(0, 0, UNITS, UNITS)
    found = {}
    for feature in mapbox_vector_tile.decode(body).get(layer, {"features": []})["features"]:
        geometry = make_valid(shape(feature["geometry"]))
        inside = geometry.intersection(square)
        if inside.area > 0:
            found[feature["properties"]["key"]] = (geometry, inside, {name: value for name, value in feature["properties"].items() if value is not None})
    return found


def same_tiles(ours, peer, layer, zoom, places):
    """Compares tiles feature by feature; says how many were equal. Ends the run where they are not."""
    features = beyond = 0
    for x, y in places:
        one, other = (decoded(get(server.base + ask.tile_path(server.name, layer, zoom, x, y))[1], layer) for server in (ours, peer))
        slivers = {key for key in set(one) ^ set(other) if (one.get(key) or other.get(key))[1].buffer(-FAR).is_empty}
        if set(one) - slivers != set(other) - slivers:
            raise SystemExit(f"{peer.name}: {layer} {zoom}/{y}/{x}: other features: {sorted((set(one) ^ set(other)) - slivers)[:5]}")
        for key in set(one) & set(other):
            (here, here_inside, fields), (there, there_inside, others) = one[key], other[key]
            # the square cuts borders that are a unit apart at places far apart, so what is inside is held against the whole
            apart = lambda reach: not (here_inside.difference(there.buffer(reach)).is_empty and there_inside.difference(here.buffer(reach)).is_empty)
            beyond += apart(UNIT)
            if apart(FAR):
                raise SystemExit(f"{peer.name}: {layer} {zoom}/{y}/{x}: {key} lies elsewhere")
            if set(fields) != set(others):
                raise SystemExit(f"{peer.name}: {layer} {zoom}/{y}/{x}: {key} has other fields: {sorted(set(fields) ^ set(others))}")
            features += 1
    if features == 0:
        raise SystemExit(f"{peer.name}: nothing was compared")
    return {"what": "proof", "peer": peer.name, "layer": layer, "zoom": zoom, "tiles": len(places), "features_equal": features, "beyond_one_unit": beyond}


def keys(body):
    page = json.loads(body)
    if "features" not in page:
        raise SystemExit(f"no features: {body[:300]}")
    return sorted(str(feature.get("properties", {}).get("key") or feature["id"]) for feature in page["features"])


def same_items(ours, peer, pairs, what):
    """`pairs`: our path and the peer's; the same keys must come."""
    features = 0
    for our_path, peer_path in pairs:
        mine = json.loads(get(ours.base + our_path)[1])
        one = sorted(feature["id"] for feature in mine["features"])
        status, body = get(peer.base + peer_path)
        if status != 200 or keys(body) != one:
            raise SystemExit(f"{peer.name}: {peer_path}: {status}: {body[:200]} and ours {our_path}: {one[:5]}, {len(one)} features")
        features += len(one)
    if features == 0:
        raise SystemExit(f"{peer.name}: nothing was compared")
    return {"what": "proof", "peer": peer.name, "asked": what, "pages": len(pairs), "features_equal": features}


def ink(body):
    """Where there is ink, widened until the lines of a hatch meet: hatches begin where each program likes."""
    opacity = Image.open(io.BytesIO(body)).convert("RGBA").getchannel("A").point(lambda value: 255 * (value > 24))
    return numpy.asarray(opacity.filter(ImageFilter.MaxFilter(HATCH))) > 0


def same_pictures(ours, peer, pairs):
    """Ink where the other has ink, but for the edges."""
    shares = []
    for path, other_path in pairs:
        (status, one), (other_status, other) = get(ours.base + path), get(peer.base + other_path)
        if (status, other_status) != (200, 200) or other[:4] != b"\x89PNG":
            raise SystemExit(f"{path}: ours {status}, {peer.name} {other_status} {other[:200]}")
        shares.append(float((ink(one) == ink(other)).mean()))
    worst = min(shares)
    if sum(shares) / len(shares) < AGREE:
        raise SystemExit(f"{peer.name}: pictures agree on {sum(shares) / len(shares):.3f} of the pixels only")
    return {"what": "proof", "peer": peer.name, "asked": "pictures", "pictures": len(pairs), "agree_mean": round(sum(shares) / len(shares), 4), "agree_worst": round(worst, 4)}
