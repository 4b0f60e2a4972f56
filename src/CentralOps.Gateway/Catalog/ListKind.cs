namespace CentralOps.Gateway.Catalog;

/// <summary>The lists that a gateway aggregates over its targets.</summary>
internal enum ListKind
{
    Tools,
    Prompts,
    Resources,
    ResourceTemplates,
}

internal static class ListKindNames
{
    /// <summary>MCP's method.</summary>
    public static string Method(this ListKind kind) => kind switch
    {
        ListKind.Tools => "tools/list",
        ListKind.Prompts => "prompts/list",
        ListKind.Resources => "resources/list",
        _ => "resources/templates/list",
    };

    /// <summary>The result's member that holds the items.</summary>
    public static string Member(this ListKind kind) => kind switch
    {
        ListKind.Tools => "tools",
        ListKind.Prompts => "prompts",
        ListKind.Resources => "resources",
        _ => "resourceTemplates",
    };

    /// <summary>The items' member that tells them apart.</summary>
    public static string Key(this ListKind kind) => kind switch
    {
        ListKind.Tools or ListKind.Prompts => "name",
        ListKind.Resources => "uri",
        _ => "uriTemplate",
    };

    /// <summary>Names get the target's prefix, URIs none.</summary>
    public static bool IsPrefixed(this ListKind kind) => kind is ListKind.Tools or ListKind.Prompts;
}
