using System.Text.Json;
using CentralOps.Accounts.Tests.Stubs;

namespace CentralOps.Tools.Tests.Organization;

public sealed class GetAccountMetadataTests
{
    [Fact]
    public async Task Tags_are_the_organizations_and_all_pages_of_them()
    {
        var answer = await RunAsync(static call => (call.Operation, call.Text("NextToken")) switch
        {
            ("organizations:ListTagsForResource", null) when call.Text("ResourceId") is "222222222222" => """{"Tags":[{"Key":"env","Value":"prod"}],"NextToken":"rest"}""",
            ("organizations:ListTagsForResource", "rest") => """{"Tags":[{"Key":"owner","Value":""}]}""",
            _ => default(StubAnswer?),
        });
        answer.GetProperty("account").GetProperty("Tags").GetRawText().ShouldBe("""{"env":"prod","owner":""}""");
        answer.GetProperty("account").GetProperty("OrganizationalUnit").GetString().ShouldBe("Root");
        answer.GetProperty("failures").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Tags_that_may_not_be_read_are_told_beside_the_rest()
    {
        var answer = await RunAsync(static call => call.Operation is "organizations:ListTagsForResource" ? StubAnswer.Failed("AccessDeniedException", status: 400) : null);
        answer.GetProperty("account").GetProperty("Tags").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.GetProperty("account").GetProperty("Name").GetString().ShouldBe("Production");
        answer.GetProperty("account").GetProperty("AccountAliases")[0].GetString().ShouldBe("prod");
        answer.GetProperty("failures").EnumerateArray().ShouldHaveSingleItem().GetRawText().ShouldContain("\"Tags\"");
    }

    private static Task<JsonElement> RunAsync(Func<StubCall, StubAnswer?> tags) =>
        StubAccounts.Runner(call => tags(call) ?? Answer(call)).RunAsync("get_account_metadata", """{"account_id":"222222222222"}""");

    private static StubAnswer Answer(StubCall call) => call.Operation switch
    {
        "organizations:ListTagsForResource" => """{"Tags":[]}""",
        "organizations:ListRoots" => """{"Roots":[{"Id":"r-1"}]}""",
        "organizations:ListOrganizationalUnitsForParent" => """{"OrganizationalUnits":[]}""",
        "organizations:ListAccounts" or "organizations:ListAccountsForParent" => """{"Accounts":[{"Id":"222222222222","Name":"Production","Status":"ACTIVE"}]}""",
        "iam:ListAccountAliases" => """{"AccountAliases":["prod"]}""",
        "account:ListRegions" => """{"Regions":[{"RegionName":"us-east-1"}]}""",
        "account:GetAccountInformation" => """{"AccountId":"222222222222"}""",
        _ => throw new InvalidOperationException($"{call.Operation} was not expected"),
    };
}
