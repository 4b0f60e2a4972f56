using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ec2;

/// <summary>
/// EC2's own errors.
/// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
/// </summary>
internal static class Ec2Errors
{
    public static ServiceError DryRun { get; } = new("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);

    public static ServiceError BadToken { get; } = new("InvalidParameterValue", "Unable to parse pagination token");

    public static ServiceError IdsWithPages { get; } = new("InvalidParameterCombination", "The parameter instancesSet cannot be used with the parameter maxResults");

    /// <summary>How a describe operation pages; without a limit it answers as many as it may.</summary>
    public static PageRules Pages(int min, int max) => new()
    {
        Default = max,
        Min = min,
        Max = max,
        BadLimit = asked => new("InvalidParameterValue", $"Value ( {asked} ) for parameter maxResults is invalid. Expecting a value {(asked < min ? $"greater than or equal to {min}" : $"less than or equal to {max}")}."),
        BadToken = BadToken,
    };

    public static ServiceError Missing(string parameter) => new("MissingParameter", $"The request must contain the parameter {parameter}");

    public static ServiceError? OfIds(IReadOnlyList<string> ids, Fleet fleet)
    {
        foreach (var id in ids)
        {
            if (!id.StartsWith("i-", StringComparison.Ordinal))
            {
                return new ServiceError("InvalidInstanceID.Malformed", $"Invalid id: \"{id}\" (expecting \"i-...\")");
            }

            if (id.Length is not (10 or 19) || !id.AsSpan(2).ContainsOnlyHex())
            {
                return new ServiceError("InvalidInstanceID.Malformed", $"Invalid id: \"{id}\"");
            }
        }

        var absent = ids.Where(id => !fleet.ById.ContainsKey(id)).Distinct(StringComparer.Ordinal).ToArray();
        return absent.Length switch
        {
            0 => null,
            1 => new ServiceError("InvalidInstanceID.NotFound", $"The instance ID '{absent[0]}' does not exist"),
            _ => new ServiceError("InvalidInstanceID.NotFound", $"The instance IDs '{string.Join(", ", absent)}' do not exist"),
        };
    }

    private static bool ContainsOnlyHex(this ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigitLower(c))
            {
                return false;
            }
        }

        return true;
    }
}
