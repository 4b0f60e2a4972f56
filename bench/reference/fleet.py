"""The same question asked with boto3 and a thread pool: fleet.py FILE all|REGION CONCURRENCY ACCOUNTS
FILE is what the sandbox wrote; so many accounts are asked, and the cost is told for each account and region."""
import concurrent.futures, json, sys, time

import boto3
import botocore.session
from botocore.config import Config

with open(sys.argv[1], encoding="utf-8") as file:
    place = json.load(file)
region, concurrency, most = sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
config = Config(max_pool_connections=concurrency, retries={"max_attempts": 3, "mode": "standard"})
endpoint = place["endpoint"]
home = boto3.Session(place["access_key_id"], place["secret_access_key"], place["session_token"], region_name="us-east-1")
sts = home.client("sts", endpoint_url=endpoint, config=config)


def enter(account):
    session = sts.assume_role(
        RoleArn=f"arn:aws:iam::{account}:role/CentralOpsTargetRole", RoleSessionName="bench",
        SourceIdentity="bench", Tags=[{"Key": "CentralOpsTool", "Value": "bench"}])["Credentials"]
    entered = boto3.Session(session["AccessKeyId"], session["SecretAccessKey"], session["SessionToken"], region_name="us-east-1")
    if region != "all":
        return entered, [region]
    regions = entered.client("ec2", endpoint_url=endpoint, config=config).describe_regions()["Regions"]
    return entered, sorted(one["RegionName"] for one in regions)


def read(entered, name):
    client = entered.client("ec2", region_name=name, endpoint_url=endpoint, config=config)
    pages = client.get_paginator("describe_instances").paginate(PaginationConfig={"PageSize": 500})
    return [instance["InstanceId"] for page in pages for reservation in page["Reservations"] for instance in reservation["Instances"]]


def run():
    places = items = failed = 0
    with concurrent.futures.ThreadPoolExecutor(concurrency) as pool:
        entering = {pool.submit(enter, account): account for account in place["accounts"][:most]}
        reading = []
        for entered in concurrent.futures.as_completed(entering):
            try:
                session, regions = entered.result()
            except Exception:
                failed += 1
                continue
            reading += [pool.submit(read, session, name) for name in regions]
        for one in concurrent.futures.as_completed(reading):
            places += 1
            try:
                items += len(one.result())
            except Exception:
                failed += 1
    return places, items, failed


started, cpu = time.perf_counter(), time.process_time()
places, items, failed = run()
wall, cpu = time.perf_counter() - started, time.process_time() - cpu
print(f"boto3 {boto3.__version__}: {most} accounts, {places} places, {items} items, {failed} failed: wall {wall:.2f} s, CPU {cpu:.2f} s, {1000 * cpu / max(places, 1):.2f} ms CPU a place")
