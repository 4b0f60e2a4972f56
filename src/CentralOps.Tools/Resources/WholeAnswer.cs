using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Projections;
using CentralOps.Tools.Listings;

namespace CentralOps.Tools.Resources;

/// <summary>One answer of AWS, read whole: for what is small, or is several things at once. Or why there is none.</summary>
internal readonly record struct WholeAnswer(JsonElement Json, string? NextToken, Refusal? Refusal)
{
    /// <param name="operation">As <c>service:Operation</c>.</param>
    /// <param name="members">Writes the input's members.</param>
    public static Task<WholeAnswer> AskAsync(OpenAccount door, string operation, Action<Utf8JsonWriter> members, CancellationToken cancellationToken) =>
        AskAsync(door, operation, token: null, size: null, members, cancellationToken);

    /// <param name="token">Of the page; null for the first.</param>
    /// <param name="size">Of the page; null where AWS is to choose it.</param>
    public static async Task<WholeAnswer> AskAsync(
        OpenAccount door, string operation, string? token, int? size, Action<Utf8JsonWriter> members, CancellationToken cancellationToken)
    {
        var model = Models.Find(operation);
        var output = new ArrayBufferWriter<byte>(2048);
        var into = new Transcription(output);
        var outcome = await door.CallAsync(model, PageInput.Write(model, token, size, members), into, cancellationToken);
        return outcome.Refusal is { } refusal
            ? new WholeAnswer(default, null, refusal)
            : new WholeAnswer(JsonElement.Parse(output.WrittenSpan), into.NextToken, null);
    }

    /// <summary>The list at member names from the root; empty where there is none.</summary>
    public JsonElement.ArrayEnumerator List(params IReadOnlyList<string> path) =>
        ResourceWriter.Follow(Json, path) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default;

    public string? Text(params IReadOnlyList<string> path) =>
        ResourceWriter.Follow(Json, path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
