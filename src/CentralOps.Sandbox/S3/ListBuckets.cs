using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Storage;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.S3;

/// <summary>The buckets of the caller's account in all regions, or in one; all of them unless a page size is asked for.</summary>
internal sealed class ListBuckets(Estate estate, PageTokens tokens) : Operation
{
    private static readonly PageRules Pages = new()
    {
        Limit = "MaxBuckets",
        Token = "ContinuationToken",
        Default = 10_000,
        Max = 10_000,
        BadLimit = static _ => new("InvalidArgument", "Argument max-buckets must be an integer between 1 and 10000"),
        BadToken = new("InvalidArgument", "The continuation token provided is incorrect"),
    };

    public override string Name => "ListBuckets";

    public override string Action => "s3:ListAllMyBuckets";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var (prefix, region) = (call.Text("Prefix") ?? "", call.Text("BucketRegion"));
        var buckets = estate.Buckets(call.Caller.AccountId)
            .Where(bucket => bucket.Name.StartsWith(prefix, StringComparison.Ordinal) && (region is null || string.Equals(region, bucket.Region, StringComparison.Ordinal)))
            .ToArray();
        var (page, error) = Page<Bucket>.Of(call, Pages, $"{Name}/{prefix}/{region}", buckets, tokens);
        return new(page is null ? error! : Written(call, page, prefix));
    }

    private static JsonObject Written(OperationCall call, Page<Bucket> page, string prefix) => new()
    {
        ["Owner"] = new JsonObject { ["ID"] = new Dice(0, "canonical", call.Caller.AccountId).Hex(64) },
        ["Buckets"] = JsonList.Of(page.Items, BucketShape.Of),
        ["ContinuationToken"] = page.Next,
        ["Prefix"] = prefix.Length > 0 ? prefix : null,
    };
}
