using System.Text.Json.Nodes;
using CentralOps.Aws.Calls;
using CentralOps.Cli.Control;
using CentralOps.Cli.Running;
using CentralOps.Gateway.Settings;

namespace CentralOps.Cli.Doctor;

/// <summary>A control plane: whether it answers, whether its clock is ours, and what its gateways and targets tell of themselves.</summary>
internal sealed class ControlChecks(ControlSession session, GatewaySettings settings)
{
    private const string Check = "control plane";

    /// <summary>AWS and we refuse signatures that are older or younger.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan NotedSkew = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ClockPatience = TimeSpan.FromSeconds(10);

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        await ClockAsync(findings, cancellationToken);
        try
        {
            var gateways = await session.AllAsync("ListGateways", [], "items", cancellationToken).ToListAsync(cancellationToken);
            findings.Add(Finding.Ok(Check, $"It answers{(session.Endpoint is { } url ? $" at {url.GetLeftPart(UriPartial.Authority)}" : "")} and takes these credentials; it has {gateways.Count} gateway{(gateways.Count == 1 ? "" : "s")}."));
            NameUnknown(gateways, findings);
            foreach (var gateway in gateways)
            {
                await GatewayAsync(gateway, findings, cancellationToken);
            }
        }
        catch (ControlRefusedException refused)
        {
            findings.Add(Finding.Problem(Check, refused.Words, refused.Remedy()));
        }
        catch (CommandFailedException failed)
        {
            findings.Add(Finding.Problem(Check, failed.Message, "Name one that answers with --endpoint URL, or credentials that it takes."));
        }

        return findings;
    }

    private async Task ClockAsync(List<Finding> findings, CancellationToken cancellationToken)
    {
        if (session.Endpoint is not { } endpoint || await DateAsync(endpoint, cancellationToken) is not { } date)
        {
            return;
        }

        var skew = (session.Time.GetUtcNow() - date).Duration();
        var told = $"This machine's and the control plane's are {skew.TotalSeconds:0} seconds apart.";
        findings.Add(skew switch
        {
            _ when skew >= MostSkew => Finding.Problem("clock", told, "Set the clocks by NTP: signatures more than five minutes off are refused."),
            _ when skew >= NotedSkew => Finding.Warning("clock", told, "Set the clocks by NTP before it is five minutes."),
            _ => Finding.Ok("clock", told),
        });
    }

    /// <summary>What an endpoint says the time is, whatever else it answers; null where it says nothing.</summary>
    private async Task<DateTimeOffset?> DateAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(ClockPatience, session.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        using var http = new HttpMessageInvoker(AwsHttp.CreateHandler());
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
            using var response = await http.SendAsync(request, either.Token);
            return response.Headers.Date;
        }
        catch (Exception silent) when (silent is HttpRequestException or IOException or OperationCanceledException)
        {
            // The next check tells it.
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    private void NameUnknown(List<JsonObject> gateways, List<Finding> findings)
    {
        var known = gateways.SelectMany(static gateway => new[] { gateway.Text("name"), gateway.Text("gatewayId") }).Append(GatewayAdditions.Every).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in settings.Gateways.Where(entry => !known.Contains(entry.Gateway)))
        {
            findings.Add(Finding.Warning("settings", $"They say something of a gateway '{entry.Gateway}', which there is not.", "Correct the name, or create the gateway."));
        }
    }

    private async Task GatewayAsync(JsonObject listed, List<Finding> findings, CancellationToken cancellationToken)
    {
        var key = new JsonObject { ["gatewayIdentifier"] = listed.Text("gatewayId") };
        var gateway = await session.CallAsync("GetGateway", key, cancellationToken);
        var name = gateway.Text("name");
        findings.AddRange(Status($"gateway {name}", gateway, $"See './centralops gateway get {name}'."));
        if (gateway.Text("protocolConfiguration.mcp.searchType").Length == 0)
        {
            findings.Add(Finding.Ok($"gateway {name}", "It has no search of tools; that is decided when a gateway is made."));
        }

        await foreach (var target in session.AllAsync("ListGatewayTargets", key, "items", cancellationToken))
        {
            var asked = new JsonObject { ["gatewayIdentifier"] = listed.Text("gatewayId"), ["targetId"] = target.Text("targetId") };
            Target(name, await session.CallAsync("GetGatewayTarget", asked, cancellationToken), findings);
        }
    }

    private static void Target(string gateway, JsonObject target, List<Finding> findings)
    {
        var check = $"target {gateway}/{target.Text("name")}";
        findings.AddRange(Status(check, target, $"See './centralops target get {target.Text("name")} --gateway {gateway}', and synchronize it when the cause is mended."));
        if (ForeignTargets.Kind(target) is { } kind)
        {
            findings.Add(Finding.Warning(check, $"It may write: it is a {kind} and not one of CentralOps' own tools, so that only its own word says what it does.", "Give it credentials that can only read, or take it away."));
        }
    }

    private static IEnumerable<Finding> Status(string check, JsonObject thing, string remedy)
    {
        var reasons = (thing["statusReasons"] as JsonArray ?? []).Select(static reason => reason?.ToString() ?? "").Where(static reason => reason.Length > 0).ToArray();
        var status = thing.Text("status");
        var told = $"{status}. {string.Join(' ', reasons)}".TrimEnd();
        return [status switch
        {
            // What a synchronization changed is told in the same place; a warning says what to do.
            "READY" when reasons.Any(IsWarning) => Finding.Warning(check, told, remedy),
            "READY" => Finding.Ok(check, status),
            _ when status.EndsWith("ING", StringComparison.Ordinal) || status.EndsWith("_PENDING_AUTH", StringComparison.Ordinal) => Finding.Warning(check, told, remedy),
            _ => Finding.Problem(check, told, remedy),
        }];
    }

    private static bool IsWarning(string reason) => !(char.IsAsciiDigit(reason[0]) && Changes.Any(verb => reason.Contains(verb, StringComparison.Ordinal)));

    private static readonly string[] Changes = [" added: ", " changed: ", " removed: "];
}
