using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ec2;

/// <summary>ec2:DescribeRegions: the regions that are switched on, or with <c>AllRegions</c> all of the partition.</summary>
internal sealed class DescribeRegions(Estate estate) : Operation
{
    public override string Name => "DescribeRegions";

    public override string Action => "ec2:DescribeRegions";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken) => new(Answer(call));

    private OperationAnswer Answer(OperationCall call)
    {
        if (call.Flag("DryRun"))
        {
            return Ec2Errors.DryRun;
        }

        var (filters, unknown) = FilterSet<Region>.Read(call, name => Find(name, call.Caller.AccountId));
        if (filters is null)
        {
            return unknown!;
        }

        var names = call.Texts("RegionNames");
        var invalid = names.Where(name => !Region.ByName.ContainsKey(name)).ToArray();
        if (invalid.Length > 0)
        {
            return new ServiceError("InvalidParameterValue", $"Invalid region(s) '{string.Join(", ", invalid)}' provided.");
        }

        var all = call.Flag("AllRegions") || names.Count > 0;
        var regions = Region.All.Where(region =>
            (all || estate.IsRegionEnabled(call.Caller.AccountId, region.Name)) && (names.Count == 0 || names.Contains(region.Name, StringComparer.Ordinal)) && filters.Match(region));
        return OperationAnswer.Of(regions, (json, regions) =>
        {
            json.WriteStartArray("Regions");
            foreach (var region in regions)
            {
                json.WriteStartObject();
                json.WriteString("RegionName", region.Name);
                json.WriteString("Endpoint", Endpoint(region));
                json.WriteString("OptInStatus", OptInStatus(region, call.Caller.AccountId));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private FilterValues<Region>? Find(string name, string account) => name switch
    {
        "region-name" => region => [region.Name],
        "endpoint" => region => [Endpoint(region)],
        "opt-in-status" => region => [OptInStatus(region, account)],
        _ => null,
    };

    private static string Endpoint(Region region) => $"ec2.{region.Name}.amazonaws.com";

    private string OptInStatus(Region region, string account)
    {
        if (!region.NeedsOptIn)
        {
            return "opt-in-not-required";
        }

        return estate.IsRegionEnabled(account, region.Name) ? "opted-in" : "not-opted-in";
    }
}
