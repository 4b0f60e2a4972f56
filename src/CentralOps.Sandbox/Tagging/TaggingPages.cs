using System.Text.Json.Nodes;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Tagging;

/// <summary>The tagging API ends its pages with an empty token, not with none.</summary>
internal static class TaggingPages
{
    public static PageRules Of(string limit, int size) => new()
    {
        Limit = limit,
        Token = "PaginationToken",
        Default = size,
        Max = 100,
        BadLimit = asked => Invalid($"{limit} must be between 1 and 100; it is {asked}."),
        BadToken = new("PaginationTokenExpiredException", "The specified pagination token is not one that this operation gave, or has expired."),
    };

    public static ServiceError Invalid(string words) => new("InvalidParameterException", words);

    public static OperationAnswer Answer<T>(string member, Page<T> page, Func<T, JsonNode?> shape) =>
        new JsonObject { [member] = JsonList.Of(page.Items, shape), ["PaginationToken"] = page.Next ?? "" };
}
