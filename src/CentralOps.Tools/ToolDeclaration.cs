using System.Text.Json;

namespace CentralOps.Tools;

/// <summary>What a tool is, said once and neutrally: the MCP tool, the AgentCore schema, the IAM statement and the documentation come from it.</summary>
public sealed record ToolDeclaration
{
    public required string Name { get; init; }

    /// <summary>The AWS subject that the tool belongs to, such as <c>ec2</c>; tools of one subject are served by one function.</summary>
    public required string Subject { get; init; }

    public required string Description { get; init; }

    /// <summary>JSON Schema 2020-12 of the arguments.</summary>
    public required JsonElement InputSchema { get; init; }

    /// <summary>JSON Schema 2020-12 that admits the answer and the refusal.</summary>
    public required JsonElement OutputSchema { get; init; }

    /// <summary>Every operation that the tool calls, as <c>service:Operation</c>.</summary>
    public required IReadOnlyList<string> Operations { get; init; }

    /// <summary>Arguments as JSON.</summary>
    public required string Example { get; init; }

    /// <summary>MCP's hint that calling changes nothing. True of every tool: an operation that is no read is not callable.</summary>
    public bool ReadOnlyHint { get; } = true;
}
