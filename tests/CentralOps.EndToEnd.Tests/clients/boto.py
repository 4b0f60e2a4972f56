"""boto3, whichever this interpreter has: boto.py ENDPOINT KEY SECRET. Assumes the role in 222222222222 and describes its instances."""
import json
import sys

import boto3
import botocore
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, key, secret = sys.argv[1:4]
config = Config(region_name="us-east-1", retries={"max_attempts": 1})


def client(service, **keys):
    return boto3.client(service, endpoint_url=endpoint, config=config, **keys)


def session(key, secret):
    sts = client("sts", aws_access_key_id=key, aws_secret_access_key=secret)
    return sts.assume_role(RoleArn="arn:aws:iam::222222222222:role/CentralOpsTargetRole", RoleSessionName="end-to-end")


found = session(key, secret)["Credentials"]
ec2 = client("ec2", aws_access_key_id=found["AccessKeyId"], aws_secret_access_key=found["SecretAccessKey"], aws_session_token=found["SessionToken"])
instances = [
    instance["InstanceId"]
    for page in ec2.get_paginator("describe_instances").paginate(PaginationConfig={"PageSize": 5})
    for reservation in page["Reservations"]
    for instance in reservation["Instances"]
]
try:
    session(key, "x" * 40)
    refused = None
except ClientError as error:
    refused = error.response["Error"]["Code"]
print(json.dumps({"botocore": botocore.__version__, "instances": instances, "refused": refused}))
