using CentralOps.Access.Callers;
using CentralOps.Access.Rules;
using CentralOps.Access.Selectors;
using FsCheck;
using FsCheck.Fluent;

namespace CentralOps.Access.Tests.Rules;

/// <summary>Random callers, tools, accounts and rules, few enough of each that they meet.</summary>
public static class RuleGen
{
    public static Gen<Caller> Callers { get; } =
        from kind in Gen.Elements(CallerKind.Anonymous, CallerKind.Iam, CallerKind.Jwt, CallerKind.LocalToken)
        from principal in kind switch
        {
            CallerKind.Iam => Gen.Elements("arn:aws:sts::111111111111:assumed-role/Agents/a", "arn:aws:iam::111111111111:user/ada"),
            CallerKind.Anonymous => Gen.Elements("anonymous", "local", "unidentified"),
            _ => Gen.Elements("ada", "bob", "arn:aws:iam::111111111111:user/ada"),
        }
        from groups in Gen.SubListOf("sre", "dev", "pci")
        from more in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select kind == CallerKind.Jwt ? new Caller(principal, kind) { Issuer = "https://a", Groups = [.. groups], HasMoreGroups = more, ClientId = "agent" } : new Caller(principal, kind);

    public static Gen<string> Tools { get; } = Gen.Elements("ec2___describe_ec2_instances", "rds___describe_rds_instances", "accounts___list_accounts", "s3___list_s3_buckets", "ec2-x___describe_y");

    public static Gen<TestAccount> Accounts { get; } =
        from id in Gen.Elements("111111111111", "222222222222", "333333333333", "444444444444")
        from name in Gen.Elements("Production", "Staging", "Central")
        from unit in Gen.Elements("Workloads/Prod", "Workloads", "Workloads/Production", "Root", null)
        from tags in Gen.Elements<IReadOnlyDictionary<string, string>?>(null, new Dictionary<string, string>(), new Dictionary<string, string> { ["env"] = "prod" }, new Dictionary<string, string> { ["env"] = "dev" })
        select new TestAccount(id, name, unit, tags);

    public static Gen<string> Terms { get; } =
        from terms in Gen.NonEmptyListOf(
            from sign in Gen.Frequency((2, Gen.Constant("")), (1, Gen.Constant("!")))
            from term in Gen.Elements("all", "222222222222", "333333333333", "production", "name:Central", "ou:Workloads", "ou:Workloads/Prod", "tag:env=prod", "tag:env=dev")
            select sign + term).Resize(3)
        select string.Join(',', terms);

    public static Gen<AccessRule> Rules { get; } =
        from effect in Gen.Frequency((2, Gen.Constant(RuleEffect.Allow)), (1, Gen.Constant(RuleEffect.Deny)))
        from who in Gen.Elements(
            new CallerMatch { Everyone = true },
            new CallerMatch { Local = true },
            new CallerMatch { Groups = ["sre"] },
            new CallerMatch { Groups = ["dev", "pci"] },
            new CallerMatch { Principals = ["ada"] },
            new CallerMatch { Principals = ["arn:aws:sts::111111111111:assumed-role/Agents/*"] },
            new CallerMatch { Issuers = ["https://a"], ClientIds = ["agent"] })
        from tools in Gen.NonEmptyListOf(Gen.Elements("*", "ec2___*", "describe_*", "list_accounts", "rds___describe_rds_instances")).Resize(2)
        from terms in Terms
        select new AccessRule("r", effect, who, [.. tools.Select(Pattern)], Parse(terms));

    public static AccountTerms Parse(string text) => AccountTerms.TryParse(text, out var terms, out var problem) ? terms : throw new ArgumentException(problem, nameof(text));

    private static ToolPattern Pattern(string text) => ToolPattern.TryParse(text, out var pattern, out var problem) ? pattern : throw new ArgumentException(problem, nameof(text));
}
