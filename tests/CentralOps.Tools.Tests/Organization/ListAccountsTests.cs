using System.Text.Json;
using CentralOps.Accounts.Tests.Stubs;

namespace CentralOps.Tools.Tests.Organization;

public sealed class ListAccountsTests
{
    private const string Name = "list_accounts";

    private readonly List<string> _ids = ["222222222222", "111111111111", "333333333333", "444444444444", "555555555555"];

    [Fact]
    public async Task Accounts_come_in_the_order_of_their_ids_with_unit_and_status()
    {
        var answer = await Runner().RunAsync(Name, "{}");
        answer.GetProperty("accounts")[0].GetRawText().ShouldBe(
            """{"Id":"111111111111","Name":"Account 111111111111","Status":"ACTIVE","Email":"111111111111@example.com","OrganizationalUnit":"Root"}""");
        answer.GetProperty("accounts").GetArrayLength().ShouldBe(5);
        answer.GetProperty("account_count").GetInt32().ShouldBe(5);
        answer.GetProperty("truncated").GetBoolean().ShouldBeFalse();
        answer.GetProperty("next_token").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Pages_follow_each_other_exactly(int limit)
    {
        var runner = Runner();
        var ids = new List<string>();
        string? token = null;
        do
        {
            var answer = await runner.RunAsync(Name, JsonSerializer.Serialize(new { limit, next_token = token }));
            ids.AddRange(answer.GetProperty("accounts").EnumerateArray().Select(static account => account.GetProperty("Id").GetString()!));
            token = answer.GetProperty("next_token").GetString();
        }
        while (token is not null);

        ids.ShouldBe(_ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_account_that_leaves_between_pages_leaves_no_gap()
    {
        var runner = Runner();
        var token = (await runner.RunAsync(Name, """{"limit":2}""")).GetProperty("next_token").GetString();
        _ids.Remove("222222222222");
        runner.Time.Advance(TimeSpan.FromMinutes(6));
        var answer = await runner.RunAsync(Name, $$"""{"limit":2,"next_token":"{{token}}"}""");
        answer.GetProperty("accounts")[0].GetProperty("Id").GetString().ShouldBe("333333333333");
    }

    [Fact]
    public async Task Access_is_checked_where_asked_and_every_account_tells_its_own_stage()
    {
        var answer = await Runner().RunAsync(Name, """{"check_access":true}""");
        var stages = answer.GetProperty("accounts").EnumerateArray().ToDictionary(
            static account => account.GetProperty("Id").GetString()!,
            static account => account.GetProperty("Access").GetProperty("stage").GetString() ?? $"reachable: {account.GetProperty("Access").GetProperty("reachable")}");
        stages["111111111111"].ShouldBe("reachable: True");
        stages["444444444444"].ShouldBe("assume_role");
        stages["555555555555"].ShouldBe("account_suspended");
    }

    [Fact]
    public async Task A_refused_directory_is_a_refusal_without_account_or_region()
    {
        var aws = new StubAws(static _ => StubAnswer.Failed("AccessDenied", "No."));
        var answer = await new ToolRunner(aws).RunAsync(Name, "{}");
        answer.EnumerateObject().Single().Name.ShouldBe("error");
        answer.GetProperty("error").GetProperty("stage").GetString().ShouldBe("directory");
    }

    [Fact]
    public async Task A_next_token_of_another_tool_is_refused()
    {
        var foreign = new CentralOps.Tools.Answers.NextToken(CentralOps.Tools.Answers.NextToken.HashOf("describe_ec2_instances"), "x", 0).Write();
        var answer = await Runner().RunAsync(Name, $$"""{"next_token":"{{foreign}}"}""");
        answer.GetProperty("error").GetProperty("stage").GetString().ShouldBe("arguments");
    }

    [Fact]
    public async Task A_next_token_that_names_no_account_does_not_start_over()
    {
        var forged = new CentralOps.Tools.Answers.NextToken(CentralOps.Tools.Answers.NextToken.HashOf(Name), "x", 0).Write();
        var answer = await Runner().RunAsync(Name, $$"""{"next_token":"{{forged}}"}""");
        answer.GetProperty("error").GetProperty("message").GetString().ShouldBe("next_token is damaged, or not one that CentralOps gave.");
    }

    private ToolRunner Runner() => new(new StubAws(Answer));

    private StubAnswer Answer(StubCall call) => call.Operation switch
    {
        "sts:AssumeRole" when call.Text("RoleArn")!.Contains("444444444444") => StubAnswer.Failed("AccessDenied", $"User: {StubOrganization.Lambda} is not authorized to perform: sts:AssumeRole"),
        "sts:AssumeRole" => StubAnswer.Session(call, new DateTimeOffset(2026, 11, 22, 13, 0, 0, TimeSpan.Zero)),
        "organizations:ListAccounts" => JsonSerializer.Serialize(new { Accounts = _ids.Select(Account) }),
        "organizations:DescribeAccount" => JsonSerializer.Serialize(new { Account = Account(call.Text("AccountId")!) }),
        "organizations:ListRoots" => """{"Roots":[{"Id":"r-1"}]}""",
        "organizations:ListOrganizationalUnitsForParent" => """{"OrganizationalUnits":[]}""",
        "organizations:ListAccountsForParent" => JsonSerializer.Serialize(new { Accounts = _ids.Select(Account) }),
        _ => throw new InvalidOperationException($"Nobody expected {call}."),
    };

    private static object Account(string id) =>
        new { Id = id, Name = $"Account {id}", Email = $"{id}@example.com", Status = id == "555555555555" ? "SUSPENDED" : "ACTIVE" };
}
