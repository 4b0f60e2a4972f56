using CentralOps.Accounts.Refusals;

namespace CentralOps.Tools.Listings;

/// <summary>Page tokens that AWS does not know any more.</summary>
internal static class StaleTokens
{
    /// <summary>Services spell it differently; some only say that a parameter is invalid, and name the token in the message.</summary>
    public static bool Says(Refusal refusal, out string code)
    {
        var failure = (refusal as Refusal.ServiceFailed)?.Failure;
        code = failure?.Code ?? "";
        return code is "InvalidNextToken" or "InvalidNextTokenException" or "InvalidPaginationToken" or "InvalidPaginationTokenException"
                or "ExpiredNextToken" or "ExpiredNextTokenException" or "ExpiredPaginationToken" or "InvalidMarker"
            || (code is "InvalidParameterValue" or "InvalidParameterValueException" or "InvalidParameterException" or "InvalidArgument" or "ValidationError" or "ValidationException"
                && (failure!.Message.Contains("token", StringComparison.OrdinalIgnoreCase) || failure.Message.Contains("marker", StringComparison.OrdinalIgnoreCase)));
    }
}
