using CentralOps.Accounts.Tests.Stubs;

namespace CentralOps.Tools.Tests;

/// <summary>The way into one account, Production, over a stubbed AWS; what is asked there is a test's business.</summary>
internal static class StubAccounts
{
    public static ToolRunner Runner(Func<StubCall, StubAnswer> answer) => new(new StubAws(call => Way(call) ?? answer(call)));

    public static ToolRunner Runner(Func<StubCall, CancellationToken, Task<StubAnswer>> answer) =>
        new(new StubAws(async (call, cancellationToken) => Way(call) ?? await answer(call, cancellationToken)));

    public static StubAnswer? Way(StubCall call) => call.Operation switch
    {
        "sts:AssumeRole" => StubAnswer.Session(call, new DateTimeOffset(2026, 11, 22, 13, 0, 0, TimeSpan.Zero)),
        "organizations:DescribeAccount" => $$$"""{"Account":{"Id":"{{{call.Text("AccountId")}}}","Name":"Production","Status":"ACTIVE"}}""",
        _ => null,
    };
}
