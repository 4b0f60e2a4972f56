"""Asks a sandbox through boto3 and prints what came, as one JSON object. Arguments: the sandbox's URL."""
import base64
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

url = sys.argv[1]
config = Config(retries={"max_attempts": 0}, parameter_validation=False)


def client(service, credentials=None, region="us-east-1"):
    keys = {}
    if credentials:
        keys = {
            "aws_access_key_id": credentials["AccessKeyId"],
            "aws_secret_access_key": credentials["SecretAccessKey"],
            "aws_session_token": credentials["SessionToken"],
        }
    return boto3.client(service, endpoint_url=url, region_name=region, config=config, **keys)


def error(call, **arguments):
    try:
        call(**arguments)
        return "no error"
    except ClientError as failed:
        response = failed.response
        assert response["ResponseMetadata"]["RequestId"], response
        return "%d %s: %s" % (response["ResponseMetadata"]["HTTPStatusCode"], response["Error"]["Code"], response["Error"]["Message"])


def assume(account="222222222222", sts=client("sts"), **more):
    return sts.assume_role(RoleArn="arn:aws:iam::" + account + ":role/CentralOpsTargetRole", RoleSessionName="boto", **more)


def invoke(**arguments):
    answer = client("lambda").invoke(FunctionName="central-ops-fixture", **arguments)
    return {"status": answer["StatusCode"], "error": answer.get("FunctionError"), "payload": answer["Payload"].read().decode()}


def sts():
    policy = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ec2:DescribeRegions", "Resource": "*"}]})
    full = assume(Policy=policy, SourceIdentity="someone", ExternalId="external", Tags=[{"Key": "caller", "Value": "local"}], TransitiveTagKeys=["caller"], DurationSeconds=900)
    session = client("sts", full["Credentials"])
    return {
        "assumed": full["AssumedRoleUser"]["Arn"],
        "source_identity": full["SourceIdentity"],
        "packed": full["PackedPolicySize"],
        "chained": error(session.assume_role, RoleArn="arn:aws:iam::333333333333:role/CentralOpsTargetRole", RoleSessionName="boto"),
        "confined": error(client("ec2", full["Credentials"]).describe_instances),
        "name": error(client("sts").assume_role, RoleArn="arn:aws:iam::222222222222:role/CentralOpsTargetRole", RoleSessionName="a b"),
        "two": error(client("sts").assume_role, RoleArn="short", RoleSessionName="x"),
        "none": error(client("sts").assume_role),
        "identity": error(assume, SourceIdentity="s p"),
        "brief": error(assume, DurationSeconds=899),
        "long": error(assume, DurationSeconds=3601),
        "policy_json": error(assume, Policy="{"),
        "policy_long": error(assume, Policy=" " * 2049)[-64:],
        "policy_key": error(assume, Policy=policy.replace('"Resource": "*"', '"Resource": "*", "Condition": {"StringEquals": {"aws:Unknown": "x"}}')),
        "policy_arn": error(assume, PolicyArns=[{"arn": "arn:aws:iam::aws:policy/NoSuchAccess"}]),
        "tags_twice": error(assume, Tags=[{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}]),
        "mfa": error(assume, SerialNumber="arn:aws:iam::111111111111:mfa/x", TokenCode="123456"),
        "other": error(client("sts").get_session_token),
    }


def ec2():
    session = assume()["Credentials"]
    api = client("ec2", session)
    pages = [[i["InstanceId"] for r in page["Reservations"] for i in r["Instances"]] for page in api.get_paginator("describe_instances").paginate(PaginationConfig={"PageSize": 7})]
    first = api.describe_instances(MaxResults=5)
    every = [i for r in api.describe_instances()["Reservations"] for i in r["Instances"]]
    return {
        "pages": [len(page) for page in pages],
        "ids": len({i for page in pages for i in page}),
        "names": [tag["Value"] for i in every for tag in i.get("Tags", []) if tag["Key"] == "Name"],
        "one": len(api.describe_instances(InstanceIds=[pages[0][0]])["Reservations"][0]["Instances"]),
        "not_found": error(api.describe_instances, InstanceIds=["i-0123456789abcdef0"]),
        "not_found_two": error(api.describe_instances, InstanceIds=["i-0123456789abcdef0", pages[0][0], "i-01234567"]),
        "malformed": error(api.describe_instances, InstanceIds=["web"]),
        "both": error(api.describe_instances, InstanceIds=[pages[0][0]], MaxResults=5),
        "few": error(api.describe_instances, MaxResults=4),
        "many": error(api.describe_instances, MaxResults=1001),
        "token": error(api.describe_instances, MaxResults=5, NextToken="nonsense"),
        "other_question": error(api.describe_instances, MaxResults=5, NextToken=first["NextToken"], Filters=[{"Name": "tag-key", "Values": ["Name"]}]),
        "other_region": error(client("ec2", session, "us-west-2").describe_instances, MaxResults=5, NextToken=first["NextToken"]),
        "dry_run": error(api.describe_instances, DryRun=True),
        "write": error(api.run_instances, MinCount=1, MaxCount=1),
        "empty_region": api.get_paginator("describe_instances").paginate().build_full_result() != {} and len(client("ec2", session, "eu-north-1").describe_instances()["Reservations"]),
        "disabled_region": error(client("ec2", session, "me-south-1").describe_instances),
        "regions": len(api.describe_regions()["Regions"]),
        "all_regions": len(api.describe_regions(AllRegions=True)["Regions"]),
        "named_region": [r["Endpoint"] for r in api.describe_regions(RegionNames=["eu-west-1"])["Regions"]],
    }


