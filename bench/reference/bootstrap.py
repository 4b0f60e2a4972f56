"""The reference that the function's cold start is measured against: the same question, asked with boto3, over the same Lambda runtime API."""
import http.client
import json
import os

import boto3
from botocore.config import Config

REGION = os.environ["AWS_REGION"]
ENDPOINT = os.environ["AWS_ENDPOINT_URL"]


def client(service, region, **keys):
    # Debian's boto3 is older than AWS_ENDPOINT_URL.
    return boto3.client(service, region_name=region, endpoint_url=ENDPOINT, config=Config(retries={"max_attempts": 1}), **keys)


def handle(event):
    account, region = event["account_id"], event.get("region", "us-east-1")
    sts = client("sts", REGION)
    keys = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/CentralOpsTargetRole", RoleSessionName="local")["Credentials"]
    ec2 = client("ec2", region, aws_access_key_id=keys["AccessKeyId"], aws_secret_access_key=keys["SecretAccessKey"], aws_session_token=keys["SessionToken"])
    instances = []
    for page in ec2.get_paginator("describe_instances").paginate():
        for reservation in page["Reservations"]:
            for instance in reservation["Instances"]:
                instances.append({
                    "InstanceId": instance["InstanceId"],
                    "InstanceType": instance["InstanceType"],
                    "State": instance["State"]["Name"],
                    "PrivateIpAddress": instance.get("PrivateIpAddress"),
                    "PublicIpAddress": instance.get("PublicIpAddress"),
                    "LaunchTime": instance["LaunchTime"].isoformat(),
                    "Tags": {tag["Key"]: tag["Value"] for tag in instance.get("Tags", [])},
                })
    return {"account_id": account, "region": region, "instance_count": len(instances), "instances": instances}


def main():
    host, port = os.environ["AWS_LAMBDA_RUNTIME_API"].split(":")
    api = http.client.HTTPConnection(host, int(port))
    while True:
        api.request("GET", "/2018-06-01/runtime/invocation/next")
        invocation = api.getresponse()
        event = json.loads(invocation.read())
        answer = json.dumps(handle(event))
        api.request("POST", f"/2018-06-01/runtime/invocation/{invocation.headers['Lambda-Runtime-Aws-Request-Id']}/response", answer)
        api.getresponse().read()


main()
