using System.Globalization;

namespace CentralOps.Sandbox.Ec2;

/// <summary>Times as EC2 writes them and as its filters match them.</summary>
internal static class Ec2Time
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
