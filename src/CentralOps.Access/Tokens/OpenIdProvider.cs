namespace CentralOps.Access.Tokens;

/// <summary>
/// An OpenID provider's issuer and keys, read when they are needed and kept: read again every few minutes beside the calls, once for a key id
/// that is not known, never more often than its settings admit, and served for a while when the provider is away. Safe for concurrent use.
/// </summary>
/// <param name="trouble">Told in words why a reading failed.</param>
public sealed class OpenIdProvider(OpenIdSettings settings, HttpMessageInvoker http, TimeProvider time, Action<string> trouble)
{
    private readonly OpenIdReader _reader = new(settings, http);
    private readonly Lock _gate = new();
    private volatile Known? _known;
    private volatile bool _away;
    private Task _reading = Task.CompletedTask;
    private long? _attemptedAt;

    /// <returns>Null where no keys could be read, or none for too long.</returns>
    public ValueTask<ProviderKeys?> KeysAsync(CancellationToken cancellationToken)
    {
        var known = _known;
        return known is not null && time.GetElapsedTime(known.ReadAt) < settings.RefreshAfter
            ? new(known.Keys)
            : new(ReadWhenDueAsync(known, cancellationToken));
    }

    /// <summary>The keys after a token came with a key id that is not among them: read again if that was not done just now.</summary>
    public async ValueTask<ProviderKeys?> RenewedKeysAsync(CancellationToken cancellationToken)
    {
        await Read().WaitAsync(cancellationToken);
        return _known?.Keys;
    }

    private async Task<ProviderKeys?> ReadWhenDueAsync(Known? known, CancellationToken cancellationToken)
    {
        var age = known is null ? TimeSpan.MaxValue : time.GetElapsedTime(known.ReadAt);
        var reading = Read();

        // While the provider is away, nobody waits for it who can be served without.
        if (age >= settings.StaleAfter || (age >= settings.WaitAfter && !_away))
        {
            await reading.WaitAsync(cancellationToken);
        }

        known = _known;
        return known is not null && time.GetElapsedTime(known.ReadAt) < settings.StaleAfter ? known.Keys : null;
    }

    /// <summary>The reading that is under way, or a new one if it is time for one: at most one at once.</summary>
    private Task Read()
    {
        lock (_gate)
        {
            var interval = _known is null ? settings.FirstInterval : settings.MinInterval;
            if (!_reading.IsCompleted || (_attemptedAt is { } before && time.GetElapsedTime(before) < interval))
            {
                return _reading;
            }

            _attemptedAt = time.GetTimestamp();
            return _reading = Task.Run(ReadNowAsync, CancellationToken.None);
        }
    }

    // Nobody's cancellation ends it: others wait for it too. Its own time does.
    private async Task ReadNowAsync()
    {
        using var deadline = new CancellationTokenSource(settings.Timeout, time);
        try
        {
            var keys = await _reader.ReadAsync(deadline.Token);
            var before = _known?.Keys;
            _known = new(before is not null && before.IsSameAs(keys) ? before : keys, time.GetTimestamp());
            _away = false;
        }
        catch (Exception e)
        {
            _away = true;
            trouble(e switch
            {
                OpenIdException broken => broken.Message,
                OperationCanceledException => $"it did not answer within {settings.Timeout.TotalSeconds:0.#} seconds",
                HttpRequestException failed => $"it could not be reached ({failed.HttpRequestError})",
                _ => "its answer could not be read",
            });
        }
    }

    private sealed record Known(ProviderKeys Keys, long ReadAt);
}
