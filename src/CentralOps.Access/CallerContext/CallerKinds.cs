using CentralOps.Access.Callers;

namespace CentralOps.Access.CallerContext;

/// <summary>The kinds of callers by the names that travel.</summary>
internal static class CallerKinds
{
    public static string NameOf(CallerKind kind) => kind switch
    {
        CallerKind.Iam => "iam",
        CallerKind.Jwt => "jwt",
        CallerKind.LocalToken => "local_token",
        _ => "anonymous",
    };

    /// <returns>Null for a name of none.</returns>
    public static CallerKind? Find(string? name) => name switch
    {
        "iam" => CallerKind.Iam,
        "jwt" => CallerKind.Jwt,
        "local_token" => CallerKind.LocalToken,
        "anonymous" => CallerKind.Anonymous,
        _ => null,
    };
}
