using CentralOps.Proxy.Upstreams;
using CentralOps.Text.Shaping;

namespace CentralOps.Proxy.Wrapping;

/// <summary>What the wrapper itself says, in one place.</summary>
internal static class WrapperWords
{
    public const string BadArguments = "[arguments] The arguments are not a JSON object with each member once, 64 deep at most. Correct the arguments.";

    public const string Instructions =
        "Tools of an MCP server that run in any account of the organization: name the account of each call in the argument that a tool's schema requires for it. Every session is held to reading, without secrets.";

    public static string NoAccount(string argument, string tool) =>
        $"[arguments] '{argument}' is missing: {ForeignText.Line(tool, 128)} works in one account. Name it by its 12-digit id, such as \"222222222222\", or its whole name; list_accounts has them.";

    public static string OutOfTime(UpstreamAddress address, TimeSpan allowed) => string.Create(
        null, $"[deadline] The MCP server at {address.Host} had not answered in the {allowed.TotalSeconds:0.#} s that the function had left. Ask for less at once, or give the function a longer timeout.");

    public static string Refused(UpstreamAddress address, string reason) => $"[upstream] The MCP server at {address.Host} refused the call: {reason.TrimEnd('.')}.";

    public static string TooLarge(int bytes) => string.Create(null, $"[too_large] The answer has {bytes} bytes, and Lambda passes on 6 MB. Ask for less at once.");
}
