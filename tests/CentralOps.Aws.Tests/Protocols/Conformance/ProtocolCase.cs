using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CentralOps.Aws.Models;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Protocols.Conformance;

/// <summary>One case. Its values are put into our JSON's form here, from the suite's own shapes, so that no code under test has a part in it.</summary>
internal sealed class ProtocolCase(string file, JsonObject suite, JsonObject given)
{
    public string File => file;

    public string Id => (string)given["id"]!;

    public bool IsError => given["errorCode"] is not null;

    public string? ErrorCode => (string?)given["errorCode"];

    public string? ErrorMessage => (string?)given["errorMessage"];

    public JsonObject Serialized => given["serialized"]!.AsObject();

    public string SuiteDescription => (string?)suite["description"] ?? "";

    public OperationModel Operation
    {
        get
        {
            var operation = given["given"]!.DeepClone();
            var name = (string)operation["name"]!;
            var model = new JsonObject
            {
                ["metadata"] = suite["metadata"]!.DeepClone(),
                ["operations"] = new JsonObject { [name] = operation },
                ["shapes"] = suite["shapes"]?.DeepClone() ?? new JsonObject(),
            };
            return file.StartsWith(SharedCases.AsSmithy, StringComparison.Ordinal)
                ? ServiceModel.ReadSmithy(Encoding.UTF8.GetBytes(new SmithyForm(model).Write().ToJsonString())).Operation(name)
                : ServiceModel.Read(Encoding.UTF8.GetBytes(model.ToJsonString())).Operation(name);
        }
    }

    public JsonNode Params => AdaptRoot(given["params"] ?? new JsonObject(), "input");

    public JsonNode Result => AdaptRoot(given["result"] ?? new JsonObject(), "output");

    public WireResponse Response
    {
        get
        {
            var wire = given["response"]!;
            var response = new WireResponse
            {
                Status = (int)wire["status_code"]!,
                Body = Body((string?)wire["body"] ?? ""),
            };
            foreach (var (name, value) in wire["headers"]?.AsObject() ?? [])
            {
                response.Headers.Add(name, (string)value!);
            }

            return response;
        }
    }

    /// <summary>The request that the case expects on the wire.</summary>
    public WireRequest Request
    {
        get
        {
            var uri = (string)Serialized["uri"]!;
            var mark = uri.IndexOf('?');
            var request = new WireRequest
            {
                Method = (string)Serialized["method"]!,
                Path = mark < 0 ? uri : uri[..mark],
                Query = mark < 0 ? "" : uri[(mark + 1)..],
                Body = Body((string?)Serialized["body"] ?? ""),
            };
            foreach (var (name, value) in Serialized["headers"]?.AsObject() ?? [])
            {
                request.Headers.Add(name, (string)value!);
            }

            // Some awsJson cases leave the target unsaid.
            if (!IsCbor && suite["metadata"]!["targetPrefix"] is { } prefix && request.Headers.Find("X-Amz-Target") is null)
            {
                request.Headers.Add("X-Amz-Target", $"{prefix}.{given["given"]!["name"]}");
            }

            return request;
        }
    }

    public override string ToString() => $"{file}: {Id}";

    private bool IsCbor => (string)suite["metadata"]!["protocol"]! == "smithy-rpc-v2-cbor";

    // CBOR is no text, so the cases hold it as base64.
    private byte[] Body(string text) =>
        IsCbor ? Convert.FromBase64String(text) : Encoding.UTF8.GetBytes(text);

    private JsonNode AdaptRoot(JsonNode value, string direction) =>
        given["given"]![direction]?["shape"] is { } shape ? Adapt(value, (string)shape!)! : value.DeepClone();

    // The cases write times as epoch seconds and blobs as their text.
    private JsonNode? Adapt(JsonNode? value, string shapeName)
    {
        if (value is null)
        {
            return null;
        }

        var shape = suite["shapes"]![shapeName]!;
        return (string)shape["type"]! switch
        {
            "structure" when shape["document"] is not null => value.DeepClone(),
            "structure" => new JsonObject(value.AsObject().Select(member =>
                KeyValuePair.Create(member.Key, Adapt(member.Value, (string)shape["members"]![member.Key]!["shape"]!)))),
            "list" => new JsonArray([.. value.AsArray().Select(element => Adapt(element, (string)shape["member"]!["shape"]!))]),
            "map" => new JsonObject(value.AsObject().Select(entry =>
                KeyValuePair.Create(entry.Key, Adapt(entry.Value, (string)shape["value"]!["shape"]!)))),
            "blob" => Convert.ToBase64String(Encoding.UTF8.GetBytes((string)value!)),
            "timestamp" => Time((decimal)value!),
            _ => value.DeepClone(),
        };
    }

    private static string Time(decimal seconds)
    {
        var time = DateTime.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
        var format = seconds == Math.Floor(seconds) ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.fffZ";
        return time.ToString(format, CultureInfo.InvariantCulture);
    }
}
