# AWS's Python SDK against our control plane of AgentCore Gateway: python3 control_boto.py URL. One line of JSON a step.
import json
import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

client = boto3.client(
    "bedrock-agentcore-control", endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="AKIDPEER", aws_secret_access_key="peer/secret",
    config=Config(retries={"total_max_attempts": 1}))


def step(name, run):
    try:
        result = run() or {}
        line = {"step": name, "status": result.pop("ResponseMetadata", {}).get("HTTPStatusCode"), "result": result}
    except ClientError as error:
        kinds = [kind for kind in dir(client.exceptions) if kind.endswith("Exception") and isinstance(error, getattr(client.exceptions, kind))]
        meta = error.response["ResponseMetadata"]
        line = {"step": name, "error": {"name": error.response["Error"]["Code"], "is": kinds, "message": error.response["Error"]["Message"],
                                        "status": meta["HTTPStatusCode"], "requestId": meta.get("RequestId"), "fields": [field["name"] for field in error.response.get("fieldList", [])]}}
    print(json.dumps(line, default=str), flush=True)
    return line.get("result")


def until(read, status):
    for _ in range(600):
        now = read()
        if now["status"] == status or not now["status"].endswith("ING"):
            return now
        time.sleep(0.05)
    raise TimeoutError(status)


ROLE = "arn:aws:iam::111111111111:role/gateway"
gateway = step("create", lambda: client.create_gateway(name="boto", roleArn=ROLE, authorizerType="AWS_IAM", protocolType="MCP"))["gatewayId"]
step("ready", lambda: until(lambda: client.get_gateway(gatewayIdentifier=gateway), "READY"))
target = step("target", lambda: client.create_gateway_target(
    gatewayIdentifier=gateway, name="functions", credentialProviderConfigurations=[{"credentialProviderType": "GATEWAY_IAM_ROLE"}],
    targetConfiguration={"mcp": {"lambda": {"lambdaArn": "arn:aws:lambda:us-east-1:111111111111:function:f", "toolSchema": {"inlinePayload": [
        {"name": "echo", "description": "Says it again.", "inputSchema": {"type": "object", "properties": {"message": {"type": "string"}}}}]}}}}))["targetId"]
step("target ready", lambda: until(lambda: client.get_gateway_target(gatewayIdentifier=gateway, targetId=target), "READY"))
step("targets", lambda: {"names": [item["name"] for page in client.get_paginator("list_gateway_targets").paginate(gatewayIdentifier=gateway) for item in page["items"]]})
step("key", lambda: client.create_api_key_credential_provider(name="key", apiKey="SECRET-key"))
step("key get", lambda: client.get_api_key_credential_provider(name="key"))
step("keys", lambda: {"names": [item["name"] for page in client.get_paginator("list_api_key_credential_providers").paginate() for item in page["credentialProviders"]]})
step("invalid", lambda: client.create_gateway(name="under_score", roleArn=ROLE, authorizerType="AWS_IAM"))
step("not found", lambda: client.get_gateway(gatewayIdentifier="none-0123456789"))
step("conflict", lambda: client.delete_gateway(gatewayIdentifier=gateway))
step("tag", lambda: client.tag_resource(resourceArn=f"arn:aws:bedrock-agentcore:us-east-1:111111111111:gateway/{gateway}", tags={"a": "b"}))
step("tags", lambda: client.list_tags_for_resource(resourceArn=f"arn:aws:bedrock-agentcore:us-east-1:111111111111:gateway/{gateway}"))
step("delete target", lambda: client.delete_gateway_target(gatewayIdentifier=gateway, targetId=target))
