using CentralOps.Gateway.Mcp;
using CentralOps.Gateway.Targets;

namespace CentralOps.Proxy.Serving;

/// <summary>The client that a message came from, as far as its answer depends on it.</summary>
internal sealed class ProxyClient(string name)
{
    /// <summary>Apart from other clients': a session, a connection.</summary>
    public string Name => name;

    /// <summary>The revision of MCP that initialize agreed on; null before.</summary>
    public string? Agreed { get; set; }

    /// <summary>Judges which revision a message is in; null: by what it says itself and by what was agreed.</summary>
    public Func<Message, (Dialect Dialect, McpError? Refusal)>? Judge { get; init; }

    /// <summary>Takes what is told before an answer; null where the client cannot be told.</summary>
    public CallProgress? Progress { get; init; }
}
