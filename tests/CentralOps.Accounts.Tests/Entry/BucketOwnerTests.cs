using System.Text;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.ReadOnly;
using CentralOps.Aws.Models;
using static CentralOps.Accounts.Tests.Stubs.StubOrganization;

namespace CentralOps.Accounts.Tests.Entry;

public sealed class BucketOwnerTests
{
    [Fact]
    public void Every_callable_operation_on_a_bucket_says_whose_bucket_it_means()
    {
        var owned = OperationTable.Rows.Where(static row => row.IsCallable && row.Operation.StartsWith("s3:", StringComparison.Ordinal)).Select(static row => row.Model)
            .Where(static operation => operation.Input?.FindMember("Bucket") is not null).ToList();
        owned.Count.ShouldBeGreaterThan(5);
        owned.ShouldAllBe(static operation => Expect(operation, """{"Bucket":"b"}""") == """{"Bucket":"b","ExpectedBucketOwner":"222222222222"}""");
    }

    [Fact]
    public void The_owner_that_a_tool_gives_has_to_be_the_account()
    {
        var operation = ModelLibrary.Operation("s3", "GetBucketLocation");
        const string Given = """{"Bucket":"b","ExpectedBucketOwner":"222222222222"}""";
        Expect(operation, Given).ShouldBe(Given);
        Should.Throw<ArgumentException>(() => Expect(operation, Given.Replace('2', '3')));
    }

    [Fact]
    public void An_operation_that_takes_no_owner_is_left_alone() => Expect(ModelLibrary.Operation("s3", "ListBuckets"), "{}").ShouldBe("{}");

    private static string Expect(OperationModel operation, string input) =>
        Encoding.UTF8.GetString(BucketOwner.Expect(Id("222222222222"), operation, Encoding.UTF8.GetBytes(input)).Span);
}
