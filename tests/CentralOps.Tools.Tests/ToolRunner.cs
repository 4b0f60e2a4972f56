using System.Buffers;
using System.Text;
using System.Text.Json;
using CentralOps.Access.Callers;
using CentralOps.Access.Rules;
using CentralOps.Access.Sealing;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Quotas;
using CentralOps.Accounts.Tests.Stubs;
using CentralOps.Ledger;
using CentralOps.Tools.Fleet;

namespace CentralOps.Tools.Tests;

/// <summary>Runs a tool as a function does, over a stubbed AWS.</summary>
internal sealed class ToolRunner(StubAws aws, ManualTime? time = null, CallQuotas? quotas = null)
{
    private readonly StubOrganization _organization = new(aws, time ?? new ManualTime(), quotas: quotas);

    public TimeSpan? TimeAllowed { get; init; }

    public int MaxAnswerBytes { get; init; } = int.MaxValue;

    public ILedger Ledger { get; init; } = NoLedger.Instance;

    /// <summary>Null: the local owner may do everything.</summary>
    public AccessRules? Rules { get; init; }

    public CancellationToken Cancelled { get; init; }

    public ManualTime Time => _organization.Time;

    public Caller Caller { get; init; } = Caller.Local;

    public TokenKeys? TokenKeys { get; init; }

    public IProgress<FleetProgress>? Progress { get; init; }

    private ToolServices Services => field ??= Make();

    public Task<JsonElement> RunAsync(string tool, string arguments) => RunAsync(tool, Encoding.UTF8.GetBytes(arguments));

    public Task<JsonElement> RunAsync(string tool, byte[] arguments) => RunAsync(tool, arguments, Caller, Cancelled);

    public async Task<JsonElement> RunAsync(string tool, byte[] arguments, Caller caller, CancellationToken cancellationToken)
    {
        var call = new ToolCall(arguments, caller, "request-1", Services) { TimeAllowed = TimeAllowed, MaxAnswerBytes = MaxAnswerBytes, TraceId = "trace-1", Progress = Progress };
        var output = new ArrayBufferWriter<byte>();
        var outcome = await ToolCatalog.Tools.Single(candidate => candidate.Name == tool).RunAsync(call, output, cancellationToken);
        var answer = JsonDocument.Parse(output.WrittenMemory.ToArray(), new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement;
        answer.TryGetProperty("error", out _).ShouldBe(outcome.Refusal is not null);
        return answer;
    }

    private ToolServices Make()
    {
        var way = Rules is null ? _organization.WayIn : new WayIn(_organization.Directory, Rules, _organization.Entrance);
        var services = new ToolServices(way, _organization.Directory, _organization.Home, _organization.Time) { Ledger = Ledger };
        return TokenKeys is { } keys ? services with { TokenKeys = keys } : services;
    }
}
