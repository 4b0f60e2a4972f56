using System.Text.Json.Nodes;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Control.Tags;

/// <summary>TagResource, UntagResource, ListTagsForResource.</summary>
internal static class TagOperations
{
    public static async ValueTask<ControlResult> TagAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        var arn = call.Text("resourceArn");
        if (await OwnerAsync(context, arn, cancellationToken) is not { } owner)
        {
            return ControlError.NotFound("Resource", arn);
        }

        var (tags, existing) = await ReadAsync(context, arn, cancellationToken);
        foreach (var (key, value) in call.Input["tags"]!.AsObject())
        {
            tags[key] = value!.DeepClone();
        }

        if (tags.Count > ControlLimits.MaxTags)
        {
            return ControlError.Quota("tags on a resource", ControlLimits.MaxTags);
        }

        return await context.CommitAsync(
            call, [owner.Unchanged(), existing?.Updated(tags) ?? New(arn, tags)], [], whenFull: null, cancellationToken);
    }

    public static async ValueTask<ControlResult> UntagAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        var arn = call.Text("resourceArn");
        if (await OwnerAsync(context, arn, cancellationToken) is null)
        {
            return ControlError.NotFound("Resource", arn);
        }

        var (tags, existing) = await ReadAsync(context, arn, cancellationToken);
        foreach (var key in call.Input.TextsAt("tagKeys"))
        {
            tags.Remove(key);
        }

        return existing is null ? new JsonObject() : await context.CommitAsync(call, [existing.Updated(tags)], [], whenFull: null, cancellationToken);
    }

    public static async ValueTask<ControlResult> ListAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        var arn = call.Text("resourceArn");
        return await OwnerAsync(context, arn, cancellationToken) is null
            ? ControlError.NotFound("Resource", arn)
            : new JsonObject { ["tags"] = (await ReadAsync(context, arn, cancellationToken)).Tags };
    }

    /// <summary>Tags that a resource is created with.</summary>
    public static void Attach(string arn, JsonNode? tags, List<StoreWrite> writes)
    {
        if (tags is JsonObject { Count: > 0 } given)
        {
            writes.Add(New(arn, given));
        }
    }

    /// <summary>What goes away with a resource: its tags and its policy.</summary>
    public static async ValueTask DetachAsync(ControlContext context, string arn, List<StoreWrite> writes, CancellationToken cancellationToken)
    {
        foreach (var kind in (string[])[Kinds.Tags, Kinds.Policy])
        {
            if (await context.Store.FindAsync(kind, arn, cancellationToken) is { } document)
            {
                writes.Add(new StoreWrite.Delete(kind, arn, document.Version));
            }
        }
    }

    private static StoreWrite.Insert New(string arn, JsonNode tags) => new(Kinds.Tags, arn, "", null, Resource.Bytes(tags));

    private static async ValueTask<Resource?> OwnerAsync(ControlContext context, string arn, CancellationToken cancellationToken) =>
        context.Arns.Resource(arn) is var (kind, id) ? await context.FindAsync(kind, id, cancellationToken) : null;

    private static async ValueTask<(JsonObject Tags, Resource? Existing)> ReadAsync(ControlContext context, string arn, CancellationToken cancellationToken)
    {
        var existing = await context.FindAsync(Kinds.Tags, arn, cancellationToken);
        return (existing?.Body ?? [], existing);
    }
}
