using CentralOps.Access.Callers;

namespace CentralOps.Tools.Recording;

/// <summary>How a caller was established, as records spell it.</summary>
internal static class LedgerCallerKind
{
    public static string Of(Caller caller) => caller.Kind switch
    {
        CallerKind.Iam => "iam",
        CallerKind.Jwt => "jwt",
        CallerKind.LocalToken => "local_token",
        _ => "anonymous",
    };
}
