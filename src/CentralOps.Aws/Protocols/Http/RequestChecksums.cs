using CentralOps.Aws.Models;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Http;

/// <summary>The checksum of a request's body where its operation takes one: CRC32, as AWS's SDKs send it, if no other is chosen.</summary>
internal static class RequestChecksums
{
    private const string Default = "CRC32";

    /// <summary>To be called when headers and body stand. A checksum that the caller gave stays alone.</summary>
    public static void Apply(OperationModel operation, WireRequest request)
    {
        if (operation.Checksum is not { } traits || IsGiven(request.Headers))
        {
            return;
        }

        if (traits.Md5)
        {
            request.Headers.Set(Checksums.Md5Header, Checksums.Md5(request.Body.Span));
            return;
        }

        var algorithm = Default;
        if (traits.AlgorithmMember is { } name && operation.Input?.FindMember(name) is { Location: MemberLocation.Header } member)
        {
            var header = member.LocationName ?? member.Name;
            algorithm = request.Headers.Find(header) ?? Default;
            request.Headers.Set(header, algorithm);
        }

        var value = Checksums.Of(algorithm, request.Body.Span)
            ?? throw new InputException($"The checksum algorithm '{algorithm}' is not known here. Choose CRC32, CRC32C, CRC64NVME, SHA256, SHA512, SHA1 or MD5.");
        request.Headers.Set(Checksums.HeaderPrefix + algorithm.ToLowerInvariant(), value);
    }

    /// <summary>Asks for the checksum of the answer, as AWS's SDKs do, unless the caller said otherwise.</summary>
    public static void AskForAnswers(OperationModel operation, WireRequest request)
    {
        if (operation.AnswerChecksum is { } traits
            && operation.Input?.FindMember(traits.ModeMember) is { Location: MemberLocation.Header } member
            && (member.LocationName ?? member.Name) is var header
            && !request.Headers.TryGet(header, out _))
        {
            request.Headers.Set(header, "ENABLED");
        }
    }

    private static bool IsGiven(HeaderList headers)
    {
        foreach (var (name, _) in headers)
        {
            if (name.StartsWith(Checksums.HeaderPrefix, StringComparison.OrdinalIgnoreCase) || name.Equals(Checksums.Md5Header, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
