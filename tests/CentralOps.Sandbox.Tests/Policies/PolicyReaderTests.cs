using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Tests.Policies;

public sealed class PolicyReaderTests
{
    [Theory]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/33"}}}]}""", "10.0.0.0/33")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{"StringEquals":{"aws:SourcePlanet":"x"}}}]}""", "aws:SourcePlanet")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{"DateLessThan":{"aws:PrincipalArn":"x"}}}]}""", "DateLessThan")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{"NotStringEquals":{"aws:PrincipalArn":"x"}}}]}""", "NotStringEquals")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{"ForSomeValues:StringEquals":{"aws:PrincipalArn":"x"}}}]}""", "ForSomeValues")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"perhaps"}}}]}""", "Bool")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"arn:aws:s3:::${aws:planet}"}]}""", "${aws:planet}")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"arn:aws:s3:::${aws:TagKeys}"}]}""", "${aws:TagKeys}")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"arn:aws:s3:::${aws:username"}]}""", "not closed")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"arn:aws:s3:::${aws:username, x}"}]}""", "single quotes")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{"NumericEquals":{"s3:max-keys":"${aws:userid}"}}}]}""", "NumericEquals")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{"NullIfExists":{"aws:userid":"true"}}}]}""", "NullIfExists")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*"},{"Sid":"Here","Effect":"No","Action":"ec2:*","Resource":"*"}]}""", "(statement 2, 'Here')")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"bucket"}]}""", "ARN")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"DescribeInstances","Resource":"*"}]}""", "vendor")]
    [InlineData("""{"Statement":[{"Effect":"Perhaps","Action":"ec2:*","Resource":"*"}]}""", "Effect")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Resource":"*"}]}""", "actions")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"ec2:*"}]}""", "resources")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"ec2:*","NotAction":"s3:*","Resource":"*"}]}""", "NotAction")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"ec2:*","Resource":"*"}]}""", "Principal")]
    [InlineData("""{"Statement":[],"Version":"2012-10-17"}""", "statement")]
    [InlineData("""{"Version":"2030-01-01","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*"}]}""", "version")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Effect":"Deny","Action":"ec2:*","Resource":"*"}]}""", "Json")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalArn":[]}}}]}""", "value")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"\ud800:*","Resource":"*"}]}""", "Json")]
    [InlineData("""{"Statement":[{"Effect":"Allow","\udfff":"ec2:*","Resource":"*"}]}""", "Json")]
    [InlineData("""{"\ud800":[]}""", "Json")]
    [InlineData("""{"Statements":[]}""", "Statements")]
    [InlineData("not json", "Json")]
    [InlineData("[]", "Syntax")]
    public void A_document_that_is_not_fully_understood_does_not_load(string json, string named)
    {
        PolicyReader.TryRead(json, PolicyKind.Session, out var document, out var problem).ShouldBeFalse();

        document.ShouldBeNull();
        problem.ShouldContain(named);
    }

    [Theory]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"sts:AssumeRole"}}""", true)]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":{"Federated":"x"},"Action":"sts:AssumeRole"}}""", false)]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::*:root"},"Action":"sts:AssumeRole"}}""", false)]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole"}}""", false)]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}}""", false)]
    public void A_trust_policy_names_principals_and_no_resource(string json, bool readable) =>
        PolicyReader.TryRead(json, PolicyKind.Trust, out _, out _).ShouldBe(readable);
}
