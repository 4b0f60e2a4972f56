using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Sandbox.Tests.Clients;

/// <summary>One question that every client asks, and what the answer has to be.</summary>
/// <param name="Service">As the AWS CLI names it.</param>
/// <param name="Input">JSON with the model's member names.</param>
public sealed record ClientCase(string Service, string Operation, string Input = "{}")
{
    public string Account { get; init; } = "222222222222";

    public string Region { get; init; } = "us-east-1";

    /// <summary>Asked page by page, and put together by the client's own paginator.</summary>
    public int? PageSize { get; init; }

    /// <summary>The error's code; null where there must be none.</summary>
    public string? Error { get; init; }

    /// <summary>Judges the answer against the estate.</summary>
    public Action<JsonElement>? Judge { get; init; }

    /// <summary>What is alike in every client's answer except for times and secrets that are new each time.</summary>
    public bool Comparable { get; init; } = true;

    public string Name => $"{Service}:{Operation} {Account} {Region} {PageSize} {Input}";

    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["service"] = Service,
        ["operation"] = Operation,
        ["input"] = JsonNode.Parse(Input),
        ["account"] = Account,
        ["region"] = Region,
        ["page_size"] = PageSize,
    };

    public override string ToString() => Name;
}
