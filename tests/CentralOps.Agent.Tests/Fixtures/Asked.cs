using CentralOps.Agent.Budgets;
using CentralOps.Agent.Fencing;
using CentralOps.Agent.Toolbox;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Tests.Fixtures;

/// <summary>One question to an agent with a scripted model.</summary>
internal static class Asked
{
    public const string Instances = "ec2___describe_ec2_instances";

    public static AgentSettings Settings(Budget? budget = null, TimeProvider? time = null)
    {
        var number = 0;
        return new AgentSettings { Fence = new Fence(() => $"{Interlocked.Increment(ref number):x32}"), Budget = budget ?? new(), Time = time ?? TimeProvider.System };
    }

    public static Task<AgentAnswer> AskAsync(
        IChatClient model, IAgentTools tools, Budget? budget = null, Conversation? conversation = null, IProgress<AgentEvent>? progress = null, TimeProvider? time = null, string question = "Which servers run?", CancellationToken cancellationToken = default) =>
        new OperationsAgent(model, tools, Settings(budget, time)).AskAsync(conversation ?? new Conversation(), question, progress ?? new Happenings(), cancellationToken);

    /// <summary>An answer about one account, as describe_ec2_instances has it.</summary>
    public static string One(string account, int count, string region = "us-east-1") =>
        $$"""{"account_id": "{{account}}", "region": "{{region}}", "instance_count": {{count}}, "instances": [{{string.Join(',', Enumerable.Range(0, count).Select(static index => $$"""{"InstanceId": "i-{{index:d17}}", "State": "running"}"""))}}], "truncated": false, "next_token": null, "failures": []}""";

    public const string Fleet =
        """
        {"results": [
          {"account_id": "222222222222", "account_name": "Production", "region": "eu-west-1", "instance_count": 2, "instances": [{"InstanceId": "i-1"}, {"InstanceId": "i-2"}]},
          {"account_id": "333333333333", "account_name": "Staging", "region": "us-east-1", "instance_count": 1, "instances": [{"InstanceId": "i-3"}]}],
         "failures": [{"account_id": "131313131313", "region": null, "part": null, "stage": "assume_role", "code": "AccessDenied", "message": "…", "remedy": "…"}],
         "summary": {"accounts": 12, "regions": 2, "succeeded": 2, "empty": 20, "failed": 1, "skipped": 0, "items": 3, "asked_regions": ["eu-west-1", "us-east-1"]},
         "truncated": false, "next_token": null}
        """;
}
