namespace CentralOps.Gateway;

/// <summary>A gateway that does not start; the message is for the person who started it, and says what to change.</summary>
public sealed class GatewayStartException : Exception
{
    public GatewayStartException(string message)
        : base(message)
    {
    }

    public GatewayStartException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
