using System.Globalization;
using CentralOps.Aws.Models;
using CentralOps.Aws.Models.Overlay;
using CentralOps.Aws.Tests.Actions;
using CentralOps.Aws.Tests.Peers;
using CentralOps.Models;
using Xunit.Abstractions;

namespace CentralOps.Aws.Tests.Protocols.RoundTrips;

/// <summary>
/// Operations drawn at random, over all protocols, from npm's whole catalogue with our overlay. <c>CENTRALOPS_SEED</c> draws others;
/// <c>CENTRALOPS_LONG</c> takes every operation over every protocol of its service.
/// </summary>
public sealed class DrawnOperationsTests(ITestOutputHelper output)
{
    private const int EachProtocol = 72;

    private static readonly bool All = Environment.GetEnvironmentVariable("CENTRALOPS_LONG") is not null;

    [PeerFact]
    public void Operations_of_the_catalogue_go_round()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CENTRALOPS_SEED"), CultureInfo.InvariantCulture, out var given) ? given : 20260106;
        var random = new Random(seed);
        var every = Catalogue().ToList();
        var drawn = every.GroupBy(one => one.Kind).OrderBy(protocol => protocol.Key)
            .SelectMany(protocol => All ? protocol : protocol.OrderBy(_ => random.Next()).Take(EachProtocol)).ToList();

        drawn.Select(one => one.Kind).Distinct().Count().ShouldBe(Enum.GetValues<ProtocolKind>().Length);
        drawn.Count.ShouldBeGreaterThanOrEqualTo(500);
        var wrong = new List<string>();
        foreach (var (operation, kind) in drawn)
        {
            try
            {
                GoingRound.Check(operation, kind, random.Next());
            }
            catch (Exception fault)
            {
                wrong.Add($"{kind} {operation}: {fault.Message}");
            }
        }

        output.WriteLine($"CENTRALOPS_SEED={seed}: {drawn.Count} of {every.Count}, {string.Join(", ", drawn.GroupBy(one => one.Kind).Select(kind => $"{kind.Key} {kind.Count()}"))}");
        string.Join('\n', wrong).ShouldBeEmpty($"CENTRALOPS_SEED={seed}: {wrong.Count} of {drawn.Count} did not come back");
    }

    private static IEnumerable<(OperationModel Operation, ProtocolKind Kind)> Catalogue()
    {
        var npm = ActionSourcesFactAttribute.Npm!;
        foreach (var name in npm.Names())
        {
            var service = ModelOverlay.Read(npm.Bytes(name));
            foreach (var operation in service.OperationNames.Select(service.Operation).Where(CanGoRound))
            {
                foreach (var kind in service.Protocols)
                {
                    yield return (operation, kind);
                }
            }
        }
    }

    private static bool CanGoRound(OperationModel operation) =>
        !operation.Deprecated && !IsStream(operation.Input) && !IsStream(operation.Output) && !Twins.Are(operation);

    // Events over one connection are no message that these halves carry.
    private static bool IsStream(Shape? shape) => shape is not null && shape.Members.Any(member => member.Shape.EventStream);
}

/// <summary>Runs where botocore is found, of whatever version.</summary>
internal sealed class BotocoreFactAttribute : FactAttribute
{
    public static BotocoreData? Botocore { get; } = BotocoreData.Find(null);

    public BotocoreFactAttribute() => Skip = Botocore is null ? "python3 has no botocore." : null;
}
