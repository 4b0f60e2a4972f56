using System.Net;
using CentralOps.Gateway.Outbound;

namespace CentralOps.Gateway.Settings.Files;

/// <summary><c>outbound</c>: what may be called beside the internet.</summary>
internal static class OutboundReader
{
    public static OutboundRules Read(Section section)
    {
        var loopback = section.Flag("loopback") ?? false;
        var (hosts, networks) = (new List<string>(), new List<IPNetwork>());
        foreach (var entry in section.Words("allow", "mcp.corp.example, 10.20.0.0/16"))
        {
            // A comma would make two of one.
            if (!entry.Text.Contains(',', StringComparison.Ordinal) && OutboundRules.TryParse(entry.Text, allowLoopback: false, out var rules, out _))
            {
                hosts.AddRange(rules.AllowedHosts);
                networks.AddRange(rules.AllowedNetworks);
                continue;
            }

            section.Problems.Add(entry.Line, $"{section.At("allow")}: '{entry.Text}' is no host name, address or CIDR block", "Write it as in mcp.corp.example, 10.20.0.7 or 10.20.0.0/16.");
        }

        section.End();
        return new OutboundRules { AllowLoopback = loopback, AllowedHosts = hosts, AllowedNetworks = networks };
    }
}
