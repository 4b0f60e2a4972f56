using System.Text.Json;
using CentralOps.Aws.Signing;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.AwsMcp.Tools;

/// <summary>One call of a tool.</summary>
/// <param name="Caller">Who signed.</param>
/// <param name="Key">With which key.</param>
/// <param name="Region">For which region of the AWS MCP Server.</param>
internal sealed record ToolCall(Principal Caller, AccessKey Key, string Region, DateTimeOffset Now, ToolArguments Arguments);

/// <summary>A tool, named as AWS names it; schemas and texts are the sandbox's own.</summary>
internal abstract class McpTool
{
    public abstract string Name { get; }

    protected abstract string Title { get; }

    protected abstract string Description { get; }

    /// <summary>JSON Schema of the arguments.</summary>
    protected abstract string InputSchema { get; }

    /// <summary>The annotation <c>readOnlyHint</c>.</summary>
    public virtual bool IsReadOnly => true;

    /// <summary>The annotation <c>openWorldHint</c>: it reaches into an account. What is false answers from the server's own text.</summary>
    protected virtual bool ReachesAccounts => false;

    public abstract ValueTask<ToolAnswer> AnswerAsync(ToolCall call, CancellationToken cancellationToken);

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", Name);
        json.WriteString("title", Title);
        json.WriteString("description", Description);
        json.WritePropertyName("inputSchema");
        json.WriteRawValue(InputSchema);
        json.WriteStartObject("annotations");
        json.WriteString("title", Title);
        json.WriteBoolean("readOnlyHint", IsReadOnly);
        if (!IsReadOnly)
        {
            json.WriteBoolean("destructiveHint", value: true);
        }

        json.WriteBoolean("idempotentHint", IsReadOnly);
        json.WriteBoolean("openWorldHint", ReachesAccounts);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
