using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using CentralOps.Cli.Terminal;
using CentralOps.Sandbox.Control;
using CentralOps.Sandbox.Faults;

namespace CentralOps.Cli.Sandboxing;

/// <summary><c>centralops sandbox fault add KIND</c>.</summary>
internal static class FaultAddCommand
{
    /// <summary>As they are typed.</summary>
    private static readonly Dictionary<string, FaultKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["throttle"] = FaultKind.Throttle,
        ["deny"] = FaultKind.Deny,
        ["latency"] = FaultKind.Latency,
        ["drop"] = FaultKind.Drop,
        ["drop-after-head"] = FaultKind.DropAfterHead,
        ["malformed"] = FaultKind.Malformed,
        ["truncated"] = FaultKind.Truncated,
        ["expired"] = FaultKind.Expired,
        ["session-lifetime"] = FaultKind.SessionLifetime,
        ["clock-skew"] = FaultKind.ClockSkew,
    };

    public static Command Create(Screen screen)
    {
        var kind = new Argument<string>("kind") { Description = $"What goes wrong: {string.Join(", ", Kinds.Keys)}." };
        var account = Scope("--account", "Calls by this account, an id or a name (for session-lifetime: of the role).", "-a");
        var region = Scope("--region", "Calls to this region.");
        var service = Scope("--service", "Calls to this service, as the AWS CLI names it.");
        var operation = Scope("--operation", "Calls of this operation, such as DescribeInstances.");
        var rate = new Option<double>("--rate") { Description = "throttle: calls a second that pass, for each account, region and operation (0: none).", HelpName = "N" };
        var burst = new Option<int>("--burst") { Description = "throttle: calls that pass at once.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var latency = Duration.Option("--latency", "latency: how late the answer comes.");
        var upTo = Duration.Option("--up-to", "latency: with it, somewhere between --latency and this.");
        var policy = new Option<string>("--policy") { Description = "deny: the policy that is said to deny: identity, scp, session, boundary, resource.", HelpName = "NAME", DefaultValueFactory = _ => "identity" };
        var isExplicit = new Option<bool>("--explicit") { Description = "deny: an explicit deny, not a missing allow." };
        var lifetime = Duration.Option("--lifetime", "session-lifetime: how long assumed sessions live, from 1s.");
        var skew = Duration.Option("--skew", "clock-skew: how far the sandbox's clock is ahead; with a minus, behind.");
        var times = new Option<int?>("--times") { Description = "Gone after it struck so often.", HelpName = "N" };
        var during = Duration.Option("--for", "Gone after this time.");
        var state = CommonOptions.State();
        var output = CommonOptions.Output();
        var command = new Command("add", "Add a fault; it strikes from the next call on.")
        {
            kind, account, region, service, operation, rate, burst, latency, upTo, policy, isExplicit, lifetime, skew, times, during, state, output,
        };
        command.Validators.Add(result => Check(result, kind, new Dictionary<Option, FaultKind>
        {
            [rate] = FaultKind.Throttle, [burst] = FaultKind.Throttle, [latency] = FaultKind.Latency, [upTo] = FaultKind.Latency,
            [policy] = FaultKind.Deny, [isExplicit] = FaultKind.Deny, [lifetime] = FaultKind.SessionLifetime, [skew] = FaultKind.ClockSkew,
        }));
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var fault = new Fault(
                Kinds[parsed.GetValue(kind)!],
                parsed.GetValue(account)!,
                parsed.GetValue(region)!,
                parsed.GetValue(service)!,
                parsed.GetValue(operation)!,
                parsed.GetValue(rate),
                parsed.GetValue(burst),
                Milliseconds(parsed.GetValue(latency)) ?? 0,
                Milliseconds(parsed.GetValue(upTo)),
                parsed.GetValue(policy)!,
                parsed.GetValue(isExplicit),
                Seconds(parsed.GetValue(lifetime) ?? parsed.GetValue(skew)) ?? 0,
                parsed.GetValue(times),
                Seconds(parsed.GetValue(during)));
            var added = await RunningSandbox.AskAsync(parsed.GetValue(state), control => control.AddFaultAsync(fault, cancellationToken), cancellationToken);
            if (parsed.GetValue(output) == OutputFormat.Json)
            {
                FaultView.WriteJson(JsonSerializer.SerializeToElement(added, ControlJson.Default.StandingFault), screen);
                return ExitCode.Ok;
            }

            screen.Data.WriteLine(PlainText.Line($"{added.Id}: {FaultView.Words(added.Fault)}, {FaultView.Where(added.Fault)}{FaultView.Left(added)}"));
            screen.SayUnbroken($"Take it away with: ./centralops sandbox fault remove {added.Id}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static Option<string> Scope(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description + " [default: *]", HelpName = "NAME", DefaultValueFactory = _ => "*" };

    // An option of another kind would be taken and do nothing.
    private static void Check(CommandResult result, Argument<string> kindArgument, Dictionary<Option, FaultKind> own)
    {
        var typed = result.GetValue(kindArgument) ?? "";
        if (!Kinds.TryGetValue(typed, out var kind))
        {
            result.AddError($"kind: '{typed}' is not one of {string.Join(", ", Kinds.Keys)}.");
            return;
        }

        foreach (var (option, belongs) in own)
        {
            if (belongs != kind && result.GetResult(option) is { Implicit: false })
            {
                result.AddError($"{option.Name} belongs to '{Kinds.First(pair => pair.Value == belongs).Key}', not to '{typed}': leave it out.");
            }
        }

        foreach (var (needed, belongs) in own.Where(pair => pair.Key.Name is "--latency" or "--lifetime" or "--skew"))
        {
            if (belongs == kind && result.GetResult(needed) is null or { Implicit: true })
            {
                result.AddError($"'{typed}' needs {needed.Name}, such as {needed.Name} 20s.");
            }
        }
    }

    private static int? Milliseconds(TimeSpan? duration) => duration is { } time ? (int)Math.Clamp(Math.Round(time.TotalMilliseconds), int.MinValue, int.MaxValue) : null;

    private static int? Seconds(TimeSpan? duration) => duration is { } time ? (int)Math.Clamp(Math.Round(time.TotalSeconds), int.MinValue, int.MaxValue) : null;
}
