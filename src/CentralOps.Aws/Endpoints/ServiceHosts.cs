using System.Runtime.InteropServices;
using System.Text;

namespace CentralOps.Aws.Endpoints;

/// <summary>Hosts of services that differ from the ordinary, read from the generated <c>services.txt</c>, whose head tells its form.</summary>
internal static class ServiceHosts
{
    private static readonly byte[] Text = Open();

    /// <summary>The host of a service, the region to sign for, and the service to sign for where it is not the model's.</summary>
    public static HostPlace Find(string serviceId, string prefix, RegionName region, EndpointVariant variant)
    {
        var partition = Partition.Of(region);
        var template = Template(serviceId, region, partition, variant) ?? Ordinary(prefix, variant);
        var words = template
            .Replace("{r}", region.Text, StringComparison.Ordinal)
            .Replace("{g}", partition.MainRegion, StringComparison.Ordinal)
            .Replace("{s}", partition.DnsSuffix, StringComparison.Ordinal)
            .Replace("{d}", partition.DualStackSuffix, StringComparison.Ordinal)
            .Split(' ');
        return new HostPlace(words[0], words[1], words.Length > 2 ? words[2] : null);
    }

    private static string Ordinary(string prefix, EndpointVariant variant) =>
        $"{prefix}{(variant.HasFlag(EndpointVariant.Fips) ? "-fips" : "")}.{{r}}.{(variant.HasFlag(EndpointVariant.DualStack) ? "{d}" : "{s}")} {{r}}";

    /// <summary>Host, signing region and maybe signing name of the narrowest entry; null where the service is an ordinary one.</summary>
    private static string? Template(string serviceId, RegionName region, Partition partition, EndpointVariant variant)
    {
        var line = LineOf(serviceId);
        if (line.IsEmpty)
        {
            return null;
        }

        var letter = (byte)"pfdb"[(int)variant];
        var (found, narrowest) = (default(Range?), 0);
        foreach (var range in line.Split((byte)'|'))
        {
            // [scope] [variants] [host] [signing region] [signing name]
            var entry = line[range];
            var scopeEnds = entry.IndexOf((byte)' ');
            var lettersEnd = scopeEnds + 1 + entry[(scopeEnds + 1)..].IndexOf((byte)' ');
            var width = Narrowness(entry[..scopeEnds], region, partition);
            if (width > narrowest && entry[(scopeEnds + 1)..lettersEnd].Contains(letter))
            {
                (found, narrowest) = ((range.Start.Value + lettersEnd + 1)..range.End, width);
            }
        }

        return found is { } place ? Encoding.ASCII.GetString(line[place]) : null;
    }

    private static int Narrowness(ReadOnlySpan<byte> scope, RegionName region, Partition partition) =>
        scope.SequenceEqual("*"u8) ? 1
        : Ascii.Equals(scope, partition.Id) ? 2
        : Ascii.Equals(scope, region.Text) ? 3
        : 0;

    private static ReadOnlySpan<byte> LineOf(string serviceId)
    {
        var start = Text.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"\n{serviceId}|"));
        if (start < 0)
        {
            return default;
        }

        var entries = Text.AsSpan(start + serviceId.Length + 2);
        return entries[..entries.IndexOf((byte)'\n')];
    }

    private static byte[] Open()
    {
        using var resource = typeof(ServiceHosts).Assembly.GetManifestResourceStream("Endpoints/services.txt")!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}

[StructLayout(LayoutKind.Auto)]
internal readonly record struct HostPlace(string Host, string SigningRegion, string? SigningName);
