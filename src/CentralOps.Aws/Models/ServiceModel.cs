using System.Diagnostics.CodeAnalysis;
using CentralOps.Aws.Models.Smithy;

namespace CentralOps.Aws.Models;

/// <summary>One AWS service as its API model describes it. Immutable; operations and shapes are read when they are first asked for.</summary>
public sealed class ServiceModel
{
    /// <summary>
    /// What the AWS CLI calls the service, such as <c>cloudwatch</c> or <c>sso-oidc</c>: its name in the library that it
    /// was read from, or else its endpoint prefix.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>Such as <c>EC2</c>: the id that SDKs put into <c>AWS_ENDPOINT_URL_EC2</c>.</summary>
    public required string ServiceId { get; init; }

    public required string ApiVersion { get; init; }

    /// <summary>First label of the regional host name, such as <c>ec2</c>.</summary>
    public required string EndpointPrefix { get; init; }

    /// <summary>The service in a signature's credential scope.</summary>
    public required string SigningName { get; init; }

    /// <summary>Every protocol the service answers, the preferred one first.</summary>
    public required IReadOnlyList<ProtocolKind> Protocols { get; init; }

    public ProtocolKind Protocol => Protocols[0];

    /// <summary>What stands before the dot in <c>X-Amz-Target</c>; null outside awsJson.</summary>
    public string? TargetPrefix { get; init; }

    public string? XmlNamespace { get; init; }

    /// <summary>The one host of a service that has no regional ones.</summary>
    public string? GlobalEndpoint { get; init; }

    /// <summary>Once spoke awsQuery: requests say <c>x-amzn-query-mode</c>, and errors carry the old code in <c>x-amzn-query-error</c>.</summary>
    public bool QueryCompatible { get; init; }

    public IReadOnlyCollection<string> OperationNames => Source?.OperationNames ?? [];

    internal ModelSource? Source { get; init; }

    public OperationModel Operation(string name) =>
        TryGetOperation(name, out var operation)
            ? operation
            : throw new ArgumentException($"The model of {ServiceId} has no operation '{name}'.", nameof(name));

    public bool TryGetOperation(string name, [NotNullWhen(true)] out OperationModel? operation)
    {
        operation = null;
        return Source is not null && Source.TryGetOperation(this, name, out operation);
    }

    /// <summary>Reads AWS's API description format: botocore's <c>service-2.json</c> or the minified form of npm <c>aws-sdk</c>.</summary>
    /// <param name="json">Kept, and read from as operations are asked for: do not change it afterwards.</param>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <exception cref="FormatException">The bytes are not such a description.</exception>
    public static ServiceModel Read(ReadOnlyMemory<byte> json, string? name = null) => MetadataReader.Read(ModelSource.Open(json), name);

    internal static ServiceModel ReadLines(ReadOnlyMemory<byte> json, string name) => MetadataReader.Read(ModelSource.OpenLines(json), name);

    /// <summary>Reads a service from a Smithy 2.0 JSON AST, the form in which AWS publishes its models now.</summary>
    /// <param name="service">The service's shape id; null where the model has one only.</param>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <exception cref="FormatException">The bytes are not such a model, or what the service reaches is not whole. Says where.</exception>
    public static ServiceModel ReadSmithy(ReadOnlyMemory<byte> json, string? service = null, string? name = null) => SmithyReader.Read(json.Span, service, name);

    public override string ToString() => ServiceId;
}
