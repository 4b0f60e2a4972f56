using CentralOps.Accounts.Entry;
using CentralOps.Aws.Projections;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.Ecs;

/// <summary>https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html</summary>
internal sealed class ListEcsServices : ListingTool
{
    private static readonly TextArgument Cluster = new("cluster", "Only services of this cluster, by name or ARN; those of all clusters when left out.") { MaxLength = 512 };
    private static readonly TextsArgument Services = new("services", "Only these services of the cluster: their names or ARNs.", maxCount: 1000) { MaxLength = 512 };

    public override string Name => "list_ecs_services";

    public override string Subject => "ecs";

    private protected override IReadOnlyList<string> OwnOperations { get; } = ["ecs:DescribeServices", "ecs:ListClusters", "ecs:ListServices"];

    private protected override string Description =>
        "List ECS services in one AWS account and region, of one cluster or all: state, wanted and running tasks, task definition, network, tags. Read-only.";

    private protected override string Example => """{"account_id": "222222222222", "region": "us-east-1", "launch_type": "FARGATE"}""";

    private protected override IReadOnlyList<Argument> Own { get; } =
    [
        Cluster,
        Services,
        new ChoiceArgument("launch_type", "Only services of this launch type.", "EC2", "FARGATE", "EXTERNAL") { Member = "launchType" },
        new ChoiceArgument("scheduling_strategy", "Only services scheduled this way.", "REPLICA", "DAEMON") { Member = "schedulingStrategy" },
    ];

    private protected override Resource Resource { get; } = new("service", "ecs:DescribeServices", "services")
    {
        Fields =
        [
            Field.Value("serviceName"),
            Field.Value("clusterArn"),
            Field.Value("status"),
            Field.Value("desiredCount"),
            Field.Value("runningCount"),
            Field.Value("pendingCount"),
            Field.Value("launchType"),
            Field.Value("schedulingStrategy"),
            Field.Value("taskDefinition"),
            Field.Value("platformVersion"),
            Field.Value("deploymentController.type", "deploymentController"),
            Field.Value("networkConfiguration.awsvpcConfiguration.subnets", "subnets"),
            Field.Value("networkConfiguration.awsvpcConfiguration.securityGroups", "securityGroups"),
            Field.Value("loadBalancers"),
            Field.Value("enableExecuteCommand"),
            Field.Value("createdAt"),
            Field.Value("serviceArn"),
            Field.TagMap("tags"),
        ],
    };

    private protected override void CheckOwn(ArgumentValues arguments, ArgumentReader reader)
    {
        if (arguments.Has(Services) && !arguments.Has(Cluster))
        {
            reader.Note(Services.Name, "are looked for in a cluster, and none is given", "Give cluster as well");
        }
    }

    private protected override IPages Pages(OpenAccount door, ArgumentValues arguments) =>
        new ServicePages(door, Resource, arguments, arguments.Of(Cluster), arguments.Of(Services));
}
