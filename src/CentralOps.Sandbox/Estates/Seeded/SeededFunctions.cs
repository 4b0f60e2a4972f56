using CentralOps.Sandbox.Estates.Functions;

namespace CentralOps.Sandbox.Estates.Seeded;

/// <summary>Lambda functions, some in the VPC, many with a password in their environment.</summary>
internal static class SeededFunctions
{
    private static readonly string[] Jobs = ["thumbnail", "webhook", "export", "notify", "reconcile", "cleanup", "ingest", "report", "auth", "resize", "sync", "digest"];
    private static readonly string?[] Runtimes = ["python3.13", "python3.11", "nodejs22.x", "nodejs18.x", "java21", "dotnet8", "provided.al2023", null];

    public static IReadOnlyList<LambdaFunction> Of(Cell cell)
    {
        var dice = cell.Dice("lambda");
        return [.. Enumerable.Range(0, cell.Scale * 2 / 5).Select(index => Function(cell, dice, index)).OrderBy(function => function.Name, StringComparer.Ordinal)];
    }

    private static LambdaFunction Function(Cell cell, Dice dice, int index)
    {
        var job = Jobs[index % Jobs.Length];
        var name = $"{cell.Environment}-{cell.WorkloadAt(index / Jobs.Length).Name}-{job}";
        var inVpc = dice.Chance(35);
        return new LambdaFunction
        {
            Name = name,
            Runtime = dice.Pick<string?>(Runtimes),
            Description = Cell.Hostile(dice, $"{job} of {cell.Account.Name}", 8),
            RoleArn = $"arn:aws:iam::{cell.Account.Id}:role/{name}",
            MemoryMb = dice.Pick<int>([128, 256, 512, 1024, 3008]),
            TimeoutSeconds = dice.Pick<int>([3, 15, 30, 60, 900]),
            Architecture = dice.Chance(60) ? "arm64" : "x86_64",
            ModifiedAt = Cell.Past(dice, 500),
            CodeBytes = 1024 + dice.Roll(20_000_000),
            Environment = Environment(cell, dice),
            ReservedConcurrency = dice.Chance(20) ? 5 + dice.Roll(95) : null,
            VpcId = inVpc ? cell.Plan.VpcId : null,
            SubnetIds = inVpc ? [.. cell.Plan.Zones.Select(zone => cell.Plan.SubnetId(zone, "private-"))] : [],
            GroupIds = inVpc ? [cell.Plan.GroupId(SeededNetwork.FunctionGroup)] : [],
            Tags = cell.Tags(dice, name),
        };
    }

    private static Dictionary<string, string> Environment(Cell cell, Dice dice)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (dice.Chance(85))
        {
            environment["STAGE"] = cell.Environment;
            environment["LOG_LEVEL"] = "info";
        }

        if (dice.Chance(60))
        {
            environment["DB_PASSWORD"] = Cell.Secret(dice);
            environment["API_TOKEN"] = Cell.Secret(dice);
        }

        return environment;
    }
}
