using System.Diagnostics;
using CentralOps.Sandbox.Lambda;
using CentralOps.Sandbox.Tests.Fixtures;

namespace CentralOps.Sandbox.Tests.Lambda;

public sealed class WorkerPoolTests
{
    [PythonFact]
    public async Task The_first_call_starts_a_worker_and_the_next_ones_use_it_again()
    {
        await using var function = new FunctionProcesses();

        var (cold, first) = await function.InvokeAsync("""{"n":1}""");
        cold.Failed.ShouldBeFalse();
        cold.InitDuration.ShouldNotBeNull();
        for (var i = 0; i < 20; i++)
        {
            var (warm, next) = await function.InvokeAsync("""{"n":2}""");
            warm.InitDuration.ShouldBeNull();
            next.GetProperty("pid").GetInt32().ShouldBe(first.GetProperty("pid").GetInt32());
        }

        function.Pool.Processes.Single().State.ShouldBe("idle");
    }

    [PythonFact]
    public async Task Each_worker_has_one_call_at_a_time_and_more_than_the_concurrency_are_throttled()
    {
        await using var function = new FunctionProcesses(definition => definition with { Concurrency = 2 });
        var one = function.InvokeAsync("""{"do":"sleep","seconds":1}""");
        var two = function.InvokeAsync("""{"do":"sleep","seconds":1}""");

        var (three, _) = await function.InvokeAsync("{}");

        three.Outcome.ShouldBe(InvocationOutcome.Throttled);
        (await one).Answer.GetProperty("pid").GetInt32().ShouldNotBe((await two).Answer.GetProperty("pid").GetInt32());
        (await function.InvokeAsync("{}")).Result.Outcome.ShouldBe(InvocationOutcome.Answered);
        function.Pool.Processes.Count.ShouldBe(2);
    }

    [PythonFact]
    public async Task A_worker_that_is_killed_mid_call_answers_with_an_error_and_the_next_call_gets_another()
    {
        await using var function = new FunctionProcesses(definition => definition with { Concurrency = 1 });
        var (_, first) = await function.InvokeAsync("{}");
        var pid = first.GetProperty("pid").GetInt32();

        // Killed before it has taken the event, it would not be the one that failed: another worker would get the event.
        var taken = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var running = function.InvokeAsync($$"""{"do":"sleep","seconds":60,"file":"{{taken}}"}""");
        await Eventually.BecomesTrue(() => File.Exists(taken), "the worker takes the event");
        File.Delete(taken);
        using (var process = Process.GetProcessById(pid))
        {
            process.Kill();
        }

        var (killed, error) = await running;
        killed.Failed.ShouldBeTrue();
        error.GetProperty("errorType").GetString().ShouldBe("Runtime.ExitError");
        error.GetProperty("errorMessage").GetString().ShouldBe("RequestId: request-2 Error: Runtime exited with error: signal: killed");
        var (next, second) = await function.InvokeAsync("{}");
        next.Failed.ShouldBeFalse();
        second.GetProperty("pid").GetInt32().ShouldNotBe(pid);
    }

    [PythonFact]
    public async Task An_idle_worker_that_dies_is_not_handed_an_event()
    {
        await using var function = new FunctionProcesses(definition => definition with { Concurrency = 1 });
        var (_, first) = await function.InvokeAsync("{}");
        using (var process = Process.GetProcessById(first.GetProperty("pid").GetInt32()))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        var (next, _) = await function.InvokeAsync("{}");

        next.Failed.ShouldBeFalse();
    }

    [PythonFact]
    public async Task An_exit_with_a_code_is_told_with_the_code()
    {
        await using var function = new FunctionProcesses();

        var (_, error) = await function.InvokeAsync("""{"do":"exit","code":7}""");
        error.GetProperty("errorMessage").GetString()!.ShouldEndWith("Runtime exited with error: exit status 7");
        (_, error) = await function.InvokeAsync("""{"do":"exit","code":0}""");
        error.GetProperty("errorMessage").GetString()!.ShouldEndWith("Runtime exited without providing a reason");
    }

