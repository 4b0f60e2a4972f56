using CentralOps.Access.Callers;

namespace CentralOps.Functions.Wrapping;

/// <summary>
/// Who calls over the function URL. No signed caller context fits there: it is bound to the gateway's message, which an MCP client writes anew. Lambda's authorizer
/// names the IAM principal that signed, and that is believed where a setting says so: whoever may invoke the function past its URL could write that name himself.
/// </summary>
/// <param name="trusts">The setting.</param>
/// <param name="demandsIdentity">Callers are verified over the other way, so that here they are nobody.</param>
internal sealed class UrlCallers(bool trusts, bool demandsIdentity)
{
    public Caller Of(string? userArn) => (trusts, userArn, demandsIdentity) switch
    {
        (true, { } arn, _) => new Caller(arn, CallerKind.Iam),
        (true, null, _) or (_, _, true) => Caller.Unidentified,
        _ => Caller.Local,
    };
}
