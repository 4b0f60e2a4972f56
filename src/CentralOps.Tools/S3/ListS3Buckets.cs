using CentralOps.Aws.Projections;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.S3;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html</summary>
internal sealed class ListS3Buckets : ListingTool
{
    public override string Name => "list_s3_buckets";

    public override string Subject => "s3";

    private protected override string Description =>
        "List the S3 buckets of one AWS account, in all regions or in one: name, region, creation date. Read-only.";

    private protected override string Example => """{"account_id": "222222222222"}""";

    // AWS lists the buckets of one region at that region's endpoint only, which is where a given region is asked.
    private protected override Argument? Region { get; } = RegionArgument.Filter("Only buckets in this region; all regions when left out.", member: "BucketRegion");

    private protected override IReadOnlyList<Argument> Own { get; } =
    [
        new TextArgument("prefix", "Only buckets whose names begin with this.") { Member = "Prefix", MaxLength = 63 },
    ];

    private protected override Resource Resource { get; } = new("bucket", "s3:ListBuckets", "Buckets")
    {
        Fields = [Field.Value("Name"), Field.Value("BucketRegion"), Field.Value("CreationDate")],
        PageSize = (1, 1000),
    };
}
