using CentralOps.Aws.Models;
using CentralOps.Sandbox.Ec2;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Identity;
using CentralOps.Sandbox.Lambda;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Organizations;
using CentralOps.Sandbox.Rds;
using CentralOps.Sandbox.S3;

namespace CentralOps.Sandbox.Front;

/// <summary>The services of the sandbox, with every operation that they have here.</summary>
internal static class Services
{
    public static IReadOnlyList<Service> Of(Estate estate, IdentityDirectory directory, AccessKeyStore keys, FunctionRegistry functions)
    {
        var tokens = new PageTokens();
        return
        [
            new(ModelLibrary.Service("sts"), ErrorDialect.Query, new AssumeRole(estate, directory, keys), new GetCallerIdentity()),
            new(
                ModelLibrary.Service("ec2"),
                ErrorDialect.Ec2,
                new DescribeAvailabilityZones(estate, tokens),
                new DescribeInstanceAttribute(estate),
                new DescribeInstances(estate, tokens),
                new DescribeLaunchTemplateVersions(estate, tokens),
                new DescribeLaunchTemplates(estate, tokens),
                new DescribeRegions(estate),
                new DescribeSecurityGroupRules(estate, tokens),
                new DescribeSecurityGroups(estate, tokens),
                new DescribeSubnets(estate, tokens),
                new DescribeVpcs(estate, tokens)),
            new(
                ModelLibrary.Service("rds"), ErrorDialect.Query, new DescribeDBClusters(estate, tokens), new DescribeDBInstances(estate, tokens)),
            new(
                ModelLibrary.Service("s3"),
                ErrorDialect.S3,
                new GetBucketEncryption(estate),
                new GetBucketLocation(estate),
                new GetBucketPolicyStatus(estate),
                new GetBucketTagging(estate),
                new GetBucketVersioning(estate),
                new GetPublicAccessBlock(estate),
                new HeadBucket(estate),
                new ListBuckets(estate, tokens)),
            new(ModelLibrary.Service("lambda"), ErrorDialect.Rest, new InvokeFunction(functions)),
            new(
                ModelLibrary.Service("organizations"),
                ErrorDialect.Json,
                new DescribeOrganization(estate),
                new DescribeAccount(estate),
                new DescribeOrganizationalUnit(estate),
                new ListAccounts(estate, tokens),
                new ListRoots(estate, tokens),
                new ListOrganizationalUnitsForParent(estate, tokens),
                new ListAccountsForParent(estate, tokens),
                new ListParents(estate, tokens),
                new ListTagsForResource(estate, tokens)),
        ];
    }
}
