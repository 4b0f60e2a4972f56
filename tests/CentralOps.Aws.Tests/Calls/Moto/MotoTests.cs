using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Models;
using Xunit.Abstractions;

namespace CentralOps.Aws.Tests.Calls.Moto;

/// <summary>Our client and boto3 against the same moto: what ours created, both read, and the answers are equal member for member.</summary>
public sealed class MotoTests(MotoServer moto, ITestOutputHelper output) : IClassFixture<MotoServer>
{
    private static readonly BotocoreData? Botocore = BotocoreData.Find(null);
    private static readonly ConcurrentDictionary<string, ServiceModel> Models = new(StringComparer.Ordinal);

    [MotoFact]
    public async Task Our_answers_are_boto3s_member_for_member()
    {
        using var http = new HttpMessageInvoker(AwsHttp.CreateHandler());
        var client = new AwsClient(http, new EndpointResolver(EndpointOverrides.Read(name => name == "AWS_ENDPOINT_URL" ? moto.Url : null)), TimeProvider.System, new AwsClientOptions { MaxAttempts = 1 });
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var asked = new List<(string Call, ProtocolKind Protocol, string Ours, string Line)>();
        // All is created before anything is read: boto3 reads last.
        foreach (var words in Calls().OrderBy(words => words[0], StringComparer.Ordinal))
        {
            var arrow = words[3].LastIndexOf(" -> ", StringComparison.Ordinal);
            var input = names.Aggregate(arrow < 0 ? words[3] : words[3][..arrow], (text, name) => text.Replace($"{{{name.Key}}}", name.Value));
            var operation = OperationOf(words[1], words[2]);
            var answer = await CallAsync(client, operation, input);
            if (arrow >= 0)
            {
                var given = words[3][(arrow + 4)..].Split('=');
                names[given[0]] = given[1].Split('.').Aggregate(answer, (node, member) => node[member]!).GetValue<string>();
            }

            if (words[0] == "read")
            {
                asked.Add((operation.ToString(), operation.Service.Protocol, Sorted(answer), $$"""{"service":"{{words[1]}}","operation":"{{words[2]}}","input":{{input}}}"""));
            }
        }

        var theirs = await MotoServer.AskWithBotoAsync(moto.Url, asked.Select(call => call.Line));

        theirs.Length.ShouldBe(asked.Count);
        var different = asked.Zip(theirs).Where(pair => !Same(pair.First.Ours, pair.Second)).Select(pair => $"{pair.First.Call}\n  ours   {pair.First.Ours}\n  boto3's {pair.Second}");
        string.Join('\n', different).ShouldBeEmpty();
        asked.Count.ShouldBeGreaterThanOrEqualTo(40);
        asked.ShouldAllBe(call => call.Ours.Length > 2, "an empty answer proves nothing");
        output.WriteLine($"{asked.Count} operations of {asked.Select(call => call.Call.Split(':')[0]).Distinct().Count()} services: "
            + string.Join(", ", asked.GroupBy(call => call.Protocol).Select(group => $"{group.Key} {group.Count()}")));
    }

    private static IEnumerable<string[]> Calls() =>
        File.ReadLines(Path.Combine(MotoServer.Folder(), "calls.txt")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ', 4));

    private static async Task<JsonNode> CallAsync(AwsClient client, OperationModel operation, string input)
    {
        var json = new ArrayBufferWriter<byte>();
        var into = new Transcription(json);
        var call = new AwsCall(operation, new AwsInput(Encoding.UTF8.GetBytes(input)), "us-east-1", new AwsCredentials("AKIDEXAMPLE", "secret"));
        var answer = await client.CallAsync(call, into, CancellationToken.None);
        answer.Failure.ShouldBeNull($"{operation} {input}");
        return CanonicalAnswer.Of(JsonNode.Parse(json.WrittenSpan)!, operation.Output, into.Blob);
    }

    private static OperationModel OperationOf(string service, string operation) =>
        ModelLibrary.Services.Contains(service) && ModelLibrary.Service(service).Protocol != ProtocolKind.RpcV2Cbor && ModelLibrary.Service(service).TryGetOperation(operation, out var builtIn)
            ? builtIn
            : Models.GetOrAdd(service, ReadModel).Operation(operation);

    /// <summary>moto has no routes for rpcv2Cbor; a service that answers awsJson beside it is asked so, as boto3 does.</summary>
    private static ServiceModel ReadModel(string service)
    {
        var model = Botocore!.Service(service);
        if (model["metadata"]!["protocols"] is JsonArray protocols && protocols.Any(protocol => protocol!.GetValue<string>() == "json"))
        {
            model["metadata"]!["protocol"] = "json";
            model["metadata"]!["protocols"] = new JsonArray("json");
        }

        return ServiceModel.Read(Encoding.UTF8.GetBytes(model.ToJsonString()), service);
    }

    private static bool Same(string ours, string theirs) => JsonNode.DeepEquals(JsonNode.Parse(ours), JsonNode.Parse(theirs));

    private static string Sorted(JsonNode node) => (node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => new KeyValuePair<string, JsonNode?>(member.Key, member.Value is null ? null : JsonNode.Parse(Sorted(member.Value))))),
        JsonArray elements => new JsonArray([.. elements.Select(element => element is null ? null : JsonNode.Parse(Sorted(element)))]),
        _ => node.DeepClone(),
    }).ToJsonString();
}
