using CentralOps.Accounts.ReadOnly;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;

namespace CentralOps.Accounts.Tests.ReadOnly;

public sealed class OperationTableTests
{
    /// <summary>Members that AWS marks as sensitive, and that are shown: looked at one by one.</summary>
    private static readonly string[] ShownThoughSensitive =
    [
        "account:GetAccountInformation AccountName",
        "account:GetAlternateContact AlternateContact.EmailAddress",
        "account:GetAlternateContact AlternateContact.Name",
        "account:GetAlternateContact AlternateContact.PhoneNumber",
        "account:GetAlternateContact AlternateContact.Title",
        "ecs:DescribeTaskDefinition taskDefinition.containerDefinitions.environment",
        "lambda:GetFunction Configuration.Environment.Variables",
        "lambda:GetFunctionConfiguration Environment.Variables",
        "lambda:ListFunctions Functions.Environment.Variables",
        "organizations:DescribeAccount Account.Email",
        "organizations:DescribeAccount Account.Name",
        "organizations:DescribeOrganization Organization.MasterAccountEmail",
        "organizations:ListAccounts Accounts.Email",
        "organizations:ListAccounts Accounts.Name",
        "organizations:ListAccountsForParent Accounts.Email",
        "organizations:ListAccountsForParent Accounts.Name",
        "s3:GetBucketEncryption ServerSideEncryptionConfiguration.Rules.ApplyServerSideEncryptionByDefault.KMSMasterKeyID",
    ];

    public static TheoryData<string> Guarded => [.. OperationTable.Rows.Where(static row => row.Guard is not null).Select(static row => row.Operation)];

    [Fact]
    public void Every_operation_that_is_built_in_has_a_class()
    {
        var unclassified =
            from service in ModelLibrary.Services
            // The command, the deployer and the gateway's search ask these, no tool does: without rows they are not callable.
            where service is not ("bedrock-agentcore-control" or "bedrock-runtime")
            from operation in ModelLibrary.Service(service).OperationNames
            where !OperationTable.TryFind($"{service}:{operation}", out _)
            select $"{service}:{operation}";
        unclassified.ShouldBeEmpty();
    }

    [Fact]
    public void Every_row_is_an_operation_that_is_built_in_and_only_the_portals_have_no_IAM_action()
    {
        foreach (var row in OperationTable.Rows)
        {
            row.Model.ToString().ShouldBe(row.Operation);
            (row.Actions.Count == 0).ShouldBe(row.Operation.StartsWith("sso:", StringComparison.Ordinal) || row.Operation.StartsWith("sso-oidc:", StringComparison.Ordinal), row.Operation);
        }
    }

    [Fact]
    public void A_read_is_guarded_exactly_where_its_class_says_so()
    {
        OperationTable.Rows.Where(static row => row.Guard is not null != (row.Class == OperationClass.GuardedRead)).ShouldBeEmpty();
        new OperationRow("ec2:DescribeInstances", OperationClass.GuardedRead).IsCallable.ShouldBeFalse("a guarded read that nobody guards is none");
        new OperationRow("ec2:RunInstances", OperationClass.MetadataRead).IsCallable.ShouldBeFalse("IAM calls it a write");
    }

    [Theory]
    [MemberData(nameof(Guarded))]
    public void What_is_guarded_is_in_the_model_and_is_reached_on_no_other_way(string operation)
    {
        OperationTable.TryFind(operation, out var row).ShouldBeTrue();
        var parts = operation.Split(':');
        var plain = Members(ModelLibrary.Operation(parts[0], parts[1])).ToList();
        var left = Members(row!.Model).ToList();
        foreach (var secret in row.Guard!.Members)
        {
            secret.Why.Length.ShouldBeGreaterThan(10);
            var (_, parent, member) = plain.ShouldHaveSingleItem(secret.Path);
            left.Count(found => found.Path == secret.Path).ShouldBe(secret.Kind == GuardKind.Removed ? 0 : 1);

            // The structure with the secret in it must not be left anywhere: neither deeper in itself nor beside.
            left.Where(found => ReferenceEquals(found.Parent, parent) && found.Member.Name == member.Name && !Reviewed(found.Path)).Select(found => found.Path).ShouldBeEmpty();
        }
    }

    [Fact]
    public void What_AWS_calls_sensitive_is_guarded_or_was_looked_at()
    {
        var shown =
            from row in OperationTable.Rows
            where row.IsCallable
            from found in Members(row.Model)
            where found.Member.Sensitive || found.Member.Shape.Sensitive
            orderby row.Operation, found.Path
            select $"{row.Operation} {found.Path}";
        shown.Distinct().Order(StringComparer.Ordinal).ShouldBe(ShownThoughSensitive.Order(StringComparer.Ordinal));
    }

    /// <summary>The settings of a sidecar proxy (ports and user ids) have the shape of environment variables.</summary>
    private static bool Reviewed(string path) => path == "taskDefinition.proxyConfiguration.properties.value";

    private static IEnumerable<(string Path, Shape Parent, Member Member)> Members(OperationModel operation) =>
        operation.Output is { } output ? Members(output, "", []) : [];

    private static IEnumerable<(string Path, Shape Parent, Member Member)> Members(Shape shape, string path, List<Shape> above)
    {
        if (above.Contains(shape))
        {
            yield break;
        }

        switch (shape.Kind)
        {
            case ShapeKind.List or ShapeKind.Map:
                foreach (var inner in Members((shape.Element ?? shape.Value)!.Shape, path, [.. above, shape]))
                {
                    yield return inner;
                }

                break;
            case ShapeKind.Structure:
                foreach (var member in shape.Members)
                {
                    var here = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                    yield return (here, shape, member);
                    foreach (var inner in Members(member.Shape, here, [.. above, shape]))
                    {
                        yield return inner;
                    }
                }

                break;
        }
    }
}

file static class Single
{
    public static (string Path, Shape Parent, Member Member) ShouldHaveSingleItem(this IEnumerable<(string Path, Shape Parent, Member Member)> all, string path) =>
        all.Where(found => found.Path == path).ShouldHaveSingleItem();
}
