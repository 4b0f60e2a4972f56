namespace CentralOps.Aws.Protocols;

/// <summary>An input that does not fit the operation's model. The message names the member and what to do about it.</summary>
public sealed class InputException(string message, Exception? inner = null) : ArgumentException(message, inner);
