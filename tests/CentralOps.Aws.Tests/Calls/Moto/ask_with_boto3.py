"""Asks a server with boto3. In: a line a call, {"service", "operation", "input"}; out: a line an answer, canonical.

Timestamps become {"$time": milliseconds}, blobs {"$blob": base64}; what boto3 adds about the response is taken away.
"""
import base64
import datetime
import json
import sys

import boto3
from botocore.config import Config

CLIENTS = {}
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def main(endpoint):
    for line in sys.stdin:
        call = json.loads(line)
        service = call["service"]
        if service not in CLIENTS:
            CLIENTS[service] = boto3.client(
                service, endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret",
                config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 0}))
        client = CLIENTS[service]
        method = {operation: name for name, operation in client.meta.method_to_api_mapping.items()}[call["operation"]]
        answer = getattr(client, method)(**call["input"])
        answer.pop("ResponseMetadata", None)
        print(json.dumps(canonical(answer), sort_keys=True), flush=True)


def canonical(value):
    if isinstance(value, dict):
        # moto makes this one of the time at which it is asked.
        return {key: canonical(member) for key, member in value.items() if key != "LatestRestorableTime"}
    if isinstance(value, list):
        return [canonical(member) for member in value]
    if isinstance(value, datetime.datetime):
        return {"$time": (value - EPOCH) // datetime.timedelta(milliseconds=1)}
    if hasattr(value, "read"):
        value = value.read()
    if isinstance(value, (bytes, bytearray)):
        return {"$blob": base64.b64encode(value).decode()}
    return value


main(sys.argv[1])
