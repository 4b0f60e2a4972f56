using CentralOps.Tools.Ec2;
using CentralOps.Tools.Organization;

namespace CentralOps.Tools;

/// <summary>All tools.</summary>
public static class ToolCatalog
{
    public static IReadOnlyList<Tool> Tools { get; } = [new DescribeEc2Instances(), new ListAccounts()];

    private static readonly Lazy<IReadOnlyList<ToolDeclaration>> Declared = new(static () => [.. Tools.Select(static tool => tool.Declare())]);

    /// <summary>What the tools are; no AWS is behind it. Made when first asked for: a function starts without.</summary>
    public static IReadOnlyList<ToolDeclaration> Declarations => Declared.Value;
}
