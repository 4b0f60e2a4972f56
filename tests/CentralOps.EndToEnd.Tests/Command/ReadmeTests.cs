using CentralOps.EndToEnd.Tests.Harness;

namespace CentralOps.EndToEnd.Tests.Command;

/// <summary>Every example of the README, word for word, and every line of output that it shows.</summary>
public sealed class ReadmeTests : IAsyncLifetime
{
    private readonly string _home = Directory.CreateTempSubdirectory("centralops-").FullName;
    private RunningUp _up = null!;

    // The README's commands name no state directory: they find the user's own.
    private Dictionary<string, string> Environment => new(StringComparer.Ordinal) { ["XDG_DATA_HOME"] = _home };

    public async Task InitializeAsync() => _up = await RunningUp.StartAtAsync(Path.Combine(_home, "centralops"));

    [NeedsFact("script", "curl")]
    public async Task Every_example_runs_and_prints_what_the_readme_shows()
    {
        var examples = Examples().ToList();
        examples.Count.ShouldBeGreaterThan(8);
        foreach (var (command, shown) in examples)
        {
            var environment = new Dictionary<string, string>(Environment, StringComparer.Ordinal)
            {
                ["GATEWAY_URL"] = _up.GatewayUrl,
                ["SANDBOX_URL"] = _up.SandboxUrl,
                ["AWS_ACCESS_KEY_ID"] = _up.KeyId,
                ["AWS_SECRET_ACCESS_KEY"] = _up.Secret,
            };
            if (command.StartsWith("aws ", StringComparison.Ordinal) && !File.Exists("/usr/bin/aws"))
            {
                continue;
            }

            var ran = await OnTerminalAsync(command.Replace("aws --", "/usr/bin/aws --", StringComparison.Ordinal), environment);
            var refused = shown.Exists(line => line.StartsWith("Refused", StringComparison.Ordinal));
            ran.ExitCode.ShouldBe(refused ? 1 : 0, $"{command}: {ran.Error}");
            var printed = (ran.Out + "\n" + ran.Error).Split('\n').Select(line => line.TrimEnd()).ToHashSet(StringComparer.Ordinal);
            foreach (var line in shown.Where(line => line != "…"))
            {
                printed.ShouldContain(line, $"{command} no longer prints this line of the README");
            }

            if (command.Contains("--output json", StringComparison.Ordinal) || command.StartsWith("curl", StringComparison.Ordinal))
            {
                ran.Json.ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Object);
            }
        }
    }

    [Fact]
    public void The_two_commands_at_the_top_are_commands_that_the_examples_and_the_harness_run()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        text.ShouldContain("```sh\n./centralops up\n./centralops call describe_ec2_instances --account Production --region us-east-1\n```");
    }

    [Fact]
    public void Every_page_that_the_readme_links_exists()
    {
        foreach (var page in new[] { "README.md", "CONTRIBUTING.md", "docs/house.md", "docs/performance.md", "docs/decisions/README.md" })
        {
            var path = Path.Combine(Repository.Root, page);
            foreach (var link in System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(path), @"\]\((?<target>[^)#:]+)\)").Select(match => match.Groups["target"].Value))
            {
                Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, link)).ShouldBeTrue($"{page} links {link}");
            }
        }
    }

    // The README shows a terminal of 100 columns without colour; words come after data, as they stand there.
    private async Task<Ran> OnTerminalAsync(string command, Dictionary<string, string> environment)
    {
        var words = Path.Combine(_home, "words");
        environment["TERM"] = "dumb";
        var ran = await Ran.ProgramAsync("script", ["-qec", $"stty cols 100 rows 50; {{ {command}; }} 2>{words}", "/dev/null"], environment: environment);
        return ran with { Out = ran.Out.Replace("\r", "", StringComparison.Ordinal), Error = await File.ReadAllTextAsync(words) };
    }

    public async Task DisposeAsync()
    {
        await _up.DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    private static IEnumerable<(string Command, List<string> Shown)> Examples()
    {
        var inside = false;
        (string Command, List<string> Shown)? current = null;
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "README.md")))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inside = string.Equals(line, "```console", StringComparison.Ordinal);
            }

            var starts = inside && line.StartsWith("$ ", StringComparison.Ordinal);
            if ((starts || !inside) && current is { } ended)
            {
                yield return ended;
                current = null;
            }

            if (starts)
            {
                current = (line[2..], []);
            }
            else if (inside)
            {
                current?.Shown.Add(line.TrimEnd());
            }
        }
    }
}
