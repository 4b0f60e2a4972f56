using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Containers;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Rds;

namespace CentralOps.Sandbox.Eks;

internal sealed class ListClusters(Estate estate, PageTokens tokens) : Operation
{
    private static readonly PageRules Pages = new()
    {
        Limit = "maxResults",
        Token = "nextToken",
        Default = 100,
        Max = 100,
        BadLimit = static _ => new("InvalidParameterException", "maxResults needs to be between 1 and 100."),
        BadToken = new("InvalidParameterException", "Invalid nextToken"),
    };

    public override string Name => "ListClusters";

    public override string Action => "eks:ListClusters";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var names = estate.Resources(call.Caller.AccountId, call.Region).EksClusters.Select(cluster => cluster.Name).ToArray();
        var (page, error) = Page<string>.Of(call, Pages, Name, names, tokens);
        return new(page is null ? error! : new JsonObject { ["clusters"] = JsonList.Of(page.Items), ["nextToken"] = page.Next });
    }
}

internal sealed class DescribeCluster(Estate estate) : Operation
{
    private static readonly string[] LogTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

    public override string Name => "DescribeCluster";

    public override string Action => "eks:DescribeCluster";

    public override string Resource(OperationCall call) => Arn(call, call.Text("name") ?? "");

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var cluster = estate.Resources(call.Caller.AccountId, call.Region).EksClusters.FirstOrDefault(cluster => string.Equals(cluster.Name, call.Text("name"), StringComparison.Ordinal));
        return new(cluster is null
            ? new ServiceError("ResourceNotFoundException", $"No cluster found for name: {call.Text("name")}.", 404)
            : new JsonObject { ["cluster"] = Shape(cluster, call) });
    }

    private static string Arn(OperationCall call, string name) => $"arn:aws:eks:{call.Region}:{call.Caller.AccountId}:cluster/{name}";

    private static JsonObject Shape(EksCluster cluster, OperationCall call)
    {
        var dice = new Dice(0, "eks-cluster", Arn(call, cluster.Name));
        var id = dice.Hex(32).ToUpperInvariant();
        return new JsonObject
        {
            ["name"] = cluster.Name,
            ["arn"] = Arn(call, cluster.Name),
            ["createdAt"] = cluster.CreatedAt.UtcDateTime,
            ["version"] = cluster.Version,
            ["platformVersion"] = "eks.14",
            ["status"] = cluster.Status,
            ["endpoint"] = $"https://{id}.gr7.{call.Region}.eks.amazonaws.com",
            ["roleArn"] = $"arn:aws:iam::{call.Caller.AccountId}:role/{cluster.Name}-eks",
            ["resourcesVpcConfig"] = new JsonObject
            {
                ["vpcId"] = cluster.VpcId,
                ["subnetIds"] = JsonList.Of(cluster.SubnetIds),
                ["securityGroupIds"] = new JsonArray(),
                ["clusterSecurityGroupId"] = cluster.GroupId,
                ["endpointPublicAccess"] = cluster.PublicEndpoint,
                ["endpointPrivateAccess"] = true,
                ["publicAccessCidrs"] = cluster.PublicEndpoint ? new JsonArray("0.0.0.0/0") : [],
            },
            ["kubernetesNetworkConfig"] = new JsonObject { ["serviceIpv4Cidr"] = "172.20.0.0/16", ["ipFamily"] = "ipv4" },
            ["logging"] = new JsonObject
            {
                ["clusterLogging"] = new JsonArray(
                    new JsonObject { ["types"] = JsonList.Of(cluster.LogTypes), ["enabled"] = true },
                    new JsonObject { ["types"] = JsonList.Of(LogTypes.Except(cluster.LogTypes, StringComparer.Ordinal)), ["enabled"] = false }),
            },
            ["identity"] = new JsonObject { ["oidc"] = new JsonObject { ["issuer"] = $"https://oidc.eks.{call.Region}.amazonaws.com/id/{id}" } },
            ["certificateAuthority"] = new JsonObject { ["data"] = Convert.ToBase64String(Convert.FromHexString(dice.Hex(256))) },
            ["encryptionConfig"] = cluster.SecretsEncrypted
                ? new JsonArray(new JsonObject
                {
                    ["resources"] = new JsonArray("secrets"),
                    ["provider"] = new JsonObject { ["keyArn"] = DatabaseShape.KmsKey(call.Caller.AccountId, call.Region) },
                })
                : null,
            ["accessConfig"] = new JsonObject { ["authenticationMode"] = "API_AND_CONFIG_MAP" },
            ["tags"] = JsonList.Map(cluster.Tags),
        };
    }
}
