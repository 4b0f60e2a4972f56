using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Control.Serving;

/// <summary>What the HTTP server calls for each request; whatever happens is answered in the API's form.</summary>
internal sealed partial class ControlApplication(ILogger<ControlApplication> log) : IHttpApplication<ControlExchange>
{
    /// <summary>Null for the moment between listening and being complete.</summary>
    public ControlFront? Front { get; set; }

    public ControlExchange CreateContext(IFeatureCollection contextFeatures) => new(contextFeatures);

    public async Task ProcessRequestAsync(ControlExchange context)
    {
        try
        {
            if (Front is not { } front)
            {
                await context.RefuseAsync(ControlError.Throttled, context.Aborted);
                return;
            }

            await front.AnswerAsync(context, context.Aborted);
        }
        catch (BadHttpRequestException bad)
        {
            await context.RefuseAsync(
                bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? ControlError.TooLarge : ControlError.CannotParse("The request's body could not be read to its end."), context.Aborted);
        }
        catch (Exception gone) when (gone is ConnectionAbortedException or ConnectionResetException
            || (gone is OperationCanceledException && context.Aborted.IsCancellationRequested))
        {
            ClientLeft();
        }
        catch (Exception fault)
        {
            RequestFailed(fault, context.RequestId);
            await context.RefuseAsync(ControlError.Fault, context.Aborted);
        }
    }

    public void DisposeContext(ControlExchange context, Exception? exception)
    {
    }

    [LoggerMessage(LogLevel.Debug, "A client of the control plane left before its request was answered.")]
    private partial void ClientLeft();

    [LoggerMessage(LogLevel.Error, "Request {RequestId} failed in the control plane itself and was answered with InternalServerException.")]
    private partial void RequestFailed(Exception exception, string requestId);
}
