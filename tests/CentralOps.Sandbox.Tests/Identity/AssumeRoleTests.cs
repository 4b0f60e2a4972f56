using System.Collections.Frozen;
using System.Text.Json;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Identity;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Policies;
using CentralOps.Sandbox.Tests.Fixtures;

namespace CentralOps.Sandbox.Tests.Identity;

/// <summary>What sessions hand on, and what they must not.</summary>
public sealed class AssumeRoleTests
{
    private readonly IdentityDirectory _directory = new(Estate.Default);
    private readonly AccessKeyStore _keys = new(new ManualTime());

    [Fact]
    public async Task A_source_identity_goes_along_and_cannot_be_changed()
    {
        var function = Function() with { SourceIdentity = "alice" };

        var kept = Session(await AnswerAsync(function, "{}"));
        kept.SourceIdentity.ShouldBe("alice");
        Session(await AnswerAsync(function, """{"SourceIdentity":"alice"}""")).SourceIdentity.ShouldBe("alice");
        (await AnswerAsync(function, """{"SourceIdentity":"bob"}""")).Error!.Message.ShouldContain("is not authorized to perform: sts:SetSourceIdentity on resource: ");
    }

    [Fact]
    public async Task Transitive_tags_go_along_and_cannot_be_overwritten()
    {
        var function = Function() with
        {
            Tags = new Dictionary<string, string> { ["caller"] = "local", ["other"] = "stays" }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
            TransitiveTagKeys = new[] { "caller" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase),
        };

        var session = Session(await AnswerAsync(function, """{"Tags":[{"Key":"tool","Value":"ec2"}]}"""));

        session.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).ShouldBe([new("caller", "local"), new("tool", "ec2")]);
        (await AnswerAsync(function, """{"Tags":[{"Key":"CALLER","Value":"x"}]}""")).Error!.Message.ShouldContain("conflicts with a transitive tag key");
    }

    [Fact]
    public async Task A_role_that_assumes_a_role_gets_an_hour_at_most()
    {
        (await AnswerAsync(Function(), """{"DurationSeconds":3601}""")).Error!.Message
            .ShouldBe("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
        (await AnswerAsync(Function(), """{"DurationSeconds":3600}""")).Error.ShouldBeNull();
    }

    [Fact]
    public async Task The_callers_session_policy_has_to_allow_tagging_when_it_tags()
    {
        var assumeOnly = PolicyReader.Read("""{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}""", PolicyKind.Session);
        var function = Function() with { SessionPolicy = assumeOnly };

        (await AnswerAsync(function, "{}")).Error.ShouldBeNull();
        (await AnswerAsync(function, """{"Tags":[{"Key":"a","Value":"b"}]}""")).Error!.Message.ShouldContain("is not authorized to perform: sts:TagSession on resource: ");
    }

    [Fact]
    public async Task Only_the_functions_role_and_the_operator_are_let_in()
    {
        _directory.TryFindRole("arn:aws:iam::111111111111:role/CentralOpsGatewayRole", out var gateway).ShouldBeTrue();
        var greedy = gateway!.Session("gateway") with { IdentityPolicies = [IdentityDocuments.AssumeTargetRoles] };

        (await AnswerAsync(greedy, "{}")).Error!.Code.ShouldBe("AccessDenied");
        (await AnswerAsync(_directory.Operator.ToPrincipal(), "{}")).Error.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"TransitiveTagKeys":["absent"]}""", "InvalidParameterValue")]
    [InlineData("""{"Tags":[{"Key":"aws:x","Value":"1"}]}""", "ValidationError")]
    [InlineData("""{"Tags":[{"Key":"tab\there","Value":"1"}]}""", "ValidationError")]
    [InlineData("""{"SourceIdentity":"aws:me"}""", "ValidationError")]
    [InlineData("""{"ProvidedContexts":[{"ProviderArn":"x"}]}""", "ValidationError")]
    public async Task Members_that_aws_does_not_take_are_refused(string more, string code) =>
        (await AnswerAsync(Function(), more)).Error!.Code.ShouldBe(code);

    private Principal Function()
    {
        _directory.TryFindRole("arn:aws:iam::111111111111:role/CentralOpsLambdaRole", out var role).ShouldBeTrue();
        return role!.Session("central-ops-ec2");
    }

    private Principal Session(OperationAnswer answer)
    {
        answer.Error.ShouldBeNull();
        using var json = JsonDocument.Parse(answer.Output.Json);
        _keys.TryFindPrincipal(json.RootElement.GetProperty("Credentials").GetProperty("AccessKeyId").GetString()!, out var session).ShouldBeTrue();
        return session!;
    }

    private async Task<OperationAnswer> AnswerAsync(Principal caller, string more)
    {
        var input = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(more)!;
        input["RoleArn"] = JsonSerializer.SerializeToElement("arn:aws:iam::222222222222:role/CentralOpsTargetRole");
        input["RoleSessionName"] = JsonSerializer.SerializeToElement("session");
        var call = new OperationCall
        {
            Caller = caller,
            Region = "us-east-1",
            RequestId = "request",
            Now = DateTimeOffset.UnixEpoch,
            Input = JsonSerializer.SerializeToElement(input),
        };
        return await new AssumeRole(Estate.Default, _directory, _keys).AnswerAsync(call, CancellationToken.None);
    }
}
