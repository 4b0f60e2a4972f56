#!/usr/bin/env python3
"""Step 1 of the integration guide: a gateway whose callers sign with IAM (Signature Version 4).

    python samples/create_gateway.py --role-arn arn:aws:iam::111111111111:role/CentralOpsGateway

prints the gateway's id. boto3 finds AWS, or a control plane of CentralOps where AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL names one.

The guide's code as the API takes it: the client is bedrock-agentcore-control, role and authorizer type are required, IAM is an
authorizer type without a configuration, and a gateway is made only when its status is READY.
"""
import argparse
import sys
import time

import boto3

PENDING = {"CREATING", "UPDATING"}


def create_gateway_with_iam_auth(client, role_arn: str, name: str = "central-ops-gateway") -> str:
    gateway = client.create_gateway(
        name=name,
        description="Multi-account AWS operations gateway",
        roleArn=role_arn,
        protocolType="MCP",
        authorizerType="AWS_IAM",
    )
    return wait_until_ready(client, gateway["gatewayId"])["gatewayId"]


def wait_until_ready(client, gateway_id: str, seconds: float = 600) -> dict:
    """boto3 has no waiter for gateways: ask until the status stays."""
    ends, pause = time.monotonic() + seconds, 0.2
    while True:
        gateway = client.get_gateway(gatewayIdentifier=gateway_id)
        if gateway["status"] == "READY":
            return gateway
        if gateway["status"] not in PENDING:
            raise SystemExit(f"{gateway['name']} is {gateway['status']}: {' '.join(gateway.get('statusReasons', []))}")
        if time.monotonic() > ends:
            raise SystemExit(f"{gateway['name']} is still {gateway['status']} after {seconds:.0f} s.")
        time.sleep(pause)
        pause = min(2.0, pause * 2)


def main() -> None:
    parser = argparse.ArgumentParser(description="Create a gateway with IAM authorization and print its id.")
    parser.add_argument("--role-arn", required=True, help="the role that the gateway takes on")
    parser.add_argument("--name", default="central-ops-gateway")
    parser.add_argument("--region", default="us-east-1")
    options = parser.parse_args()
    client = boto3.client("bedrock-agentcore-control", region_name=options.region)
    print(create_gateway_with_iam_auth(client, options.role_arn, options.name))


if __name__ == "__main__":
    sys.exit(main())
