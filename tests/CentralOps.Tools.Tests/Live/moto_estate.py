"""Makes three accounts with resources in moto and prints, for each tool, what boto3 answers about them in the tool's fields.

python3 moto_estate.py ENDPOINT    prints {"accounts": [id, ...], "asked": [{"tool", "arguments", "list", "expected"}, ...]}
"""
import datetime
import io
import json
import sys
import zipfile

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = sys.argv[1]
REGION = "us-east-1"
MANAGEMENT = "111111111111"
ASSUME = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}


def client(service, session=None, region=REGION):
    keys = session or {"AccessKeyId": "test", "SecretAccessKey": "test", "SessionToken": None}
    return boto3.client(
        service, region_name=region, endpoint_url=ENDPOINT, aws_access_key_id=keys["AccessKeyId"], aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"], config=Config(s3={"addressing_style": "path"}))


def session(account):
    return client("sts").assume_role(RoleArn=f"arn:aws:iam::{account}:role/CentralOpsTargetRole", RoleSessionName="moto")["Credentials"]


def pick(item, fields):
    """'A B.C=D' gives {"A": item["A"], "D": item["B"]["C"]}, null where there is none."""
    picked = {}
    for field in fields.split():
        path, _, name = field.partition("=")
        value = item
        for step in path.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        picked[name or path.split(".")[-1]] = value
    return picked


def tags(item, name="Tags"):
    found = item.get(name) or []
    return found if isinstance(found, dict) else {tag.get("Key", tag.get("key")): tag.get("Value", tag.get("value", "")) for tag in found}


def code():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("main.py", "def handler(event, context): return 1")
    return data.getvalue()


def make(account, keys, number):
    ec2, rds, s3 = client("ec2", keys), client("rds", keys), client("s3", keys)
    vpc = ec2.create_vpc(CidrBlock=f"10.{number}.0.0/16", TagSpecifications=[{"ResourceType": "vpc", "Tags": [{"Key": "Name", "Value": f"vpc {number}"}]}])["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.{number}.1.0/24")["Subnet"]["SubnetId"]
    image = ec2.describe_images()["Images"][0]["ImageId"]
    for name in range(4 + number):
        group = ec2.create_security_group(GroupName=f"web-{name}", Description="Web", VpcId=vpc)["GroupId"]
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "all"}]}])
        ec2.run_instances(
            ImageId=image, MinCount=1, MaxCount=1, InstanceType="t3.micro", SubnetId=subnet,
            TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": f"web {name}"}]}])
        rds.create_db_instance(
            DBInstanceIdentifier=f"db-{name}", DBInstanceClass="db.t3.micro", Engine="postgres", MasterUsername="root", MasterUserPassword="not-a-secret-1",
            AllocatedStorage=20, Tags=[{"Key": "Name", "Value": f"db {name}"}])
        rds.create_db_cluster(
            DBClusterIdentifier=f"cluster-{name}", Engine="aurora-postgresql", MasterUsername="root", MasterUserPassword="not-a-secret-1",
            Tags=[{"Key": "Name", "Value": f"cluster {name}"}])
        s3.create_bucket(Bucket=f"bucket-{account}-{name}")
    s3.put_bucket_tagging(Bucket=f"bucket-{account}-0", Tagging={"TagSet": [{"Key": "Team", "Value": "shop"}]})
    s3.put_bucket_versioning(Bucket=f"bucket-{account}-0", VersioningConfiguration={"Status": "Enabled"})
    s3.put_bucket_encryption(Bucket=f"bucket-{account}-0", ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]})
    s3.put_public_access_block(Bucket=f"bucket-{account}-0", PublicAccessBlockConfiguration={
        "BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True, "RestrictPublicBuckets": True})
    role = client("iam", keys).create_role(RoleName="function", AssumeRolePolicyDocument=json.dumps(ASSUME))["Role"]["Arn"]
    client("iam", keys).create_account_alias(AccountAlias=f"alias-{account}")
    for name in range(3):
        client("lambda", keys).create_function(
            FunctionName=f"orders-{name}", Runtime="python3.13", Role=role, Handler="main.handler", Code={"ZipFile": code()}, Timeout=30 + name,
            Environment={"Variables": {"TABLE": "orders", "PASSWORD": "hunter2-never-told"}}, Tags={"Team": "orders"})
    ecs, eks = client("ecs", keys), client("eks", keys)
    task = ecs.register_task_definition(family="web", containerDefinitions=[{"name": "web", "image": "web", "memory": 128}])["taskDefinition"]["taskDefinitionArn"]
    for name in range(2):
        ecs.create_cluster(clusterName=f"cluster-{name}", tags=[{"key": "Team", "value": "web"}])
        for service in range(12 if name else 3):
            ecs.create_service(cluster=f"cluster-{name}", serviceName=f"service-{service}", taskDefinition=task, desiredCount=service, launchType="FARGATE")
        eks.create_cluster(name=f"eks-{name}", version="1.33", roleArn=role, resourcesVpcConfig={"subnetIds": [subnet]}, tags={"Team": "web"})
    cloudwatch = client("cloudwatch", keys)
    for name in range(5):
        cloudwatch.put_metric_alarm(
            AlarmName=f"cpu-{name}", Namespace="AWS/EC2", MetricName="CPUUtilization", Dimensions=[{"Name": "InstanceId", "Value": f"i-{name}"}], Statistic="Average",
            Period=300, EvaluationPeriods=3, Threshold=80.5, ComparisonOperator="GreaterThanThreshold", AlarmActions=[f"arn:aws:sns:{REGION}:{account}:ops"])
    noon = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.timezone.utc)
    cloudwatch.put_metric_data(Namespace="Shop", MetricData=[
        {"MetricName": "Orders", "Timestamp": noon + datetime.timedelta(minutes=minute), "Value": minute * 1.5, "Unit": "Count"} for minute in range(30)])


def everything(service, keys, operation, list_, **arguments):
    api = client(service, keys)
    return [item for page in api.get_paginator(operation).paginate(**arguments) for item in page[list_]]


INSTANCE = "InstanceId InstanceType State.Name=State PrivateIpAddress PublicIpAddress LaunchTime Placement.AvailabilityZone VpcId SubnetId"
VPC = "VpcId CidrBlock State IsDefault OwnerId InstanceTenancy DhcpOptionsId CidrBlockAssociationSet Ipv6CidrBlockAssociationSet"
GROUP = "GroupId GroupName Description VpcId OwnerId IpPermissions IpPermissionsEgress"
DB_INSTANCE = (
    "DBInstanceIdentifier DBInstanceClass Engine EngineVersion DBInstanceStatus Endpoint.Address=EndpointAddress Endpoint.Port=EndpointPort DBClusterIdentifier AvailabilityZone "
    "MultiAZ PubliclyAccessible StorageEncrypted StorageType AllocatedStorage BackupRetentionPeriod DeletionProtection DBSubnetGroup.VpcId=VpcId InstanceCreateTime DBInstanceArn")
DB_CLUSTER = (
    "DBClusterIdentifier Engine EngineVersion EngineMode Status Endpoint ReaderEndpoint Port MultiAZ StorageEncrypted BackupRetentionPeriod DeletionProtection AvailabilityZones "
    "DBClusterMembers ClusterCreateTime DBClusterArn")
FUNCTION = "FunctionName Runtime Handler PackageType Architectures MemorySize Timeout CodeSize LastModified Version Role"
ALARM = (
    "AlarmName StateValue StateReason StateUpdatedTimestamp Namespace MetricName Dimensions Statistic ExtendedStatistic Period EvaluationPeriods DatapointsToAlarm ComparisonOperator "
    "Threshold TreatMissingData Metrics AlarmRule ActionsEnabled AlarmActions AlarmDescription AlarmArn")
ECS_CLUSTER = (
    "clusterName status activeServicesCount runningTasksCount pendingTasksCount registeredContainerInstancesCount capacityProviders settings clusterArn")
SERVICE = (
    "serviceName clusterArn status desiredCount runningCount pendingCount launchType schedulingStrategy taskDefinition platformVersion deploymentController.type=deploymentController "
    "networkConfiguration.awsvpcConfiguration.subnets networkConfiguration.awsvpcConfiguration.securityGroups loadBalancers enableExecuteCommand createdAt serviceArn")
EKS = (
    "name status version platformVersion endpoint resourcesVpcConfig kubernetesNetworkConfig.serviceIpv4Cidr logging.clusterLogging encryptionConfig roleArn createdAt "
    "health.issues arn")


def function(configuration):
    names = list(configuration.get("Environment", {}).get("Variables", {}))
    return {**pick(configuration, FUNCTION), "EnvironmentNames": names, **pick(configuration, "VpcConfig.VpcId Description FunctionArn")}


def part(call, empty):
    try:
        return call()
    except ClientError as none:
        if none.response["Error"]["Code"].startswith(("NoSuch", "ServerSideEncryptionConfigurationNotFound")):
            return empty
        raise


def bucket(s3, name):
    return {
        "Name": name,
        "BucketRegion": s3.get_bucket_location(Bucket=name)["LocationConstraint"] or "us-east-1",
        "Tags": part(lambda: tags(s3.get_bucket_tagging(Bucket=name), "TagSet"), {}),
        "Versioning": s3.get_bucket_versioning(Bucket=name).get("Status"),
        "Encryption": part(lambda: s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"], None),
        "PublicAccessBlock": part(lambda: s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"], None),
        "PolicyStatus": part(lambda: s3.get_bucket_policy_status(Bucket=name)["PolicyStatus"], None),
    }


def services(keys):
    ecs, found = client("ecs", keys), []
    for cluster in everything("ecs", keys, "list_clusters", "clusterArns"):
        names = everything("ecs", keys, "list_services", "serviceArns", cluster=cluster)
        for at in range(0, len(names), 10):
            found += ecs.describe_services(cluster=cluster, services=names[at:at + 10], include=["TAGS"])["services"]
    return found


def metrics(keys):
    query = {"Id": "orders", "MetricStat": {"Metric": {"Namespace": "Shop", "MetricName": "Orders"}, "Period": 300, "Stat": "Sum"}}
    result = client("cloudwatch", keys).get_metric_data(
        MetricDataQueries=[query], StartTime="2026-11-22T09:00:00Z", EndTime="2026-11-22T10:00:00Z")["MetricDataResults"]
    return [{**pick(one, "Id Label StatusCode"), "Timestamps": one["Timestamps"], "Values": one["Values"], "Messages": one.get("Messages", [])} for one in result]


def ask(account, keys):
    s3 = client("s3", keys)
    ec2 = client("ec2", keys)
    instances = [one for reservation in everything("ec2", keys, "describe_instances", "Reservations") for one in reservation["Instances"]]
    alarms = list(client("cloudwatch", keys).get_paginator("describe_alarms").paginate(AlarmTypes=["MetricAlarm", "CompositeAlarm"]))
    ecs_clusters = client("ecs", keys).describe_clusters(clusters=everything("ecs", keys, "list_clusters", "clusterArns"), include=["TAGS"])["clusters"]
    eks = [client("eks", keys).describe_cluster(name=name)["cluster"] for name in everything("eks", keys, "list_clusters", "clusters")]
    got = client("lambda", keys).get_function(FunctionName="orders-1")
    lists = {
        "describe_ec2_instances": ("instances", [{**pick(one, INSTANCE), "Tags": tags(one)} for one in instances]),
        "describe_ec2_vpcs": ("vpcs", [{**pick(one, VPC), "Tags": tags(one)} for one in ec2.describe_vpcs()["Vpcs"]]),
        "describe_ec2_security_groups": ("security_groups", [{**pick(one, GROUP), "Tags": tags(one)} for one in everything("ec2", keys, "describe_security_groups", "SecurityGroups")]),
        "list_s3_buckets": ("buckets", [pick(one, "Name BucketRegion CreationDate") for one in s3.list_buckets(MaxBuckets=1000)["Buckets"]]),
        "describe_rds_instances": ("db_instances", [{**pick(one, DB_INSTANCE), "Tags": tags(one, "TagList")} for one in everything("rds", keys, "describe_db_instances", "DBInstances")]),
        "describe_rds_clusters": ("db_clusters", [{**pick(one, DB_CLUSTER), "Tags": tags(one, "TagList")} for one in everything("rds", keys, "describe_db_clusters", "DBClusters")]),
        "list_lambda_functions": ("functions", [function(one) for one in everything("lambda", keys, "list_functions", "Functions")]),
        "list_ecs_clusters": ("clusters", [{**pick(one, ECS_CLUSTER), "tags": tags(one, "tags")} for one in ecs_clusters]),
        "list_ecs_services": ("services", [{**pick(one, SERVICE), "tags": tags(one, "tags")} for one in services(keys)]),
        "describe_eks_clusters": ("clusters", [{**pick(one, EKS), "tags": tags(one, "tags")} for one in eks]),
        "list_cloudwatch_alarms": ("alarms", [pick(one, ALARM) for page in alarms for one in page["MetricAlarms"] + page["CompositeAlarms"]]),
    }
    for tool, (list_, expected) in lists.items():
        yield {"tool": tool, "arguments": {"account_id": account}, "list": list_, "expected": expected}
    for number in (0, 1):
        name = f"bucket-{account}-{number}"
        yield {"tool": "get_s3_bucket_info", "arguments": {"account_id": account, "bucket": name}, "list": "bucket", "expected": bucket(s3, name)}
    configuration = got["Configuration"]
    yield {"tool": "get_lambda_function", "arguments": {"account_id": account, "function_name": "orders-1"}, "list": "function", "expected": {
        **function(configuration),
        **pick(configuration, "State StateReason LastUpdateStatus Layers VpcConfig.SubnetIds VpcConfig.SecurityGroupIds DeadLetterConfig.TargetArn=DeadLetterTargetArn "
               "TracingConfig.Mode=TracingMode EphemeralStorage.Size=EphemeralStorage LoggingConfig.LogGroup"),
        **pick(got, "Concurrency.ReservedConcurrentExecutions"), "Tags": got.get("Tags", {})}}
    queries = [{"Id": "orders", "Namespace": "Shop", "MetricName": "Orders", "Stat": "Sum"}]
    yield {"tool": "get_cloudwatch_metrics", "list": "metrics", "expected": metrics(keys), "arguments": {
        "account_id": account, "queries": queries, "start_time": "2026-11-22T09:00:00Z", "end_time": "2026-11-22T10:00:00Z", "period": 300}}


def main():
    management = client("organizations", session(MANAGEMENT))
    management.create_organization(FeatureSet="ALL")
    root = management.list_roots()["Roots"][0]["Id"]
    unit = management.create_organizational_unit(ParentId=root, Name="Workloads")["OrganizationalUnit"]["Id"]
    for name in ("Production", "Staging"):
        made = management.create_account(AccountName=name, Email=f"{name.lower()}@example.com")["CreateAccountStatus"]["AccountId"]
        management.move_account(AccountId=made, SourceParentId=root, DestinationParentId=unit)
    listed = sorted(management.list_accounts()["Accounts"], key=lambda account: account["Id"])
    units = {account["Id"]: "Workloads" if account["Id"] != MANAGEMENT else "Root" for account in listed}
    known = [{**pick(account, "Id Name Status Email"), "OrganizationalUnit": units[account["Id"]]} for account in listed]
    asked = [{"tool": "list_accounts", "arguments": {}, "list": "accounts", "expected": known}]
    for number, account in enumerate(known):
        keys = session(account["Id"])
        make(account["Id"], keys, number)
        asked += ask(account["Id"], keys)
        aliases = client("iam", keys).list_account_aliases()["AccountAliases"]
        asked.append({"tool": "get_account_metadata", "arguments": {"account_id": account["Id"]}, "list": "account", "expected": {**account, "AccountAliases": aliases}})
    print(json.dumps({"accounts": [account["Id"] for account in known], "asked": asked}, default=lambda time: time.isoformat()))


main()
