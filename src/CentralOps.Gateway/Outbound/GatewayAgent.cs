namespace CentralOps.Gateway.Outbound;

/// <summary>How the gateway names itself to others.</summary>
internal static class GatewayAgent
{
    public const string Name = "CentralOps-Gateway";

    public static string Version { get; } = typeof(GatewayAgent).Assembly.GetName().Version?.ToString(2) ?? "0";

    /// <summary>On every request: some servers and firewalls refuse requests without one.</summary>
    public static string UserAgent { get; } = $"{Name}/{Version}";
}
