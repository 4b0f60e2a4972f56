namespace CentralOps.Aws.Models;

/// <summary>One operation: how it is asked and what it answers.</summary>
public sealed class OperationModel
{
    private Shape? _output;

    public required ServiceModel Service { get; init; }

    public required string Name { get; init; }

    public string Method { get; init; } = "POST";

    /// <summary>URI template, such as <c>/2015-03-31/functions/{FunctionName}/invocations</c>.</summary>
    public string RequestUri { get; init; } = "/";

    public int ResponseCode { get; init; } = 200;

    public Shape? Input { get; init; }

    /// <summary>The root element of the input as an XML body, where the model names it.</summary>
    public string? InputName { get; init; }

    public XmlNamespace? InputNamespace { get; init; }

    public Shape? Output
    {
        get => _output;
        init => _output = value;
    }

    /// <summary>The element that wraps an awsQuery result.</summary>
    public string? ResultWrapper { get; init; }

    /// <summary>What the operation puts before the host, with <c>{Member}</c> labels.</summary>
    public string? HostPrefix { get; init; }

    /// <summary>Another one took its place, maybe with the same method and path.</summary>
    public bool Deprecated { get; init; }

    /// <summary>Asked without a signature: a token among the members tells who asks.</summary>
    public bool Unsigned { get; init; }

    /// <summary>Null when requests need no checksum beyond their signature.</summary>
    public ChecksumTraits? Checksum { get; init; }

    public IReadOnlyList<ErrorModel> Errors { get; init; } = [];

    public Pagination? Pagination { get; init; }

    /// <summary>The same operation, of whose answer less is known.</summary>
    internal OperationModel WithOutput(Shape output)
    {
        var copy = (OperationModel)MemberwiseClone();
        copy._output = output;
        return copy;
    }

    /// <summary>As <c>service:Operation</c>.</summary>
    public override string ToString() => $"{Service.Name}:{Name}";
}

/// <summary>An error that an operation declares.</summary>
/// <param name="Code">As it is on the wire.</param>
/// <param name="Status">HTTP status; 400 or 500 by fault when the model gives none.</param>
public sealed record ErrorModel(string Code, int Status, bool SenderFault, Shape Shape);

/// <summary>How an operation pages.</summary>
public sealed record Pagination(
    IReadOnlyList<string> InputTokens, IReadOnlyList<string> OutputTokens, string? LimitKey, IReadOnlyList<string> ResultKeys);