    [PythonFact]
    public async Task A_call_past_its_timeout_is_ended_with_its_worker()
    {
        await using var function = new FunctionProcesses(definition => definition with { Timeout = TimeSpan.FromSeconds(1) });

        var (result, error) = await function.InvokeAsync("""{"do":"sleep","seconds":60}""");

        result.Failed.ShouldBeTrue();
        error.GetProperty("errorType").GetString().ShouldBe("Sandbox.Timedout");
        error.GetProperty("errorMessage").GetString().ShouldBe("RequestId: request-1 Error: Task timed out after 1.00 seconds");
        await Eventually.BecomesTrue(() => function.Pool.Processes.Count == 0, "the worker is gone");
        (await function.InvokeAsync("{}")).Result.Failed.ShouldBeFalse();
    }

    [PythonFact]
    public async Task An_error_of_the_function_is_passed_on_and_the_worker_stays()
    {
        await using var function = new FunctionProcesses();

        var (result, error) = await function.InvokeAsync("""{"do":"fail","message":"no such thing"}""");

        result.Failed.ShouldBeTrue();
        error.GetProperty("errorType").GetString().ShouldBe("ValueError");
        error.GetProperty("errorMessage").GetString().ShouldBe("no such thing");
        function.Pool.Processes.Count.ShouldBe(1);
    }

    [PythonFact]
    public async Task A_runtime_that_does_not_come_up_answers_for_itself()
    {
        await using (var exits = new FunctionProcesses(mode: "exit"))
        {
            var (result, error) = await exits.InvokeAsync("{}");
            result.Failed.ShouldBeTrue();
            error.GetProperty("errorMessage").GetString().ShouldBe("RequestId: request-1 Error: Runtime exited with error: exit status 3");
        }

        await using (var reports = new FunctionProcesses(mode: "report"))
        {
            var (_, error) = await reports.InvokeAsync("{}");
            error.GetProperty("errorType").GetString().ShouldBe("Fixture.NoConfig");
        }
    }

    [PythonFact]
    public async Task A_runtime_that_hangs_at_start_is_given_ten_seconds()
    {
        var time = new ManualTime();
        await using var hangs = new FunctionProcesses(time: time, mode: "hang");
        var call = hangs.InvokeAsync("{}");
        await Eventually.BecomesTrue(() => hangs.Pool.Processes.Count == 1 && time.Waiting > 0, "the worker is started");

        time.Advance(TimeSpan.FromSeconds(10));

        var (_, error) = await call;
        error.GetProperty("errorMessage").GetString()!.ShouldEndWith("Task timed out after 10.00 seconds");
        await Eventually.BecomesTrue(() => hangs.Pool.Processes.Count == 0, "the worker is gone");
    }

    [PythonFact]
    public async Task A_worker_with_nothing_to_do_stops()
    {
        var time = new ManualTime();
        await using var function = new FunctionProcesses(definition => definition with { IdleStop = TimeSpan.FromMinutes(3) }, time);
        await function.InvokeAsync("{}");

        time.Advance(TimeSpan.FromMinutes(2));
        await function.InvokeAsync("{}");
        time.Advance(TimeSpan.FromMinutes(2));
        function.Pool.Processes.Count.ShouldBe(1);

        time.Advance(TimeSpan.FromMinutes(1));
        await Eventually.BecomesTrue(() => function.Pool.Processes.Count == 0, "the worker is gone");
    }

    [PythonFact]
    public async Task A_worker_whose_keys_are_about_to_end_is_replaced()
    {
        var time = new ManualTime();
        await using var function = new FunctionProcesses(definition => definition with { IdleStop = TimeSpan.FromDays(1) }, time);
        var (_, first) = await function.InvokeAsync("{}");

        time.Advance(TimeSpan.FromHours(5.9));
        var (_, same) = await function.InvokeAsync("{}");
        time.Advance(TimeSpan.FromHours(0.09));
        var (_, other) = await function.InvokeAsync("{}");

        same.GetProperty("pid").GetInt32().ShouldBe(first.GetProperty("pid").GetInt32());
        other.GetProperty("pid").GetInt32().ShouldNotBe(first.GetProperty("pid").GetInt32());
    }

