namespace CentralOps.Sandbox.Operations;

/// <summary>An error as AWS answers it.</summary>
internal sealed record ServiceError(string Code, string Message, int Status = 400)
{
    /// <summary>Lambda's <c>Reason</c> member, which goes with <see cref="RetryAfterSeconds"/>.</summary>
    public string? Reason { get; init; }

    public int? RetryAfterSeconds { get; init; }

    /// <summary>Headers that go with the error, such as S3's <c>x-amz-bucket-region</c>.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>A defect of the sandbox; its details are in the log.</summary>
    public static ServiceError Internal { get; } = new("InternalFailure", "The request processing has failed because of an unknown error, exception or failure.", 500);
}
