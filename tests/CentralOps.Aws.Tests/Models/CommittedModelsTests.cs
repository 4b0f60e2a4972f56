using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using CentralOps.Aws.Models;
using CentralOps.Aws.Tests.Models.Overlay;
using CentralOps.Models;
using CentralOps.Models.Shared;

namespace CentralOps.Aws.Tests.Models;

public sealed class CommittedModelsTests
{
    public static TheoryData<string> Services() => [.. Listed().Keys];

    public static TheoryData<string> FromBotocore() => [.. Listed("operations.txt").Keys];

    public static TheoryData<string> FromShared() => [.. Listed("operations-shared.txt").Keys];

    [BotocoreTheory]
    [MemberData(nameof(FromBotocore))]
    public void Generating_a_model_again_gives_the_committed_file(string service)
    {
        var generated = Generator.Generate(BotocoreTheoryAttribute.Botocore!, service, Listed()[service]);

        generated.ShouldBe(File.ReadAllText(Committed(service)));
    }

    [SharedModelsTheory]
    [MemberData(nameof(FromShared))]
    public void Generating_a_shared_model_again_gives_the_committed_files(string service)
    {
        var (model, constraints) = SharedModelsTheoryAttribute.Models!.Generate(service, Listed()[service]);

        model.ShouldBe(File.ReadAllText(Committed(service)));
        constraints.ShouldBe(File.ReadAllText(Path.Combine(Root(), "src", "CentralOps.Gateway", "Control", "Validation", service + ".json")));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void What_is_found_by_lines_is_what_is_found_by_tokens(string service)
    {
        var (byLines, byTokens) = (ModelLibrary.Service(service), ServiceModel.Read(File.ReadAllBytes(Committed(service)), service));
        var comparison = new ModelComparison();

        comparison.Compare(byLines, byTokens);
        comparison.Compare(byTokens, byLines);

        comparison.Differences.ShouldBeEmpty();
        byLines.OperationNames.ShouldBe(byTokens.OperationNames);
        comparison.Operations.ShouldBe(2 * byTokens.OperationNames.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AssumeRole\":{\"name")]
    [InlineData("assumeRole")]
    [InlineData("AssumeRoleRequest")]
    [InlineData("operations")]
    [InlineData("shapes")]
    [InlineData("metadata")]
    public void Only_an_operation_s_own_name_finds_it(string name) => ModelLibrary.Service("sts").TryGetOperation(name, out _).ShouldBeFalse();

    [Fact]
    public void What_is_listed_is_built_in_and_nothing_else()
    {
        ModelLibrary.Services.ShouldBe(Listed().Keys.Order(StringComparer.Ordinal));
        foreach (var (service, operations) in Listed())
        {
            ModelLibrary.Service(service).OperationNames.ShouldBe(operations, ignoreOrder: true);
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_operation_and_every_shape_it_reaches_can_be_read(string service)
    {
        var model = ModelLibrary.Service(service);
        foreach (var name in model.OperationNames)
        {
            var operation = model.Operation(name);
            var seen = new HashSet<Shape>();
            Visit(operation.Input, seen);
            Visit(operation.Output, seen);
            operation.Errors.ShouldAllBe(error => error.Status >= 400 && error.Status < 600);
            seen.ShouldNotBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_committed_model_says_where_it_comes_from_and_holds_no_prose(string service)
    {
        var text = File.ReadAllText(Committed(service));

        JsonNode.Parse(text)!["metadata"]!["source"]!["license"]!.ToString().ShouldBe("Apache-2.0");
        text.ShouldNotContain("documentation");
        text.ShouldNotContain("<p>");
    }

    private static void Visit(Shape? shape, HashSet<Shape> seen)
    {
        if (shape is null || !seen.Add(shape))
        {
            return;
        }

        foreach (var member in shape.Members)
        {
            Visit(member.Shape, seen);
        }

        Visit(shape.Element?.Shape, seen);
        Visit(shape.Key?.Shape, seen);
        Visit(shape.Value?.Shape, seen);
    }

    private static Dictionary<string, IReadOnlyList<string>> Listed() =>
        Listed("operations.txt").Concat(Listed("operations-shared.txt")).ToDictionary(StringComparer.Ordinal);

    private static IReadOnlyDictionary<string, IReadOnlyList<string>> Listed(string file) =>
        OperationList.Read(Path.Combine(Root(), "tools", "CentralOps.Models", file));

    internal static string Committed(string service) => Path.Combine(Root(), "src", "CentralOps.Aws", "Models", "Core", service + ".json");

    internal static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}

/// <summary>Runs where the botocore is found that the committed models were made from.</summary>
internal sealed class BotocoreTheoryAttribute : TheoryAttribute
{
    private static readonly string Made = (string)JsonNode.Parse(File.ReadAllBytes(CommittedModelsTests.Committed("sts")))!["metadata"]!["source"]!["version"]!;

    public static BotocoreData? Botocore { get; } = BotocoreData.Find(null);

    public BotocoreTheoryAttribute() => Skip = Botocore?.Version == Made
        ? null
        : $"The models were made from botocore {Made}; python3 has {Botocore?.Version ?? "none"}.";
}

/// <summary>Runs where the descriptions stand beside the checkout from which the committed ones were made.</summary>
internal sealed class SharedModelsTheoryAttribute : TheoryAttribute
{
    public static SharedModels? Models { get; } = SharedModels.Find(CommittedModelsTests.Root());

    public SharedModelsTheoryAttribute() => Skip = Models is null ? "There is no shared/models beside the checkout." : null;
}
