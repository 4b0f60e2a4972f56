using CentralOps.Sandbox.AwsMcp.Scripts;
using CentralOps.Sandbox.Identity;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.AwsMcp.Tools;

/// <summary>
/// Python with the caller's permissions. The process gets keys of its own for them, which end with it: its calls can be told from the
/// caller's (<c>aws:ViaAWSMCPService</c>), and what signed the request never comes into its hands.
/// </summary>
internal sealed class RunScript(ScriptRunner runner, AccessKeyStore keys, AwsMcpOptions options) : McpTool
{
    public override string Name => "aws___run_script";

    public override bool IsReadOnly => false;

    protected override bool ReachesAccounts => true;

    protected override string Title => "Run a script";

    protected override string Description =>
        "Runs a Python script with boto3 in the account of the credentials that signed the request, and answers with what it printed. It reaches AWS's API and nothing else, and keeps no files.";

    protected override string InputSchema => $$$"""
        {"type":"object","properties":{"code":{"type":"string","description":"The script; print what you want to know.","minLength":1,"maxLength":{{{ScriptLimits.MaxSourceLength}}} },"region":{"type":"string","description":"The default region of clients.","default":"us-east-1","maxLength":40}},"required":["code"]}
        """;

    public override async ValueTask<ToolAnswer> AnswerAsync(ToolCall call, CancellationToken cancellationToken)
    {
        // 1. May it run at all?
        var code = call.Arguments.Required("code", ScriptLimits.MaxSourceLength);
        var region = call.Arguments.Optional("region", 40) ?? "us-east-1";
        var problem = call.Arguments.Problem
            ?? (Estates.Region.ByName.ContainsKey(region) ? null : "region: there is no such region; aws___list_regions has them.")
            ?? (call.Caller.InvokedBy is null ? null : "A script cannot run scripts.");
        if (problem is not null)
        {
            return ToolAnswer.Refused(problem);
        }

        // 2. In the caller's name, no longer than the caller's own key lives.
        var latest = call.Now + options.ScriptTime + TimeSpan.FromMinutes(15);
        var expiration = call.Key.Expiration is { } ends && ends < latest ? ends : latest;
        var lent = keys.Lend(ThroughMcp(call.Caller), expiration);
        try
        {
            var (outcome, refusal) = await runner.RunAsync(code, lent, region, cancellationToken);
            return outcome is null ? ToolAnswer.Refused(refusal!) : Told(outcome);
        }
        finally
        {
            keys.TakeBack(lent);
        }
    }

    private static Principal ThroughMcp(Principal caller) => caller with { InvokedBy = McpDoor.ServiceName };

    private static ToolAnswer Told(ScriptOutcome outcome) => ToolAnswer.Of(json =>
    {
        json.WriteString("status", outcome switch
        {
            { End: ScriptEnd.TimeIsUp } => "timed_out",
            { End: ScriptEnd.DirectoryIsFull } => "storage_exceeded",
            { Code: 0 } => "succeeded",
            _ => "failed",
        });
        json.WriteNumber("exit_code", outcome.Code);
        json.WriteString("stdout", outcome.Output.Text);
        json.WriteString("stderr", outcome.Errors.Text);
        json.WriteBoolean("truncated", outcome.Output.IsCut || outcome.Errors.IsCut);
        json.WriteNumber("duration_ms", (long)outcome.Duration.TotalMilliseconds);
    }, isError: outcome is not { End: ScriptEnd.Exited, Code: 0 });
}
