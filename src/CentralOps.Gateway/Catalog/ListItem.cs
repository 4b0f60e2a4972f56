using System.Text.Json;

namespace CentralOps.Gateway.Catalog;

/// <summary>One entry of a listing.</summary>
/// <param name="Key">What it is found by: a name as clients are shown it, a URI, a template.</param>
/// <param name="Write">Writes it as lists have it.</param>
internal sealed record ListItem(string Key, CatalogTarget Target, Action<Utf8JsonWriter> Write)
{
    public static ListItem Of(CatalogTool tool) => Of(tool, tool.Target);

    /// <summary>A tool that stands on the page of another target.</summary>
    public static ListItem Of(CatalogTool tool, CatalogTarget on) => new(tool.Name, on, tool.Write);

    public static ListItem Prompt(CatalogTarget target, PromptDefinition prompt)
    {
        var name = target.Shown(prompt.Name);
        return new(name, target, json => ListedObject.Write(json, prompt.Listed, "name", name));
    }

    public static ListItem Of(CatalogTarget target, string key, JsonElement listed) => new(key, target, json => listed.WriteTo(json));
}
