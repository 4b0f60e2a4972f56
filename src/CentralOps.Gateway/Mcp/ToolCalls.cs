using CentralOps.Gateway.Catalog;
using CentralOps.Gateway.Schemas;
using CentralOps.Gateway.Serving;
using CentralOps.Gateway.Targets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Mcp;

/// <summary>tools/call: from the name in a request to the answer of the tool's target.</summary>
internal sealed partial class ToolCalls(ToolCatalog catalog, ToolResult results, ILogger<ToolCalls> log)
{
    private static readonly ReadOnlyMemory<byte> NoArguments = "{}"u8.ToArray();

    /// <returns>The HTTP status that the answer asks for.</returns>
    public ValueTask<int> AnswerAsync(Request request, Exchange exchange, CancellationToken cancellationToken)
    {
        var (message, dialect, reply) = (request.Message, request.Dialect, exchange.Reply);

        // 1. Find the tool that this caller may see. Routing goes by the body's name; a header was only ever compared with it.
        if (!message.Name.IsString)
        {
            return new(reply.Refuse(message.Id, McpError.InvalidParams("'params.name' must be a string: the tool's name from tools/list."), dialect));
        }

        if (catalog.For(request.Caller).Find(message.Name) is not { } tool)
        {
            return new(reply.Refuse(message.Id, McpError.UnknownTool(message.Name), dialect));
        }

        // 2. The arguments have to fit before anything is invoked.
        if (!message.Arguments.IsAbsent && !message.Arguments.IsObject)
        {
            return new(reply.Refuse(message.Id, McpError.InvalidParams("'params.arguments' must be an object; leave it out where there are none."), dialect));
        }

        var arguments = message.Arguments.IsAbsent ? NoArguments : message.Arguments.Raw;
        if (tool.Arguments is { } schema && ArgumentCheck.Problems(arguments.Span, schema) is { } unfit)
        {
            results.WriteUnfit(reply, message.Id, unfit, dialect);
            return new(StatusCodes.Status200OK);
        }

        if (dialect.IsStateless && tool.Repeated?.Differing(request.Headers, arguments) is { } header)
        {
            return new(reply.Refuse(message.Id, McpError.HeaderMismatch($"the {header} header must be there exactly where its argument is, and equal it."), dialect));
        }

        if (tool.Quota is { } quota && !quota.TryTake(out var wait))
        {
            return new(reply.Refuse(message.Id, McpError.TooManySearches(quota.PerMinute, wait), dialect));
        }

        // 3. Make the call.
        var invocation = new ToolInvocation(tool.QualifiedName, arguments, message.Id.Raw, request.Caller)
        {
            Headers = request.Headers,
            QueryString = request.QueryString,
            Authorization = request.Authorization,
            ProtocolVersion = dialect.Version,
            Params = request.Params,
            Progress = exchange.TakesEvents ? exchange.TellAsync : null,
        };
        return MakeAsync(tool, invocation, message.Id, dialect, exchange, cancellationToken);
    }

    private async ValueTask<int> MakeAsync(CatalogTool tool, ToolInvocation invocation, JsonToken id, Dialect dialect, Exchange exchange, CancellationToken cancellationToken)
    {
        TargetAnswer answer;
        try
        {
            answer = await tool.Target.Target.CallAsync(invocation, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            TargetBroke(e, tool.Name);
            answer = TargetAnswer.Failed(TargetFailureKind.Service, "The target failed inside the gateway, whose log says why. Retry the request.");
        }

        // 4. Tell the answer. A target's failure is a result too.
        exchange.AddHeaders(answer.Headers);
        if (results.Write(exchange.Reply, id, answer, dialect, tool.OutputSchema is not null || tool.AnswersStructured) is { } failure)
        {
            CallFailed(tool.Name, failure.Kind);
        }

        return ForwardedError.StatusOf(answer, dialect);
    }

    [LoggerMessage(LogLevel.Warning, "A call of {Tool} failed: {Kind}.")]
    private partial void CallFailed(string tool, TargetFailureKind kind);

    [LoggerMessage(LogLevel.Error, "The target of {Tool} failed in a way it should not.")]
    private partial void TargetBroke(Exception exception, string tool);
}
