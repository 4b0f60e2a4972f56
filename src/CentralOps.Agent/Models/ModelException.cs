namespace CentralOps.Agent.Models;

/// <summary>
/// A model did not answer. The message is for people: it names the provider and the model, holds no secret, and what the provider said is in it
/// shaped and cut. The contract of a chat client has no value for this, so it is thrown.
/// </summary>
public sealed class ModelException(ModelProblem problem, string message, string remedy) : Exception(message)
{
    public ModelProblem Problem => problem;

    /// <summary>What to do about it, in a sentence or two.</summary>
    public string Remedy => remedy;

    /// <summary>The provider's id of the request, for its support; null where there was none.</summary>
    public string? RequestId { get; init; }

    /// <summary>What the provider asked to wait; null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A fault in the middle of an answer, of the kind that passes: asked again, the model may answer.</summary>
    internal bool MayPass { get; init; }
}
