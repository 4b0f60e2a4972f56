using System.Text.Json;
using CentralOps.Accounts.Entry;
using CentralOps.Aws.Projections;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.Eks;

/// <summary>https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeCluster.html</summary>
internal sealed class DescribeEksClusters : ListingTool
{
    private static readonly TextsArgument Names = new("names", "Only these clusters, by name.", maxCount: 1000) { MaxLength = 100 };

    public override string Name => "describe_eks_clusters";

    public override string Subject => "eks";

    private protected override IReadOnlyList<string> OwnOperations { get; } = ["eks:DescribeCluster", "eks:ListClusters"];

    private protected override string Description =>
        "Describe EKS clusters in one AWS account and region: Kubernetes version, state, endpoint access, network, logging, tags. Read-only.";

    private protected override string Example => """{"account_id": "222222222222", "region": "us-east-1"}""";

    private protected override IReadOnlyList<Argument> Own { get; } = [Names];

    private protected override Resource Resource { get; } = new("cluster", "eks:DescribeCluster", "cluster")
    {
        Fields =
        [
            Field.Value("name"),
            Field.Value("status"),
            Field.Value("version"),
            Field.Value("platformVersion"),
            Field.Value("endpoint"),
            Field.Value("resourcesVpcConfig"),
            Field.Value("kubernetesNetworkConfig.serviceIpv4Cidr", "serviceIpv4Cidr"),
            Field.Value("logging.clusterLogging", "clusterLogging"),
            Field.Value("encryptionConfig"),
            Field.Value("roleArn"),
            Field.Value("createdAt"),
            Field.Value("health.issues", "issues"),
            Field.Value("arn"),
            Field.TagMap("tags"),
        ],
    };

    private protected override IPages Pages(OpenAccount door, ArgumentValues arguments) => new DescribedPages(
        Resource,
        (position, size, cancellationToken) => arguments.Has(Names)
            ? Task.FromResult(new NamesRead(arguments.Of(Names), null, null))
            : ListAsync(door, position, size, cancellationToken),
        (names, cancellationToken) => DescribeAsync(door, names, cancellationToken),
        batch: 1);

    private static async Task<NamesRead> ListAsync(OpenAccount door, string? token, int size, CancellationToken cancellationToken)
    {
        var answer = await WholeAnswer.AskAsync(door, "eks:ListClusters", token, size, static _ => { }, cancellationToken);
        return new NamesRead([.. answer.List("clusters").Select(static name => name.GetString()!)], answer.NextToken, answer.Refusal);
    }

    private static async Task<Described> DescribeAsync(OpenAccount door, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var answer = await WholeAnswer.AskAsync(door, "eks:DescribeCluster", json => json.WriteString("name"u8, names[0]), cancellationToken);
        return answer.Refusal is { } refusal
            ? Described.None(names, refusal)
            : new Described(answer.Json.TryGetProperty("cluster"u8, out JsonElement cluster) ? [cluster] : [], []);
    }
}
