"""The cases through boto3."""
import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

import plain

config = Config(retries={"max_attempts": 0}, parameter_validation=False, s3={"addressing_style": "path"})
clients = {}


def client(question, case):
    key = (case["service"], case["account"], case["region"])
    if key not in clients:
        keys = question["sessions"][case["account"]]
        clients[key] = boto3.client(
            case["service"], region_name=case["region"], endpoint_url=question["url"], config=config,
            aws_access_key_id=keys["AccessKeyId"], aws_secret_access_key=keys["SecretAccessKey"], aws_session_token=keys["SessionToken"])
    return clients[key]


def ask(question, case):
    api = client(question, case)
    if case["operation"] not in api.meta.service_model.operation_names:
        return None
    method = xform_name(case["operation"])
    try:
        if case["page_size"]:
            pages = api.get_paginator(method).paginate(**case["input"], PaginationConfig={"PageSize": case["page_size"]})
            return {"output": plain.plain(pages.build_full_result())}
        return {"output": plain.plain(getattr(api, method)(**case["input"]))}
    except ClientError as error:
        return {"error": error.response["Error"]["Code"], "status": error.response["ResponseMetadata"]["HTTPStatusCode"], "message": error.response["Error"].get("Message")}


plain.run(ask)
