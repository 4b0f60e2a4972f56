using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Tests.Calls;
using CentralOps.Aws.Tests.Signing;

namespace CentralOps.Aws.Tests.Readme;

public sealed partial class ReadmeTests
{
    private static readonly OneKey Keys = new(new AccessKey("AKIDEXAMPLE", "secret", "arn:aws:iam::111111111111:user/reader"));

    [Fact]
    public void Every_example_of_the_README_is_compiled_here_to_the_letter()
    {
        var readme = File.ReadAllText(Path.Combine(Here(), "..", "..", "..", "src", "CentralOps.Aws", "README.md"));
        var source = string.Join('\n', File.ReadLines(Path.Combine(Here(), "Examples.cs")).Select(line => line.StartsWith("        ", StringComparison.Ordinal) ? line[8..] : line));

        var examples = Example().Matches(readme);

        examples.Count.ShouldBe(3);
        foreach (Match example in examples)
        {
            source.ShouldContain(example.Groups[1].Value, Case.Sensitive);
        }
    }

    [Fact]
    public async Task The_call_is_answered_by_the_server_of_the_same_README()
    {
        await using var server = new LoopbackServer(exchange =>
        {
            var response = Examples.Serve(exchange.Request, Keys, "request-1");
            return exchange.AnswerAsync(response.Status, Encoding.UTF8.GetString(response.Body.Span), [.. response.Headers.Select(header => (header.Key, header.Value))]);
        });

        (await RunAsync("secret", server.Url)).ShouldBe("""{"Account":"111111111111","Arn":"arn:aws:iam::111111111111:user/reader","UserId":"AKIDEXAMPLE"}""");
        (await RunAsync("another", server.Url)).ShouldStartWith("SignatureDoesNotMatch: ");
    }

    [Fact]
    public async Task The_pages_are_read_to_the_end()
    {
        var instances = ModelLibrary.Operation("ec2", "DescribeInstances");
        await using var fixture = new CallFixture(exchange =>
        {
            var page = Encoding.UTF8.GetString(exchange.Request.Body.Span).Contains("NextToken", StringComparison.Ordinal)
                ? """{"Reservations":[{"Instances":[{"InstanceId":"i-3"}]}]}"""
                : """{"Reservations":[{"Instances":[{"InstanceId":"i-1","State":{"Code":16,"Name":"running"},"Tags":[{"Key":"env","Value":"prod"}]},{"InstanceId":"i-2"}]}],"NextToken":"n"}""";
            var response = WireProtocols.For(ProtocolKind.Ec2Query).WriteResponse(instances, new AwsOutput(Encoding.UTF8.GetBytes(page)), "r");
            return exchange.AnswerAsync(response.Status, Encoding.UTF8.GetString(response.Body.Span));
        });
        using var output = new StringWriter();

        await Examples.PageAsync(fixture.Client, new AwsCredentials("AKIDEXAMPLE", "secret"), output, CancellationToken.None);

        output.ToString().Split(Environment.NewLine).ShouldBe(
        [
            """[{"InstanceId":"i-1","State":"running","Tags":{"env":"prod"}},{"InstanceId":"i-2","State":null,"Tags":{}}]""",
            """[{"InstanceId":"i-3","State":null,"Tags":{}}]""",
            "",
        ]);
    }

    private static async Task<string> RunAsync(string secret, Uri url)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AWS_ENDPOINT_URL"] = url.AbsoluteUri, ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE", ["AWS_SECRET_ACCESS_KEY"] = secret,
        };
        using var output = new StringWriter();
        await Examples.CallAsync(environment.GetValueOrDefault, output, CancellationToken.None);
        return output.ToString().TrimEnd();
    }

    [GeneratedRegex("```csharp\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
