using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Endpoints;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;

namespace CentralOps.Tools.Fleet;

/// <summary>One tool's question to many accounts.</summary>
/// <param name="Use">Of this tool: rules are judged over it, and sessions are confined to its operations.</param>
internal sealed record FleetQuestion(AccountTool Tool, ArgumentValues Arguments, ToolUse Use)
{
    /// <summary>What has to be known of accounts beside what the selector asks.</summary>
    public AccountDetail Detail { get; init; }

    /// <summary>Where a tool is asked whose accounts answer for all regions at once: the region that it was given to choose by; null for none.</summary>
    public RegionName? AskedIn { get; init; }

    /// <summary>Null for a tool whose accounts answer for all regions at once.</summary>
    public RegionChoice? Regions => Tool.IsRegional ? Arguments.Of(RegionsArgument.Asked) : null;

    /// <summary>Equal for questions that one token goes on with.</summary>
    public ulong Hash() => NextToken.HashOf(
        "fleet", Tool.Name, Arguments.Of(AccountsArgument.Only)?.ToString() ?? "", Arguments.Of(AccountArgument.Only) ?? "", Regions?.ToString() ?? "", Arguments.Question());

    /// <summary>Equal for questions that AWS is asked in the same words.</summary>
    public ulong HashOfAws() => NextToken.HashOf("aws", Tool.Name, Arguments.Question(ofAws: true));

    /// <summary>Reads the question from arguments as a call of the tool has them; also one account and one region are a question then.</summary>
    /// <param name="json">The arguments as a JSON object.</param>
    /// <param name="setting">Whose use is the tool's that asks.</param>
    /// <param name="use">Of <paramref name="tool"/>, for the same caller.</param>
    public static Refusal.BadArguments? TryRead(AccountTool tool, ReadOnlyMemory<byte> json, ToolSetting setting, ToolUse use, out FleetQuestion question)
    {
        var place = new AnswerPlace(setting.Services.Home);
        var refusal = tool.ReadArguments(json, place, out var arguments);
        question = new FleetQuestion(tool, arguments, use) { AskedIn = tool.IsRegional ? null : place.Region };
        return refusal;
    }
}