def organizations():
    api = client("organizations", assume("111111111111")["Credentials"])
    root = api.list_roots()["Roots"][0]["Id"]

    def tree(parent):
        accounts = [a["Name"] for page in api.get_paginator("list_accounts_for_parent").paginate(ParentId=parent, PaginationConfig={"PageSize": 1}) for a in page["Accounts"]]
        units = {u["Name"]: tree(u["Id"]) for page in api.get_paginator("list_organizational_units_for_parent").paginate(ParentId=parent) for u in page["OrganizationalUnits"]}
        return {**units, "": accounts}

    unit = api.list_parents(ChildId="222222222222")["Parents"][0]
    return {
        "management": api.describe_organization()["Organization"]["MasterAccountId"],
        "tree": tree(root),
        "unit": api.describe_organizational_unit(OrganizationalUnitId=unit["Id"])["OrganizationalUnit"]["Name"],
        "joined": str(api.describe_account(AccountId="222222222222")["Account"]["JoinedTimestamp"].year),
        "tags": {t["Key"]: t["Value"] for t in api.list_tags_for_resource(ResourceId="222222222222")["Tags"]},
        "no_account": error(api.describe_account, AccountId="123456789012"),
        "no_unit": error(api.describe_organizational_unit, OrganizationalUnitId="ou-abcd-12345678"),
        "no_parent": error(api.list_accounts_for_parent, ParentId="r-zzzz"),
        "no_child": error(api.list_parents, ChildId="123456789012"),
        "no_target": error(api.list_tags_for_resource, ResourceId="123456789012"),
        "bad_token": error(api.list_accounts, NextToken="nonsense"),
        "bad_page": error(api.list_accounts, MaxResults=21),
        "write": error(api.leave_organization),
    }


def functions():
    api = client("lambda")
    context = base64.b64encode(b'{"custom": {"tool": "echo"}}').decode()
    headers = json.loads(invoke(Payload=b'{"do":"context"}', ClientContext=context, Qualifier="$LATEST")["payload"])
    by_arn = api.invoke(FunctionName="arn:aws:lambda:us-east-1:111111111111:function:central-ops-fixture:$LATEST", Payload=b"{}")
    return {
        "answer": json.loads(invoke(Payload=b'{"a":1}')["payload"])["event"],
        "no_payload": json.loads(invoke()["payload"])["event"],
        "context": headers["lambda-runtime-client-context"],
        "arn": headers["lambda-runtime-invoked-function-arn"],
        "by_arn": by_arn["StatusCode"],
        "by_partial": api.invoke(FunctionName="111111111111:function:central-ops-fixture", Payload=b"{}")["StatusCode"],
        "failed": invoke(Payload=b'{"do":"fail","message":"no"}'),
        "killed": invoke(Payload=b'{"do":"kill"}')["payload"].split("Error: ")[-1],
        "after": invoke(Payload=b"{}")["error"],
        "event": invoke(InvocationType="Event", Payload=b"{}"),
        "dry_run": invoke(InvocationType="DryRun")["status"],
        "absent": error(api.invoke, FunctionName="central-ops-absent"),
        "version": error(api.invoke, FunctionName="central-ops-fixture", Qualifier="7"),
        "elsewhere": error(api.invoke, FunctionName="arn:aws:lambda:us-west-2:111111111111:function:central-ops-fixture"),
        "forbidden": error(api.invoke, FunctionName="payroll"),
        "not_json": error(api.invoke, FunctionName="central-ops-fixture", Payload=b"{"),
        "bad_context": error(api.invoke, FunctionName="central-ops-fixture", ClientContext="!"),
        "too_large": error(api.invoke, FunctionName="central-ops-fixture", Payload=b'"' + b"x" * 6291456 + b'"'),
        "other": error(api.list_layers),
    }


def others():
    return {
        "route53": error(client("route53").list_hosted_zones)[:21],
        "sns": error(client("sns").list_topics)[:21],
        "dynamodb": error(client("dynamodb").list_tables)[:32],
        "apigateway": error(client("apigateway").get_rest_apis)[:3],
    }


print(json.dumps({"sts": sts(), "ec2": ec2(), "organizations": organizations(), "lambda": functions(), "others": others()}))
