#!/usr/bin/env python3
"""Step 3 of the integration guide: a Lambda function becomes a target of a gateway.

    python samples/register_lambda_targets.py GATEWAY_ID arn:aws:lambda:us-east-1:111111111111:function:describe-ec2-instances

prints the target's id. boto3 finds AWS, or a control plane of CentralOps where AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL names one.

The guide's code as the API takes it: the configuration is mcp.lambda, the credentials stand beside it and not in it, a schema knows no
default, and a target is there only when its status is READY.
"""
import argparse
import sys
import time

import boto3

PENDING = {"CREATING", "UPDATING", "SYNCHRONIZING"}

DESCRIBE_EC2_INSTANCES = {
    "name": "describe_ec2_instances",
    "description": "Describe EC2 instances in a target AWS account",
    "inputSchema": {
        "type": "object",
        "properties": {
            "account_id": {"type": "string", "description": "Target AWS account ID"},
            "region": {"type": "string", "description": "AWS region (us-east-1 if it is left out)"},
        },
        "required": ["account_id"],
    },
}


def register_ec2_lambda_target(client, gateway_id: str, lambda_arn: str) -> str:
    target = client.create_gateway_target(
        gatewayIdentifier=gateway_id,
        name="describe-ec2-instances",
        targetConfiguration={
            "mcp": {"lambda": {"lambdaArn": lambda_arn, "toolSchema": {"inlinePayload": [DESCRIBE_EC2_INSTANCES]}}}
        },
        credentialProviderConfigurations=[{"credentialProviderType": "GATEWAY_IAM_ROLE"}],
    )
    return wait_until_ready(client, gateway_id, target["targetId"])["targetId"]


def wait_until_ready(client, gateway_id: str, target_id: str, seconds: float = 600) -> dict:
    ends, pause = time.monotonic() + seconds, 0.2
    while True:
        target = client.get_gateway_target(gatewayIdentifier=gateway_id, targetId=target_id)
        if target["status"] == "READY":
            return target
        if target["status"] not in PENDING:
            raise SystemExit(f"{target['name']} is {target['status']}: {' '.join(target.get('statusReasons', []))}")
        if time.monotonic() > ends:
            raise SystemExit(f"{target['name']} is still {target['status']} after {seconds:.0f} s.")
        time.sleep(pause)
        pause = min(2.0, pause * 2)


def main() -> None:
    parser = argparse.ArgumentParser(description="Register a Lambda function as a gateway's target and print the target's id.")
    parser.add_argument("gateway_id")
    parser.add_argument("lambda_arn")
    parser.add_argument("--region", default="us-east-1")
    options = parser.parse_args()
    client = boto3.client("bedrock-agentcore-control", region_name=options.region)
    print(register_ec2_lambda_target(client, options.gateway_id, options.lambda_arn))


if __name__ == "__main__":
    sys.exit(main())
