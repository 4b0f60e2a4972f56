namespace CentralOps.Sandbox.CloudWatch.Expressions;

/// <summary>A metric math expression that cannot be read or worked out; the message says why.</summary>
internal sealed class ExpressionException(string message) : Exception(message);
