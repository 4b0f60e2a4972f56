using CentralOps.Access.Sealing;

namespace CentralOps.Access.Tests.Sealing;

public sealed class TokenKeySettingTests : IDisposable
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    private readonly string _directory = Directory.CreateTempSubdirectory("centralops-keys-").FullName;
    private readonly List<string> _problems = [];

    private string File_ => Path.Combine(_directory, "token.key");

    [Fact]
    public void Nothing_set_is_no_problem()
    {
        Read(null, null).ShouldBeNull();
        Read(" ", "").ShouldBeNull();
        _problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Key)]
    [InlineData($"{Key},{Key}")]
    [InlineData($" {Key} , {Key} ")]
    public void Keys_are_read_from_the_variable(string text)
    {
        Read(text, null).ShouldNotBeNull();
        _problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("secret-that-is-no-key")]
    [InlineData(Key + "=")]
    [InlineData(Key + ",")]
    [InlineData("AAECAwQFBgcICQoLDA0ODw")]
    public void What_is_no_key_is_named_by_its_variable_and_never_told(string text)
    {
        Read(text, null).ShouldBeNull();
        var problem = _problems.ShouldHaveSingleItem();
        problem.ShouldContain("CENTRALOPS_TOKEN_KEY ");
        problem.ShouldContain("openssl rand 32");
        problem.ShouldNotContain(text);
    }

    [Fact]
    public void Both_settings_at_once_are_refused()
    {
        Read(Key, "/nowhere").ShouldBeNull();
        _problems.ShouldHaveSingleItem().ShouldContain("both set");
    }

    [Fact]
    public void A_key_file_is_made_once_for_its_owner_alone_and_read_by_all_after()
    {
        var made = TokenKeyFile.ReadOrMake(File_, _problems.Add).ShouldNotBeNull();
        TokenKeyFile.ReadOrMake(File_, _problems.Add).ShouldNotBeNull().Export().ShouldBe(made.Export());
        Read(null, File_).ShouldNotBeNull().Export().ShouldBe(made.Export());
        File.GetUnixFileMode(File_).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(_directory).ShouldHaveSingleItem();
        _problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_key_file_that_others_can_read_is_refused_with_the_command_that_closes_it()
    {
        File.WriteAllText(File_, Key);
        File.SetUnixFileMode(File_, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Read(null, File_).ShouldBeNull();
        _problems.ShouldHaveSingleItem().ShouldContain($"chmod 600 {File_}");
    }

    [Fact]
    public void A_file_that_is_missing_or_holds_something_else_says_so_and_not_what()
    {
        Read(null, File_).ShouldBeNull();
        _problems.ShouldHaveSingleItem().ShouldContain("cannot be read");
        _problems.Clear();
        File.WriteAllText(File_, "another secret");
        File.SetUnixFileMode(File_, UnixFileMode.UserRead);
        Read(null, File_).ShouldBeNull();
        _problems.ShouldHaveSingleItem().ShouldContain("base64url");
        _problems[0].ShouldNotContain("another secret");
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private TokenKeys? Read(string? key, string? file) =>
        TokenKeySetting.Read(name => name switch { TokenKeySetting.Variable => key, TokenKeySetting.FileVariable => file, _ => null }, _problems);
}
