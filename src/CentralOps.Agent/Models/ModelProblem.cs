namespace CentralOps.Agent.Models;

/// <summary>Why a model did not answer. Each has its words and its remedy in <see cref="ModelWords"/>.</summary>
public enum ModelProblem
{
    /// <summary>No key, or none that the provider takes.</summary>
    Credentials,

    /// <summary>The provider knows who asks, and says no.</summary>
    AccessDenied,

    /// <summary>The model is there, but has not been enabled for the account.</summary>
    ModelNotEnabled,

    /// <summary>Bedrock serves the model through inference profiles only.</summary>
    NeedsInferenceProfile,

    /// <summary>The provider has no such model, or not in this region.</summary>
    UnknownModel,

    /// <summary>The model cannot use tools, or not while it streams.</summary>
    ToolsUnsupported,

    /// <summary>The conversation does not fit into the model.</summary>
    TooLong,

    /// <summary>The provider found something wrong with the request.</summary>
    Rejected,

    /// <summary>Credit or a quota that waiting for seconds does not bring back.</summary>
    Quota,

    /// <summary>Too much was asked at once, and still was after the retries.</summary>
    Throttled,

    /// <summary>A fault of the provider's, and still after the retries.</summary>
    Unavailable,

    /// <summary>There is no way to the provider: name, connection, TLS, or a region or endpoint that is none.</summary>
    Unreachable,

    /// <summary>Nothing came for too long.</summary>
    TimedOut,

    /// <summary>What came is not in the provider's protocol, or broke off.</summary>
    Broken,

    /// <summary>The answer is larger than what is read of one.</summary>
    TooLarge,
}
