using System.Text.Json;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.Organization;

/// <summary>The regions that can be used in an account, those included that nobody can switch off.</summary>
internal static class EnabledRegions
{
    private const int PageSize = 50;
    private const int MaxPages = 20;

    /// <summary>Names in AWS's order, or why there are none.</summary>
    public static async Task<(IReadOnlyList<string>? Names, Refusal? Refusal)> ReadAsync(OpenAccount door, string operation, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        string? token = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var answer = await WholeAnswer.AskAsync(door, operation, token, PageSize, WriteFilter, cancellationToken);
            if (answer.Refusal is { } refusal)
            {
                return (null, refusal);
            }

            names.AddRange(answer.List("Regions").Select(static region => region.GetProperty("RegionName"u8).GetString()!));
            token = answer.NextToken;
            if (token is null)
            {
                break;
            }
        }

        return (names, null);
    }

    private static void WriteFilter(Utf8JsonWriter json)
    {
        json.WriteStartArray("RegionOptStatusContains"u8);
        json.WriteStringValue("ENABLED"u8);
        json.WriteStringValue("ENABLED_BY_DEFAULT"u8);
        json.WriteEndArray();
    }
}
