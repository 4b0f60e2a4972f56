using CentralOps.Sandbox.Estates.Storage;
using CentralOps.Sandbox.Policies;
using CentralOps.Sandbox.S3;

namespace CentralOps.Sandbox.Estates.Files;

/// <summary>S3 buckets.</summary>
internal static class BucketReader
{
    public static IReadOnlyList<Bucket> Read(Section region, DeclaredPlace place, BucketNames names)
    {
        List<Bucket> buckets = [];
        foreach (var section in DeclaredPlace.Named(region, "s3", BucketName.IsValid, "a bucket name: 3 to 63 lower-case letters, digits, dots and hyphens"))
        {
            var name = section.Text("name", "");
            names.Take(section, name, place.Account.Id);
            var versioning = section.OneOf("versioning", "never", "never", "Enabled", "Suspended");
            var policy = PolicySection.Document(section, "policy", PolicyKind.Resource);
            buckets.Add(new Bucket(name, place.Account.Id, place.Region)
            {
                CreatedAt = section.Time("created", DeclaredPlace.Made),
                Encryption = section.OneOf("encryption", "AES256", "AES256", "aws:kms"),
                Versioning = versioning is "never" ? null : versioning,
                BlocksPublicAccess = section.OneOf("public_access_block", "true", "true", "false", "never") switch { "true" => true, "false" => false, _ => null },
                Policy = policy,
                PolicyIsPublic = section.Flag("public", otherwise: false),
                Tags = DeclaredPlace.Tags(section),
            });
        }

        return buckets;
    }
}
