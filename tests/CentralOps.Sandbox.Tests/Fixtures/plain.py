"""What the Python clients of the cases share: reading the cases, and answers in a form that clients of any language agree on."""
import base64
import datetime
import json
import re
import sys

TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$")


def plain(value):
    """Times as seconds, bytes as base64; what is empty is left out, as clients differ in whether they tell of it."""
    if isinstance(value, dict):
        members = {str(key): plain(member) for key, member in value.items() if key != "ResponseMetadata"}
        return {key: member for key, member in members.items() if member not in (None, "", [], {})}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, datetime.datetime):
        return round(value.timestamp(), 3)
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    if isinstance(value, str) and TIME.match(value):
        return round(datetime.datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp(), 3)
    return value


def run(ask):
    """Asks every case of standard input; `ask` gives an answer, or None where the client is too old to know the operation."""
    question = json.load(sys.stdin)
    answers = {}
    for case in question["cases"]:
        try:
            answer = ask(question, case)
        except Exception as failed:  # A client that breaks on an answer tells about that one case.
            answer = {"error": repr(failed)}
        answers[case["name"]] = {"unknown": True} if answer is None else answer
    print("\n" + json.dumps(answers))
