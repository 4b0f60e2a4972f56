using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.Tests.Clients;

internal static partial class Cases
{
    private static IReadOnlyList<ClientCase> Rds
    {
        get
        {
            var (instances, clusters) = (Production.DatabaseInstances, Production.DatabaseClusters);
            var member = instances.First(instance => instance.ClusterId is not null);
            return
            [
                new("rds", "DescribeDBInstances") { Judge = Tells("DBInstances", "DBInstanceIdentifier", instances.Select(instance => instance.Id)) },
                new("rds", "DescribeDBInstances") { PageSize = 20, Judge = Counts("DBInstances", instances.Count) },
                new("rds", "DescribeDBInstances", $$"""{"DBInstanceIdentifier": "{{member.Id.ToUpperInvariant()}}"}""") { Judge = Tells("DBInstances", "DBInstanceIdentifier", [member.Id]) },
                new("rds", "DescribeDBInstances", $$"""{"DBInstanceIdentifier": "arn:aws:rds:us-east-1:222222222222:db:{{member.Id}}"}""") { Judge = Tells("DBInstances", "DBInstanceIdentifier", [member.Id]) },
                new("rds", "DescribeDBInstances", Filter("db-cluster-id", member.ClusterId!)) { Judge = Counts("DBInstances", instances.Count(instance => instance.ClusterId == member.ClusterId)) },
                new("rds", "DescribeDBInstances", Filter("db-cluster-id", $"arn:aws:rds:us-east-1:222222222222:cluster:{member.ClusterId}")) { Judge = Counts("DBInstances", instances.Count(instance => instance.ClusterId == member.ClusterId)) },
                new("rds", "DescribeDBInstances", Filter("engine", "mysql", "postgres")) { Judge = Counts("DBInstances", instances.Count(instance => instance.Engine.Name is "mysql" or "postgres")) },
                new("rds", "DescribeDBInstances", Filter("status", "available")) { Error = "InvalidParameterValue" },
                new("rds", "DescribeDBInstances", """{"DBInstanceIdentifier": "nothing"}""") { Error = "DBInstanceNotFound" },
                new("rds", "DescribeDBInstances", """{"MaxRecords": 19}""") { Error = "InvalidParameterValue" },
                new("rds", "DescribeDBInstances", """{"Marker": "nonsense"}""") { Error = "InvalidParameterValue" },
                new("rds", "DescribeDBInstances") { Account = DefaultOrganization.PaymentsId, Error = "AccessDenied" },
                new("rds", "DescribeDBClusters") { Judge = Tells("DBClusters", "DBClusterIdentifier", clusters.Select(cluster => cluster.Id)) },
                new("rds", "DescribeDBClusters", Filter("engine", clusters[0].Engine.Name)) { Judge = Counts("DBClusters", clusters.Count(cluster => cluster.Engine == clusters[0].Engine)) },
                new("rds", "DescribeDBClusters", """{"DBClusterIdentifier": "nothing"}""") { Error = "DBClusterNotFoundFault" },
            ];
        }
    }

    private static IReadOnlyList<ClientCase> S3
    {
        get
        {
            var buckets = Estate.Default.Buckets("222222222222");
            var here = buckets.Where(bucket => bucket.Region == "us-east-1").ToArray();
            var elsewhere = buckets.First(bucket => bucket.Region == "eu-west-1");
            var tagged = here.First(bucket => bucket.Tags.Count > 0);
            var locked = here.First(bucket => bucket.Encryption == "aws:kms");
            var versioned = Estate.Default.Accounts.SelectMany(account => Estate.Default.Buckets(account.Id)).First(bucket => bucket.Versioning == "Enabled" && bucket.AccountId is "222222222222" or "333333333333");
            var open = Estate.Default.Accounts.Take(5).SelectMany(account => Estate.Default.Buckets(account.Id)).First(bucket => bucket.PolicyIsPublic && bucket.AccountId is not "111111111111");
            var stranger = Estate.Default.Buckets("333333333333")[0];
            return
            [
                new("s3", "ListBuckets") { Judge = Tells("Buckets", "Name", buckets.Select(bucket => bucket.Name)) },
                new("s3", "GetBucketLocation", Bucket(here[0].Name)),
                new("s3", "GetBucketLocation", Bucket(elsewhere.Name)) { Judge = Is("LocationConstraint", "eu-west-1") },
                new("s3", "GetBucketTagging", Bucket(tagged.Name)) { Judge = Holds("TagSet", "Value", tagged.Tags.Select(tag => tag.Value)) },
                new("s3", "GetBucketTagging", Bucket(here.First(bucket => bucket.Tags.Count == 0).Name)) { Error = "NoSuchTagSet" },
                new("s3", "GetBucketTagging", Bucket(elsewhere.Name)) { Region = "eu-west-1" },
                new("s3", "GetBucketTagging", Bucket("no-such-bucket-anywhere")) { Error = "NoSuchBucket" },
                new("s3", "GetBucketTagging", Bucket(stranger.Name)) { Region = stranger.Region, Error = "AccessDenied" },
                new("s3", "GetBucketTagging", $$"""{"Bucket": "{{tagged.Name}}", "ExpectedBucketOwner": "333333333333"}""") { Error = "AccessDenied" },
                new("s3", "GetBucketEncryption", Bucket(locked.Name)) { Judge = answer => answer.GetProperty("ServerSideEncryptionConfiguration").GetProperty("Rules")[0].GetProperty("ApplyServerSideEncryptionByDefault").GetProperty("SSEAlgorithm").GetString().ShouldBe("aws:kms") },
                new("s3", "GetBucketVersioning", Bucket(versioned.Name)) { Account = versioned.AccountId, Region = versioned.Region, Judge = Is("Status", "Enabled") },
                new("s3", "GetPublicAccessBlock", Bucket(here.First(bucket => bucket.BlocksPublicAccess == true).Name)) { Judge = answer => answer.GetProperty("PublicAccessBlockConfiguration").GetProperty("BlockPublicAcls").GetBoolean().ShouldBeTrue() },
                new("s3", "GetBucketPolicyStatus", Bucket(open.Name)) { Account = open.AccountId, Region = open.Region, Judge = answer => answer.GetProperty("PolicyStatus").GetProperty("IsPublic").GetBoolean().ShouldBeTrue() },
                new("s3", "GetBucketPolicyStatus", Bucket(here.First(bucket => bucket.Policy is null).Name)) { Error = "NoSuchBucketPolicy" },
                new("s3", "HeadBucket", Bucket(here[0].Name)),
                new("s3", "HeadBucket", Bucket("no-such-bucket-anywhere")) { Error = "404" },
            ];

            static string Bucket(string name) => $$"""{"Bucket": "{{name}}"}""";
        }
    }
}
