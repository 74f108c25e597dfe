"""The filters that the crate `filters` writes, read by the package `cql2` and judged by the schema of the standard that it carries.

    filter_forms.py < FORMS     FORMS: lines of JSON from `cargo run -p filters --example filter_forms -- VECTORS`"""

import importlib.metadata
import json
import sys

import cql2

from common import Checks

# what is no filter by the schema: a judge that takes these judges nothing
NO_FILTERS = [{"op": "and", "args": [{"property": "flag"}, True]}, {"op": "between", "args": [{"property": "a"}, 1]}, {"op": "=", "args": [1]}]


def valid(expression):
    """None, or why the schema does not have it."""
    try:
        expression.validate()
    except Exception as why:  # the package has several of its own
        return why
    return None


def main():
    checks = Checks()
    for wrong in NO_FILTERS:
        checks.that(valid(cql2.parse_json(json.dumps(wrong))) is not None, f"refused by the schema: {wrong}")
    lines = [json.loads(line) for line in sys.stdin]
    checks.that(len(lines) > 351, f"the vectors and some more: {len(lines)}")
    for line in lines:
        given = line["given"]
        try:
            of_json, of_text = cql2.parse_json(json.dumps(line["json"])), cql2.parse_text(line["text"])
        except Exception as why:
            checks.that(False, f"{given}: {line['text']}: {why}")
            continue
        checks.same(valid(of_json), None, f"{given}: the schema")
        checks.same(of_json.to_json(), line["json"], f"{given}: the JSON comes back")
        checks.same(of_text.to_json(), line["json"], f"{given}: the text says the same as the JSON")
    checks.end(f"cql2 {importlib.metadata.version('cql2')}, {len(lines)} filters")


if __name__ == "__main__":
    main()
