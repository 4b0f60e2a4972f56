using System.Text;
using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Control.Credentials;

/// <summary>Looks through all targets for one that a credential provider serves: deleting one is rare.</summary>
internal static class ProviderUse
{
    /// <returns>A target in words; null where none uses it. One that is being deleted does not count.</returns>
    public static async ValueTask<string?> FindAsync(ControlContext context, ProviderKind kind, string name, CancellationToken cancellationToken)
    {
        var end = Encoding.UTF8.GetBytes($"{kind.ArnFamily}/{name}");
        await foreach (var document in context.AllAsync(Kinds.Target, parent: null, cancellationToken))
        {
            // Most name no provider: those are not read as JSON.
            if (document.Body.Span.IndexOf(end) < 0)
            {
                continue;
            }

            var target = Resource.Of(document);
            if (!string.Equals(target.Status, "DELETING", StringComparison.Ordinal) && Uses(context, kind, name, target.Body))
            {
                return $"target '{Printable.Text(target.Find("name") ?? target.Id, 128)}' of gateway '{document.Parent}'";
            }
        }

        return null;
    }

    private static bool Uses(ControlContext context, ProviderKind kind, string name, JsonObject target) =>
        (target["credentialProviderConfigurations"] as JsonArray ?? []).Any(config =>
            config.TextAt("credentialProvider", kind.Member, "providerArn") is { } arn && string.Equals(context.Arns.ProviderName(arn, kind.ArnFamily), name, StringComparison.Ordinal));
}
