using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols.EventStreams;
using CentralOps.Aws.Protocols.Http;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols;

/// <summary>One of AWS's wire protocols, both halves. Instances are stateless and shared.</summary>
public abstract class WireProtocol
{
    public abstract ProtocolKind Kind { get; }

    /// <summary>Client half: method, path, query, headers and body for an input. Throws <see cref="ArgumentException"/> that names the member when the input does not fit the model.</summary>
    public void WriteRequest(OperationModel operation, AwsInput input, WireRequest request)
    {
        EventStream.RefuseInput(operation);
        WriteMessage(operation, input, request);
        RequestCompression.Apply(operation, request);
        RequestChecksums.Apply(operation, request);
        RequestChecksums.AskForAnswers(operation, request);
    }

    /// <summary>Client half: whether an answer is an error, by its status or, where a service sends one with status 200, by its body.</summary>
    public virtual bool IsError(OperationModel operation, WireResponse response) => response.Status is < 200 or >= 300;

    /// <summary>Client half: transcodes a successful answer to UTF-8 JSON. Throws <see cref="WireFormatException"/>.</summary>
    public void ReadResponse(OperationModel operation, WireResponse response, Transcription into)
    {
        ReadPage(operation, response, into);
        into.NameTokens(operation);
        TokenExpression.Complete(this, operation, response, into);
    }

    /// <summary>Client half: the error of an answer that is not a success; never throws, whatever the body holds.</summary>
    public abstract WireError ReadError(OperationModel operation, WireResponse response);

    /// <summary>Server half: which operation of the service this request asks for; null when none.</summary>
    public abstract OperationModel? Match(ServiceModel service, WireRequest request);

    /// <summary>Server half: the input as JSON. Throws <see cref="WireFormatException"/>.</summary>
    public abstract AwsInput ReadRequest(OperationModel operation, WireRequest request);

    /// <summary>Server half: a successful answer.</summary>
    public abstract WireResponse WriteResponse(OperationModel operation, AwsOutput output, string requestId);

    /// <summary>Server half: an error, with the model's HTTP status and code where the operation declares it.</summary>
    public abstract WireResponse WriteError(ServiceModel service, OperationModel? operation, WireError error, string requestId);

    /// <summary>All of a request but what follows from its body.</summary>
    protected abstract void WriteMessage(OperationModel operation, AwsInput input, WireRequest request);

    /// <summary>Transcodes a successful answer in one pass.</summary>
    internal abstract void ReadPage(OperationModel operation, WireResponse response, Transcription into);
}
