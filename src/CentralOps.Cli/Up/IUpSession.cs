using CentralOps.Cli.Running;

namespace CentralOps.Cli.Up;

/// <summary>What 'up' keeps running: a gateway with the sandbox behind it, or with real accounts.</summary>
internal interface IUpSession : IAsyncDisposable
{
    UpState State { get; }
}
