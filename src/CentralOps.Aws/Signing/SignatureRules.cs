namespace CentralOps.Aws.Signing;

/// <summary>What a verifier demands.</summary>
public sealed record SignatureRules
{
    /// <summary>Services that may stand in the scope; null admits any (a sandbox routes by it).</summary>
    public IReadOnlyList<string>? Services { get; init; }

    public string? Region { get; init; }

    /// <summary>How far the request's date may be off.</summary>
    public TimeSpan MaxSkew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Takes <c>UNSIGNED-PAYLOAD</c>. Off: without it a body could be changed under a valid signature. S3 takes it whatever this says.</summary>
    public bool AllowUnsignedPayload { get; init; }

    /// <summary>Null: as the service in the scope does it (see <see cref="SigningScope.NormalizePath"/>).</summary>
    public bool? NormalizePath { get; init; }

    /// <summary>Null: as the service in the scope does it (see <see cref="SigningScope.DoubleEncodePath"/>).</summary>
    public bool? DoubleEncodePath { get; init; }
}
