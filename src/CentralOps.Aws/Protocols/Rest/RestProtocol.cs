using System.Runtime.CompilerServices;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols.Http;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Rest;

/// <summary>What restJson1 and restXml share: members in path, query and headers, and a body of the rest.</summary>
internal abstract class RestProtocol(RestDialect dialect, Func<string> newToken) : WireProtocol
{
    private readonly ConditionalWeakTable<ServiceModel, RouteTable> _routes = [];

    protected sealed override void WriteMessage(OperationModel operation, AwsInput input, WireRequest request)
    {
        try
        {
            RestRequests.Write(dialect, operation, input, request, newToken);
                RequestChecksums.Apply(operation, request);
            RequestChecksums.AskForAnswers(operation, request);
        }
        catch (Exception exception) when (Faults.IsParsing(exception))
        {
            throw Faults.Input(operation, exception);
        }
    }

    internal sealed override void ReadPage(OperationModel operation, WireResponse response, Transcription into)
    {
        into.BeginPage();
        try
        {
            ChecksumCheck.Answer(operation, response);
            RestResponses.Read(dialect, operation, response, into);
        }
        catch (Exception exception) when (Faults.IsParsing(exception))
        {
            throw Faults.Wire("answer", operation, exception);
        }
    }

    public sealed override OperationModel? Match(ServiceModel service, WireRequest request) =>
        _routes.GetValue(service, static model => new RouteTable(model)).Match(request, PathOf(service, request));

    public sealed override AwsInput ReadRequest(OperationModel operation, WireRequest request)
    {
        try
        {
            var plain = ChunkedUploads.Unwrap(request);
            ChecksumCheck.Request(operation, plain.Headers, plain.Body.Span);
            return RestRequests.Read(dialect, operation, plain, PathOf(operation.Service, request));
        }
        catch (Exception exception) when (Faults.IsParsing(exception))
        {
            throw Faults.Wire("request", operation, exception);
        }
    }

    public sealed override WireResponse WriteResponse(OperationModel operation, AwsOutput output, string requestId)
    {
        try
        {
            var response = RestResponses.Write(dialect, operation, output);
            response.Headers.Set(RequestIdHeader(operation.Service), requestId);
            return response;
        }
        catch (Exception exception) when (Faults.IsParsing(exception))
        {
            throw Faults.Input(operation, exception);
        }
    }

    public sealed override WireResponse WriteError(ServiceModel service, OperationModel? operation, WireError error, string requestId)
    {
        var declared = ErrorCodes.Declared(operation, error.Code);
        var response = WriteError(service, declared, error, requestId);
        response.Status = declared?.Status ?? error.Status;
        response.Headers.Set("Content-Type", dialect.ContentType);
        if (operation?.Method is "HEAD")
        {
            response.Body = default;
        }

        response.Headers.Set(RequestIdHeader(service), requestId);
        return response;
    }

    /// <summary>The path as the model has it.</summary>
    protected virtual string PathOf(ServiceModel service, WireRequest request) => request.Path;

    protected virtual string RequestIdHeader(ServiceModel service) => RequestIds.Header;

    /// <summary>The error's body, and the headers that go with it.</summary>
    protected abstract WireResponse WriteError(ServiceModel service, ErrorModel? declared, WireError error, string requestId);
}
