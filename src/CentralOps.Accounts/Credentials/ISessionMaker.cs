namespace CentralOps.Accounts.Credentials;

/// <summary>A way to a session in an account.</summary>
public interface ISessionMaker
{
    Task<SessionGrant> MakeAsync(SessionKey key, CancellationToken cancellationToken);
}
