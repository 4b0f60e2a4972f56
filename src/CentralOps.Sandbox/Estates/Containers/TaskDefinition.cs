namespace CentralOps.Sandbox.Estates.Containers;

/// <summary>A revision of a task definition, with one container.</summary>
internal sealed record TaskDefinition(string Family, int Revision, string Image)
{
    public int Cpu { get; init; } = 256;

    public int MemoryMb { get; init; } = 512;

    public int Port { get; init; } = 8080;

    public bool Active { get; init; } = true;

    public string Compatibility { get; init; } = "FARGATE";

    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Values among them that are secrets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Names of variables that are taken from Secrets Manager.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    public string Name => $"{Family}:{Revision}";
}
