using System.Buffers;
using System.Xml;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols.Http;
using CentralOps.Aws.Protocols.Json;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Protocols.Xml;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Forms;

/// <summary>What awsQuery and ec2Query share: a form goes out, XML comes back.</summary>
internal abstract class FormProtocol(FormDialect dialect, Func<string> newToken) : WireProtocol
{
    private const string ActionField = "Action";
    private const string VersionField = "Version";

    protected sealed override void WriteMessage(OperationModel operation, AwsInput input, WireRequest request)
    {
        try
        {
            var form = new FormWriter(dialect, newToken);
            form.WritePair(ActionField, operation.Name);
            form.WritePair(VersionField, operation.Service.ApiVersion);
            var reader = new InputReader(input.Json.Span, isRequest: true);
            form.WriteStructure(ref reader, operation.Input ?? Shape.Empty, "");
            reader.End();
            request.Method = operation.Method;
            request.Path = operation.RequestUri;
            request.HostPrefix = HostPrefixes.Expand(operation, input.Json.Span);
            request.Headers.Set("Content-Type", "application/x-www-form-urlencoded");
            request.Body = form.Body;
            }
        catch (Exception exception) when (Faults.IsParsing(exception))
        {
            throw Faults.Input(operation, exception);
        }
    }

    internal sealed override void ReadPage(OperationModel operation, WireResponse response, Transcription into)
    {
        into.BeginPage();
        if (response.Body.IsEmpty)
        {
            PageReader.ReadNothing(into);
            return;
        }

        try
        {
            using var xml = XmlBody.Open(response.Body);
            CheckRoot(xml, operation);
            var reader = new XmlWireReader(xml);
            if (FindOutput(ref reader, operation))
            {
                PageReader.Read(ref reader, operation, into);
            }
            else
            {
                PageReader.ReadNothing(into);
            }

            ReadToEnd(xml);
        }
        catch (Exception exception) when (Faults.IsParsing(exception))
        {
            throw Faults.Wire("answer", operation, exception);
        }
    }

    public sealed override WireError ReadError(OperationModel operation, WireResponse response) => XmlErrors.Read(response);

    public sealed override OperationModel? Match(ServiceModel service, WireRequest request) =>
        FormData.Find(FormData.Read(request), ActionField) is { } action && service.TryGetOperation(action, out var operation)
            ? operation
            : null;

    public sealed override AwsInput ReadRequest(OperationModel operation, WireRequest request)
    {
        var form = FormData.Read(request);
        Remove(form, ActionField);
        Remove(form, VersionField);
        var reader = new FormReader(form, dialect);
        var json = new ArrayBufferWriter<byte>();
        using var writer = JsonOutput.Writer(json);
        Transcriber.WriteStructure(ref reader, operation.Input ?? Shape.Empty, writer);
        writer.Flush();
        return new(json.WrittenMemory);
    }

    public sealed override WireResponse WriteResponse(OperationModel operation, AwsOutput output, string requestId)
    {
        try
        {
            var body = XmlDocuments.Write(
                operation.Name + "Response", operation.Service.XmlNamespace, xml => WriteOutput(xml, operation, output, requestId));
            return Answer(operation.ResponseCode, body, requestId);
        }
        catch (Exception exception) when (Faults.IsParsing(exception))
        {
            throw Faults.Input(operation, exception);
        }
    }

    public sealed override WireResponse WriteError(ServiceModel service, OperationModel? operation, WireError error, string requestId)
    {
        var declared = ErrorCodes.Declared(operation, error.Code);
        var wire = declared is null ? error : error with { Code = declared.Code, Status = declared.Status, SenderFault = declared.SenderFault };
        return Answer(wire.Status, WriteError(service, wire, requestId), requestId);
    }

    /// <summary>Moves from the root element to the one that holds the output's members; false when there is none.</summary>
    protected abstract bool FindOutput(ref XmlWireReader reader, OperationModel operation);

    /// <summary>Writes what stands inside the root element of a successful answer.</summary>
    protected abstract void WriteOutput(XmlWriter xml, OperationModel operation, AwsOutput output, string requestId);

    protected abstract byte[] WriteError(ServiceModel service, WireError error, string requestId);

    protected abstract string ResponseType { get; }

    protected static void WriteMembers(XmlWriter xml, OperationModel operation, AwsOutput output)
    {
        var input = new InputReader(output.Json.Span, isRequest: false);
        new XmlBodyWriter(xml).WriteMembers(ref input, operation.Output ?? Shape.Empty);
        input.End();
    }

    private WireResponse Answer(int status, byte[] body, string requestId)
    {
        var response = new WireResponse { Status = status, Body = body };
        response.Headers.Set("Content-Type", ResponseType);
        response.Headers.Set(RequestIds.Header, requestId);
        return response;
    }

    // Somebody else's page, as a proxy sends it with status 200, must not pass for an empty answer.
    private static void CheckRoot(XmlReader xml, OperationModel operation)
    {
        xml.MoveToContent();
        if (!xml.LocalName.EndsWith("Response", StringComparison.Ordinal))
        {
            throw new WireFormatException($"The answer of {operation} is not one: its root element is '{xml.LocalName}'.");
        }
    }

    // A body that breaks off after the output is still a broken one.
    private static void ReadToEnd(XmlReader xml)
    {
        while (xml.Read())
        {
        }
    }

    private static void Remove(List<KeyValuePair<string, string>> form, string name)
    {
        var index = form.FindIndex(pair => string.Equals(pair.Key, name, StringComparison.Ordinal));
        if (index >= 0)
        {
            form.RemoveAt(index);
        }
    }
}
