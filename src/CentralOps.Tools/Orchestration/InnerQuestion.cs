using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Fleet;

namespace CentralOps.Tools.Orchestration;

/// <summary>The question that another tool is to ask in accounts, from what was given to this one.</summary>
internal static class InnerQuestion
{
    private static readonly string[] OfTheOuter = ["account_id", "accounts", "region", "limit", "next_token", "fields", "query", "format", "max_bytes"];

    /// <summary>What the caller uses the inner tool as: rules are judged over that tool's own name, and sessions confined to its own operations.</summary>
    /// <remarks>In which target it is, is not known here: a rule that names a target does not grant it, and one that denies withholds it.</remarks>
    public static ToolUse UseOf(AccountTool tool, ToolUse outer) => outer with { Tool = tool.Name, Operations = tool.Operations, CalledAs = null };

    /// <summary>The tool, when there is one of that name that takes accounts and that this caller may use.</summary>
    public static AccountTool? Find(string name, ToolSetting setting, out Refusal.BadArguments? refusal)
    {
        var permitted = ToolCatalog.Tools.OfType<AccountTool>().Where(tool => setting.Services.WayIn.MaySeeTool(UseOf(tool, setting.Use))).ToList();
        var found = permitted.Find(tool => string.Equals(tool.Name, name, StringComparison.Ordinal));
        if (found is not null)
        {
            refusal = null;
            return found;
        }

        var names = permitted.ConvertAll(static tool => tool.Name);
        var nearest = Nearest.To(name, names);
        refusal = new([new ArgumentProblem(
            "tool",
            $"is '{PlainText.Line(name, 60)}', which is no tool over accounts that you may use",
            nearest.Count > 0 ? $"Did you mean {string.Join(" or ", nearest)}?" : names.Count > 0 ? $"There are {string.Join(", ", names)}" : "List the tools that there are for you")]);
        return null;
    }

    /// <summary>Reads the inner tool's arguments with its own reader; what is wrong with them is told as <c>arguments.NAME</c>.</summary>
    /// <param name="given">The tool's own arguments; undefined where there are none.</param>
    public static Refusal.BadArguments? TryRead(AccountTool tool, JsonElement given, ArgumentValues outer, ToolSetting setting, out FleetQuestion? question)
    {
        question = null;
        if (given.ValueKind == JsonValueKind.Object && given.EnumerateObject().Select(static member => member.Name).Where(static name => OfTheOuter.Contains(name, StringComparer.Ordinal)).ToList() is { Count: > 0 } misplaced)
        {
            return new([.. misplaced.Select(static name => new ArgumentProblem($"arguments.{name}", "is not among that tool's own arguments here", $"Leave it out, or give it beside arguments where there is one of the name"))]);
        }

        if (FleetQuestion.TryRead(tool, Merged(given, outer), setting, UseOf(tool, setting.Use), out var read) is { } wrong)
        {
            return new([.. wrong.Problems.Select(static problem => problem with { Name = $"arguments.{problem.Name}" })]);
        }

        question = read;
        return null;
    }

    private static ReadOnlyMemory<byte> Merged(JsonElement given, ArgumentValues outer)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(output, RefusalAnswer.Json);
        json.WriteStartObject();
        json.WriteString("accounts"u8, outer.Of(AccountsArgument.Only)?.ToString() ?? "all");
        json.WriteString("region"u8, outer.Of(RegionsArgument.Asked)?.ToString());
        foreach (var member in given.ValueKind == JsonValueKind.Object ? given.EnumerateObject() : default)
        {
            member.WriteTo(json);
        }

        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }
}
