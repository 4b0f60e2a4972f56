using System.Text.Json;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Sso;
using CentralOps.Sandbox.Tests.Fixtures;
using CentralOps.Sandbox.Tests.Front;

namespace CentralOps.Sandbox.Tests.Clients;

/// <summary>Signing in through IAM Identity Center, with boto3 as the client.</summary>
public sealed class SignInTests
{
    /// <summary>The operations that only make sense one after another.</summary>
    internal static readonly string[] Operations =
    [
        "sso:GetRoleCredentials", "sso:ListAccountRoles", "sso:ListAccounts", "sso:Logout", "sso-oidc:CreateToken", "sso-oidc:RegisterClient", "sso-oidc:StartDeviceAuthorization",
    ];

    [BotoFact(old: true)]
    public Task Debians_boto3_signs_in() => SignInAsync(Tools.DebianPython);

    [BotoFact(old: false)]
    public Task A_current_boto3_signs_in() => SignInAsync(Tools.NewPython!);

    private static async Task SignInAsync(string python)
    {
        await using var organization = await Organization.StartAsync();
        var startUrl = new SsoStore(Estate.Default, TimeProvider.System).StartUrl;

        var (exitCode, output, error) = Tools.Run(python, [Path.Combine(AppContext.BaseDirectory, "Fixtures", "sign_in.py"), organization.Server.Url.ToString(), startUrl], []);

        exitCode.ShouldBe(0, error);
        var seen = JsonSerializer.Deserialize<JsonElement>(output);
        Text("other_start").ShouldBe("InvalidRequestException");
        Text("waiting").ShouldBe("AuthorizationPendingException");
        Text("twice").ShouldBe("InvalidGrantException");
        Text("other_grant").ShouldBe("UnsupportedGrantTypeException");
        Text("refreshed").ShouldBe("Bearer");
        seen.GetProperty("accounts").EnumerateArray().Select(name => name.GetString()).ShouldBe(["Central Operations", "Production", "Staging", "Development"]);
        seen.GetProperty("roles").EnumerateArray().Select(name => name.GetString()).ShouldBe(["ReadOnlyAccess", "AdministratorAccess"]);
        Text("no_roles").ShouldBe("ForbiddenException");
        Text("no_role").ShouldBe("ForbiddenException");
        Text("who")!.ShouldMatch("^arn:aws:sts::222222222222:assumed-role/AWSReservedSSO_ReadOnlyAccess_[0-9a-f]{16}/jane.doe$");
        seen.GetProperty("vpcs").GetInt32().ShouldBe(Estate.Default.Resources("222222222222", "us-east-1").Network.Vpcs.Count);
        Text("after").ShouldBe("UnauthorizedException");

        string? Text(string name) => seen.GetProperty(name).GetString();
    }
}
