using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Control.Policies;

/// <summary>PutResourcePolicy, GetResourcePolicy, DeleteResourcePolicy: kept for gateways, and not enforced yet.</summary>
internal static class PolicyOperations
{
    private const int MaxDepth = 32;

    public static async ValueTask<ControlResult> PutAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        var (arn, policy) = (call.Text("resourceArn"), call.Text("policy"));
        if (!IsPolicy(policy))
        {
            return ControlError.Invalid("policy", "The policy is not a JSON object with a Statement");
        }

        if (await OwnerAsync(context, arn, cancellationToken) is not { } owner)
        {
            return ControlError.NotFound("Resource", arn);
        }

        var body = new JsonObject { ["policy"] = policy };
        var existing = await context.FindAsync(Kinds.Policy, arn, cancellationToken);
        var write = existing?.Updated(body) ?? new StoreWrite.Insert(Kinds.Policy, arn, "", null, Resource.Bytes(body));
        return await context.CommitAsync(call, [owner.Unchanged(), write], body, whenFull: null, cancellationToken);
    }

    public static async ValueTask<ControlResult> GetAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        await context.FindAsync(Kinds.Policy, call.Text("resourceArn"), cancellationToken) is { } policy ? policy.Body : NotFound(call);

    public static async ValueTask<ControlResult> DeleteAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        await context.FindAsync(Kinds.Policy, call.Text("resourceArn"), cancellationToken) is { } policy
            ? await context.CommitAsync(call, [policy.Deleted()], [], whenFull: null, cancellationToken)
            : NotFound(call);

    private static ControlError NotFound(ControlCall call) => ControlError.NotFound("Resource policy of", call.Text("resourceArn"));

    private static async ValueTask<Resource?> OwnerAsync(ControlContext context, string arn, CancellationToken cancellationToken) =>
        context.Arns.Resource(arn) is (Kinds.Gateway, var id) ? await context.FindAsync(Kinds.Gateway, id, cancellationToken) : null;

    private static bool IsPolicy(string text)
    {
        try
        {
            using var policy = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return policy.RootElement.ValueKind == JsonValueKind.Object && policy.RootElement.TryGetProperty("Statement"u8, out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
