namespace CentralOps.Sandbox.Estates.Seeded;

/// <summary>A launch template for every kind of instance that a larger fleet has.</summary>
internal static class SeededLaunchTemplates
{
    public static IReadOnlyList<LaunchTemplate> Of(Cell cell)
    {
        if (cell.Scale < 8)
        {
            return [];
        }

        var dice = cell.Dice("launch-template");
        return [.. cell.Workloads.Take(Math.Min(cell.Workloads.Count, cell.Scale / 8)).Select(workload => Template(cell, dice, workload))];
    }

    /// <summary>A start script with a password in it, as they are found.</summary>
    public static string Script(Dice dice) => $"#!/bin/bash\nexport DB_PASSWORD='{Cell.Secret(dice)}'\n/opt/app/start\n";

    private static LaunchTemplate Template(Cell cell, Dice dice, Workload workload)
    {
        var created = Cell.Past(dice, 600);
        var versions = Enumerable.Range(1, 1 + dice.Roll(4)).Select(number => new LaunchTemplateVersion(number, "ami-0" + dice.Hex(16), dice.Pick<string>(workload.Types), created.AddHours(number - 1))
        {
            Description = number == 1 ? "first" : null,
            UserData = dice.Chance(60) ? Script(dice) : null,
            ProfileName = workload.Name + "-instance",
            GroupIds = [cell.Plan.GroupId(workload.Name)],
        }).ToArray();
        var name = $"{cell.Environment}-{workload.Name}";
        return new LaunchTemplate("lt-0" + dice.Hex(16), name, versions)
        {
            CreatedAt = created,
            DefaultVersion = 1 + dice.Roll(versions.Length),
            Tags = cell.Tags(dice, name),
        };
    }
}
