using CentralOps.Tools.Aggregation;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Orchestration;

/// <summary>What aggregate_results is asked with.</summary>
internal static class AggregateArguments
{
    public const int UsualTop = 50;

    public static TextArgument Tool { get; } = new("tool", "The tool to run in each account, such as describe_ec2_instances: any that takes accounts.") { IsRequired = true, MaxLength = 128, IsPlace = true };

    public static ObjectArgument Inner { get; } = new("arguments", "That tool's own arguments, such as filters; not its accounts, region, limit or shape.");

    public static TextsArgument GroupBy { get; } = new(
        "group_by",
        "Fields of that tool's items to group by, such as InstanceType or Tags.env; and account_id, account_name, ou, account_tags.KEY, region. None: one group.",
        maxCount: 10)
    {
        MaxLength = FieldPath.MaxLength,
    };

    public static TextsArgument Measures { get; } = new("measures", $"What to tell of each group: {Measure.Forms}. count when left out.", Measure.MaxCount)
    {
        MaxLength = FieldPath.MaxLength + 20,
    };

    public static TextArgument Where { get; } = new("where", "JMESPath over each item; only items for which it is true count, as in State=='running' && Tags.env=='prod'.") { MaxLength = RowQuery.MaxLength };

    public static TextArgument OrderBy { get; } = new("order_by", "One of measures or group_by, with asc or desc behind it; the first measure, largest first, when left out.") { MaxLength = 300 };

    public static IntegerArgument Top { get; } = new("top", "Groups to tell; all others are told together as other.", 1, 1000, UsualTop);

    public static IReadOnlyList<Argument> All { get; } =
        [Tool, Inner, AccountsArgument.Only, RegionsArgument.Asked, GroupBy, Measures, Where, OrderBy, Top, RowFormats.Argument];
}
