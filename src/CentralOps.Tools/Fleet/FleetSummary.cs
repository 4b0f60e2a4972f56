using System.Text.Json;

namespace CentralOps.Tools.Fleet;

/// <summary>What was asked, and how it ended. Places are accounts in one region; an account that is not opened counts as one where its regions are not known.</summary>
/// <param name="Accounts">That the question means.</param>
/// <param name="AskedRegions">Names of the regions that places were asked in, in order; empty where accounts answer for all regions at once.</param>
/// <param name="Succeeded">Places that were read to the end, with something there.</param>
/// <param name="Empty">Places that were read to the end, with nothing there.</param>
/// <param name="Failed">Places of which something could not be read.</param>
/// <param name="Skipped">Places that were not come to.</param>
internal sealed record FleetSummary(int Accounts, IReadOnlyCollection<string> AskedRegions, int Succeeded, int Empty, int Failed, int Skipped, long Items)
{
    public TimeSpan Duration { get; init; }

    /// <summary>How old the list of accounts is; null where the one account was looked up by itself.</summary>
    public TimeSpan? DirectoryAge { get; init; }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("summary"u8);
        json.WriteNumber("accounts"u8, Accounts);
        json.WriteNumber("regions"u8, AskedRegions.Count);
        json.WriteNumber("succeeded"u8, Succeeded);
        json.WriteNumber("empty"u8, Empty);
        json.WriteNumber("failed"u8, Failed);
        json.WriteNumber("skipped"u8, Skipped);
        json.WriteNumber("items"u8, Items);
        json.WriteNumber("duration_ms"u8, (long)Duration.TotalMilliseconds);
        json.WriteStartArray("asked_regions"u8);
        foreach (var region in AskedRegions)
        {
            json.WriteStringValue(region);
        }

        json.WriteEndArray();
        json.WritePropertyName("directory_age_s"u8);
        if (DirectoryAge is { } age)
        {
            json.WriteNumberValue((long)age.TotalSeconds);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndObject();
    }
}
