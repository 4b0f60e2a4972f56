using System.Text.Json;
using CentralOps.Gateway.Serving;
using CentralOps.Gateway.Targets.McpServers;
using ModelContextProtocol.Protocol;

namespace CentralOps.Gateway.Synchronizing;

/// <summary>One synchronization: the server's four lists, judged item by item.</summary>
internal sealed class CatalogSync(McpConnection connection, string prefix)
{
    private const int MaxWarnings = 50;
    private const int MaxUri = 8192;

    private readonly McpListing _listing = new(connection);
    private readonly List<string> _warnings = [];

    public IReadOnlyList<string> Warnings => _warnings;

    /// <returns>The catalogue; null with a reason.</returns>
    public async ValueTask<(TargetCatalog? Catalog, string Problem)> ReadAsync(CancellationToken cancellationToken)
    {
        var (link, failure) = await connection.LinkAsync(cancellationToken);
        if (link is null)
        {
            return (null, failure!.Detail);
        }

        // A server that does not say that it has tools may have them all the same: it is asked.
        var (tools, problem) = await _listing.ReadAsync(RequestMethods.ToolsList, "tools", cancellationToken);
        var catalog = tools is null ? null : AddTools(TargetCatalog.Empty, tools, out problem);
        if (catalog is not null && link.Abilities.Prompts)
        {
            (tools, problem) = await _listing.ReadAsync(RequestMethods.PromptsList, "prompts", cancellationToken);
            catalog = tools is null ? null : AddPrompts(catalog, tools, out problem);
        }

        if (catalog is not null && link.Abilities.Resources)
        {
            (tools, problem) = await _listing.ReadAsync(RequestMethods.ResourcesList, "resources", cancellationToken);
            catalog = tools is null ? null : AddResources(catalog, tools);
        }

        if (catalog is not null && link.Abilities.Resources)
        {
            (tools, problem) = await _listing.ReadAsync(RequestMethods.ResourcesTemplatesList, "resourceTemplates", cancellationToken);
            catalog = tools is null ? null : AddTemplates(catalog, tools);
        }

        return (catalog, problem);
    }

    private TargetCatalog? AddTools(TargetCatalog catalog, IReadOnlyList<JsonElement> items, out string problem)
    {
        var tools = new Dictionary<string, ToolDefinition>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (ListedTools.Problem(item, prefix, out var name) is { } wrong)
            {
                Warn($"The tool {Named(item)} is left out: {wrong}.");
                continue;
            }

            if (!tools.TryAdd(name, ListedTools.Read(item, name)))
            {
                problem = $"The tool '{name}' is listed twice. Give each tool a name of its own.";
                return null;
            }

            if (prefix.Length + name.Length > Limits.BedrockToolName)
            {
                Warn($"The tool name {prefix}{name} has {prefix.Length + name.Length} characters. Agents on Bedrock take {Limits.BedrockToolName} at most: shorten the target's or the tool's name.");
            }
        }

        problem = "";
        return catalog with { Tools = [.. tools.Values] };
    }

    private TargetCatalog? AddPrompts(TargetCatalog catalog, IReadOnlyList<JsonElement> items, out string problem)
    {
        var prompts = new Dictionary<string, PromptDefinition>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (ListedNames.Problem(item, prefix, out var name) is { } wrong)
            {
                Warn($"The prompt {Named(item)} is left out: {wrong}.");
                continue;
            }

            if (!prompts.TryAdd(name, new(name, item)))
            {
                problem = $"The prompt '{name}' is listed twice. Give each prompt a name of its own.";
                return null;
            }
        }

        problem = "";
        return catalog with { Prompts = [.. prompts.Values] };
    }

    private TargetCatalog AddResources(TargetCatalog catalog, IReadOnlyList<JsonElement> items) => catalog with
    {
        Resources = [.. items.Select(item => (Uri: Uri(item, "uri", "resource"), item)).Where(item => item.Uri is not null).DistinctBy(item => item.Uri, StringComparer.Ordinal).Select(item => new ResourceDefinition(item.Uri!, item.item))],
    };

    private TargetCatalog AddTemplates(TargetCatalog catalog, IReadOnlyList<JsonElement> items) => catalog with
    {
        ResourceTemplates =
        [
            .. items.Select(item => (Uri: Uri(item, "uriTemplate", "resource template"), item)).Where(item => item.Uri is not null)
                .DistinctBy(item => item.Uri, StringComparer.Ordinal).Select(item => new ResourceTemplateDefinition(item.Uri!, item.item)),
        ],
    };

    private string? Uri(JsonElement item, string member, string kind)
    {
        if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty(member, out var uri) && uri.ValueKind == JsonValueKind.String
            && ListedNames.Text(uri) is { Length: > 0 and <= MaxUri } text)
        {
            return text;
        }

        Warn($"A {kind} is left out: it has no {member} of at most {MaxUri} characters.");
        return null;
    }

    private static string Named(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
            ? $"'{Printable.Text(ListedNames.Text(name) ?? "", 128)}'"
            : "without a name";

    private void Warn(string warning)
    {
        if (_warnings.Count < MaxWarnings)
        {
            _warnings.Add(warning);
        }
    }
}
