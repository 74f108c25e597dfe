"""OWSLib and a layer: what there is, what may be asked, features of a box and of a filter, one feature, pages."""

import sys

from common import Checks, get_json, layers, pages, skip

try:
    import owslib
    from owslib.ogcapi.features import Features
except ImportError:
    skip("python3-owslib is not installed")


def main(base, _folder):
    checks = Checks()
    service = Features(f"{base}/")
    checks.same(service.feature_collections(), layers(base), "feature collections")
    conformance = service.conformance()["conformsTo"]
    checks.that("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in conformance, "conformance")
    checks.that(str(service.api().get("openapi", "")).startswith("3."), "an OpenAPI document")
    for name in service.feature_collections():
        copy = pages(base, name)
        about = service.collection(name)
        checks.same(about["id"], name, f"{name}: id")
        asked = service.collection_queryables(name)["properties"]
        used = {field for feature in copy for field in feature["properties"]}
        checks.that(used <= set(asked), f"{name}: queryables name {sorted(used - set(asked))}")
        got = service.collection_items(name, limit=5)
        checks.same(got["numberMatched"], len(copy), f"{name}: numberMatched")
        checks.same([each["id"] for each in got["features"]], [each["id"] for each in copy[:5]], f"{name}: the first page")
        one = service.collection_item(name, copy[-1]["id"])
        checks.same((one["id"], one["geometry"], one["properties"]), (copy[-1]["id"], copy[-1]["geometry"], copy[-1]["properties"]), f"{name}: one feature")
        box = about["extent"]["spatial"]["bbox"][0]
        checks.same(service.collection_items(name, bbox=box, limit=1)["numberMatched"], len(copy), f"{name}: all are in the extent that is told")
        far = service.collection_items(name, bbox=[10, 40, 11, 41])
        checks.same((far["numberMatched"], far["features"]), (0, []), f"{name}: none is elsewhere")
    titled = [each["id"] for each in pages(base, "concessions") if each["properties"]["state_group"] == "titulado"]
    got = service.collection_items("concessions", filter="state_group = 'titulado'", limit=100)
    checks.same([each["id"] for each in got["features"]], titled, "a filter")
    checks.same(get_json(f"{base}/")["links"][0]["rel"], "self", "the landing page")
    checks.end(f"OWSLib {owslib.__version__}, features")


if __name__ == "__main__":
    main(*sys.argv[1:])
