using System.Text.Json;
using CentralOps.Agent.Tracing;
using CentralOps.Text.Shaping;

namespace CentralOps.Agent;

/// <summary>The calls of one question as they come and go. Safe for concurrent use; whoever listens is told one thing at a time.</summary>
internal sealed class CallLog(IProgress<AgentEvent> progress)
{
    private const int MostSaid = 300;

    private readonly Lock _turn = new();
    private readonly List<TracedCall> _calls = [];

    public IReadOnlyList<TracedCall> All
    {
        get
        {
            lock (_turn)
            {
                return [.. _calls];
            }
        }
    }

    public TracedCall Begin(int turn, string tool, JsonElement arguments, DateTimeOffset now)
    {
        lock (_turn)
        {
            var call = new TracedCall { Number = _calls.Count + 1, Turn = turn, Tool = tool, Arguments = arguments, StartedAt = now };
            _calls.Add(call);
            progress.Report(new AgentEvent.CallBegun(call));
            return call;
        }
    }

    public void Says(TracedCall call, string text)
    {
        lock (_turn)
        {
            progress.Report(new AgentEvent.CallSays(call, ForeignText.Line(text, MostSaid)));
        }
    }

    public void End(TracedCall call)
    {
        lock (_turn)
        {
            _calls[call.Number - 1] = call;
            progress.Report(new AgentEvent.CallEnded(call));
        }
    }
}
