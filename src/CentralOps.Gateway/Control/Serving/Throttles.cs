namespace CentralOps.Gateway.Control.Serving;

/// <summary>§2.7's requests a second, of this process alone. A second's worth may come at once.</summary>
internal sealed class Throttles(bool enabled, TimeProvider time)
{
    private readonly Bucket _writes = new(5);
    private readonly Bucket _reads = new(10);
    private readonly Bucket _identities = new(20);

    public bool TryTake(string operation) => !enabled || BucketOf(operation).TryTake(time);

    private Bucket BucketOf(string operation)
    {
        if (operation.Contains("CredentialProvider", StringComparison.Ordinal) || operation.Contains("WorkloadIdentit", StringComparison.Ordinal) || operation.Contains("TokenVault", StringComparison.Ordinal))
        {
            return _identities;
        }

        return operation.StartsWith("Get", StringComparison.Ordinal) || operation.StartsWith("List", StringComparison.Ordinal) ? _reads : _writes;
    }

    private sealed class Bucket(double rate)
    {
        private readonly Lock _gate = new();
        private double _taken;
        private long? _looked;

        public bool TryTake(TimeProvider time)
        {
            lock (_gate)
            {
                var now = time.GetTimestamp();
                var gone = _looked is { } last ? time.GetElapsedTime(last, now).TotalSeconds : 0;
                _taken = Math.Max(0, _taken - (gone * rate));
                _looked = now;
                if (_taken > rate - 1)
                {
                    return false;
                }

                _taken++;
                return true;
            }
        }
    }
}
