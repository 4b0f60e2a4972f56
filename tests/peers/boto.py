"""AWS's Python SDK against a server made of our server halves: python3 boto.py URL. One line of JSON a step."""
import datetime
import io
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

url = sys.argv[1]
utc = datetime.timezone.utc


def client(service, **config):
    return boto3.client(service, endpoint_url=url, region_name="eu-west-1", aws_access_key_id="AKIDPEER", aws_secret_access_key="peer/secret",
                        aws_session_token="peer+token==", config=Config(retries={"max_attempts": 0}, **config))


def plain(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(utc).isoformat()
    if isinstance(value, bytes):
        return {"bytes": list(value)}
    raise TypeError(type(value))


def step(name, run):
    try:
        result = run()
        result.pop("ResponseMetadata", None)
        line = {"step": name, "result": result}
    except ClientError as error:
        response = error.response
        line = {"step": name, "error": {"name": response["Error"]["Code"], "message": response["Error"]["Message"], "is": type(error).__name__,
                                        "status": response["ResponseMetadata"]["HTTPStatusCode"], "requestId": response["ResponseMetadata"].get("RequestId")}}
    print(json.dumps(line, default=plain))


def pages(owner, operation, member, **given):
    read = list(owner.get_paginator(operation).paginate(**given))
    return {"pages": len(read), "all": [one for page in read for one in page.get(member, [])]}


watch = client("cloudwatch")
step("cloudwatch data", lambda: pages(watch, "get_metric_data", "MetricDataResults", StartTime=datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=utc),
     EndTime=datetime.datetime(2026, 1, 2, 4, 4, 5, tzinfo=utc), ScanBy="TimestampAscending", MetricDataQueries=[
         {"Id": "m1", "MetricStat": {"Metric": {"Namespace": "AWS/EC2", "MetricName": "CPU Utilization & more", "Dimensions": [
             {"Name": "InstanceId", "Value": "i-1"}, {"Name": "\u00e9", "Value": "<x>"}]}, "Period": 300, "Stat": "Average"}, "ReturnData": False},
         {"Id": "e1", "Expression": "m1 * 2"}]))
step("cloudwatch error", lambda: watch.describe_alarms(AlarmNames=["a"], NextToken="stale"))
step("cloudwatch large", lambda: watch.put_metric_data(Namespace="Own", MetricData=[{"MetricName": "metric-%d" % i, "Value": i / 4} for i in range(500)]))

store = client("s3")
step("s3 location", lambda: store.get_bucket_location(Bucket="my-bucket"))
step("s3 put", lambda: store.put_object(Bucket="my-bucket", Key="a b//../\u00e9%+.txt", Body="hello \u2713".encode(), ContentType="text/plain", Metadata={"one": "1"}))
step("s3 stream", lambda: store.put_object(Bucket="my-bucket", Key="stream", Body=io.BytesIO(b"a" * 70000 + b"b" * 70000)))
step("s3 get", lambda: {"text": store.get_object(Bucket="my-bucket", Key="a b//../\u00e9%+.txt")["Body"].read().decode()})
step("s3 list", lambda: {"keys": [one["Key"] for one in pages(store, "list_objects_v2", "Contents", Bucket="my-bucket", MaxKeys=1)["all"]]})
step("s3 missing", lambda: store.get_object(Bucket="my-bucket", Key="none"))
step("s3 head", lambda: store.head_object(Bucket="my-bucket", Key="none"))

step("ec2 instances", lambda: pages(client("ec2"), "describe_instances", "Reservations", Filters=[{"Name": "tag:env", "Values": ["prod", "a&b=c"]}]))
step("ec2 error", lambda: client("ec2").describe_instances(InstanceIds=["i-none"]))
step("ecs clusters", lambda: pages(client("ecs"), "list_clusters", "clusterArns"))
step("ecs error", lambda: client("ecs").describe_services(cluster="none", services=["web"]))


def invoke():
    answer = client("lambda").invoke(FunctionName="f", Payload=bytes([123, 0, 255, 125]), LogType="Tail")
    return {"Payload": answer["Payload"].read(), "StatusCode": answer["StatusCode"], "FunctionError": answer["FunctionError"]}


step("lambda invoke", invoke)
step("lambda list", lambda: pages(client("lambda"), "list_functions", "Functions"))
step("lambda error", lambda: client("lambda").get_function(FunctionName="none"))
