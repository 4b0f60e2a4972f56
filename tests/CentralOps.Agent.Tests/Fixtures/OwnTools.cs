using System.Text.Json;
using CentralOps.Agent.Toolbox;
using CentralOps.Tools;

namespace CentralOps.Agent.Tests.Fixtures;

/// <summary>The nineteen tools as a gateway lists them, over the sandbox's accounts; what they answer a test says.</summary>
internal sealed class OwnTools : IAgentTools
{
    private static readonly IReadOnlyList<AgentTool> Own =
        [.. ToolCatalog.Declarations.Select(static tool => new AgentTool($"{tool.Subject}___{tool.Name}", tool.Description, FiveKeywordSchema.Reduce(tool.InputSchema)))];

    public const string Accounts =
        """
        {"accounts": [
          {"Id": "100000000000", "Name": "Management", "OrganizationalUnit": "Root"},
          {"Id": "111111111111", "Name": "Central Operations", "OrganizationalUnit": "Infrastructure"},
          {"Id": "222222222222", "Name": "Production", "OrganizationalUnit": "Workloads/Prod"},
          {"Id": "333333333333", "Name": "Staging", "OrganizationalUnit": "Workloads/NonProd"},
          {"Id": "444444444444", "Name": "Development", "OrganizationalUnit": "Workloads/NonProd"},
          {"Id": "555555555555", "Name": "Security Tooling", "OrganizationalUnit": "Security"},
          {"Id": "666666666666", "Name": "Log Archive", "OrganizationalUnit": "Security"},
          {"Id": "777777777777", "Name": "Shared Services", "OrganizationalUnit": "Infrastructure"},
          {"Id": "888888888888", "Name": "Network", "OrganizationalUnit": "Infrastructure"},
          {"Id": "999999999999", "Name": "Data Platform", "OrganizationalUnit": "Workloads/Prod"},
          {"Id": "121212121212", "Name": "Payments", "OrganizationalUnit": "Workloads/Prod"},
          {"Id": "131313131313", "Name": "Legacy CRM", "OrganizationalUnit": "Workloads/Prod"},
          {"Id": "141414141414", "Name": "Sandbox Team", "OrganizationalUnit": "Suspended"}
        ], "truncated": false, "next_token": null}
        """;

    public List<AgentTool> Listed { get; } = [.. Own];

    /// <summary>Null: there is no search.</summary>
    public Func<string, IReadOnlyList<AgentTool>?> Search { get; init; } = static _ => null;

    public Func<string, JsonElement, ToolAnswer> Answer { get; init; } = static (_, _) => new ToolAnswer(Accounts, IsError: false);

    public Task<IReadOnlyList<AgentTool>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AgentTool>>(Listed);

    public Task<IReadOnlyList<AgentTool>?> SearchAsync(string query, CancellationToken cancellationToken) => Task.FromResult(Search(query));

    public Task<ToolAnswer> CallAsync(string name, JsonElement arguments, IProgress<string>? progress, CancellationToken cancellationToken) => Task.FromResult(Answer(name, arguments));
}
