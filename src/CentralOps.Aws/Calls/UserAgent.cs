using System.Runtime.InteropServices;

namespace CentralOps.Aws.Calls;

/// <summary>The User-Agent as AWS's SDKs lay it out; CloudTrail records it, so our request id is found there.</summary>
internal sealed class UserAgent
{
    private const int MaxValueLength = 64;

    private readonly string _client;
    private readonly string _end;

    public UserAgent(string applicationId)
    {
        var version = typeof(UserAgent).Assembly.GetName().Version?.ToString(3) ?? "0";
        _client = $"centralops/{version} ua/2.1 os/{System} md/arch#{Processor} lang/.net#{Environment.Version.ToString(2)}";
        _end = $" cfg/retry-mode#standard{(applicationId.Length > 0 ? $" app/{Token(applicationId)}" : "")}";
    }

    private static string System =>
        OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "macos" : OperatingSystem.IsWindows() ? "windows" : "other";

    private static string Processor => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "x86_64",
        Architecture.Arm64 => "aarch64",
        _ => "other",
    };

    public string For(string? requestId) => string.IsNullOrEmpty(requestId) ? _client + _end : $"{_client} md/request#{Token(requestId)}{_end}";

    /// <summary>What may stand in a product token (RFC 9110), less the number sign that separates here; all else becomes a hyphen.</summary>
    private static string Token(string text) =>
        string.Create(Math.Min(text.Length, MaxValueLength), text, static (into, from) =>
        {
            for (var at = 0; at < into.Length; at++)
            {
                into[at] = char.IsAsciiLetterOrDigit(from[at]) || "!$%&'*+-.^_`|~".Contains(from[at]) ? from[at] : '-';
            }
        });
}
