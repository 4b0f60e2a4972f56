using CentralOps.Gateway.Catalog;
using CentralOps.Gateway.Targets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Mcp;

/// <summary>prompts/get and resources/read: to the MCP server that has it.</summary>
internal sealed partial class Forwards(ToolCatalog catalog, ToolResult results, ILogger<Forwards> log)
{
    private const int MaxUriBytes = 8192;

    /// <returns>The HTTP status that the answer asks for.</returns>
    public ValueTask<int> GetPromptAsync(Request request, Reply reply, CancellationToken cancellationToken)
    {
        if (!request.Message.Name.IsString)
        {
            return Refuse(request, reply, McpError.InvalidParams("'params.name' must be a string: the prompt's name from prompts/list."));
        }

        return catalog.For(request.Caller).FindPrompt(request.Message.Name.Text()) is { } target
            ? PassOnAsync([target], "prompts/get", request, reply, cancellationToken)
            : Refuse(request, reply, McpError.UnknownPrompt(request.Message.Name));
    }

    /// <returns>The HTTP status that the answer asks for.</returns>
    public ValueTask<int> ReadResourceAsync(Request request, Reply reply, CancellationToken cancellationToken)
    {
        if (!request.Message.Uri.IsString || request.Message.Uri.Raw.Length > MaxUriBytes)
        {
            return Refuse(request, reply, McpError.InvalidParams($"'params.uri' must be a string of at most {MaxUriBytes} bytes: a resource's URI from resources/list."));
        }

        return catalog.For(request.Caller).FindResource(request.Message.Uri.Text()) is { Count: > 0 } targets
            ? PassOnAsync(targets, "resources/read", request, reply, cancellationToken)
            : Refuse(request, reply, McpError.UnknownResource(request.Message.Uri, request.Dialect));
    }

    /// <summary>Asks one target after the other until one has it; what the last one says is the answer.</summary>
    private async ValueTask<int> PassOnAsync(IReadOnlyList<CatalogTarget> targets, string method, Request request, Reply reply, CancellationToken cancellationToken)
    {
        var forward = request.Forward(method, request.Params);
        var answer = default(TargetAnswer);
        foreach (var target in targets)
        {
            answer = await ForwardAsync(target, forward, cancellationToken);
            if (answer is { Failure: null, Form: TargetAnswerForm.Result })
            {
                break;
            }
        }

        return results.WriteForwarded(reply, request.Message.Id, answer, request.Dialect);
    }

    private async ValueTask<TargetAnswer> ForwardAsync(CatalogTarget target, McpForward forward, CancellationToken cancellationToken)
    {
        try
        {
            return await target.Mcp!.ForwardAsync(forward, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            TargetBroke(e, target.Name, forward.Method);
            return TargetAnswer.Failed(TargetFailureKind.Service, "The target failed inside the gateway, whose log says why. Retry the request.");
        }
    }

    private static ValueTask<int> Refuse(Request request, Reply reply, McpError error) => new(reply.Refuse(request.Message.Id, error, request.Dialect));

    [LoggerMessage(LogLevel.Error, "Target {Target} failed on {Method} in a way it should not.")]
    private partial void TargetBroke(Exception exception, string target, string method);
}
