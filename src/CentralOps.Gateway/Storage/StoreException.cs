namespace CentralOps.Gateway.Storage;

/// <summary>The database does not answer, or does not take what it has to. The message is for operators: it names no password and no user.</summary>
public sealed class StoreException : Exception
{
    public StoreException(string message)
        : base(message)
    {
    }

    public StoreException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
