using System.Text.Json;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Protocols.Http;

/// <summary>What an operation puts before its service's host, with members of the input filled in.</summary>
internal static class HostPrefixes
{
    private const int MaxLabel = 63;

    /// <summary>Null when the operation has no prefix.</summary>
    /// <exception cref="InputException">A label would not be one of a host name: it could lead the request to somebody else's host.</exception>
    public static string? Expand(OperationModel operation, ReadOnlySpan<byte> input)
    {
        if (operation.HostPrefix is not { } prefix || !prefix.Contains('{', StringComparison.Ordinal))
        {
            return operation.HostPrefix;
        }

        foreach (var member in operation.Input?.MemberArray ?? [])
        {
            var label = $"{{{member.Name}}}";
            if (member.HostLabel && prefix.Contains(label, StringComparison.Ordinal))
            {
                prefix = prefix.Replace(label, Label(member, input), StringComparison.Ordinal);
            }
        }

        return prefix;
    }

    private static string Label(Member member, ReadOnlySpan<byte> input)
    {
        var value = Find(member, input);
        var fits = value is { Length: > 0 and <= MaxLabel } && value[0] != '-' && value[^1] != '-';
        foreach (var character in value ?? "")
        {
            fits &= char.IsAsciiLetterOrDigit(character) || character == '-';
        }

        return fits
            ? value!
            : throw new InputException($"'{member.Name}' becomes a part of the host name: it has to be 1 to {MaxLabel} letters, digits or hyphens.");
    }

    private static string? Find(Member member, ReadOnlySpan<byte> input)
    {
        var reader = new Utf8JsonReader(input);
        if (input.IsEmpty || !reader.Read())
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var wanted = reader.ValueTextEquals(member.Utf8Name);
            var text = JsonText.ReadString(ref reader);
            if (wanted)
            {
                return text;
            }
        }

        return null;
    }
}
