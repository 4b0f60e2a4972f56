using CentralOps.Gateway.Tests.Fixtures;
using CentralOps.Tools;
using Xunit.Abstractions;

namespace CentralOps.Gateway.Tests.Discovery;

/// <summary>Queries as operations people type them, over our tools among two hundred of other systems, judged by hand.</summary>
public sealed class RelevanceTests(ITestOutputHelper output)
{
    private const double LeastShare = 0.9;
    private const int Places = 3;

    private static readonly (string Query, string Wanted)[] Judged =
    [
        ("which servers are running", "describe_ec2_instances"),
        ("list ec2 instances", "describe_ec2_instances"),
        ("show me all virtual machines", "describe_ec2_instances"),
        ("describe instnaces", "describe_ec2_instances"),
        ("aws vms in production", "describe_ec2_instances"),
        ("ec2", "describe_ec2_instances"),
        ("what machines do we have in us-east-1", "describe_ec2_instances"),
        ("instance type and launch time", "describe_ec2_instances"),
        ("find instance by private ip address", "describe_ec2_instances"),
        ("networks and address ranges", "describe_ec2_vpcs"),
        ("list vpcs", "describe_ec2_vpcs"),
        ("default vpc cidr", "describe_ec2_vpcs"),
        ("VPC", "describe_ec2_vpcs"),
        ("what subnets ranges does our network use", "describe_ec2_vpcs"),
        ("firewall rules of ec2", "describe_ec2_security_groups"),
        ("security groups open to the internet", "describe_ec2_security_groups"),
        ("secuirty groups", "describe_ec2_security_groups"),
        ("which ports are open inbound", "describe_ec2_security_groups"),
        ("ingress rules", "describe_ec2_security_groups"),
        ("sg rules allowing 0.0.0.0/0 outbound", "describe_ec2_security_groups"),
        ("list buckets", "list_s3_buckets"),
        ("s3", "list_s3_buckets|get_s3_bucket_info"),
        ("bukcets in the account", "list_s3_buckets"),
        ("object storage", "list_s3_buckets"),
        ("where are our s3 buckets", "list_s3_buckets"),
        ("buckets open to public", "get_s3_bucket_info"),
        ("is this bucket public", "get_s3_bucket_info"),
        ("bucket encryption", "get_s3_bucket_info"),
        ("bucket versioning enabled?", "get_s3_bucket_info"),
        ("public access block", "get_s3_bucket_info"),
        ("list db", "describe_rds_instances|describe_rds_clusters"),
        ("databases", "describe_rds_instances"),
        ("databse engine version", "describe_rds_instances|describe_rds_clusters"),
        ("which postgres databases run in aws", "describe_rds_instances|describe_rds_clusters"),
        ("rds", "describe_rds_instances|describe_rds_clusters"),
        ("mysql db instances exposed to the internet", "describe_rds_instances"),
        ("aurora clusters", "describe_rds_clusters"),
        ("aurroa", "describe_rds_clusters"),
        ("multi-az database clusters", "describe_rds_clusters"),
        ("database cluster endpoint", "describe_rds_clusters"),
        ("lambda functions", "list_lambda_functions"),
        ("serverless functions and their runtime", "list_lambda_functions|get_lambda_function"),
        ("lamda", "list_lambda_functions|get_lambda_function"),
        ("functions still on python3.8", "list_lambda_functions|get_lambda_function"),
        ("environment variables of a lambda", "get_lambda_function|list_lambda_functions"),
        ("concurrency of a function", "get_lambda_function"),
        ("lambda layers", "get_lambda_function"),
        ("timeout of my function", "list_lambda_functions|get_lambda_function"),
        ("containers", "list_ecs_clusters|list_ecs_services"),
        ("ecs clusters", "list_ecs_clusters"),
        ("docker tasks running in aws", "list_ecs_services|list_ecs_clusters"),
        ("fargate services", "list_ecs_services"),
        ("how many tasks does the service want", "list_ecs_services"),
        ("ecs servcies", "list_ecs_services"),
        ("capacity providers", "list_ecs_clusters"),
        ("kubernetes clusters in aws", "describe_eks_clusters"),
        ("eks", "describe_eks_clusters"),
        ("k8s version", "describe_eks_clusters"),
        ("kuberntes endpoint access", "describe_eks_clusters"),
        ("managed kubernetes logging", "describe_eks_clusters"),
        ("alarms in state ALARM", "list_cloudwatch_alarms"),
        ("which alerts are firing", "list_cloudwatch_alarms"),
        ("cloudwatch alrams", "list_cloudwatch_alarms"),
        ("composite alarm threshold", "list_cloudwatch_alarms"),
        ("what is monitoring telling us, alarms", "list_cloudwatch_alarms"),
        ("cpu utilization of an instance over time", "get_cloudwatch_metrics"),
        ("cloud watch metrics", "get_cloudwatch_metrics"),
        ("metric data points last 3 hours", "get_cloudwatch_metrics"),
        ("getCloudWatchMetrics", "get_cloudwatch_metrics"),
        ("average latency statistics", "get_cloudwatch_metrics"),
        ("which accounts do we have", "list_accounts"),
        ("aws organization accounts", "list_accounts"),
        ("acounts and their OUs", "list_accounts|get_account_metadata"),
        ("organizational units", "list_accounts|get_account_metadata"),
        ("is the account reachable", "list_accounts"),
        ("email of the account owner", "get_account_metadata"),
        ("account tags", "get_account_metadata"),
        ("regions enabled in an account", "get_account_metadata"),
        ("account alias", "get_account_metadata"),
        ("acct metadata", "get_account_metadata"),
    ];

    [Fact]
    public async Task What_operations_people_type_finds_the_tool_they_mean_among_two_hundred_others()
    {
        Judged.Length.ShouldBeGreaterThanOrEqualTo(60);
        await using var gateway = await SearchedGateway.StartAsync(TestGateway.Config([Ours(), .. Others()]));
        var missed = new List<string>();
        foreach (var (query, wanted) in Judged)
        {
            var found = (await gateway.FindAsync(query)).Take(Places).ToArray();
            if (!wanted.Split('|').Any(name => found.Contains("aws___" + name, StringComparer.Ordinal)))
            {
                missed.Add($"{query}: {wanted} is not among {string.Join(", ", found)}");
            }
        }

        output.WriteLine($"{Judged.Length - missed.Count} of {Judged.Length} among the first {Places}");
        missed.ForEach(output.WriteLine);
        ((double)(Judged.Length - missed.Count) / Judged.Length).ShouldBeGreaterThanOrEqualTo(LeastShare, string.Join('\n', missed));
    }

    private static TargetConfig Ours() => TestGateway.Target(
        "aws", [.. ToolCatalog.Declarations.Select(tool => new ToolDefinition(tool.Name, tool.Description, FiveKeywordSchema.Reduce(tool.InputSchema), null))]);

    private static TargetConfig[] Others()
    {
        using var text = new StreamReader(typeof(RelevanceTests).Assembly.GetManifestResourceStream("CentralOps.Gateway.Tests.Discovery.distractors.txt")!);
        var lines = text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(200);
        return [.. lines.Select(line => line.Split(' ', 3)).GroupBy(line => line[0], StringComparer.Ordinal)
            .Select(system => TestGateway.Target(system.Key, [.. system.Select(line => SearchedGateway.Tool(line[1], line[2]))]))];
    }
}
