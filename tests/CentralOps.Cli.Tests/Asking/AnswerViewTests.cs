using System.Text.Json;

namespace CentralOps.Cli.Tests.Asking;

/// <summary>Answers over many accounts, as a person reads them.</summary>
public sealed class AnswerViewTests : IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("centralops-").FullName;

    [Fact]
    public async Task Items_of_many_accounts_are_one_table_with_account_and_region()
    {
        var (data, words) = await ShowAsync("""
            {"results":[{"account_id":"111111111111","account_name":"Central","region":"us-east-1","instance_count":1,"instances":[{"InstanceId":"i-1","State":"running"}]},
             {"account_id":"222222222222","account_name":"Production","region":"eu-west-1","instance_count":2,"instances":[{"InstanceId":"i-2","State":"stopped"},{"InstanceId":"i-3","State":"running"}]}],
             "failures":[{"account_id":"333333333333","region":null,"part":null,"stage":"scp","code":"AccessDenied","message":"No.","remedy":"Ask."}],"summary":{"accounts":3},"truncated":false,"next_token":null}
            """);
        words.ShouldContain("3 results");
        words.ShouldContain("Account 333333333333 could not be read: scp (AccessDenied): No.");
        data.Split('\n')[0].ShouldMatch("^ACCOUNT ID +ACCOUNT NAME +REGION +INSTANCE ID +STATE");
        data.ShouldMatch("222222222222 +Production +eu-west-1 +i-3 +running");
    }

    [Fact]
    public async Task What_failed_alike_in_many_accounts_is_told_once()
    {
        var (_, words) = await ShowAsync("""
            {"results":[],"failures":[
             {"account_id":"111111111111","region":null,"part":null,"stage":"assume_role","code":"AccessDenied","message":"The role of 111111111111.","remedy":"Make it."},
             {"account_id":"222222222222","region":null,"part":null,"stage":"assume_role","code":"AccessDenied","message":"The role of 222222222222.","remedy":"Make it too."},
             {"account_id":"333333333333","region":"eu-west-1","part":null,"stage":"throttled","code":"Throttling","message":"Slow down.","remedy":"Ask again."}],
             "summary":{"accounts":3},"truncated":false,"next_token":null}
            """);
        words.ShouldContain("111111111111, 222222222222 could not be read: assume_role (AccessDenied): The role of 111111111111.");
        words.ShouldContain("333333333333 eu-west-1 could not be read: throttled (Throttling): Slow down.");
        words.Split("Remedy:").Length.ShouldBe(3);
    }

    [Fact]
    public async Task Figures_are_a_table_with_their_notes()
    {
        var (data, words) = await ShowAsync("""
            {"tool":"describe_ec2_instances","groups":[{"InstanceType":"t3.micro","count":12}],"group_count":3,"other":{"group_count":2,"count":5},"complete":false,"row_count":17,
             "notes":["The figures are of a part: 1 places failed and 0 were not come to."],"failures":[],"failure_counts":[]}
            """);
        words.ShouldContain("1 group");
        words.ShouldContain("The figures are of a part");
        words.ShouldContain("All other groups: group_count=2 count=5");
        data.ShouldMatch("t3.micro +12");
    }

    [Fact]
    public async Task What_was_not_found_says_where_else_it_might_be()
    {
        var (_, words) = await ShowAsync("""{"what":"10.0.0.1","kind":"ip_address","match_count":0,"matches":[],"used":["ec2:DescribeInstances"],"looked":[{"resource_type":"ec2:instance"}],"not_looked":["Load balancers have addresses too."],"failures":[]}""");
        words.ShouldContain("0 matches");
        words.ShouldContain("Load balancers have addresses too.");
    }

    [Theory]
    [InlineData("""{"table":"Id  Size\n--  ----\ni\u001b[2J   3\n","failures":[]}""", "Id  Size\n--  ----\ni[2J   3\n")]
    [InlineData("""{"csv":"Id,Size\r\ni,3\r\n","failures":[]}""", "Id,Size\ni,3\n")]
    public async Task Text_that_was_asked_for_is_shown_as_it_is_without_what_acts(string answer, string shown) => (await ShowAsync(answer)).Data.ReplaceLineEndings("\n").ShouldBe(shown);

    public void Dispose() => Directory.Delete(_state, recursive: true);

    private async Task<(string Data, string Words)> ShowAsync(string answer)
    {
        await using var gateway = await StrangeGateway.With("""{"tools": [{"name": "t", "inputSchema": {"type": "object"}}]}""", $$"""{"content": [{"type": "text", "text": {{JsonSerializer.Serialize(answer)}}}]}""");
        var (data, words, screen) = Fake.Screen(width: null);
        var code = await CommandLine.RunAsync(["call", "t", "--gateway", gateway.Url, "--state", _state], screen);
        code.ShouldBe(ExitCode.Ok, words.ToString());
        return (data.ToString(), words.ToString());
    }
}
