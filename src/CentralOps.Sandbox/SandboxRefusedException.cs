namespace CentralOps.Sandbox;

/// <summary>The sandbox does not do that; the message names the member that does not fit, and the repair.</summary>
public sealed class SandboxRefusedException(string message) : Exception(message);
