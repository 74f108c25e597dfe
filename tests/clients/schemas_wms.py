"""What WMS says of itself and its refusals, held against the schemas of the OGC: XML Schema for 1.3.0, DTD for 1.1.1. MapProxy's
package carries them for its own tests; `TUPU_CLIENTS_SCHEMAS` is the folder that has its wheel."""

import io
import os
import pathlib
import sys
import zipfile

from common import Checks, get, skip

try:
    from lxml import etree
except ImportError:
    skip("python3-lxml is not installed")

INSIDE = "mapproxy/test/schemas/"
HEADS = ("wms/1.3.0/capabilities_1_3_0", "wms/1.3.0/exceptions_1_3_0", "wms/1.1.1/WMS_MS_Capabilities", "wms/1.1.1/WMS_exception_1_1_1")


def unpacked(work):
    """The folder of the schemas, taken out of the wheel."""
    wheels = sorted(pathlib.Path(os.environ.get("TUPU_CLIENTS_SCHEMAS", "/nowhere")).glob("[Mm]ap[Pp]roxy-*.whl"))
    if not wheels:
        skip("the schemas of the OGC are not here (TUPU_CLIENTS_SCHEMAS)")
    with zipfile.ZipFile(wheels[-1]) as wheel:
        wheel.extractall(work, [name for name in wheel.namelist() if name.startswith(INSIDE)])
    return pathlib.Path(work) / INSIDE


def problems(rules, body):
    """What the rules say against a document."""
    document = etree.parse(io.BytesIO(body), etree.XMLParser(load_dtd=False, no_network=True))
    rules.validate(document)
    return [f"{entry.line}: {entry.message}" for entry in rules.error_log][:5]


def main(base, work):
    checks, schemas = Checks(), unpacked(work)
    capabilities, exceptions = (etree.XMLSchema(etree.parse(str(schemas / f"{name}.xsd"))) for name in HEADS[:2])
    older, older_exceptions = (etree.DTD(str(schemas / f"{name}.dtd")) for name in HEADS[2:])
    for version, about, refusals in (("1.3.0", capabilities, exceptions), ("1.1.1", older, older_exceptions)):
        status, _, body = get(f"{base}/wms?service=WMS&request=GetCapabilities&version={version}")
        checks.same(status, 200, f"{version}: status")
        checks.same(problems(about, body), [], f"{version}: capabilities")
        # the rules can say no
        checks.that(problems(about, body.replace(b"<Name>", b"<Nombre>").replace(b"</Name>", b"</Nombre>")), f"{version}: a wrong document is seen")
        for asked in ("request=GetMap&layers=nothing", "request=Nothing", "request=GetMap", "request=GetMap&layers=%3Cb%3E&crs=x&srs=x"):
            _, _, body = get(f"{base}/wms?service=WMS&version={version}&{asked}")
            checks.same(problems(refusals, body), [], f"{version}: the refusal of {asked}")
    checks.end("schemas_wms")


if __name__ == "__main__":
    main(*sys.argv[1:3])
