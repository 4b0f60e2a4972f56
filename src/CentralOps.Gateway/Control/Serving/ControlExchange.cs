using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Aws.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CentralOps.Gateway.Control.Serving;

/// <summary>One request of the control plane and its answer.</summary>
internal sealed class ControlExchange(IFeatureCollection features)
{
    private const string JsonType = "application/json";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IHttpRequestFeature _request = features.GetRequiredFeature<IHttpRequestFeature>();
    private readonly IHttpResponseFeature _response = features.GetRequiredFeature<IHttpResponseFeature>();

    public string RequestId { get; } = Ids.Uuid();

    public string Method => _request.Method;

    public IHeaderDictionary Headers => _request.Headers;

    public CancellationToken Aborted => features.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;

    /// <summary>
    /// The request as it was sent, before any decoding, because that is what its signature covers; null where its body is too large, which is
    /// then read for a while and dropped: most clients look at an answer only after they have sent everything.
    /// </summary>
    public async ValueTask<WireRequest?> ReadAsync(CancellationToken cancellationToken)
    {
        if (Headers.ContentLength > ControlLimits.MaxDroppedBytes)
        {
            return null;
        }

        var reader = features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader;
        var body = new ArrayBufferWriter<byte>();
        var (total, ended) = (0L, false);
        while (!ended)
        {
            var read = await reader.ReadAsync(cancellationToken);
            total += read.Buffer.Length;
            if (total <= ControlLimits.MaxBodyBytes)
            {
                foreach (var segment in read.Buffer)
                {
                    body.Write(segment.Span);
                }
            }

            reader.AdvanceTo(read.Buffer.End);
            ended = read.IsCompleted;
        }

        return total > ControlLimits.MaxBodyBytes ? null : AsSent(body.WrittenMemory);
    }

    public ValueTask AnswerAsync(int status, JsonObject answer, CancellationToken cancellationToken) =>
        status == StatusCodes.Status204NoContent ? SendAsync(status, null, default, cancellationToken) : SendAsync(status, JsonType, Resource.Bytes(answer), cancellationToken);

    public ValueTask RefuseAsync(ControlError error, CancellationToken cancellationToken)
    {
        if (_response.HasStarted)
        {
            return ValueTask.CompletedTask;
        }

        _response.Headers["x-amzn-ErrorType"] = error.Code;
        if (error.Status == StatusCodes.Status413PayloadTooLarge)
        {
            // The rest of the body is of no use to anybody.
            _response.Headers.Connection = "close";
        }

        return SendAsync(error.Status, JsonType, Body(error), cancellationToken);
    }

    /// <summary>As AWS's front end answers what no operation has: in XML where nothing says JSON.</summary>
    public ValueTask RefuseUnknownAsync(CancellationToken cancellationToken) => HttpMethods.IsGet(Method)
        ? SendAsync(StatusCodes.Status404NotFound, "text/xml", "<UnknownOperationException/>\n"u8.ToArray(), cancellationToken)
        : SendAsync(
            StatusCodes.Status404NotFound, JsonType,
            """{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0"}"""u8.ToArray(), cancellationToken);

    private async ValueTask SendAsync(int status, string? type, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        _response.StatusCode = status;
        _response.Headers["x-amzn-RequestId"] = RequestId;
        if (type is not null)
        {
            _response.Headers.ContentType = type;
            _response.Headers.ContentLength = body.Length;
            await features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(body, cancellationToken);
        }
    }

    private static ReadOnlyMemory<byte> Body(ControlError error)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("message"u8, error.Message);
            if (error.Reason is { } reason)
            {
                json.WriteString("reason"u8, reason);
            }

            if (error.Fields.Count > 0)
            {
                json.WriteStartArray("fieldList"u8);
                foreach (var field in error.Fields)
                {
                    json.WriteStartObject();
                    json.WriteString("name"u8, field.Name);
                    json.WriteString("message"u8, field.Message);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    private WireRequest AsSent(ReadOnlyMemory<byte> body)
    {
        var target = _request.RawTarget;
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var wire = new WireRequest
        {
            Method = _request.Method,
            Path = query < 0 ? target : target[..query],
            Query = query < 0 ? "" : target[(query + 1)..],
            Body = body,
        };
        foreach (var (name, values) in _request.Headers)
        {
            foreach (var value in values)
            {
                wire.Headers.Add(name, value ?? "");
            }
        }

        return wire;
    }
}
