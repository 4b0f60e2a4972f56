using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Refusals;
using static CentralOps.Accounts.Tests.Stubs.StubOrganization;

namespace CentralOps.Accounts.Tests.Directory;

public sealed class FileSourceTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("""[{"id":"222222222222","name":"Production","environment":"prod","role":"ops/Reader","tags":{"team":"payments"}},{"id":"333333333333","name":"Staging"}]""")]
    [InlineData("""{"accounts":[{"id":"222222222222","name":"Production","environment":"prod","role":"ops/Reader","tags":{"team":"payments"}},{"id":"333333333333","name":"Staging"}]}""")]
    public async Task A_file_lists_accounts_with_role_environment_and_tags(string json)
    {
        var read = await ReadAsync(json);
        read.Refusal.ShouldBeNull();
        read.Accounts.Count.ShouldBe(2);
        var production = read.Accounts[0];
        production.Role.ShouldBe("ops/Reader");
        production.Status.ShouldBe("ACTIVE");
        production.Tags["environment"].ShouldBe("prod");
        production.Tags["team"].ShouldBe("payments");
        read.Accounts[1].Role.ShouldBeNull();
    }

    [Theory]
    [InlineData("[\n{\"id\":\"222222222222\",\n\"name\":\"a\"},\n{\"id\":\"22\",\"name\":\"b\"}]", 4, "not 12 digits")]
    [InlineData("[\n{\"id\":\"222222222222\"}]", 2, "has no name")]
    [InlineData("[{\"id\":\"222222222222\",\"name\":\"a\"},\n{\"id\":\"222222222222\",\"name\":\"b\"}]", 2, "listed twice")]
    [InlineData("[{\"id\":\"222222222222\",\n\"nmae\":\"a\"}]", 2, "did you mean \"name\"")]
    [InlineData("[{\"id\":222222222222,\"name\":\"a\"}]", 1, "id has to be a string")]
    [InlineData("[{\"id\":\"222222222222\",\"name\":\"a\",\n\"role\":\"R'; rm\"}]", 1, "not a role's name")]
    [InlineData("[{\"id\":\"222222222222\",\n\"name\":\"a\"\n", 3, "not JSON")]
    [InlineData("", 1, "not JSON")]
    [InlineData("\"accounts\"", 1, "a list of accounts")]
    public async Task A_mistake_is_told_with_its_line(string json, int line, string problem)
    {
        var refusal = (await ReadAsync(json)).Refusal.ShouldBeOfType<Refusal.AccountsFileUnusable>();
        refusal.Line.ShouldBe(line);
        refusal.Problem.ShouldContain(problem);
        RefusalWords.Of(refusal).Message.ShouldStartWith($"{_path}, line {line}: ");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_as_such()
    {
        var read = await new FileSource("/nowhere/accounts.json").ReadAllAsync(AccountDetail.None, CancellationToken.None);
        read.Refusal.ShouldBeOfType<Refusal.AccountsFileUnusable>().Problem.ShouldBe("there is no such file");
    }

    [Fact]
    public async Task One_account_is_found_by_its_id()
    {
        await File.WriteAllTextAsync(_path, """[{"id":"222222222222","name":"Production"}]""");
        var source = new FileSource(_path);
        (await source.ReadAsync(Id("222222222222"), CancellationToken.None)).Account!.Name.ShouldBe("Production");
        (await source.ReadAsync(Id("333333333333"), CancellationToken.None)).Account.ShouldBeNull();
    }

    private async Task<AccountsRead> ReadAsync(string json)
    {
        await File.WriteAllTextAsync(_path, json);
        return await new FileSource(_path).ReadAllAsync(AccountDetail.None, CancellationToken.None);
    }
}
