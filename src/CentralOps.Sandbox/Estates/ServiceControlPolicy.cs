namespace CentralOps.Sandbox.Estates;

/// <summary>A service control policy; <paramref name="Document"/> is JSON text.</summary>
internal sealed record ServiceControlPolicy(string Id, string Name, string Document)
{
    /// <summary>What AWS Organizations attaches to everything until somebody takes it off.</summary>
    public static ServiceControlPolicy FullAccess { get; } = new(
        "p-FullAWSAccess", "FullAWSAccess", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""");
}
