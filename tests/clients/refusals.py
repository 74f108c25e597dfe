"""What every refusal must be, for schemathesis (SCHEMATHESIS_HOOKS): a problem document, or a page for who asks for pages."""

import schemathesis

STANDARD = "http://www.opengis.net/def/exceptions/"


@schemathesis.check
def refusals_are_problems(ctx, response, case):
    """RFC 9457: media type, members, and a status that agrees with the answer; never a failure of the server."""
    status = response.status_code
    assert status < 500 or status in (503, 504), f"the server failed: {status}"
    if status < 400 or case.method.upper() == "HEAD":
        return
    media = response.headers["content-type"][0]
    if media.startswith("text/html"):
        return
    assert media.startswith("application/problem+json"), f"{status} came as {media}"
    problem = response.json()
    assert problem["status"] == status, f"{problem['status']} is said, {status} is sent"
    # the names that a standard prescribes go with the address of our own explanation
    explained = problem.get("about", "") if problem["type"].startswith(STANDARD) else problem["type"]
    assert explained.startswith("/problems/"), problem["type"]
    assert problem["title"] and problem["detail"], "a refusal says what happened"
