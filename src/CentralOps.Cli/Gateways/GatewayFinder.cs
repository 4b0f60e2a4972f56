using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CentralOps.Cli.Control;

namespace CentralOps.Cli.Gateways;

/// <summary>Gateways by what a person types: the id, or the name, which is unique in an account.</summary>
internal static partial class GatewayFinder
{
    /// <param name="typed">Null: the only one there is.</param>
    public static async Task<string> IdAsync(ControlSession session, string? typed, CancellationToken cancellationToken)
    {
        if (typed is not null && Id().IsMatch(typed))
        {
            return typed;
        }

        var names = new List<string>();
        var only = "";
        await foreach (var gateway in session.AllAsync("ListGateways", [], "items", cancellationToken))
        {
            if (string.Equals(gateway.Text("name"), typed, StringComparison.Ordinal))
            {
                return gateway.Text("gatewayId");
            }

            names.Add(gateway.Text("name"));
            only = gateway.Text("gatewayId");
        }

        return (typed, names.Count) switch
        {
            (null, 1) => only,
            (_, 0) => throw new CommandFailedException("There is no gateway: make one with 'centralops gateway create NAME'."),
            (null, _) => throw new CommandFailedException($"There are {names.Count} gateways: say which with --gateway, {Some(names)}.", ExitCode.Usage),
            _ => throw new CommandFailedException($"There is no gateway '{typed}': there are {Some(names)}."),
        };
    }

    public static JsonObject Key(string id) => new() { ["gatewayIdentifier"] = id };

    public static string Some(IReadOnlyList<string> names)
    {
        const int Most = 20;
        return string.Join(", ", names.Take(Most)) + (names.Count > Most ? $" and {names.Count - Most} more" : "");
    }

    // The form of an id: its last ten characters are random. A name that looks so has to be given by its id.
    [GeneratedRegex(@"\A([0-9a-z]-?){1,100}-[0-9a-z]{10}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();
}
