using CentralOps.Aws.Actions;
using CentralOps.Aws.Wire;
using CentralOps.Sandbox.Identity;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Front;

/// <summary>
/// Operations that AWS has and the sandbox does not serve, such as every write. Who may not do one hears that, as at AWS; only who may hears that it is not here. So
/// whoever is confined can be seen to be.
/// </summary>
internal sealed class Unserved(Authorizer authorizer)
{
    /// <summary>What the policies say; null where they allow it, or where the request does not tell what it asks.</summary>
    public (AccessRequest Question, Decision Decision)? Refuse(Visit visit, Principal caller, string service)
    {
        visit.UnservedOperation = visit.Operation?.Name ?? Router.NameOf(visit.Request) ?? OfRest(service, visit.Request);
        if (visit.UnservedOperation is not { } operation || !IamActions.TryFind($"{service}:{operation}", out var row))
        {
            return null;
        }

        foreach (var action in row.Actions)
        {
            var question = authorizer.Ask(caller, action.Name, "*") with
            {
                Region = visit.Verdict.Region,
                Now = visit.Now,
                SourceIp = visit.SourceIp,
                UserAgent = visit.UserAgent,
            };
            var decision = PolicyEvaluator.Evaluate(question, null);
            // Whoever has a key may have a session of it, unless a policy denies that: it needs no permission.
            if (!decision.Allowed && (decision.IsExplicit || action.Name is not "sts:GetSessionToken"))
            {
                return (question, decision);
            }
        }

        return null;
    }

    /// <summary>The operation of a REST service whose model is not here: those that change or hand out something, by method and path.</summary>
    private static string? OfRest(string service, WireRequest request)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (service, request.Method, parts) switch
        {
            ("s3", "PUT", [_]) when request.Query.Length == 0 => "CreateBucket",
            ("s3", "DELETE", [_]) when request.Query.Length == 0 => "DeleteBucket",
            ("s3", "PUT", [_, ..]) when parts.Length > 1 => "PutObject",
            ("s3", "DELETE", [_, ..]) when parts.Length > 1 => "DeleteObject",
            ("s3", "GET", [_, ..]) when parts.Length > 1 => "GetObject",
            ("s3", "PUT", [_]) => Setting(request.Query, "Put"),
            ("s3", "DELETE", [_]) => Setting(request.Query, "Delete"),
            ("lambda", "POST", [_, "functions"]) => "CreateFunction",
            ("lambda", "DELETE", [_, "functions", _]) => "DeleteFunction",
            ("lambda", "PUT", [_, "functions", _, "code"]) => "UpdateFunctionCode",
            ("lambda", "PUT", [_, "functions", _, "configuration"]) => "UpdateFunctionConfiguration",
            ("eks", "POST", ["clusters"]) => "CreateCluster",
            ("eks", "DELETE", ["clusters", _]) => "DeleteCluster",
            _ => null,
        };
    }

    private static string? Setting(string query, string verb) => query.Split('=')[0].Split('&')[0] switch
    {
        "policy" => verb + "BucketPolicy",
        "acl" => verb + "BucketAcl",
        "encryption" => verb + "BucketEncryption",
        "tagging" => verb + "BucketTagging",
        "publicAccessBlock" => verb + "PublicAccessBlock",
        _ => null,
    };
}
