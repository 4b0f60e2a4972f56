using System.Text;
using System.Text.Json.Nodes;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Protocols.Conformance;

/// <summary>AWS's request cases: forwards through the client half, reversed through the server half.</summary>
public sealed class RequestCases
{
    private const string Token = "00000000-0000-4000-8000-000000000000";

    public static TheoryData<string, string> Cases() =>
        SharedCases.Ids("input", known => !Exceptions.Requests.ContainsKey(known.Id));

    [SharedTheory]
    [MemberData(nameof(Cases))]
    public void The_client_half_writes_what_AWS_expects(string file, string id)
    {
        var known = SharedCases.Find("input", file, id);

        var request = Write(known, new AwsInput(Bytes(known.Params)));

        ShouldBe(request, known);
    }

    public static TheoryData<string, string> CasesReadBack() =>
        SharedCases.Ids("input", known => !Exceptions.Requests.ContainsKey(known.Id) && !Exceptions.IsNotReadBack(known.Id));

    [SharedTheory]
    [MemberData(nameof(CasesReadBack))]
    public void The_server_half_reads_back_what_was_given(string file, string id)
    {
        var known = SharedCases.Find("input", file, id);
        var operation = known.Operation;
        var protocol = WireProtocols.For(operation.Service.Protocol);

        protocol.Match(operation.Service, known.Request).ShouldBeSameAs(operation);
        var input = protocol.ReadRequest(operation, known.Request);

        ShouldBe(Write(known, input), known);
        if (!Exceptions.LossyRequests.ContainsKey(id))
        {
            var read = JsonNode.Parse(input.Json.Span)!.AsObject();
            if (input.Blob is { } blob)
            {
                read[operation.Input!.Payload!] = Convert.ToBase64String(blob.Span);
            }

            ShouldBe(read, WithoutNulls(known.Params)!);
        }
    }

    [SharedFact]
    public void Every_case_is_run_or_named()
    {
        var counts = SharedCases.Files.ToDictionary(file => file, file => SharedCases.Read("input", file).Count());

        counts.ShouldBe(new Dictionary<string, int>
        {
            ["query"] = 38, ["ec2"] = 29, ["json"] = 54, ["json_1_0"] = 21, ["json_1_0-query-compatible"] = 1, ["rest-json"] = 113, ["rest-xml"] = 94,
            ["smithy-rpc-v2-cbor"] = 15, ["smithy-rpc-v2-cbor-query-compatible"] = 1, ["smithy-rpc-v2-cbor-non-query-compatible"] = 1,
        });
        var all = SharedCases.Files.SelectMany(file => SharedCases.Read("input", file)).ToList();
        Exceptions.Requests.Keys.Concat(Exceptions.LossyRequests.Keys).ShouldAllBe(name => all.Any(known => known.Id == name));
        var ignored = IgnoreList.Read("input");
        Exceptions.Requests.Keys.ShouldAllBe(name => ignored.Covers(all.Single(known => known.Id == name)));
    }

    private static WireRequest Write(ProtocolCase known, AwsInput input)
    {
        var operation = known.Operation;
        var request = new WireRequest();
        WireProtocols.For(operation.Service.Protocol, () => Token).WriteRequest(operation, input, request);
        return request;
    }

    private static void ShouldBe(WireRequest request, ProtocolCase known)
    {
        var expected = known.Request;
        request.Method.ShouldBe(expected.Method);
        request.Path.ShouldBe(expected.Path);
        request.Query.ShouldBe(expected.Query);
        foreach (var (name, value) in expected.Headers)
        {
            request.Headers.Find(name).ShouldBe(value, name);
        }

        // Content-Length is the transport's; whether it sends one is up to the body.
        foreach (var name in known.Serialized["forbidHeaders"]?.AsArray() ?? [])
        {
            request.Headers.Find((string)name!).ShouldBeNull((string)name!);
        }

        foreach (var name in (known.Serialized["requireHeaders"]?.AsArray() ?? []).Where(name => (string)name! != "Content-Length"))
        {
            request.Headers.Find((string)name!).ShouldNotBeNull((string)name!);
        }

        if (known.Serialized["host"] is { } host)
        {
            (request.HostPrefix + "example.com").ShouldBe((string)host!);
        }

        if (known.Serialized["body"] is { } body)
        {
            BodyShouldBe(request, expected.Body, (string)body!, !Exceptions.RootNames.ContainsKey(known.Id));
        }
    }

    private static void BodyShouldBe(WireRequest request, ReadOnlyMemory<byte> bytes, string expected, bool withRootName)
    {
        var body = Encoding.UTF8.GetString(request.Body.Span);
        var type = request.Headers.Find("Content-Type") ?? "";
        if (type.Contains("json", StringComparison.Ordinal))
        {
            ShouldBe(JsonNode.Parse(body), JsonNode.Parse(expected));
        }
        else if (type.Contains("cbor", StringComparison.Ordinal))
        {
            BodyText.OfCbor(request.Body.Span).ShouldBe(BodyText.OfCbor(bytes.Span));
        }
        else if (type.Contains("xml", StringComparison.Ordinal) && expected.Length > 0)
        {
            BodyText.OfXml(body, withRootName).ShouldBe(BodyText.OfXml(expected, withRootName));
        }
        else if (type.Contains("form", StringComparison.Ordinal))
        {
            // Members may stand in any order, and a form that was read back keeps its own.
            body.Split('&').Order(StringComparer.Ordinal).ShouldBe(expected.Split('&').Order(StringComparer.Ordinal));
        }
        else
        {
            body.ShouldBe(expected);
        }
    }

    private static void ShouldBe(JsonNode? actual, JsonNode? expected) =>
        JsonNode.DeepEquals(actual, expected).ShouldBeTrue($"expected {expected?.ToJsonString()}\nwas {actual?.ToJsonString()}");

    private static JsonNode? WithoutNulls(JsonNode? node) => node is JsonObject value
        ? new JsonObject(value.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Key, WithoutNulls(member.Value))))
        : node?.DeepClone();

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());
}
