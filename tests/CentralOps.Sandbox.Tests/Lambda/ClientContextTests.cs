using System.Text;
using CentralOps.Sandbox.Lambda;

namespace CentralOps.Sandbox.Tests.Lambda;

public sealed class ClientContextTests
{
    [Fact]
    public void A_context_goes_on_as_one_line_of_ascii()
    {
        var (json, problem) = ClientContext.Read(Base64("{\n\t\"custom\": {\"name\": \"é🦖\"}\r\n}"));

        problem.ShouldBeNull();
        json.ShouldBe("""{  "custom": {"name": "\u00e9\ud83e\udd96"}  }""");
    }

    [Theory]
    [InlineData("no base64!")]
    [InlineData("W10=")]
    [InlineData("e30gMQ==")]
    [InlineData("eyJhIjo=")]
    public void What_is_not_one_json_object_in_base64_is_refused(string header) =>
        ClientContext.Read(header).Problem.ShouldBe("Client context must be a valid Base64-encoded JSON object.");

    [Fact]
    public void Lambda_takes_3583_bytes_of_it()
    {
        ClientContext.Read(Base64("{\"a\":\"" + new string('x', 2677) + "\"}")).Problem.ShouldBeNull();
        ClientContext.Read(Base64("{\"a\":\"" + new string('x', 2678) + "\"}")).Problem.ShouldNotBeNull();
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
