using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.EndToEnd.Tests.Harness;

namespace CentralOps.EndToEnd.Tests.RealAccounts;

/// <summary>A person's home with AWS's files in it, and a sandbox in AWS's place: nothing but <c>AWS_ENDPOINT_URL</c> points there.</summary>
internal sealed class Person : IDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    private readonly string _home = Directory.CreateTempSubdirectory("centralops-home-").FullName;
    private readonly string _sandbox;

    /// <param name="keys">The long-lived keys of the profile <c>operator</c>.</param>
    public Person(string sandbox, (string Id, string Secret) keys)
    {
        _sandbox = sandbox;
        var config = Write("config", $"""
            [profile operator]
            aws_access_key_id = {keys.Id}
            aws_secret_access_key = {keys.Secret}
            region = us-east-1

            [profile reader]
            role_arn = arn:aws:iam::222222222222:role/CentralOpsTargetRole
            source_profile = operator
            region = us-east-1

            [sso-session corp]
            sso_start_url = https://corp.awsapps.com/start
            sso_region = us-east-1
            sso_registration_scopes = sso:account:access

            [profile jane]
            sso_session = corp
            sso_account_id = 222222222222
            sso_role_name = ReadOnlyAccess
            region = us-east-1

            [profile legacy]
            sso_start_url = https://corp.awsapps.com/start
            sso_region = us-east-1
            sso_account_id = 222222222222
            sso_role_name = ReadOnlyAccess
            region = us-east-1

            [profile legacy-admin]
            sso_start_url = https://corp.awsapps.com/start
            sso_region = us-east-1
            sso_account_id = 111111111111
            sso_role_name = AdministratorAccess
            region = us-east-1

            """);
        Environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOME"] = _home,
            ["AWS_CONFIG_FILE"] = config,
            ["AWS_SHARED_CREDENTIALS_FILE"] = Write("credentials", ""),
            ["AWS_ENDPOINT_URL"] = sandbox,
            ["CENTRALOPS_DIRECTORY_ACCOUNT"] = "111111111111",
        };
    }

    public Dictionary<string, string> Environment { get; }

    public string Write(string name, string text)
    {
        var path = Path.Combine(_home, name);
        File.WriteAllText(path, text);
        return path;
    }

    public Task<Ran> CallAsync(string profile, params string[] arguments) =>
        Ran.ProgramAsync(Repository.Command, ["call", .. arguments, "--aws", "--profile", profile, "--output", "json"], environment: Environment);

    /// <summary>As <c>aws sso login</c> does it: a device code that the person agrees to, and its token in the cache.</summary>
    public async Task SignInAsync()
    {
        var client = await AskAsync("client/register", new JsonObject { ["clientName"] = "test", ["clientType"] = "public" });
        var app = new JsonObject { ["clientId"] = Text(client, "clientId"), ["clientSecret"] = Text(client, "clientSecret") };

        // The start URL is the organization's own; who asks with another is told which.
        var wrong = await AskAsync("device_authorization", With(app, ("startUrl", "https://elsewhere.awsapps.com/start")));
        var message = wrong.TryGetProperty("message", out var said) ? said.GetString()! : Text(wrong, "error_description");
        var device = await AskAsync("device_authorization", With(app, ("startUrl", message[message.LastIndexOf("https://", StringComparison.Ordinal)..])));
        var grant = With(app, ("grantType", "urn:ietf:params:oauth:grant-type:device_code"), ("deviceCode", Text(device, "deviceCode")));
        await AskAsync("token", grant);
        Cache(Text(await AskAsync("token", grant), "accessToken"), DateTimeOffset.UtcNow.AddHours(8));
    }

    public void Cache(string token, DateTimeOffset until)
    {
        var cache = Directory.CreateDirectory(Path.Combine(_home, ".aws", "sso", "cache")).FullName;
        foreach (var key in new[] { "corp", "https://corp.awsapps.com/start" })
        {
#pragma warning disable CA5350 // AWS names the file so; nothing is protected by it.
            var name = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(key)));
#pragma warning restore CA5350
            File.WriteAllText(
                Path.Combine(cache, name + ".json"),
                $$"""{"startUrl":"https://corp.awsapps.com/start","region":"us-east-1","accessToken":"{{token}}","expiresAt":"{{until:yyyy-MM-dd'T'HH:mm:ss'Z'}}"}""");
        }
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private async Task<JsonElement> AskAsync(string path, JsonObject body)
    {
        using var answer = await Http.PostAsJsonAsync($"{_sandbox}/{path}", body);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static JsonObject With(JsonObject app, params (string Name, string Value)[] more)
    {
        var body = app.DeepClone().AsObject();
        foreach (var (name, value) in more)
        {
            body[name] = value;
        }

        return body;
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
