using System.Text;
using CentralOps.Accounts.ReadOnly;
using CentralOps.Proxy.Upstreams;

namespace CentralOps.Proxy.Identities;

/// <summary>
/// What holds a session to reading that calls an MCP server whose tools nobody here can classify: two managed policies allow what auditors may see, and an
/// inline policy allows the way to the server and denies secrets. A session's permissions are what its session policies allow together and its role allows too;
/// so the inline policy need not repeat what the managed ones allow, and nothing in it gives a role more than it has.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
/// </summary>
public sealed record SessionConfinement
{
    private SessionConfinement(string policy, string managedPolicies) => (Policy, ManagedPolicies) = (policy, managedPolicies);

    /// <summary>The inline policy; at most <see cref="SessionPolicy.MaxCharacters"/>.</summary>
    public string Policy { get; }

    /// <summary>ARNs, separated by commas.</summary>
    public string ManagedPolicies { get; }

    public static SessionConfinement For(UpstreamAddress upstream)
    {
        var policy = new StringBuilder("{\"Version\":\"2012-10-17\",\"Statement\":[");
        if (upstream.Reach.Statement is { } reach)
        {
            policy.Append(reach).Append(',');
        }

        policy.Append("{\"Effect\":\"Deny\",\"Action\":[\"").AppendJoin("\",\"", SecretActions.Patterns).Append("\"],\"Resource\":\"*\"}]}");
        var document = policy.ToString();
        return document.Length <= SessionPolicy.MaxCharacters
            ? new(document, $"arn:{upstream.Partition}:iam::aws:policy/SecurityAudit,arn:{upstream.Partition}:iam::aws:policy/job-function/ViewOnlyAccess")
            : throw new InvalidOperationException($"The policy that confines sessions for {upstream.Service} has {document.Length} characters; AWS takes {SessionPolicy.MaxCharacters}.");
    }
}
