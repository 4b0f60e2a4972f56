using System.Buffers;
using System.Text;
using System.Text.Json;
using CentralOps.Access.Callers;
using CentralOps.Access.Rules;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Tests.Stubs;
using CentralOps.Ledger;

namespace CentralOps.Tools.Tests;

/// <summary>Runs a tool as a function does, over a stubbed AWS.</summary>
internal sealed class ToolRunner(StubAws aws, ManualTime? time = null)
{
    private readonly StubOrganization _organization = new(aws, time ?? new ManualTime());

    public TimeSpan? TimeAllowed { get; init; }

    public int MaxAnswerBytes { get; init; } = int.MaxValue;

    public ILedger Ledger { get; init; } = NoLedger.Instance;

    /// <summary>Null: the local owner may do everything.</summary>
    public AccessRules? Rules { get; init; }

    public CancellationToken Cancelled { get; init; }

    public ManualTime Time => _organization.Time;

    public Task<JsonElement> RunAsync(string tool, string arguments) => RunAsync(tool, Encoding.UTF8.GetBytes(arguments));

    public async Task<JsonElement> RunAsync(string tool, byte[] arguments)
    {
        var way = Rules is null ? _organization.WayIn : new WayIn(_organization.Directory, Rules, _organization.Entrance);
        var services = new ToolServices(way, _organization.Directory, _organization.Home, _organization.Time) { Ledger = Ledger };
        var call = new ToolCall(arguments, Caller.Local, "request-1", services) { TimeAllowed = TimeAllowed, MaxAnswerBytes = MaxAnswerBytes, TraceId = "trace-1" };
        var output = new ArrayBufferWriter<byte>();
        var outcome = await ToolCatalog.Tools.Single(candidate => candidate.Name == tool).RunAsync(call, output, Cancelled);
        var answer = JsonDocument.Parse(output.WrittenMemory.ToArray(), new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement;
        answer.TryGetProperty("error", out _).ShouldBe(outcome.Refusal is not null);
        return answer;
    }
}
