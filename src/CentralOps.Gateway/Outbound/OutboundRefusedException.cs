namespace CentralOps.Gateway.Outbound;

/// <summary>
/// A host that may not be called. HTTP handlers wrap it: look among the inner exceptions with <see cref="In"/>. The message is for people, and
/// says what kind of address it was, never which one.
/// </summary>
public sealed class OutboundRefusedException : Exception
{
    public OutboundRefusedException()
    {
    }

    public OutboundRefusedException(string message)
        : base(message)
    {
    }

    public OutboundRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <returns>The refusal that a request failed with; null where it failed otherwise.</returns>
    public static OutboundRefusedException? In(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            if (fault is OutboundRefusedException refusal)
            {
                return refusal;
            }
        }

        return null;
    }
}
