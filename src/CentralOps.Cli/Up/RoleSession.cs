using CentralOps.Aws.Credentials;
using CentralOps.Sandbox;

namespace CentralOps.Cli.Up;

/// <summary>The credentials that AWS would hand the gateway for its execution role, renewed before they expire.</summary>
internal sealed class RoleSession(SandboxServer sandbox, string roleArn, string sessionName, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private AwsCredentials? _current;

    public ValueTask<AwsCredentials> GetAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_current is null || _current.Expiration - time.GetUtcNow() < RenewBefore)
            {
                _current = sandbox.SessionOf(roleArn, sessionName, Lifetime);
            }

            return ValueTask.FromResult(_current);
        }
    }
}
