using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Control;

/// <summary>How an operation ended.</summary>
internal readonly record struct ControlResult
{
    private ControlResult(JsonObject? answer, ControlError? error) => (Answer, Error) = (answer, error);

    /// <summary>Others changed what the operation had read: it begins anew.</summary>
    public static ControlResult Again { get; }

    public JsonObject? Answer { get; }

    public ControlError? Error { get; }

    public bool IsAgain => Answer is null && Error is null;

    public static implicit operator ControlResult(JsonObject answer) => new(answer, null);

    public static implicit operator ControlResult(ControlError error) => new(null, error);
}
