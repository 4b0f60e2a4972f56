namespace CentralOps.Aws.Models;

/// <summary>The service models that are built in: generated, pruned to what is used here, read when first asked for.</summary>
public static class ModelLibrary
{
    /// <param name="name">The endpoint prefix, such as <c>ec2</c>.</param>
    public static ServiceModel Service(string name) => throw new NotSupportedException("Not built yet.");

    public static OperationModel Operation(string service, string operation) => Service(service).Operation(operation);

    /// <summary>Names of the built-in services.</summary>
    public static IReadOnlyList<string> Services => throw new NotSupportedException("Not built yet.");
}
