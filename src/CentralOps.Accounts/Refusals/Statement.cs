using System.Text.Json;

namespace CentralOps.Accounts.Refusals;

/// <summary>Policy documents that remedies show.</summary>
internal static class Statement
{
    public static string Document(string statement) => $"{{\"Version\":\"2012-10-17\",\"Statement\":[{statement}]}}";

    public static string Allow(IReadOnlyList<string> actions) => $"{{\"Effect\":\"Allow\",\"Action\":{List(actions)},\"Resource\":\"*\"}}";

    public static string Allow(IReadOnlyList<string> actions, string resource) => $"{{\"Effect\":\"Allow\",\"Action\":{List(actions)},\"Resource\":{Json(resource)}}}";

    /// <summary>For a resource's own policy.</summary>
    public static string AllowPrincipal(string principal, IReadOnlyList<string> actions) =>
        $"{{\"Effect\":\"Allow\",\"Principal\":{{\"AWS\":{Json(principal)}}},\"Action\":{List(actions)},\"Resource\":\"*\"}}";

    public static string Json(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static string List(IReadOnlyList<string> actions) => $"[{string.Join(',', actions.Select(Json))}]";
}
