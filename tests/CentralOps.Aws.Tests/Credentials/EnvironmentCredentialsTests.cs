using CentralOps.Aws.Credentials;

namespace CentralOps.Aws.Tests.Credentials;

public sealed class EnvironmentCredentialsTests
{
    [Fact]
    public void Keys_come_from_the_standard_variables()
    {
        var credentials = Read(("AWS_ACCESS_KEY_ID", "ASIAEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "s3cret"), ("AWS_SESSION_TOKEN", "token"), ("AWS_CREDENTIAL_EXPIRATION", "2030-01-31T12:00:00Z"));

        credentials.ShouldBe(new AwsCredentials("ASIAEXAMPLE", "s3cret", "token", new DateTimeOffset(2030, 1, 31, 12, 0, 0, TimeSpan.Zero)));
        credentials.ToString().ShouldBe("ASIAEXAMPLE");
        Read(("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "s3cret"), ("AWS_SESSION_TOKEN", "")).SessionToken.ShouldBeNull();
    }

    [Theory]
    [InlineData(null, "s3cret", null, null, "AWS_ACCESS_KEY_ID is not set")]
    [InlineData("AKIAEXAMPLE", "", null, null, "AWS_SECRET_ACCESS_KEY is not set")]
    [InlineData("AKIAEXAMPLE", "s3cret\n", null, null, "AWS_SECRET_ACCESS_KEY holds white space")]
    [InlineData("AKIAEXAMPLE", "s3cret", "tok en", null, "AWS_SESSION_TOKEN holds white space")]
    [InlineData("AKIAEXAMPLE", "s3cret", null, "tomorrow", "AWS_CREDENTIAL_EXPIRATION is not")]
    public void What_is_missing_or_wrong_is_named_without_its_value(string? id, string? secret, string? token, string? expires, string message)
    {
        var refused = Should.Throw<InvalidOperationException>(
            () => Read(("AWS_ACCESS_KEY_ID", id), ("AWS_SECRET_ACCESS_KEY", secret), ("AWS_SESSION_TOKEN", token), ("AWS_CREDENTIAL_EXPIRATION", expires)));

        refused.Message.ShouldStartWith(message);
        refused.Message.ShouldNotContain("s3cret");
    }

    private static AwsCredentials Read(params (string Name, string? Value)[] variables) =>
        EnvironmentCredentials.Read(name => Array.Find(variables, variable => variable.Name == name).Value);
}
