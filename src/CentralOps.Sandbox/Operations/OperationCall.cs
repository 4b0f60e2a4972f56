using System.Text.Json;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Operations;

/// <summary>One authenticated request for one operation.</summary>
internal sealed record OperationCall
{
    public required Principal Caller { get; init; }

    public required string Region { get; init; }

    public required string RequestId { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The client's address.</summary>
    public string? SourceIp { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>The input's members; valid until the operation has answered.</summary>
    public required JsonElement Input { get; init; }

    /// <summary>The raw bytes of a blob payload.</summary>
    public ReadOnlyMemory<byte> Blob { get; init; }

    public string? Text(string member) =>
        Input.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public long? Number(string member) =>
        Input.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    /// <summary>A timestamp, in whichever form the protocol has brought it.</summary>
    public DateTimeOffset? Time(string member) => Input.TryGetProperty(member, out var value) ? value.ValueKind switch
    {
        JsonValueKind.String when value.TryGetDateTimeOffset(out var time) => time,
        JsonValueKind.Number => DateTimeOffset.UnixEpoch.AddSeconds(value.GetDouble()),
        _ => null,
    } : null;

    public bool Flag(string member) => Input.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.True;

    public IReadOnlyList<string> Texts(string member) => Texts(Input, member);

    public static IReadOnlyList<string> Texts(JsonElement parent, string member) =>
        parent.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    public IReadOnlyList<JsonElement> Items(string member) =>
        Input.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];
}
