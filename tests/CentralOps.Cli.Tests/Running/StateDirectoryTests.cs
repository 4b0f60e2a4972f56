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
    public void Two_that_look_at_a_left_state_at_once_do_not_take_each_other_for_an_up()
    {
        var directory = StateDirectory.At(_path);
        directory.TryHold()!.Dispose();
        directory.Write(State);
        using var looking = new FileStream(Path.Combine(_path, "up.lock"), FileMode.Open, FileAccess.Read, FileShare.Read);
        directory.Read().ShouldBeNull();
    }

    [Fact]
    public void A_state_that_cannot_be_written_or_removed_is_a_sentence_and_no_fault()
    {
        var directory = StateDirectory.At(_path);
        var held = directory.TryHold()!;
        Directory.CreateDirectory(Path.Combine(_path, "up.json"));
        Should.Throw<CommandFailedException>(() => directory.Write(State)).Message.ShouldContain("--state DIR");
        held.Dispose();
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
