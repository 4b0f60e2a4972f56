using System.Buffers;
using System.Text;
using CentralOps.Access.Callers;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Tests.Stubs;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;

namespace CentralOps.Accounts.Tests.Entry;

public sealed class GuardedReadTests
{
    private const string Functions =
        """
        {"Functions":[{"FunctionName":"f","Environment":{"Variables":{"DB_PASSWORD":"hunter2"},"Error":{"ErrorCode":"KMS","Message":"hunter2"}},
         "ImageConfigResponse":{"ImageConfig":{"Command":["--password=hunter2"],"WorkingDirectory":"/"}}}]}
        """;

    [Fact]
    public async Task A_tool_that_asks_for_everything_with_a_model_of_its_own_gets_no_secret() =>
        (await ListFunctionsAsync(null)).ShouldBe(
            """{"Functions":[{"FunctionName":"f","Environment":{"Variables":{"DB_PASSWORD":null},"Error":{"ErrorCode":"KMS"}},"ImageConfigResponse":{"ImageConfig":{"WorkingDirectory":"/"}}}]}""");

    [Fact]
    public async Task A_tool_gets_the_names_of_environment_variables() =>
        (await ListFunctionsAsync(Projection.Items("Functions", Field.Value("FunctionName"), Field.MapNames("Environment.Variables", "EnvironmentVariables"))))
            .ShouldBe("""{"FunctionName":"f","EnvironmentVariables":["DB_PASSWORD"]}""");

    [Fact]
    public async Task A_projection_of_a_secret_member_ends_before_anything_is_read() =>
        await Should.ThrowAsync<ArgumentException>(() => ListFunctionsAsync(Projection.Items("Functions", Field.Value("ImageConfigResponse.ImageConfig.Command"))));

    private static async Task<string> ListFunctionsAsync(Projection? projection)
    {
        var time = new ManualTime();
        var organization = new StubOrganization(new StubAws(call => Answer(call, time)), time);
        var use = new ToolUse(Caller.Local, "list_lambda_functions", ["lambda:ListFunctions"]);
        var opened = await organization.WayIn.OpenAsync("222222222222", organization.Home, use, CancellationToken.None);
        var output = new ArrayBufferWriter<byte>();
        var outcome = await opened.Door!.CallAsync(
            ModelLibrary.Operation("lambda", "ListFunctions"), "{}"u8.ToArray(), new Transcription(output, projection), CancellationToken.None);
        outcome.Refusal.ShouldBeNull();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static StubAnswer Answer(StubCall call, ManualTime time) => call.Operation switch
    {
        "sts:AssumeRole" => StubAnswer.Session(call, time.GetUtcNow() + TimeSpan.FromMinutes(15)),
        "organizations:DescribeAccount" => """{"Account":{"Id":"222222222222","Name":"Production","Status":"ACTIVE"}}""",
        _ => Functions,
    };
}
