using System.Globalization;
using System.Text.Json;
using CentralOps.Cli.Asking;
using CentralOps.Cli.Terminal;
using CentralOps.Sandbox.Faults;

namespace CentralOps.Cli.Sandboxing;

/// <summary>Faults in words.</summary>
internal static class FaultView
{
    public static void WriteTable(IReadOnlyList<StandingFault> faults, Screen screen)
    {
        var table = new Table([
            new Column("ID", Whole: true), new Column("FAULT"), new Column("ACCOUNT", 1, Whole: true), new Column("REGION", 3),
            new Column("SERVICE", 1), new Column("OPERATION", 2), new Column("STRUCK", 2), new Column("LEFT", 4)]);
        foreach (var standing in faults)
        {
            var fault = standing.Fault;
            table.Add(
                standing.Id, Words(fault), fault.Account, fault.Region, fault.Service, fault.Operation,
                standing.Hits.ToString(CultureInfo.InvariantCulture), Left(standing).TrimStart(',', ' '));
        }

        table.Write(screen);
    }

    public static void WriteJson(JsonElement json, Screen screen) => screen.Data.WriteLine(AnswerView.Indented(json));

    /// <summary>What it does.</summary>
    public static string Words(Fault fault) => fault.Kind switch
    {
        FaultKind.Throttle when fault.Rate == 0 => "throttle all",
        FaultKind.Throttle => $"throttle above {fault.Rate.ToString("0.###", CultureInfo.InvariantCulture)}/s, {fault.Burst} at once",
        FaultKind.Deny => $"{(fault.Explicit ? "explicit " : "")}deny, {fault.Policy}",
        FaultKind.Latency when fault.LatencyUpToMs is { } upTo => $"latency {Time(fault.LatencyMs)} to {Time(upTo)}",
        FaultKind.Latency => $"latency {Time(fault.LatencyMs)}",
        FaultKind.Drop => "drop the connection",
        FaultKind.DropAfterHead => "drop after the head",
        FaultKind.Malformed => "malformed body",
        FaultKind.Truncated => "truncated body",
        FaultKind.Expired => "expired credentials",
        FaultKind.SessionLifetime => $"sessions live {Time(fault.Seconds * 1000L)}",
        _ => $"clock {Time(Math.Abs(fault.Seconds * 1000L))} {(fault.Seconds > 0 ? "ahead" : "behind")}",
    };

    /// <summary>Where it strikes, as a phrase.</summary>
    public static string Where(Fault fault)
    {
        List<string> parts = [];
        Add("account", fault.Account);
        Add("region", fault.Region);
        Add("service", fault.Service);
        Add("operation", fault.Operation);
        return parts.Count == 0 ? "everywhere" : string.Join(", ", parts);

        void Add(string what, string name)
        {
            if (name is not "*")
            {
                parts.Add($"{what} {name}");
            }
        }
    }

    /// <summary>Until when, with a comma in front; empty for ever.</summary>
    public static string Left(StandingFault standing)
    {
        var times = standing.Fault.Times is { } most ? $", {most - standing.Hits} more times" : "";
        return times + (standing.Until is { } until ? $", until {until.ToString("HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}" : "");
    }

    private static string Time(long milliseconds) => Duration.Words(TimeSpan.FromMilliseconds(milliseconds));
}
