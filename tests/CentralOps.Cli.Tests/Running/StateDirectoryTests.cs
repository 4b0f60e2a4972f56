using CentralOps.Cli.Running;

namespace CentralOps.Cli.Tests.Running;

public sealed class StateDirectoryTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("centralops-").FullName;

    private static readonly UpState State = new(
        "http://127.0.0.1:1/x/mcp", "http://127.0.0.1:2", "none", "us-east-1", new ControlCredentials("AKIA0", "secret"), new UpPorts(1, 2), [new UpProcess("up", 3, "running")], DateTimeOffset.UnixEpoch);

    [Fact]
    public void A_state_is_read_while_it_is_held_and_gone_after()
    {
        var directory = StateDirectory.At(_path);
        using (directory.TryHold())
        {
            directory.Write(State);
            directory.Read().ShouldNotBeNull().GatewayUrl.ShouldBe(State.GatewayUrl);
            directory.TryHold().ShouldBeNull("two cannot hold one directory");
        }

        directory.Read().ShouldBeNull();
        Directory.GetFiles(_path).Select(Path.GetFileName).ShouldBe(["up.lock"]);
    }

    [Fact]
    public void A_state_whose_process_was_killed_reads_as_nothing_and_can_be_taken_over()
    {
        var directory = StateDirectory.At(_path);
        var held = directory.TryHold();
        directory.Write(State);
        var left = File.ReadAllBytes(Path.Combine(_path, "up.json"));
        held!.Dispose();
        File.WriteAllBytes(Path.Combine(_path, "up.json"), left);

        directory.Read().ShouldBeNull();
        using var again = directory.TryHold();
        again.ShouldNotBeNull();
    }

    [Fact]
    public void Files_are_the_owners_only()
    {
        var directory = StateDirectory.At(Path.Combine(_path, "made"));
        using var held = directory.TryHold();
        directory.Write(State);
        File.GetUnixFileMode(Path.Combine(_path, "made", "up.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(Path.Combine(_path, "made")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
