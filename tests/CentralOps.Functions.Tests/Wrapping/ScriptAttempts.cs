namespace CentralOps.Functions.Tests.Wrapping;

/// <summary>What a script tries that must not succeed, and how it tells what came of it.</summary>
internal static class ScriptAttempts
{
    /// <summary>Method, service and arguments; each is a write that AWS has, most of them on services that the sandbox serves.</summary>
    public static readonly (string Service, string Method, string Arguments)[] Writes =
    [
        ("ec2", "run_instances", "ImageId='ami-0123456789abcdef0', MinCount=1, MaxCount=1"),
        ("ec2", "terminate_instances", "InstanceIds=['i-0123456789abcdef0']"),
        ("ec2", "stop_instances", "InstanceIds=['i-0123456789abcdef0']"),
        ("ec2", "start_instances", "InstanceIds=['i-0123456789abcdef0']"),
        ("ec2", "reboot_instances", "InstanceIds=['i-0123456789abcdef0']"),
        ("ec2", "create_tags", "Resources=['i-0123456789abcdef0'], Tags=[{'Key': 'a', 'Value': 'b'}]"),
        ("ec2", "create_security_group", "GroupName='g', Description='d'"),
        ("ec2", "authorize_security_group_ingress", "GroupId='sg-0123456789abcdef0', CidrIp='0.0.0.0/0', FromPort=22, ToPort=22, IpProtocol='tcp'"),
        ("ec2", "delete_vpc", "VpcId='vpc-0123456789abcdef0'"),
        ("ec2", "create_snapshot", "VolumeId='vol-0123456789abcdef0'"),
        ("ec2", "modify_instance_attribute", "InstanceId='i-0123456789abcdef0', UserData={'Value': b'x'}"),
        ("rds", "delete_db_instance", "DBInstanceIdentifier='d', SkipFinalSnapshot=True"),
        ("rds", "modify_db_instance", "DBInstanceIdentifier='d', PubliclyAccessible=True"),
        ("rds", "reboot_db_instance", "DBInstanceIdentifier='d'"),
        ("rds", "create_db_snapshot", "DBInstanceIdentifier='d', DBSnapshotIdentifier='s'"),
        ("iam", "create_user", "UserName='u'"),
        ("iam", "create_access_key", "UserName='u'"),
        ("iam", "attach_role_policy", "RoleName='r', PolicyArn='arn:aws:iam::aws:policy/AdministratorAccess'"),
        ("iam", "put_role_policy", "RoleName='r', PolicyName='p', PolicyDocument='{}'"),
        ("iam", "update_assume_role_policy", "RoleName='r', PolicyDocument='{}'"),
        ("iam", "delete_role", "RoleName='r'"),
        ("cloudwatch", "put_metric_alarm", "AlarmName='a', MetricName='m', Namespace='n', Statistic='Sum', Period=60, EvaluationPeriods=1, Threshold=1, ComparisonOperator='GreaterThanThreshold'"),
        ("cloudwatch", "delete_alarms", "AlarmNames=['a']"),
        ("cloudwatch", "put_metric_data", "Namespace='n', MetricData=[{'MetricName': 'm', 'Value': 1}]"),
        ("ecs", "create_cluster", "clusterName='c'"),
        ("ecs", "delete_cluster", "cluster='c'"),
        ("ecs", "update_service", "service='s', desiredCount=0"),
        ("ecs", "run_task", "taskDefinition='t'"),
        ("organizations", "create_account", "Email='a@example.com', AccountName='n'"),
        ("organizations", "leave_organization", ""),
        ("s3", "create_bucket", "Bucket='some-bucket-of-nobody'"),
        ("s3", "delete_bucket", "Bucket='some-bucket-of-nobody'"),
        ("s3", "put_object", "Bucket='some-bucket-of-nobody', Key='k', Body=b'x'"),
        ("s3", "delete_object", "Bucket='some-bucket-of-nobody', Key='k'"),
        ("s3", "put_bucket_policy", "Bucket='some-bucket-of-nobody', Policy='{}'"),
        ("lambda", "create_function", "FunctionName='f', Role='arn:aws:iam::222222222222:role/r', Code={'ZipFile': b'x'}, Runtime='python3.13', Handler='h'"),
        ("lambda", "update_function_code", "FunctionName='f', ZipFile=b'x'"),
        ("lambda", "delete_function", "FunctionName='f'"),
        ("eks", "create_cluster", "name='c', roleArn='arn:aws:iam::222222222222:role/r', resourcesVpcConfig={}"),
        ("sqs", "send_message", "QueueUrl='http://localhost/q', MessageBody='m'"),
    ];

    public static readonly (string Service, string Method, string Arguments)[] Secrets =
    [
        ("secretsmanager", "get_secret_value", "SecretId='s'"),
        ("secretsmanager", "batch_get_secret_value", "SecretIdList=['s']"),
        ("ssm", "get_parameter", "Name='p', WithDecryption=True"),
        ("ssm", "get_parameters", "Names=['p'], WithDecryption=True"),
        ("ssm", "get_parameters_by_path", "Path='/', WithDecryption=True"),
        ("kms", "decrypt", "CiphertextBlob=b'x'"),
        ("kms", "generate_data_key", "KeyId='k', KeySpec='AES_256'"),
        ("ec2", "get_password_data", "InstanceId='i-0123456789abcdef0'"),
        ("ecr", "get_authorization_token", ""),
        ("sts", "assume_role", "RoleArn='arn:aws:iam::111111111111:role/CentralOpsTargetRole', RoleSessionName='escape'"),
    ];

    public static bool IsDenied(string code) => code is "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" or "403";

    public static string Script((string Service, string Method, string Arguments)[] attempts, string? keys) => $$"""
        import boto3, json
        from botocore.config import Config
        from botocore.exceptions import ClientError
        settings = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"})
        keys = {{keys ?? "{}"}}
        results, clients = {}, {}
        def attempt(service, method, call):
            if service not in clients:
                clients[service] = boto3.client(service, config=settings, **keys)
            try:
                call(getattr(clients[service], method))
                results[service + "." + method] = "answered"
            except ClientError as error:
                results[service + "." + method] = error.response["Error"]["Code"]
        {{string.Join('\n', attempts.Select(one => $"attempt('{one.Service}', '{one.Method}', lambda f: f({one.Arguments}))"))}}
        print(json.dumps(results))
        """;
}
