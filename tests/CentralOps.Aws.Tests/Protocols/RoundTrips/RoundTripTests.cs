using CentralOps.Aws.Models;
using CentralOps.Aws.Tests.Protocols.Conformance;

namespace CentralOps.Aws.Tests.Protocols.RoundTrips;

/// <summary>Generated values through both halves: what the client wrote the server reads, and what the server answered the client reads.</summary>
public sealed class RoundTripTests
{
    /// <summary>Values for each operation. A fixed seed: the same in every run.</summary>
    private const int Each = 12;

    /// <summary>Its map takes every header of the answer, those of the protocol too.</summary>
    private const string TakesEveryHeader = "HttpPrefixHeadersInResponse";

    public static TheoryData<string> Files() => [.. SharedCases.Files];

    public static TheoryData<string> Services() => [.. ModelLibrary.Services];

    [SharedTheory]
    [MemberData(nameof(Files))]
    public void What_is_generated_for_AWS_s_cases_comes_back_unchanged(string file)
    {
        var operations = new Dictionary<string, OperationModel>(StringComparer.Ordinal);
        foreach (var known in SharedCases.Read("input", file).Concat(SharedCases.Read("output", file)))
        {
            // Input and output of an operation are in different files, with their own shapes.
            var operation = known.Operation;
            operations.TryAdd($"{operation.Name} {operation.Input?.Members.Count} {operation.Output?.Members.Count}", operation);
        }

        GoRound(operations.Values.Where(operation => operation.Name != TakesEveryHeader));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void What_is_generated_for_the_built_in_services_comes_back_unchanged(string service)
    {
        var model = ModelLibrary.Service(service);

        GoRound(model.OperationNames.Select(model.Operation));
    }

    private static void GoRound(IEnumerable<OperationModel> operations)
    {
        foreach (var operation in operations)
        {
            for (var seed = 0; seed < Each; seed++)
            {
                GoingRound.Check(operation, operation.Service.Protocol, seed);
            }
        }
    }
}
