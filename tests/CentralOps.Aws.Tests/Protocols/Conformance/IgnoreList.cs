using System.Text.Json.Nodes;

namespace CentralOps.Aws.Tests.Protocols.Conformance;

/// <summary>What botocore's own tests leave out of the cases.</summary>
internal sealed class IgnoreList
{
    private readonly HashSet<string> _suites = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cases = new(StringComparer.Ordinal);

    public static IgnoreList Read(string direction)
    {
        var list = new IgnoreList();
        var json = JsonNode.Parse(File.ReadAllBytes(Path.Combine(SharedCases.Directory, "protocol-tests-ignore-list.json")))!;
        list.Add(json["general"]![direction]);
        foreach (var (_, protocol) in json["protocols"]!.AsObject())
        {
            list.Add(protocol![direction]);
        }

        return list;
    }

    public bool Covers(ProtocolCase known) => _cases.Contains(known.Id) || _suites.Contains(known.SuiteDescription);

    private void Add(JsonNode? entry)
    {
        foreach (var suite in entry?["suites"]?.AsArray() ?? [])
        {
            _suites.Add((string)suite!);
        }

        foreach (var known in entry?["cases"]?.AsArray() ?? [])
        {
            _cases.Add((string)known!);
        }
    }
}
