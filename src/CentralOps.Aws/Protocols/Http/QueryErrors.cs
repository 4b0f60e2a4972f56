using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Http;

/// <summary>Errors of services that once spoke awsQuery: beside the body goes the code that an awsQuery client would have seen.</summary>
internal static class QueryErrors
{
    /// <summary>Says in a request that the old code is wanted.</summary>
    public const string ModeHeader = "x-amzn-query-mode";

    /// <summary><c>Code;Sender</c>.</summary>
    private const string ErrorHeader = "x-amzn-query-error";

    /// <summary>An error from what its body gave; the header's code goes before the body's.</summary>
    public static WireError Make(WireResponse response, string? code, string? message)
    {
        if (response.Headers.Find(ErrorHeader)?.Split(';') is not [{ Length: > 0 } queryCode, ..] parts)
        {
            return ErrorCodes.Make(response, code, message, null, null);
        }

        bool? sender = parts.Length > 1 ? string.Equals(parts[1], "Sender", StringComparison.Ordinal) : null;
        return ErrorCodes.Make(response, queryCode, message, null, sender);
    }

    public static void Set(WireResponse response, string code, bool senderFault) =>
        response.Headers.Set(ErrorHeader, $"{code};{(senderFault ? "Sender" : "Receiver")}");
}
