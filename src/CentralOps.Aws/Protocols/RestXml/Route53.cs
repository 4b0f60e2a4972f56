using CentralOps.Aws.Models;

namespace CentralOps.Aws.Protocols.RestXml;

/// <summary>Amazon Route 53 answers ids with their path in front (<c>/hostedzone/Z1</c>), and takes them in a path without it; SDKs let both pass.</summary>
internal static class Route53
{
    public static string BareId(OperationModel operation, string value)
    {
        if (operation.Service.ServiceId is not "Route 53" || !value.StartsWith('/'))
        {
            return value;
        }

        foreach (var kind in (ReadOnlySpan<string>)["/hostedzone/", "/change/", "/delegationset/"])
        {
            if (value.StartsWith(kind, StringComparison.Ordinal))
            {
                return value[kind.Length..];
            }
        }

        return value;
    }
}
