using CentralOps.Accounts.Quotas;
using CentralOps.Accounts.ReadOnly;
using CentralOps.Aws.Models;

namespace CentralOps.Accounts.Tests.Quotas;

public sealed class PublishedRatesTests
{
    [Theory]
    [InlineData("ec2", "DescribeInstances", false, "DescribeInstances", 100, 20)]
    [InlineData("ec2", "DescribeInstances", true, "DescribeInstances unfiltered", 50, 10)]
    [InlineData("ec2", "DescribeVpcs", true, "DescribeVpcs", 100, 20)]
    [InlineData("ecs", "ListClusters", false, "cluster reads", 50, 20)]
    [InlineData("ecs", "DescribeClusters", false, "cluster reads", 50, 20)]
    [InlineData("cloudwatch", "GetMetricData", false, "GetMetricData", 25, 50)]
    [InlineData("lambda", "GetFunction", false, "GetFunction", 50, 100)]
    [InlineData("lambda", "ListFunctions", false, "*", 7, 15)]
    [InlineData("lambda", "ListTags", false, "*", 7, 15)]
    [InlineData("organizations", "ListAccounts", false, "ListAccounts", 12, 8)]
    [InlineData("sts", "AssumeRole", false, "sts", 300, 600)]
    public void Operations_count_in_the_groups_that_AWS_publishes(string service, string operation, bool bare, string group, double burst, double perSecond) =>
        PublishedRates.Of(ModelLibrary.Operation(service, operation), bare).ShouldBe((group, new PublishedRate(burst, perSecond)));

    [Theory]
    [InlineData("iam", "GetRole")]
    [InlineData("rds", "DescribeDBInstances")]
    [InlineData("eks", "ListClusters")]
    public void Where_AWS_publishes_nothing_there_is_no_rate(string service, string operation) =>
        PublishedRates.Of(ModelLibrary.Operation(service, operation), bare: false).ShouldBe((operation, null));

    [Fact]
    public void Every_row_names_its_page_and_a_rate_and_no_operation_stands_twice()
    {
        foreach (var row in PublishedRates.Rows)
        {
            row.Source.ShouldStartWith("https://docs.aws.amazon.com/");
            row.PerSecond.ShouldBeGreaterThan(0);
            row.Rate.Burst.ShouldBeGreaterThanOrEqualTo(1);
        }

        PublishedRates.Rows.SelectMany(static row => row.Operations.Select(operation => row.Service + ":" + operation)).ShouldBeUnique();
        PublishedRates.Rows.Where(static row => row.Operations.Count == 0).Select(static row => row.Service).ShouldBeUnique();
    }

    [Fact]
    public void Every_operation_of_a_row_that_tools_may_call_is_one_of_its_service()
    {
        var known = OperationTable.Rows.Select(static row => row.Operation).ToHashSet();
        var published = PublishedRates.Rows.SelectMany(static row => row.Operations.Select(operation => row.Service + ":" + operation)).ToList();
        known.Intersect(published).Count().ShouldBeGreaterThan(15);
    }
}
