using System.Text.Json;

namespace CentralOps.Proxy.Wrapping;

/// <summary>
/// Whether a tool works in an account. A tool that does is run as the role of the account that the call names; one that does not runs as the function's own
/// confined role. It is learnt from the server's list: a tool that says of itself both that it only reads (<c>readOnlyHint</c>) and that it reaches nothing
/// outside its server (<c>openWorldHint: false</c>) needs none. What says less needs one, whatever it is called: the mistake then costs a needless argument, and
/// never an answer about the wrong account. A setting may name tools on top of that.
/// </summary>
internal static class AccountNeed
{
    public static bool Of(JsonElement tool, string name, IReadOnlySet<string> without) =>
        !without.Contains(name) && !(Says(tool, "readOnlyHint", JsonValueKind.True) && Says(tool, "openWorldHint", JsonValueKind.False));

    private static bool Says(JsonElement tool, string hint, JsonValueKind value) =>
        tool.TryGetProperty("annotations", out var annotations) && annotations.ValueKind == JsonValueKind.Object
        && annotations.TryGetProperty(hint, out var said) && said.ValueKind == value;
}
