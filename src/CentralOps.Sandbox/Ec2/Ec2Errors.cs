using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ec2;

/// <summary>
/// EC2's own errors.
/// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
/// </summary>
internal static class Ec2Errors
{
    private const int MinPage = 5;
    private const int MaxPage = 1000;

    public static ServiceError DryRun { get; } = new("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);

    public static ServiceError BadToken { get; } = new("InvalidParameterValue", "Unable to parse pagination token");

    public static ServiceError? OfPageSize(long asked) => asked switch
    {
        < MinPage => new("InvalidParameterValue", $"Value ( {asked} ) for parameter maxResults is invalid. Expecting a value greater than or equal to {MinPage}."),
        > MaxPage => new("InvalidParameterValue", $"Value ( {asked} ) for parameter maxResults is invalid. Expecting a value less than or equal to {MaxPage}."),
        _ => null,
    };

    public static ServiceError? OfIds(OperationCall call, IReadOnlyList<string> ids, Fleet fleet)
    {
        if (call.Number("MaxResults") is not null)
        {
            return new ServiceError("InvalidParameterCombination", "The parameter instancesSet cannot be used with the parameter maxResults");
        }

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
