namespace CentralOps.Gateway.Outbound;

/// <summary>One token: kept until shortly before its end, asked for by one request at a time however many wait for it.</summary>
internal sealed class OAuthTokenSlot(OAuthTokenRequest request, TimeProvider time)
{
    // A target that refuses every token must not make us ask for one with every call.
    private static readonly TimeSpan BetweenRenewals = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private OAuthToken? _token;
    private Task<OAuthToken>? _asking;
    private DateTimeOffset _renewed = DateTimeOffset.MinValue;

    /// <summary>The authorization server knows no resource indicators (RFC 8707): it is asked without.</summary>
    public bool ResourceRefused => request.ResourceRefused;

    public ValueTask<OAuthToken> GetAsync(CancellationToken cancellationToken)
    {
        Task<OAuthToken> asking;
        lock (_gate)
        {
            if (_token is not null && _token.Until > time.GetUtcNow())
            {
                return new(_token);
            }

            // Whoever came first may go away: the others still wait for it.
            asking = _asking ??= Task.Run(AskAsync, CancellationToken.None);
        }

        return new(asking.WaitAsync(cancellationToken));
    }

    /// <summary>The target did not accept <paramref name="value"/>.</summary>
    /// <returns>Whether another one is worth asking for.</returns>
    public bool Reject(string value)
    {
        lock (_gate)
        {
            if (_token?.Value is { } current && !string.Equals(current, value, StringComparison.Ordinal))
            {
                return true;
            }

            if (time.GetUtcNow() - _renewed < BetweenRenewals)
            {
                return false;
            }

            _renewed = time.GetUtcNow();
            _token = null;
            return true;
        }
    }

    private async Task<OAuthToken> AskAsync()
    {
        OAuthToken? token = null;
        try
        {
            return token = await request.SendAsync(CancellationToken.None);
        }
        finally
        {
            lock (_gate)
            {
                (_token, _asking) = (token, null);
            }
        }
    }
}
