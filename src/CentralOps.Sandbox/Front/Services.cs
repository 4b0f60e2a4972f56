using CentralOps.Aws.Models;
using CentralOps.Sandbox.Accounts;
using CentralOps.Sandbox.Bedrock;
using CentralOps.Sandbox.CloudWatch;
using CentralOps.Sandbox.Ec2;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Iam;
using CentralOps.Sandbox.Identity;
using CentralOps.Sandbox.Lambda;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Organizations;
using CentralOps.Sandbox.Rds;
using CentralOps.Sandbox.S3;
using CentralOps.Sandbox.Sso;
using CentralOps.Sandbox.Tagging;

namespace CentralOps.Sandbox.Front;

/// <summary>The services of the sandbox, with every operation that they have here.</summary>
internal static class Services
{
    public static IReadOnlyList<Service> Of(Estate estate, IdentityDirectory directory, AccessKeyStore keys, FunctionRegistry functions, ModelScript models, TimeProvider time)
    {
        var tokens = new PageTokens();
        var roles = new IamRoles(estate, directory);
        var people = new SsoStore(estate, time);
        var described = new FunctionCatalog(estate, functions);
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
            new(
                ModelLibrary.Service("lambda"),
                ErrorDialect.Rest,
                new GetFunction(described),
                new GetFunctionConfiguration(described),
                new InvokeFunction(functions),
                new ListFunctions(described, tokens),
                new ListTags(described)),
            new(ModelLibrary.Service("bedrock-runtime"), ErrorDialect.Rest, new Converse(models, time), new ConverseStream(models, time)),
            new(
                ModelLibrary.Service("ecs"),
                ErrorDialect.Json,
                new Ecs.DescribeClusters(estate),
                new Ecs.DescribeServices(estate),
                new Ecs.DescribeTaskDefinition(estate),
                new Ecs.ListClusters(estate, tokens),
                new Ecs.ListServices(estate, tokens),
                new Ecs.ListTaskDefinitions(estate, tokens)),
            new(ModelLibrary.Service("eks"), ErrorDialect.Rest, new Eks.DescribeCluster(estate), new Eks.ListClusters(estate, tokens)),
            new(
                ModelLibrary.Service("cloudwatch"),
                ErrorDialect.Query,
                new DescribeAlarms(estate, tokens),
                new GetMetricData(estate, tokens),
                new GetMetricStatistics(estate),
                new ListMetrics(estate, tokens)),
            new(
                ModelLibrary.Service("account"),
                ErrorDialect.Rest,
                new GetAccountInformation(estate),
                new GetAlternateContact(estate),
                new GetRegionOptStatus(estate),
                new ListRegions(estate, tokens)),
            new(
                ModelLibrary.Service("iam"),
                ErrorDialect.Query,
                new GetRole(roles),
                new ListAccountAliases(estate),
                new SimulateCustomPolicy(estate, tokens),
                new SimulatePrincipalPolicy(estate, directory, roles, tokens)),
            new(
                ModelLibrary.Service("sso"),
                ErrorDialect.Rest,
                new Sso.GetRoleCredentials(estate, people, keys),
                new Sso.ListAccountRoles(people, tokens),
                new Sso.ListAccounts(estate, people, tokens),
                new Sso.Logout(people)),
            new(ModelLibrary.Service("sso-oidc"), ErrorDialect.Rest, new CreateToken(people), new RegisterClient(people), new StartDeviceAuthorization(people)),
            new(
                ModelLibrary.Service("resourcegroupstaggingapi"),
                ErrorDialect.Json,
                new GetResources(estate, tokens),
                new GetTagKeys(estate, tokens),
                new GetTagValues(estate, tokens)),
            new(
                ModelLibrary.Service("organizations"),
                ErrorDialect.Json,
                new DescribeOrganization(estate),
                new DescribeAccount(estate),
                new DescribeOrganizationalUnit(estate),
                new Organizations.ListAccounts(estate, tokens),
                new ListRoots(estate, tokens),
                new ListOrganizationalUnitsForParent(estate, tokens),
                new ListAccountsForParent(estate, tokens),
                new ListParents(estate, tokens),
                new ListTagsForResource(estate, tokens)),
        ];
    }
}
