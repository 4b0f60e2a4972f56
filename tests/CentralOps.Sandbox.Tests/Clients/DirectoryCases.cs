using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.Tests.Clients;

internal static partial class Cases
{
    private const string Operations = DefaultOrganization.CentralOperationsId;

    private static IReadOnlyList<ClientCase> Directory
    {
        get
        {
            var estate = Estate.Default;
            var workloads = estate.OrganizationalUnits.First(unit => unit.Name == "Workloads");
            var prod = estate.OrganizationalUnits.First(unit => unit.Name == "Prod");
            return
            [
                new("sts", "GetCallerIdentity") { Judge = Is("Account", "222222222222") },
                new("organizations", "ListAccounts") { Account = Operations, PageSize = 5, Judge = Tells("Accounts", "Id", estate.Accounts.Select(account => account.Id)) },
                new("organizations", "ListAccounts") { Error = "AccessDeniedException" },
                new("organizations", "ListRoots") { Account = Operations, Judge = Tells("Roots", "Id", [estate.RootId]) },
                new("organizations", "ListOrganizationalUnitsForParent", $$"""{"ParentId": "{{workloads.Id}}"}""") { Account = Operations, Judge = Tells("OrganizationalUnits", "Name", ["Prod", "NonProd"]) },
                new("organizations", "ListAccountsForParent", $$"""{"ParentId": "{{prod.Id}}"}""") { Account = Operations, PageSize = 2, Judge = Counts("Accounts", 4) },
                new("organizations", "ListParents", """{"ChildId": "222222222222"}""") { Account = Operations, Judge = Tells("Parents", "Id", [prod.Id]) },
                new("organizations", "ListTagsForResource", """{"ResourceId": "222222222222"}""") { Account = Operations, Judge = Counts("Tags", 3) },
                new("organizations", "DescribeAccount", """{"AccountId": "222222222222"}""") { Account = Operations, Judge = answer => answer.GetProperty("Account").GetProperty("Name").GetString().ShouldBe("Production") },
                new("organizations", "DescribeAccount", """{"AccountId": "123456789012"}""") { Account = Operations, Error = "AccountNotFoundException" },
                new("organizations", "DescribeOrganization") { Account = Operations },
                new("organizations", "DescribeOrganizationalUnit", $$"""{"OrganizationalUnitId": "{{prod.Id}}"}""") { Account = Operations },
                new("account", "GetAccountInformation") { Judge = Is("AccountName", "Production") },
                new("account", "GetAccountInformation", """{"AccountId": "333333333333"}""") { Account = Operations, Judge = Is("AccountName", "Staging") },
                new("account", "GetAccountInformation", """{"AccountId": "333333333333"}""") { Error = "AccessDeniedException" },
                new("account", "GetAlternateContact", """{"AlternateContactType": "SECURITY"}"""),
                new("account", "GetAlternateContact", """{"AlternateContactType": "BILLING"}""") { Error = "ResourceNotFoundException" },
                new("account", "GetRegionOptStatus", $$"""{"RegionName": "{{FleetPlan.OptInRegion}}"}""") { Judge = Is("RegionOptStatus", "ENABLED") },
                new("account", "GetRegionOptStatus", $$"""{"RegionName": "{{FleetPlan.OptInRegion}}"}""") { Account = DefaultOrganization.NetworkId, Judge = Is("RegionOptStatus", "DISABLED") },
                new("account", "ListRegions") { PageSize = 10, Judge = Counts("Regions", Region.All.Count) },
                new("account", "ListRegions", """{"RegionOptStatusContains": ["ENABLED"]}""") { Judge = Tells("Regions", "RegionName", [FleetPlan.OptInRegion]) },
                new("account", "ListRegions", """{"MaxResults": 51}""") { Error = "ValidationException" },
                new("resourcegroupstaggingapi", "GetResources", """{"TagFilters": [{"Key": "Environment", "Values": ["prod"]}], "ResourceTypeFilters": ["ec2:instance"]}""") { PageSize = 20, Judge = Counts("ResourceTagMappingList", Production.Fleet.Instances.Count(instance => instance.Tags.Any(tag => tag.Key == "Environment"))) },
                new("resourcegroupstaggingapi", "GetResources", """{"ResourceTypeFilters": ["s3"]}""") { Judge = Counts("ResourceTagMappingList", Production.Buckets.Count(bucket => bucket.Tags.Count > 0)) },
                new("resourcegroupstaggingapi", "GetResources", """{"ResourcesPerPage": 101}""") { Error = "InvalidParameterException" },
                new("resourcegroupstaggingapi", "GetResources", """{"PaginationToken": "nonsense"}""") { Error = "PaginationTokenExpiredException" },
                new("resourcegroupstaggingapi", "GetTagKeys") { Judge = answer => Items(answer, "TagKeys").Select(key => key.GetString()).ShouldContain("CostCenter") },
                new("resourcegroupstaggingapi", "GetTagValues", """{"Key": "Environment"}""") { Judge = answer => Items(answer, "TagValues").Select(value => value.GetString()).ShouldBe(["prod"]) },
            ];
        }
    }
}
