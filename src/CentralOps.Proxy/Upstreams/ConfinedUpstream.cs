using System.Text;
using System.Text.Json;
using CentralOps.Gateway.Targets;
using CentralOps.Proxy.Identities;
using ModelContextProtocol.Protocol;

namespace CentralOps.Proxy.Upstreams;

/// <summary>
/// A SigV4-protected MCP server, called as whoever a call names: sessions of confined roles, connections and MCP sessions are kept warm, renewed unseen and kept
/// apart by identity, and the server's quotas are waited for. It knows nothing of how its own callers reach it. Safe for concurrent use.
/// </summary>
/// <remarks>Nothing is sent before the first call.</remarks>
public sealed class ConfinedUpstream(UpstreamOptions options) : IAsyncDisposable
{
    /// <summary>What stands before the server's names of tools in a <see cref="ToolInvocation"/>, and three underscores.</summary>
    internal const string TargetName = "upstream";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private readonly UpstreamLines _lines = new(options);

    public UpstreamAddress Address => options.Address;

    /// <summary>Identities whose connections are kept now.</summary>
    public int OpenIdentities => _lines.Count;

    /// <summary>Whether calls are held to reading, so that nothing happens where one is made twice.</summary>
    public bool IsConfined => options.Confinement is not null;

    /// <summary>Calls a tool.</summary>
    /// <param name="tool">The server's name of it.</param>
    /// <param name="call">The invocation; its <see cref="ToolInvocation.ToolName"/> and caller are set here.</param>
    /// <param name="repeatable">Whether the tool says that calling it twice is as good as once.</param>
    public ValueTask<UpstreamAnswer> CallAsync(UpstreamIdentity identity, string tool, ToolInvocation call, bool repeatable, CancellationToken cancellationToken)
    {
        var invocation = call with { ToolName = $"{TargetName}___{tool}", Caller = identity.Caller };
        return AskAsync(identity, (target, token) => target.CallAsync(invocation, token), repeatable || IsConfined, cancellationToken);
    }

    /// <summary>Makes another request that MCP servers take (lists, prompts, resources).</summary>
    public ValueTask<UpstreamAnswer> ForwardAsync(UpstreamIdentity identity, McpForward request, CancellationToken cancellationToken) =>
        AskAsync(identity, (target, token) => target.ForwardAsync(request with { Caller = identity.Caller }, token), repeatable: true, cancellationToken);

    /// <summary>All tools that the server lists for an identity.</summary>
    public ValueTask<UpstreamTools> ListToolsAsync(UpstreamIdentity identity, ReadOnlyMemory<byte> meta, CancellationToken cancellationToken) =>
        new UpstreamListing(this, identity, meta).ReadAsync(cancellationToken);

    public ValueTask DisposeAsync() => _lines.DisposeAsync();

    private async ValueTask<UpstreamAnswer> AskAsync(
        UpstreamIdentity identity, Func<IMcpTarget, CancellationToken, ValueTask<TargetAnswer>> ask, bool repeatable, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Timeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var line = _lines.Rent(identity);
        try
        {
            // 1. A session for the identity.
            if (await line.EnterAsync(either.Token) is { } shut)
            {
                return new(default, shut);
            }

            // 2. A place among the account's calls.
            if (!await line.Lane.TakeAsync(either.Token))
            {
                return new(default, UpstreamTrouble.Throttled(Address));
            }

            // 3. The call, once more where its connection failed and a second time does no harm.
            try
            {
                var answer = await RepeatAsync(line.Target, ask, repeatable, either.Token);
                return answer.Failure is { } failure ? new(answer, UpstreamTrouble.Of(failure, identity, Address)) : new(answer, null);
            }
            finally
            {
                line.Lane.GiveBack();
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new(default, UpstreamTrouble.OutOfTime(Address, options.Timeout));
        }
        finally
        {
            _lines.Return(line);
        }
    }

    private async ValueTask<TargetAnswer> RepeatAsync(
        IMcpTarget target, Func<IMcpTarget, CancellationToken, ValueTask<TargetAnswer>> ask, bool repeatable, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var answer = await ask(target, cancellationToken);
            if (answer.Failure is not { Kind: TargetFailureKind.Network } || !repeatable || attempt >= options.Retries)
            {
                return answer;
            }

            await Task.Delay(FirstPause * Math.Pow(2, attempt) * (1 - (options.Random.NextDouble() / 2)), options.Time, cancellationToken);
        }
    }
}

/// <summary>What a server answered, in the dialect that was asked for; or why it did not.</summary>
/// <param name="Answer">A result or a JSON-RPC error of the server; nothing with a trouble.</param>
public readonly record struct UpstreamAnswer(TargetAnswer Answer, UpstreamTrouble? Trouble);
