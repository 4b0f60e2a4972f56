"""A person signs in as the AWS CLI does it: registers, waits for the device code to be agreed to, and uses what they are given. Arguments: the sandbox's URL."""
import json
import sys

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

url = sys.argv[1]


def client(service, **keys):
    config = Config(retries={"max_attempts": 0}, signature_version=None if keys else UNSIGNED)
    return boto3.client(service, endpoint_url=url, region_name="us-east-1", config=config, **keys)


def error(call, **arguments):
    try:
        call(**arguments)
        return "no error"
    except ClientError as failed:
        return failed.response["Error"]["Code"]


oidc, portal = client("sso-oidc"), client("sso")
registered = oidc.register_client(clientName="test", clientType="public")
app = {"clientId": registered["clientId"], "clientSecret": registered["clientSecret"]}
seen = {"other_start": error(oidc.start_device_authorization, **app, startUrl="https://example.com/start")}
device = oidc.start_device_authorization(**app, startUrl=sys.argv[2])
grant = {**app, "grantType": "urn:ietf:params:oauth:grant-type:device_code", "deviceCode": device["deviceCode"]}
seen["waiting"] = error(oidc.create_token, **grant)
token = oidc.create_token(**grant)
seen["twice"] = error(oidc.create_token, **grant)
seen["other_grant"] = error(oidc.create_token, **app, grantType="password")
seen["refreshed"] = oidc.create_token(**app, grantType="refresh_token", refreshToken=token["refreshToken"])["tokenType"]
access = token["accessToken"]
pages = portal.get_paginator("list_accounts").paginate(accessToken=access, PaginationConfig={"PageSize": 3})
seen["accounts"] = [account["accountName"] for page in pages for account in page["accountList"]]
seen["roles"] = [role["roleName"] for role in portal.list_account_roles(accessToken=access, accountId="111111111111")["roleList"]]
seen["no_roles"] = error(portal.list_account_roles, accessToken=access, accountId="999999999999")
seen["no_role"] = error(portal.get_role_credentials, accessToken=access, accountId="222222222222", roleName="AdministratorAccess")
given = portal.get_role_credentials(accessToken=access, accountId="222222222222", roleName="ReadOnlyAccess")["roleCredentials"]
keys = {"aws_access_key_id": given["accessKeyId"], "aws_secret_access_key": given["secretAccessKey"], "aws_session_token": given["sessionToken"]}
seen["who"] = client("sts", **keys).get_caller_identity()["Arn"]
seen["vpcs"] = len(client("ec2", **keys).describe_vpcs()["Vpcs"])
portal.logout(accessToken=access)
seen["after"] = error(portal.list_accounts, accessToken=access)
print(json.dumps(seen))
