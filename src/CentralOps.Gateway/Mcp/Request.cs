using CentralOps.Access.Callers;
using CentralOps.Gateway.Targets;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Mcp;

/// <summary>One message that is being answered: what it says, in which revision, who asks, and the HTTP request that brought it.</summary>
internal readonly record struct Request(Message Message, Dialect Dialect, Caller Caller, IHeaderDictionary Headers, string QueryString)
{
    /// <summary>What an interceptor wants the target to be shown in place of its credential; null where none does. Never the client's own.</summary>
    public string? Authorization { get; init; }

    private static readonly ReadOnlyMemory<byte> NoParams = "{}"u8.ToArray();

    public ReadOnlyMemory<byte> Params => Message.Params.IsAbsent ? NoParams : Message.Params.Raw;

    public McpForward Forward(string method, ReadOnlyMemory<byte> parameters) => new(method, parameters, Caller)
    {
        Headers = Headers,
        QueryString = QueryString,
        Authorization = Authorization,
        ProtocolVersion = Dialect.Version,
    };
}
