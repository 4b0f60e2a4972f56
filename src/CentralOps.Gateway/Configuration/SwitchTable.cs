using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CentralOps.Gateway.Control;
using CentralOps.Text.Nearness;

namespace CentralOps.Gateway;

/// <summary>The switches by the names and values that people write. <c>true</c> and <c>false</c>, which YAML makes people write, are <c>on</c> and <c>off</c>.</summary>
public static class SwitchTable
{
    private static readonly Entry[] OfServing =
    [
        new("structured_content", "off, on", (set, value) => Serving(set, Flag(value), static (now, on) => now with { StructuredContent = on })),
        new("list_paging", "one_page, per_target", (set, value) => Serving(set, Paging(value), static (now, paging) => now with { ListPaging = paging })),
        new("tool_prefix", "on, off", (set, value) => Serving(set, Flag(value), static (now, on) => now with { ToolPrefix = on })),
        new("search_results", "10 (1 to 100)", (set, value) => Serving(set, Number(value, 100), static (now, results) => now with { SearchResults = results })),
        new("search_per_minute", "off, or 1 to 100000", (set, value) => Flag(value) is false
            ? set with { Serving = set.Serving with { SearchPerMinute = null } }
            : Serving(set, Number(value, 100_000), static (now, searches) => now with { SearchPerMinute = searches })),
        new("check_inbound_resource", "on, off", (set, value) => Serving(set, Flag(value), static (now, on) => now with { CheckInboundResource = on })),
        new("issuer_matches_discovery", "on, off", (set, value) => Serving(set, Flag(value), static (now, on) => now with { IssuerMatchesDiscovery = on })),
        new("mirror_authorization_server", "off, on", (set, value) => Serving(set, Flag(value), static (now, on) => now with { MirrorAuthorizationServer = on })),
    ];

    private static readonly Entry[] OfControl =
    [
        new("allow_http_loopback", "on, off (on where the gateway is bound to loopback)", (set, value) => Control(set, Flag(value), static (now, on) => now with { AllowHttpLoopback = on })),
        new("matrix", "current, guide", (set, value) => Control(set, Matrix(value), static (now, matrix) => now with { Matrix = matrix })),
        new("throttles", "off, on", (set, value) => Control(set, Flag(value), static (now, on) => now with { Throttles = on })),
        new("delete_gateway_with_targets", "conflict, cascade", (set, value) => Control(set, Deletion(value), static (now, how) => now with { DeleteGatewayWithTargets = how })),
        new("delete_provider_in_use", "refuse, allow", (set, value) => Control(set, Provider(value), static (now, how) => now with { DeleteProviderInUse = how })),
        new("sixth_target_operation", "throttling, conflict, quota", (set, value) => Control(set, Sixth(value), static (now, how) => now with { SixthTargetOperation = how })),
        new("allow_version_updates", "off, on", (set, value) => Control(set, Flag(value), static (now, on) => now with { AllowVersionUpdates = on })),
    ];

    private static readonly Entry[] Entries = [.. OfServing, .. OfControl];

    public static IReadOnlyList<string> Names { get; } = [.. Entries.Select(static entry => entry.Name)];

    /// <summary>Every switch with its values, the default first.</summary>
    public static string Known { get; } = string.Join("; ", Entries.Select(static entry => $"{entry.Name} = {entry.Values}"));

    /// <summary>Of the data plane: it may be set for one gateway.</summary>
    public static bool IsServing(string name) => Array.Exists(OfServing, entry => string.Equals(entry.Name, name, StringComparison.Ordinal));

    /// <param name="problem">What is wrong and how to mend it, as a sentence without its subject.</param>
    public static bool TryApply(SwitchSet from, string name, string value, [NotNullWhen(true)] out SwitchSet? switches, out string problem)
    {
        (switches, problem) = (null, "");
        if (Array.Find(Entries, entry => string.Equals(entry.Name, name, StringComparison.Ordinal)) is not { } found)
        {
            var near = NearNames.Of(name, Names, 1);
            problem = near.Count > 0 ? $"there is no such switch; did you mean {near[0]}?" : $"there is no such switch; there are {string.Join(", ", Names)}";
            return false;
        }

        switches = found.Apply(from, value);
        problem = switches is null ? $"'{Printable.Text(value, 64)}' is none of its values, which are {found.Values}" : "";
        return switches is not null;
    }

    private static SwitchSet? Serving<T>(SwitchSet set, T? value, Func<CompatibilitySwitches, T, CompatibilitySwitches> put)
        where T : struct => value is { } given ? set with { Serving = put(set.Serving, given) } : null;

    private static SwitchSet? Control<T>(SwitchSet set, T? value, Func<ControlSwitches, T, ControlSwitches> put)
        where T : struct => value is { } given ? set with { Control = put(set.Control, given) } : null;

    private static bool? Flag(string value) => value switch { "on" or "true" => true, "off" or "false" => false, _ => null };

    private static int? Number(string value, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number : null;

    private static ListPaging? Paging(string value) => value switch { "one_page" => ListPaging.OnePage, "per_target" => ListPaging.PerTarget, _ => null };

    private static OutboundMatrixVersion? Matrix(string value) => value switch { "current" => OutboundMatrixVersion.Current, "guide" => OutboundMatrixVersion.Guide, _ => null };

    private static DeleteGatewayWithTargets? Deletion(string value) => value switch { "conflict" => DeleteGatewayWithTargets.Conflict, "cascade" => DeleteGatewayWithTargets.Cascade, _ => null };

    private static DeleteProviderInUse? Provider(string value) => value switch { "refuse" => DeleteProviderInUse.Refuse, "allow" => DeleteProviderInUse.Allow, _ => null };

    private static SixthTargetOperation? Sixth(string value) => value switch
    {
        "throttling" => SixthTargetOperation.Throttling, "conflict" => SixthTargetOperation.Conflict, "quota" => SixthTargetOperation.Quota, _ => null,
    };

    private sealed record Entry(string Name, string Values, Func<SwitchSet, string, SwitchSet?> Apply);
}
