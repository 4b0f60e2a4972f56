using System.Buffers;
using System.Text.Json.Nodes;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Aggregation;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Fleet;
using CentralOps.Tools.Organization;

namespace CentralOps.Tools.Orchestration;

/// <summary>
/// One question to many accounts, answered with figures instead of items. The inner tool is judged, confined and recorded as itself: who may not call it in an account has
/// none of that account's items in the figures.
/// </summary>
internal sealed class AggregateResults : Tool
{
    public override string Name => "aggregate_results";

    public override string Subject => "fleet";

    /// <summary>Its own. The tool that it runs brings its own operations, under a session policy of its own.</summary>
    public override IReadOnlyList<string> Operations => DirectoryOperations.All;

    private protected override bool AsksAnAccount => false;

    private protected override string Description =>
        "Run a tool in many AWS accounts and regions and answer with figures: groups with counts, sums, minima, maxima and distinct values. Read-only.";

    private protected override string Example =>
        """{"tool": "describe_ec2_instances", "accounts": ["Production", "Staging"], "region": "all", "group_by": ["InstanceType", "ou"], "where": "State=='running'"}""";

    private protected override IReadOnlyList<Argument> Arguments => AggregateArguments.All;

    private protected override JsonObject Answer() => AggregateAnswer.Schema();

    private protected override async Task<Refusal?> AnswerAsync(
        ArgumentValues arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        // 1. Which tool, if the caller may use it?
        if (InnerQuestion.Find(arguments.Of(AggregateArguments.Tool)!, setting, out var unknown) is not { } tool)
        {
            return unknown;
        }

        // 2. Its question, and what is to be made of the answers.
        if (AggregateReading.TryRead(tool, arguments, setting.Place, out var wanted) is { } unreadable)
        {
            return unreadable;
        }

        if (InnerQuestion.TryRead(tool, arguments.Of(AggregateArguments.Inner), arguments, setting, out var asked) is { } wrong)
        {
            return wrong;
        }

        // 3. All items of all places; none is kept.
        var detail = AggregateReading.DetailOf(wanted, arguments.Of(AggregateArguments.Where));
        var aggregate = new Aggregate(wanted);
        var sink = new AggregateSink(aggregate, detail);
        var read = await FleetReader.ReadAllAsync(asked! with { Detail = detail }, sink, setting, cancellationToken);
        if (read.Outcome is not { } outcome)
        {
            return read.Refusal;
        }

        // 4. The figures.
        return new AggregateAnswer(tool.Name, aggregate.Finish(), outcome, sink.LacksUnits).Write(arguments, setting, output);
    }
}