    [PythonFact]
    public async Task The_runtime_is_told_what_lambda_tells()
    {
        await using var function = new FunctionProcesses();
        var before = DateTimeOffset.UtcNow;

        var (_, headers) = await function.InvokeAsync("""{"do":"context"}""", """{"custom":{"a":"\u00e9"}}""");

        headers.GetProperty("lambda-runtime-aws-request-id").GetString().ShouldBe("request-1");
        headers.GetProperty("lambda-runtime-invoked-function-arn").GetString().ShouldBe("arn:aws:lambda:us-east-1:111111111111:function:fixture");
        headers.GetProperty("lambda-runtime-trace-id").GetString().ShouldBe("Root=1-0-0");
        headers.GetProperty("lambda-runtime-client-context").GetString().ShouldBe("""{"custom":{"a":"\u00e9"}}""");
        var deadline = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(headers.GetProperty("lambda-runtime-deadline-ms").GetString()!));
        (deadline - before).ShouldBeInRange(TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(40));
    }

    [PythonFact]
    public async Task A_worker_has_lambdas_environment_and_nothing_of_ours()
    {
        await using var function = new FunctionProcesses(definition => definition with
        {
            Environment = new Dictionary<string, string> { ["MINE"] = "yes", ["AWS_CONFIG_FILE"] = "/root/.aws/config" },
        });

        var (_, environment) = await function.InvokeAsync("""{"do":"environment"}""");

        environment.GetProperty("AWS_LAMBDA_FUNCTION_NAME").GetString().ShouldBe("fixture");
        environment.GetProperty("AWS_REGION").GetString().ShouldBe("us-east-1");
        environment.GetProperty("AWS_ACCESS_KEY_ID").GetString()!.ShouldStartWith("ASIA");
        environment.GetProperty("AWS_ENDPOINT_URL").GetString().ShouldBe("http://127.0.0.1:9");
        environment.GetProperty("AWS_EC2_METADATA_DISABLED").GetString().ShouldBe("true");
        environment.GetProperty("AWS_CONFIG_FILE").GetString().ShouldBe("/dev/null");
        environment.GetProperty("MINE").GetString().ShouldBe("yes");
        environment.TryGetProperty("PWD", out _).ShouldBeFalse();
        environment.EnumerateObject().ShouldAllBe(entry => !entry.Name.StartsWith("DOTNET_") || entry.Name.StartsWith("DOTNET_ROOT"));
        environment.EnumerateObject().ShouldAllBe(entry => !entry.Name.StartsWith("VSTEST", StringComparison.Ordinal));
    }

    [PythonFact]
    public async Task A_worker_stands_apart_from_the_terminals_process_group()
    {
        await using var function = new FunctionProcesses();

        var (_, answer) = await function.InvokeAsync("{}");

        answer.GetProperty("pgid").GetInt32().ShouldBe(answer.GetProperty("pid").GetInt32());
    }

    [PythonFact]
    public async Task A_flood_of_output_blocks_nobody_and_its_end_is_kept()
    {
        await using var function = new FunctionProcesses();

        var (result, _) = await function.InvokeAsync("""{"do":"flood","lines":5000}""");

        result.Failed.ShouldBeFalse();
        await Eventually.BecomesTrue(() => result.Log().Length == 4096, "the tail is read");
    }

    [PythonFact]
    public async Task A_response_over_six_megabytes_is_an_error_of_the_function()
    {
        await using var function = new FunctionProcesses();

        var (fits, _) = await function.InvokeAsync("""{"do":"big","bytes":6291000}""");
        var (_, error) = await function.InvokeAsync("""{"do":"big","bytes":6400000}""");

        fits.Failed.ShouldBeFalse();
        error.GetProperty("errorType").GetString().ShouldBe("Function.ResponseSizeTooLarge");
    }

    [PythonFact]
    public async Task Disposal_ends_idle_busy_and_starting_workers_and_waits_for_them()
    {
        int[] pids;
        Task<(InvocationResult Result, System.Text.Json.JsonElement Answer)>[] calls;
        await using (var function = new FunctionProcesses())
        {
            await function.InvokeAsync("{}");
            calls = [.. Enumerable.Range(0, 4).Select(_ => function.InvokeAsync("""{"do":"sleep","seconds":60}"""))];
            await Eventually.BecomesTrue(() => function.Pool.Processes.Count == 4, "four workers are there");
            _ = function.InvokeAsync("{}");
            pids = [.. function.Pool.Processes.Select(process => process.ProcessId)];
        }

        pids.ShouldAllBe(pid => !Directory.Exists($"/proc/{pid}"));
        foreach (var call in calls)
        {
            try
            {
                (await call).Result.Failed.ShouldBeTrue();
            }
            catch (OperationCanceledException)
            {
                // One that was still starting.
            }
        }
    }
}
