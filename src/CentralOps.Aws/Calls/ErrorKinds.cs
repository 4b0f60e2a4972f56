namespace CentralOps.Aws.Calls;

/// <summary>What AWS's error codes mean for retry and kind. The lists are those of AWS's standard retry mode.</summary>
internal static class ErrorKinds
{
    public static FailureKind KindOf(string code, int status)
    {
        if (IsThrottling(code) || status == 429)
        {
            return FailureKind.Throttling;
        }

        if (IsCredentials(code))
        {
            return FailureKind.Credentials;
        }

        if (IsAccess(code))
        {
            return FailureKind.Access;
        }

        if (status >= 500)
        {
            return FailureKind.Server;
        }

        if (status == 404 || IsNotFound(code))
        {
            return FailureKind.NotFound;
        }

        return status is 401 or 403 ? FailureKind.Access : FailureKind.Validation;
    }

    public static bool IsThrottling(string code) => code is
        "Throttling" or "ThrottlingException" or "ThrottledException" or "RequestThrottledException" or "TooManyRequestsException"
        or "ProvisionedThroughputExceededException" or "TransactionInProgressException" or "RequestLimitExceeded"
        or "BandwidthLimitExceeded" or "LimitExceededException" or "RequestThrottled" or "SlowDown" or "PriorRequestNotComplete"
        or "EC2ThrottledException";

    /// <summary>Of the codes of throttling, those that are not about calls over time but about how much there may be of something.</summary>
    public static bool IsRateLimit(string code) => code is not (
        "LimitExceededException" or "TransactionInProgressException" or "PriorRequestNotComplete" or "ProvisionedThroughputExceededException"
        or "BandwidthLimitExceeded");

    public static bool IsTransient(string code, int status) =>
        status is 500 or 502 or 503 or 504
        || code is "RequestTimeout" or "RequestTimeoutException" or "InternalError" or "IDPCommunicationError";

    /// <summary>The token that came with the keys is over; the keys themselves were right.</summary>
    public static bool IsExpired(string code) => code is "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired" or "RequestExpired";

    /// <summary>Codes that a wrong clock causes; the first three mean nothing else, the others do when the server's date is far off.</summary>
    public static bool MayBeClockSkew(string code) => code is
        "RequestTimeTooSkewed" or "RequestExpired" or "RequestInTheFuture"
        or "InvalidSignatureException" or "SignatureDoesNotMatch" or "AuthFailure";

    private static bool IsCredentials(string code) => code is
        "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired" or "RequestExpired" or "RequestTimeTooSkewed" or "RequestInTheFuture"
        or "InvalidClientTokenId" or "UnrecognizedClient" or "UnrecognizedClientException" or "InvalidAccessKeyId" or "InvalidToken"
        or "SignatureDoesNotMatch" or "InvalidSignature" or "InvalidSignatureException" or "AuthFailure" or "AuthorizationHeaderMalformed"
        or "MissingAuthenticationToken" or "MissingAuthenticationTokenException" or "IncompleteSignature" or "IncompleteSignatureException"
        or "InvalidSecurity" or "InvalidX509Certificate" or "NotSignedUp" or "XAmzContentSHA256Mismatch";

    private static bool IsAccess(string code) => code is
        "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" or "UnauthorizedException" or "UnauthorizedAccess"
        or "NotAuthorized" or "NotAuthorizedException" or "Forbidden" or "ForbiddenException" or "AuthorizationError"
        or "AuthorizationErrorException" or "OptInRequired" or "AllAccessDisabled" or "AccountProblem" or "RegionDisabledException"
        or "Client.UnauthorizedOperation" or "InsufficientPrivilegesException";

    private static bool IsNotFound(string code) =>
        code.EndsWith("NotFound", StringComparison.Ordinal)
        || code.EndsWith("NotFoundException", StringComparison.Ordinal)
        || code.StartsWith("NoSuch", StringComparison.Ordinal);
}
