using System.Diagnostics;
using System.Runtime.CompilerServices;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Models;
using CentralOps.Models;
using Xunit.Abstractions;

namespace CentralOps.Aws.Tests.Endpoints;

/// <summary>Every service in every region, in all four variants, against botocore's own resolution.</summary>
public sealed class BotocoreEndpointTests(ITestOutputHelper output)
{
    [BotocoreEndpointsFact]
    public void Generating_the_services_again_gives_the_committed_file() =>
        EndpointData.Generate(Path.Combine(Source(), "../../../tools/CentralOps.Models/endpoints.py"))
            .ShouldBe(File.ReadAllText(BotocoreEndpointsFactAttribute.Committed));

    [BotocoreEndpointsFact]
    public void Every_service_answers_where_botocore_finds_it()
    {
        var (agreed, signedElsewhere, differ, older) = (0, 0, new List<string>(), new SortedDictionary<string, int>(StringComparer.Ordinal));
        var resolvers = Enumerable.Range(0, 4).Select(variant => new EndpointResolver(EndpointOverrides.None, (EndpointVariant)variant)).ToArray();
        foreach (var line in Botocore())
        {
            var words = line.Split('\t');
            if (words is ["partition", ..])
            {
                continue;
            }

            var service = Service(words[0], words[1], words[7]);
            var ours = resolvers[words[3] is "-" ? 0 : int.Parse(words[3])].Resolve(service, words[2]);
            var same = Text(ours.Url) == words[4] && ours.SigningRegion == words[5] && (ours.SigningName ?? service.SigningName) == words[6];
            if (words[3] is "-")
            {
                signedElsewhere += Text(ours.Url) == words[4] && ours.SigningRegion == words[5] ? 1 : 0;
                older[words[1]] = older.GetValueOrDefault(words[1]) + (Text(ours.Url) == words[4] && ours.SigningRegion == words[5] ? 0 : 1);
                continue;
            }

            agreed += same ? 1 : 0;
            if (!same && words[0] != "Health")
            {
                differ.Add($"{line} ours {ours}");
            }
        }

        differ.ShouldBeEmpty();
        agreed.ShouldBeGreaterThan(75_000);
        foreach (var (prefix, count) in older.Where(entry => entry.Value > 0))
        {
            var reason = OlderDifferences.Known.GetValueOrDefault(prefix).ShouldNotBeNull($"{count} endpoints of {prefix} differ from endpoints.json, and no reason is given");
            output.WriteLine($"{prefix}: {count} differ from endpoints.json: {reason}");
        }

        OlderDifferences.Known.Keys.Where(prefix => older.GetValueOrDefault(prefix) == 0).ShouldBeEmpty("these agree by now");
        output.WriteLine($"{agreed:N0} agree with the rule sets, {signedElsewhere:N0} with endpoints.json, {older.Values.Sum()} of that differ.");
    }

    [BotocoreEndpointsFact]
    public void Partitions_are_those_of_botocore()
    {
        foreach (var words in Botocore().Select(line => line.Split('\t')).Where(words => words[0] == "partition"))
        {
            RegionName.TryParse(words[4], out var main).ShouldBeTrue();
            var ours = Partition.Of(main);

            (ours.Id, ours.DnsSuffix, ours.DualStackSuffix, ours.MainRegion).ShouldBe((words[1], words[2], words[3], words[4]));
        }
    }

    private static string Text(Uri url) => url.OriginalString;

    private static ServiceModel Service(string id, string prefix, string signingName) => new()
    {
        Name = prefix, ServiceId = id, ApiVersion = "", EndpointPrefix = prefix, SigningName = signingName, Protocols = [ProtocolKind.RestJson1],
    };

    private static IEnumerable<string> Botocore()
    {
        using var python = Process.Start(new ProcessStartInfo("python3", [Path.Combine(Source(), "resolve_with_botocore.py")]) { RedirectStandardOutput = true })!;
        while (python.StandardOutput.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    internal static string Source([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

internal sealed class BotocoreEndpointsFactAttribute : FactAttribute
{
    public static readonly string Committed = Path.Combine(BotocoreEndpointTests.Source(), "../../../src/CentralOps.Aws/Endpoints/services.txt");

    private static readonly string? Found = BotocoreData.Find(null)?.Version;

    public BotocoreEndpointsFactAttribute()
    {
        var made = File.ReadLines(Committed).First();
        Skip = Found is not null && made.Contains($"botocore {Found} ", StringComparison.Ordinal) ? null : $"Other than '{made}', python3 has {Found ?? "no botocore"}.";
    }
}
