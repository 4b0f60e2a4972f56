using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace CentralOps.Profiles.Tests;

/// <summary>A home folder with AWS's files, and a process that sees it and nothing of the machine's own settings.</summary>
internal sealed class Home : IDisposable
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    public Home(string config)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, ".aws", "sso", "cache"));
        _variables["HOME"] = Path;
        _variables["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "";
        _variables["AWS_CONFIG_FILE"] = Write("config", config);
        _variables["AWS_SHARED_CREDENTIALS_FILE"] = Write("credentials", "");
        _variables["AWS_EC2_METADATA_DISABLED"] = "true";
        _variables["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("central-ops-home-").FullName;

    public string this[string variable]
    {
        set => _variables[variable] = value;
    }

    public string Write(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>As <c>aws sso login</c> leaves it: the file's name is the SHA-1 of the session's name.</summary>
    public void SignIn(string session, string ends, string refresh = "")
    {
#pragma warning disable CA5350 // AWS names the file so; nothing is protected by it.
        var name = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(session)));
#pragma warning restore CA5350
        File.WriteAllText(
            System.IO.Path.Combine(Path, ".aws", "sso", "cache", name + ".json"),
            $$"""{"startUrl":"https://corp.awsapps.com/start","region":"eu-west-1","accessToken":"cached-token","expiresAt":"{{ends}}"{{refresh}}}""");
    }

    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var (name, value) in _variables)
        {
            start.Environment[name] = value;
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (output + await errors).Trim();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
