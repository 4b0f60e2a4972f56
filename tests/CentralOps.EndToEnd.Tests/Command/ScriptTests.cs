using CentralOps.EndToEnd.Tests.Harness;

namespace CentralOps.EndToEnd.Tests.Command;

/// <summary>The script './centralops' itself: where it is called from, what it does without .NET, with closed streams.</summary>
public sealed class ScriptTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("central ops ").FullName;

    [Fact]
    public async Task It_runs_through_a_symbolic_link_with_spaces_and_from_another_directory()
    {
        var link = Path.Combine(_folder, "a link");
        File.CreateSymbolicLink(link, Repository.Command);
        var ran = await Ran.ProgramAsync(link, ["--version"], directory: "/");
        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("no dotnet at all", null)]
    [InlineData("a dotnet without .NET 10", "#!/bin/bash\necho 'Microsoft.AspNetCore.App 8.0.1 [/nowhere/shared/Microsoft.AspNetCore.App]'\n")]
    public async Task Without_a_runtime_it_says_so_in_one_sentence(string which, string? dotnet)
    {
        var path = await PathWithAsync(dotnet);
        var ran = await Ran.ProgramAsync(Repository.Command, ["--version"], environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = path, ["DOTNET_ROOT"] = "" });
        ran.ExitCode.ShouldBe(1, which);
        ran.Out.ShouldBeEmpty();
        ran.Error.Trim().Split('\n').Length.ShouldBe(1, ran.Error);
        ran.Error.ShouldContain(".NET 10");
    }

    [Theory]
    [InlineData(">&-")]
    [InlineData("2>&- <&-")]
    [InlineData(">/dev/full")]
    [InlineData("2>/dev/full")]
    public async Task Closed_and_full_streams_never_make_a_stack_trace(string redirection)
    {
        var ran = await Ran.ProgramAsync("bash", ["-c", $"./centralops status --state '{_folder}' {redirection}; ./centralops --help {redirection}; echo \"ended with $?\" >'{_folder}/code'"]);
        ran.Error.ShouldNotContain("   at ");
        (await File.ReadAllTextAsync(Path.Combine(_folder, "code"))).Trim().ShouldBe(redirection == ">/dev/full" ? "ended with 1" : "ended with 0");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The programs that the script needs, and of dotnet only what the test says.
    private async Task<string> PathWithAsync(string? dotnet)
    {
        foreach (var name in new[] { "bash", "env", "readlink", "dirname", "find", "sed", "head" })
        {
            var program = (await Ran.ProgramAsync("bash", ["-c", "command -v " + name])).Out.Trim();
            File.CreateSymbolicLink(Path.Combine(_folder, name), program);
        }

        if (dotnet is not null)
        {
            var file = Path.Combine(_folder, "dotnet");
            await File.WriteAllTextAsync(file, dotnet);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return _folder;
    }
}
