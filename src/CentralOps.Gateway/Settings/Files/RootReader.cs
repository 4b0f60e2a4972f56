namespace CentralOps.Gateway.Settings.Files;

/// <summary>The file's own fields.</summary>
internal static class RootReader
{
    public static GatewaySettings Read(Section file)
    {
        var settings = new GatewaySettings
        {
            AccountId = Account(file, file.Word("account", "\"111111111111\"")),
            Region = Region(file, file.Word("region", "us-east-1")),
            PublicUrl = UrlField.Read(file, "public_url", "https://gateway.example.com", required: false),
            AllowedHosts = Hosts(file),
            AllowedOrigins = Origins(file),
            Switches = SwitchReader.Read(file),
            Gateways = GatewayReader.ReadAll(file),
            AwsIdentities = file.Inner("aws_identities") is { } identities ? AwsIdentityReader.Read(identities) : null,
            Jwt = file.Inner("jwt") is { } jwt ? Jwt(jwt) : new JwtOptions(),
            Outbound = file.Inner("outbound") is { } outbound ? OutboundReader.Read(outbound) : null,
            Embeddings = file.Inner("search") is { } search ? SearchReader.Read(search) : null,
        };
        file.End();
        return settings;
    }

    public static string? Account(Section section, SettingsNode.Word? word)
    {
        if (word is null || (word.Text.Length == 12 && word.Text.All(char.IsAsciiDigit)))
        {
            return word?.Text;
        }

        section.Problems.Add(word.Line, $"'{word.Text}' is no account id", "It has twelve digits; write it in quotes, as in \"111111111111\".");
        return null;
    }

    public static string? Region(Section section, SettingsNode.Word? word)
    {
        if (word is null || (word.Text.Length is > 4 and <= 32 && word.Text.Contains('-', StringComparison.Ordinal) && word.Text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')))
        {
            return word?.Text;
        }

        section.Problems.Add(word.Line, $"{section.At("region")} '{word.Text}' is no region", "Write it as in 'region: us-east-1'.");
        return null;
    }

    private static List<string> Hosts(Section file)
    {
        var hosts = new List<string>();
        foreach (var host in file.Words("allowed_hosts", "gateway.example.com"))
        {
            if (Uri.CheckHostName(host.Text) != UriHostNameType.Unknown)
            {
                hosts.Add(host.Text);
                continue;
            }

            file.Problems.Add(host.Line, $"allowed_hosts: '{host.Text}' is no host name", "Write the name alone, without scheme, port and path, as in gateway.example.com.");
        }

        return hosts;
    }

    private static List<string> Origins(Section file)
    {
        var origins = new List<string>();
        foreach (var origin in file.Words("allowed_origins", "https://console.example.com"))
        {
            if (Uri.TryCreate(origin.Text, UriKind.Absolute, out var url) && string.Equals(url.GetLeftPart(UriPartial.Authority), origin.Text, StringComparison.OrdinalIgnoreCase))
            {
                origins.Add(origin.Text);
                continue;
            }

            file.Problems.Add(origin.Line, $"allowed_origins: '{origin.Text}' is no origin", "Write scheme, host and, where it is not the usual one, port, as in https://console.example.com.");
        }

        return origins;
    }

    private static JwtOptions Jwt(Section jwt)
    {
        var options = new JwtOptions { ClockSkew = TimeSpan.FromSeconds(jwt.Number("clock_skew_seconds", 60, 0, 300)) };
        var claims = jwt.Words("group_claims", "groups");
        jwt.End();
        return claims.Count == 0 ? options : options with { GroupClaims = [.. claims.Select(static claim => claim.Text)] };
    }
}
