namespace CentralOps.Sandbox.Estates;

/// <summary>
/// Reproducible randomness: SplitMix64 (Steele, Lea and Flood 2014) seeded by a path, so that every corner of an estate can be made
/// by itself, in any order, and is always the same.
/// </summary>
internal sealed class Dice
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    private ulong _state;

    public Dice(ulong seed, params ReadOnlySpan<string> path)
    {
        _state = FnvOffset ^ seed;
        foreach (var part in path)
        {
            foreach (var c in part)
            {
                _state = (_state ^ c) * FnvPrime;
            }

            _state = (_state ^ '/') * FnvPrime;
        }
    }

    public int Roll(int sides) => (int)(Next() % (uint)sides);

    public bool Chance(int percent) => Roll(100) < percent;

    public T Pick<T>(ReadOnlySpan<T> choices) => choices[Roll(choices.Length)];

    public string Hex(int digits) => Letters("0123456789abcdef", digits);

    public string Base36(int digits) => Letters("0123456789abcdefghijklmnopqrstuvwxyz", digits);

    public string Base32(int digits) => Letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", digits);

    private string Letters(string alphabet, int count) =>
        string.Create(count, (dice: this, alphabet), static (span, state) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = state.alphabet[state.dice.Roll(state.alphabet.Length)];
            }
        });

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
