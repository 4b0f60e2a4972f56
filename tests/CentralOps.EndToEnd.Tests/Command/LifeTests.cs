using System.Text.Json;
using CentralOps.EndToEnd.Tests.Harness;

namespace CentralOps.EndToEnd.Tests.Command;

/// <summary>Start, stop, and what happens when something is killed.</summary>
public sealed class LifeTests
{
    [Fact]
    public async Task Ctrl_c_under_load_leaves_no_process_and_no_half_written_file()
    {
        var up = await RunningUp.StartAsync();
        using var stop = new CancellationTokenSource();
        var answered = 0;
        var load = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            try
            {
                while (!stop.IsCancellationRequested)
                {
                    await Calls.InstancesAsync(up.GatewayUrl, stop.Token);
                    Interlocked.Increment(ref answered);
                }
            }
            catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or JsonException)
            {
                // The door closed: what a client sees when the server is stopped.
            }
        })).ToList();
        (await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref answered) > 50))).ShouldBeTrue("the load never got going");
        var processes = (await up.FunctionsAsync()).Select(function => function.Pid).Append(up.ProcessId).ToList();
        processes.Count.ShouldBeGreaterThan(1);

        (await up.InterruptAsync()).ShouldBe(0, up.Words);
        await stop.CancelAsync();
        await Task.WhenAll(load);

        processes.Where(Signals.Lives).ShouldBeEmpty();
        ProcessesThatMention(up.State).ShouldBeEmpty();
        Directory.GetFiles(up.State).Select(Path.GetFileName).ShouldBe(["gateway.db", "gateway.key", "token.key", "up.lock"], ignoreOrder: true);
        await up.DisposeAsync();
    }

    [Fact]
    public async Task A_killed_up_leaves_no_function_behind_and_the_next_one_starts()
    {
        var up = await RunningUp.StartAsync();
        await Calls.InstancesAsync(up.GatewayUrl);
        (await Eventually.TrueAsync(async () => (await up.FunctionsAsync()).Count > 0)).ShouldBeTrue();
        var functions = await up.FunctionsAsync();

        Signals.Send(up.ProcessId, Signals.Kill);

        (await Eventually.TrueAsync(() => Task.FromResult(!functions.Any(function => Signals.Lives(function.Pid))))).ShouldBeTrue("a function outlived its runtime API");
        (await up.CentralOpsAsync("status")).ExitCode.ShouldBe(1);
        var again = await Ran.CentralOpsAsync("status", "--state", up.State, "--output", "json");
        again.ExitCode.ShouldBe(1);
        again.Out.ShouldBeEmpty();
        await up.DisposeAsync();
    }

    [Fact]
    public async Task A_function_killed_in_the_middle_of_a_call_gives_a_clear_tool_error_and_the_next_call_works()
    {
        await using var up = await RunningUp.StartAsync();
        await Calls.InstancesAsync(up.GatewayUrl);
        (await Eventually.TrueAsync(async () => (await up.FunctionsAsync()).Count > 0)).ShouldBeTrue();
        var function = (await up.FunctionsAsync()).Single(process => process.Function == "central-ops-ec2");

        // Stopped, it takes the next call and cannot end it: killed now, it is killed in the middle of that call.
        Signals.Send(function.Pid, "STOP");
        var call = Calls.InstancesAsync(up.GatewayUrl);
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        call.IsCompleted.ShouldBeFalse();
        Signals.Send(function.Pid, Signals.Kill);

        var result = (await call).GetProperty("result");
        result.GetProperty("isError").GetBoolean().ShouldBeTrue();
        var text = result.GetProperty("content")[0].GetProperty("text").GetString()!;
        text.ShouldContain("central-ops-ec2");
        text.ShouldContain("signal: killed");
        text.ShouldNotContain("Exception");

        var next = (await Calls.InstancesAsync(up.GatewayUrl)).GetProperty("result");
        next.GetProperty("isError").GetBoolean().ShouldBeFalse(next.ToString());
    }

    [Fact]
    public async Task A_second_up_in_the_same_state_directory_says_that_one_runs_and_a_third_beside_it_runs()
    {
        await using var up = await RunningUp.StartAsync();
        var second = await Ran.CentralOpsAsync("up", "--port", "0", "--state", up.State);
        second.ExitCode.ShouldBe(1);
        second.Error.Trim().Split('\n').Length.ShouldBe(1);
        second.Error.ShouldContain("already runs here");
        second.Error.ShouldContain("--state DIR");

        await using var beside = await RunningUp.StartAsync();
        beside.GatewayUrl.ShouldNotBe(up.GatewayUrl);
        (await beside.CentralOpsAsync("call", "list_accounts")).ExitCode.ShouldBe(0);
        (await up.CentralOpsAsync("call", "list_accounts")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_taken_port_is_told_in_one_sentence_with_the_way_out()
    {
        await using var up = await RunningUp.StartAsync();
        var port = new Uri(up.GatewayUrl).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var state = Directory.CreateTempSubdirectory("centralops-").FullName;
        var taken = await Ran.CentralOpsAsync("up", "--port", port, "--state", state);
        taken.ExitCode.ShouldBe(1);
        taken.Error.Trim().Split('\n').Length.ShouldBe(1, "one sentence, before anything is started");
        taken.Error.ShouldContain(port);
        taken.Error.ShouldContain("--port N");
        taken.Error.ShouldNotContain("   at ");
        Directory.Delete(state, recursive: true);
    }

    [Fact]
    public async Task Ctrl_c_in_the_middle_of_the_start_cleans_up_too()
    {
        var state = Directory.CreateTempSubdirectory("centralops-").FullName;
        using var process = Ran.Start(Repository.Command, ["up", "--port", "0", "--state", state]);
        (await process.StandardError.ReadLineAsync()).ShouldNotBeNull("the first step of the start");
        // The script has become the command: same process.
        Signals.Send(process.Id, Signals.Interrupt);
        var words = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(limit.Token);

        process.ExitCode.ShouldBeOneOf(0, 130);
        (await words).ShouldNotContain("   at ");
        Directory.GetFiles(state).Select(Path.GetFileName).Except(["gateway.db", "gateway.key", "token.key"]).ShouldBe(["up.lock"]);
        ProcessesThatMention(state).ShouldBeEmpty();
        Directory.Delete(state, recursive: true);
    }

    private static List<string> ProcessesThatMention(string text) =>
        [.. Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)).Select(CommandLine).Where(line => line.Contains(text, StringComparison.Ordinal))];

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }
}
