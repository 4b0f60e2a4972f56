using CentralOps.Gateway.Mcp;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Serving;

/// <summary>
/// What the HTTP server calls for each request: finds the endpoint by path, and sees to it that whatever happens is answered as JSON-RPC.
/// It sits on the server itself, without middleware in between.
/// </summary>
internal sealed partial class GatewayApplication(GatewayTable table, ILogger<GatewayApplication> log) : IHttpApplication<Exchange>
{
    private static readonly Dialect NoDialect = new(ProtocolVersions.March2025);

    public Exchange CreateContext(IFeatureCollection contextFeatures)
    {
        var container = contextFeatures as IHostContextContainer<Exchange>;
        var exchange = container?.HostContext ?? new Exchange();
        if (container is not null)
        {
            container.HostContext = exchange;
        }

        exchange.Begin(contextFeatures);
        return exchange;
    }

    public async Task ProcessRequestAsync(Exchange context)
    {
        try
        {
            if (table.Find(context.Request.Path) is not { } endpoint)
            {
                await context.SendErrorAsync(McpError.NoSuchPath, NoDialect, context.Aborted);
                return;
            }

            await endpoint.HandleAsync(context, context.Aborted);
        }
        catch (BadHttpRequestException e)
        {
            var error = e.StatusCode == StatusCodes.Status413PayloadTooLarge ? McpError.TooLarge : McpError.BadHttp(e.StatusCode);
            await context.SendErrorAsync(error, NoDialect, context.Aborted);
        }
        catch (Exception e) when (e is ConnectionAbortedException or ConnectionResetException
            || (e is OperationCanceledException && context.Aborted.IsCancellationRequested))
        {
            ClientLeft();
        }
        catch (Exception e)
        {
            RequestFailed(e);
            await context.SendErrorAsync(McpError.Fault, NoDialect, context.Aborted);
        }
    }

    public void DisposeContext(Exchange context, Exception? exception) => context.End();

    [LoggerMessage(LogLevel.Debug, "A client left before its request was answered.")]
    private partial void ClientLeft();

    [LoggerMessage(LogLevel.Error, "A request failed in the gateway itself and was answered with an internal error.")]
    private partial void RequestFailed(Exception exception);
}
