namespace CentralOps.Agent.Tests.Fixtures;

/// <summary>What happened, in order.</summary>
internal sealed class Happenings : IProgress<AgentEvent>
{
    private readonly Lock _turn = new();
    private readonly List<AgentEvent> _all = [];

    public Action<AgentEvent> Then { get; set; } = static _ => { };

    public IReadOnlyList<AgentEvent> All
    {
        get
        {
            lock (_turn)
            {
                return [.. _all];
            }
        }
    }

    public void Report(AgentEvent value)
    {
        lock (_turn)
        {
            _all.Add(value);
        }

        Then(value);
    }
}
