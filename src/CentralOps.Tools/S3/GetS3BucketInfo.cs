using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Projections;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Resources;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools.S3;

/// <summary>What S3 tells of one bucket through an operation each, asked at once in the bucket's own region; a part that fails is told beside the rest.</summary>
internal sealed class GetS3BucketInfo : ThingTool
{
    private const string Location = "s3:GetBucketLocation";

    private static readonly TextArgument Bucket = new("bucket", "The bucket's name.") { IsRequired = true, MaxLength = BucketName.MaxLength, Check = BucketName.Check };

    private static readonly BucketPart[] Parts =
    [
        Part("GetBucketTagging", "NoSuchTagSet", null, Field.TagMap("TagSet", "Tags")),
        Part("GetBucketVersioning", null, "Enabled or Suspended; null where it never was enabled.", Field.Value("Status", "Versioning")),
        Part("GetBucketEncryption", "ServerSideEncryptionConfigurationNotFoundError", "Default encryption.", Field.Value("ServerSideEncryptionConfiguration.Rules", "Encryption")),
        Part("GetPublicAccessBlock", "NoSuchPublicAccessBlockConfiguration", "Null where the bucket has none of its own.", Field.Value("PublicAccessBlockConfiguration", "PublicAccessBlock")),
        Part("GetBucketPolicyStatus", "NoSuchBucketPolicy", "Whether the bucket's policy makes it public; null where it has none.", Field.Value("PolicyStatus")),
    ];

    public override string Name => "get_s3_bucket_info";

    public override string Subject => "s3";

    private protected override IReadOnlyList<string> OwnOperations { get; } = [Location, .. Parts.Select(static part => part.Resource.Operation)];

    private protected override string Noun => "bucket";

    private protected override string Description =>
        "Get one S3 bucket's region, tags, versioning, default encryption, public access block and whether its policy makes it public. Read-only.";

    private protected override string Example => """{"account_id": "222222222222", "bucket": "prod-assets-222222222222-us-east-1"}""";

    private protected override Argument? Region { get; } = RegionArgument.Filter("The bucket's region where it is known; it is found where not.", member: null);

    private protected override IReadOnlyList<Argument> Own { get; } = [Bucket];

    private protected override JsonObject ThingSchema() => AnswerSchema.Object(
    [
        ("Name", AnswerSchema.Text()),
        ("BucketRegion", AnswerSchema.OptionalText("Null where it may not be read.")),
        .. Parts.SelectMany(static part => part.Resource.Schema()["properties"]!.AsObject().Select(static property => (property.Key, property.Value!.DeepClone().AsObject()))),
    ]);

    private protected override async Task<ThingRead> ReadAsync(PlaceAsked place, CancellationToken cancellationToken)
    {
        // 1. Where is it? This is answered in any region.
        var (door, setting) = (place.Door!, place.Setting);
        var bucket = place.Arguments.Of(Bucket)!;
        var located = await AskAsync(door, Location, bucket, cancellationToken);
        if (located.Refusal is { } refusal and not Refusal.OperationDenied)
        {
            return ThingRead.Refused(refusal);
        }

        var region = located.Refusal is null ? RegionOf(located.Text("LocationConstraint")) : null;

        // 2. A door there, for the same session.
        if (region is not null && RegionName.TryParse(region, out var own))
        {
            setting.Place.Region = own;
            var opened = await setting.Services.WayIn.OpenAsync(door.Account, own, setting.Use, cancellationToken);
            if (opened.Door is null)
            {
                return ThingRead.Refused(opened.Refusal!);
            }

            door = opened.Door;
        }

        // 3. Every part at once.
        var answers = new WholeAnswer[Parts.Length];
        await Abreast.RunAsync(Parts.Length, Parts.Length, async index =>
            answers[index] = await AskAsync(door, Parts[index].Resource.Operation, bucket, cancellationToken), cancellationToken);

        // 4. What failed is told beside the rest, if there is a rest.
        var failures = new List<Failure>();
        if (located.Refusal is { } unlocated)
        {
            failures.Add(new Failure("BucketRegion", unlocated));
        }

        for (var index = 0; index < Parts.Length; index++)
        {
            if (answers[index].Refusal is { } failed && !Parts[index].IsNotSet(failed))
            {
                failures.Add(new Failure(Parts[index].Resource.Fields[0].Name, failed));
            }
        }

        if (failures.Count > Parts.Length)
        {
            return ThingRead.Refused(failures[0].Refusal);
        }

        return Of(json => WriteBucket(bucket, region, answers, json), failures);
    }

    private static void WriteBucket(string bucket, string? region, WholeAnswer[] answers, Utf8JsonWriter json)
    {
        json.WriteString("Name"u8, bucket);
        json.WriteString("BucketRegion"u8, region);
        for (var index = 0; index < Parts.Length; index++)
        {
            ResourceWriter.WriteFields(answers[index].Json, Parts[index].Resource.Fields, json);
        }
    }

    // The owner is said with every call: a bucket of that name that belongs to somebody else is not asked.
    private static Task<WholeAnswer> AskAsync(OpenAccount door, string operation, string bucket, CancellationToken cancellationToken) =>
        WholeAnswer.AskAsync(
            door,
            operation,
            json =>
            {
                json.WriteString("Bucket"u8, bucket);
                json.WriteString("ExpectedBucketOwner"u8, door.Id.ToString());
            },
            cancellationToken);

    /// <summary>Buckets of the first region have no constraint, and the oldest European ones an old word for it.</summary>
    private static string RegionOf(string? constraint) => constraint switch
    {
        null or "" => "us-east-1",
        "EU" => "eu-west-1",
        _ => constraint,
    };

    private static BucketPart Part(string operation, string? notSet, string? words, Field field) => new(
        new Resource("bucket", "s3:" + operation, "")
        {
            Fields = [field],
            Words = words is null ? System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty : new Dictionary<string, string>(StringComparer.Ordinal) { [field.Name] = words },
        },
        notSet);
}
