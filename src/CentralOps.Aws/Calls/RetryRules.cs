using CentralOps.Aws.Models;

namespace CentralOps.Aws.Calls;

/// <summary>What AWS's standard retry mode has for single services. https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html</summary>
internal static class RetryRules
{
    private static readonly TimeSpan TransientBase = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan DynamoDbBase = TimeSpan.FromMilliseconds(25);

    public static int MaxAttempts(ServiceModel service) => IsDynamoDb(service) ? 4 : 3;

    /// <summary>The bound of the first wait.</summary>
    public static TimeSpan FirstWait(ServiceModel service, bool throttled) =>
        throttled ? Backoff.ThrottlingBase
        : IsDynamoDb(service) ? DynamoDbBase
        : TransientBase;

    /// <summary>Called in a loop by their nature: without the quota they wait too, though they do not retry, or the loop would spin.</summary>
    public static bool IsLongPolling(OperationModel operation) => (operation.Service.ServiceId, operation.Name) is
        ("SQS", "ReceiveMessage") or ("SFN", "GetActivityTask") or ("SWF", "PollForActivityTask" or "PollForDecisionTask");

    private static bool IsDynamoDb(ServiceModel service) => service.ServiceId is "DynamoDB" or "DynamoDB Streams";
}
