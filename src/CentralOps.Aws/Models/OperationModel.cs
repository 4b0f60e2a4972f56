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

    /// <summary>Asked without a signature: the caller is not known yet, or shows another token.</summary>
    public bool Unsigned { get; init; }

    /// <summary>The signature leaves out the body.</summary>
    public bool UnsignedPayload { get; init; }

    /// <summary>Null when requests need no checksum beyond their signature.</summary>
    public ChecksumTraits? Checksum { get; init; }

    /// <summary>Null when answers carry no checksum that a client could ask for.</summary>
    public AnswerChecksumTraits? AnswerChecksum { get; init; }

    /// <summary>Requests of some size are sent gzipped (<c>requestcompression</c>).</summary>
    public bool Gzips { get; init; }

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
/// <param name="OutputTokens">Where in the answer the next page's <paramref name="InputTokens"/> stand, one for one, as botocore writes it.</param>
/// <param name="MoreResults">The answer's member that says whether another page follows; null where the tokens say it themselves.</param>
public sealed record Pagination(
    IReadOnlyList<string> InputTokens, IReadOnlyList<string> OutputTokens, string? LimitKey, IReadOnlyList<string> ResultKeys, string? MoreResults = null);
