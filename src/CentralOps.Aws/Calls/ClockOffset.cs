using System.Globalization;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Calls;

/// <summary>How far this machine's clock is from AWS's, learnt from a refusal and kept for the calls to come.</summary>
internal sealed class ClockOffset(TimeProvider time)
{
    /// <summary>Nearer than this, the clock is not why a signature was refused: services allow five minutes and more.</summary>
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(4);

    private long _ticks;

    public DateTimeOffset Now => time.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _ticks));

    /// <summary>True when the refusal came from a wrong clock, which is now corrected.</summary>
    /// <param name="signedAt">The time that the refused request was signed with.</param>
    public bool Corrects(string code, HeaderList answer, DateTimeOffset signedAt)
    {
        if (!ErrorKinds.MayBeClockSkew(code)
            || !DateTimeOffset.TryParseExact(answer.Find("Date"), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var server)
            || (server - signedAt).Duration() < Tolerated)
        {
            return false;
        }

        Volatile.Write(ref _ticks, (server - time.GetUtcNow()).Ticks);
        return true;
    }
}
