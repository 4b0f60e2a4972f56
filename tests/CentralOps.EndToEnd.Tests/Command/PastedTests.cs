using CentralOps.EndToEnd.Tests.Harness;

namespace CentralOps.EndToEnd.Tests.Command;

/// <summary>What 'up' prints is pasted into another terminal, as it stands there.</summary>
public sealed class PastedTests
{
    [NeedsFact("script", "curl")]
    public async Task The_curl_lines_and_the_next_commands_run_as_printed()
    {
        foreach (var auth in new[] { "none", "iam" })
        {
            var state = Directory.CreateTempSubdirectory("central ops ").FullName;
            var printed = Path.Combine(state, "printed");
            var up = Ran.Start("bash", ["-c", $"exec ./centralops up --port 0 --auth {auth} --function-per tool --state '{state}' >'{printed}'"]);
            try
            {
                (await Eventually.TrueAsync(() => Task.FromResult(File.Exists(printed) && File.ReadAllText(printed).Contains("Ctrl-C stops", StringComparison.Ordinal)))).ShouldBeTrue();
                var text = await File.ReadAllTextAsync(printed);
                var curl = text[(text.IndexOf("curl\n", StringComparison.Ordinal) + 5)..text.IndexOf("Next, in", StringComparison.Ordinal)];
                var listed = (await Ran.ProgramAsync("bash", ["-c", curl])).Json.GetProperty("result").GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()).ToList();
                listed.Count.ShouldBe(20, "our nineteen, and the search");
                listed.ShouldContain("describe-ec2-instances___describe_ec2_instances");

                var next = text.Split('\n').Where(line => line.StartsWith("  ./centralops ", StringComparison.Ordinal)).ToList();
                next.Count.ShouldBe(4);
                foreach (var command in next)
                {
                    var ran = await Ran.ProgramAsync("bash", ["-c", command]);
                    ran.ExitCode.ShouldBe(0, command + ran.Error);
                }

                // The state file follows the function processes with a short delay.
                (await Eventually.TrueAsync(async () =>
                    (await Ran.CentralOpsAsync("status", "--output", "json", "--state", state)).Out.Contains("central-ops-describe-ec2-instances", StringComparison.Ordinal))).ShouldBeTrue();
            }
            finally
            {
                Signals.Send(up.Id, Signals.Interrupt);
                await up.WaitForExitAsync();
                up.Dispose();
                Directory.Delete(state, recursive: true);
            }
        }
    }
}
