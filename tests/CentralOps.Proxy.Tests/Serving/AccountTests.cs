using Microsoft.AspNetCore.Http;
using System.Text.Json;
using CentralOps.Proxy.Tests.Fixtures;

namespace CentralOps.Proxy.Tests.Serving;

public sealed class AccountTests
{
    [Fact]
    public async Task A_call_runs_in_the_account_that_it_names_and_the_server_never_sees_the_name()
    {
        await using var proxy = await TestProxy.StartAsync();
        var client = await proxy.Connect().InitializeAsync();
        var told = await client.ToldAsync("aws___run_script", """{"account_id":"222222222222","code":"print(1.0)  # ü \u00e9"}""");
        told.GetProperty("account").GetString().ShouldBe("222222222222");
        told.GetProperty("principal").GetString().ShouldBe("arn:aws:sts::222222222222:assumed-role/CentralOpsTargetRole/jane");
        told.GetProperty("arguments").EnumerateObject().Select(static argument => argument.Name).ShouldBe(["code"]);
        told.GetProperty("arguments").GetProperty("code").GetString().ShouldBe("print(1.0)  # ü é");
    }

    [Theory]
    [InlineData("\"Production\"", "222222222222")]
    [InlineData("222222222222", "222222222222")]
    [InlineData("null", "111111111111")]
    public async Task An_account_is_named_by_id_or_name_or_not_at_all(string said, string account)
    {
        await using var proxy = await TestProxy.StartAsync();
        var client = await proxy.Connect().InitializeAsync();
        (await client.ToldAsync("aws___list_regions", $$"""{"account_id":{{said}} }""")).GetProperty("account").GetString().ShouldBe(account);
    }

    [Fact]
    public async Task A_call_without_an_account_is_a_confined_session_too()
    {
        await using var proxy = await TestProxy.StartAsync();
        var client = await proxy.Connect().InitializeAsync();
        (await client.ToldAsync("aws___list_regions")).GetProperty("principal").GetString().ShouldBe("arn:aws:sts::111111111111:assumed-role/CentralOpsTargetRole/jane");
        proxy.Server.Received.ShouldAllBe(static call => call.Expiration != null, "the operator's own key is long-lived, and never sent");
    }

    [Theory]
    [InlineData("\"987654321098\"", "unknown_account")]
    [InlineData("\"Nowhere\"", "unknown_account")]
    [InlineData("\"222222222222,333333333333\"", "unknown_account")]
    [InlineData("\"\"", "must be a string that names one account")]
    [InlineData("7", "must be a string that names one account")]
    [InlineData("[\"222222222222\"]", "must be a string that names one account")]
    public async Task What_names_no_account_that_can_be_entered_is_told_and_nothing_is_sent(string said, string told)
    {
        await using var proxy = await TestProxy.StartAsync();
        var client = await proxy.Connect().InitializeAsync();
        (await client.RefusedAsync("aws___list_regions", $$"""{"account_id":{{said}} }""")).ShouldContain(told);
        proxy.Server.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_identity_has_a_session_of_its_own_which_it_keeps()
    {
        await using var proxy = await TestProxy.StartAsync();
        var client = await proxy.Connect().InitializeAsync();
        string[] accounts = ["222222222222", "333333333333", "444444444444", "222222222222", "333333333333", "444444444444"];
        await Task.WhenAll(accounts.Select(account => client.ToldAsync("aws___list_regions", $$"""{"account_id":"{{account}}"}""")));
        proxy.Server.Calls.GroupBy(static call => call.Account).ShouldAllBe(static calls => calls.Select(call => call.Session).Distinct().Count() == 1);
        proxy.Server.Calls.Select(static call => call.Session).Distinct().Count().ShouldBe(3);
        proxy.Upstream.OpenIdentities.ShouldBe(4, "three accounts, and the list's");
    }

    [Fact]
    public async Task Identities_that_are_kept_are_bounded_and_their_sessions_ended()
    {
        await using var proxy = await TestProxy.StartAsync(new() { MaxIdentities = 2 });
        var client = await proxy.Connect().InitializeAsync();
        foreach (var account in new[] { "222222222222", "333333333333", "444444444444", "222222222222" })
        {
            (await client.ToldAsync("aws___list_regions", $$"""{"account_id":"{{account}}"}""")).GetProperty("account").GetString().ShouldBe(account);
            proxy.Upstream.OpenIdentities.ShouldBeLessThanOrEqualTo(2);
        }

        for (var attempt = 0; proxy.Server.OpenSessions > 2 && attempt < 600; attempt++)
        {
            await Task.Delay(100);
        }

        proxy.Server.OpenSessions.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task What_the_command_line_says_goes_into_meta_beside_what_the_client_says()
    {
        await using var proxy = await TestProxy.StartAsync(new()
        {
            Options = new() { Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["AWS_REGION"] = "eu-west-1", ["team"] = "sre" } },
        });
        var client = await proxy.Connect().InitializeAsync();
        var meta = (await client.ToldAsync("aws___list_regions", more: ""","_meta":{"AWS_REGION":"us-west-2","x":[1.0]}""")).GetProperty("meta");
        meta.GetProperty("AWS_REGION").GetString().ShouldBe("us-west-2", "the client knows better");
        meta.GetProperty("team").GetString().ShouldBe("sre");
        meta.GetProperty("x").GetRawText().ShouldBe("[1.0]");
        proxy.Server.Received.Single(static call => call.Method is "tools/list").Params.GetProperty("_meta").GetProperty("team").GetString().ShouldBe("sre");
    }

    [Fact]
    public async Task Without_confinement_a_call_without_an_account_is_signed_with_the_credentials_themselves()
    {
        await using var proxy = await TestProxy.StartAsync(new() { Unconfined = true });
        var client = await proxy.Connect().InitializeAsync();
        (await client.ToldAsync("aws___list_regions")).GetProperty("principal").GetString().ShouldBe("arn:aws:iam::111111111111:user/Operator");
        (await client.ToldAsync("aws___list_regions", """{"account_id":"222222222222"}""")).GetProperty("account").GetString().ShouldBe("222222222222");
    }

    [Fact]
    public async Task Progress_reaches_the_client_before_the_answer()
    {
        await using var proxy = await TestProxy.StartAsync();
        proxy.Server.Before = async (call, context) =>
        {
            if (call.Method is not "tools/call")
            {
                return false;
            }

            context.Response.ContentType = "text/event-stream";
            var token = call.Params.GetProperty("_meta").GetProperty("progressToken").GetRawText();
            await context.Response.WriteAsync($$$"""
                data: {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":{{{token}}},"progress":1,"message":"half"}}


                """);
            await context.Response.WriteAsync($$$"""data: {"jsonrpc":"2.0","id":{{{call.Id}}},"result":{"content":[]}}""" + "\n\n");
            return true;
        };
        var client = await proxy.Connect().InitializeAsync();
        await client.CallAsync("aws___list_regions", more: ""","_meta":{"progressToken":"mine"}""");
        var told = await client.Await("notifications/progress");
        told.GetProperty("params").GetProperty("progressToken").GetString().ShouldBe("mine");
        var lines = client.Lines.ToList();
        lines.FindIndex(static line => line.Contains("notifications/progress", StringComparison.Ordinal)).ShouldBeLessThan(lines.Count - 1);
    }
}
