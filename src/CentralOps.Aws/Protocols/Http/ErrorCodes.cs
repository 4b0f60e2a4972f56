using System.Globalization;
using CentralOps.Aws.Models;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Http;

/// <summary>Error codes on their way over the wire.</summary>
internal static class ErrorCodes
{
    /// <summary>The code of an error that does not say one.</summary>
    public const string Unknown = "UnknownError";

    /// <summary><c>com.amazonaws.sts#ExpiredToken:http://…</c> becomes <c>ExpiredToken</c>; null when nothing is left.</summary>
    public static string? Strip(string? code)
    {
        var rest = code.AsSpan().Trim();
        var hash = rest.IndexOf('#');
        rest = hash < 0 ? rest : rest[(hash + 1)..];
        var colon = rest.IndexOf(':');
        rest = (colon < 0 ? rest : rest[..colon]).Trim();
        return rest.IsEmpty ? null : rest.ToString();
    }

    /// <summary>An error from what was found of it.</summary>
    public static WireError Make(WireResponse response, string? code, string? message, string? requestId, bool? senderFault) =>
        new(code ?? Unknown, message ?? WithoutMessage(response), response.Status)
        {
            RequestId = requestId ?? RequestIds.Find(response),
            SenderFault = senderFault ?? response.Status is >= 400 and < 500,
        };

    /// <summary>The error as the operation declares it, by the code on the wire or by its name; null when it does not.</summary>
    public static ErrorModel? Declared(OperationModel? operation, string code)
    {
        foreach (var error in operation?.Errors ?? [])
        {
            if (string.Equals(error.Code, code, StringComparison.Ordinal) || string.Equals(error.Shape.Name, code, StringComparison.Ordinal))
            {
                return error;
            }
        }

        return null;
    }

    private static string WithoutMessage(WireResponse response) =>
        string.Create(CultureInfo.InvariantCulture, $"The service answered HTTP {response.Status} without a message.");
}
