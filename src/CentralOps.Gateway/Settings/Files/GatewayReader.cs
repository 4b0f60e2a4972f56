using CentralOps.Access.Tokens;

namespace CentralOps.Gateway.Settings.Files;

/// <summary><c>gateways</c>: what is said of single ones.</summary>
internal static class GatewayReader
{
    private static readonly Dictionary<string, GatewayAuthorizer> Authorizers = new(StringComparer.Ordinal)
    {
        ["AWS_IAM"] = GatewayAuthorizer.AwsIam,
        ["CUSTOM_JWT"] = GatewayAuthorizer.CustomJwt,
        ["AUTHENTICATE_ONLY"] = GatewayAuthorizer.AuthenticateOnly,
        ["NONE"] = GatewayAuthorizer.None,
    };

    public static IReadOnlyList<GatewayAdditions> ReadAll(Section file)
    {
        var gateways = new List<GatewayAdditions>();
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in file.Sections("gateways", "gateway: ops"))
        {
            if (Read(section) is not { } gateway)
            {
                continue;
            }

            if (!named.Add(gateway.Gateway))
            {
                section.Problems.Add(section.Line, $"{section.Place}: '{gateway.Gateway}' has an entry already", "Keep one entry for each gateway.");
                continue;
            }

            gateways.Add(gateway);
        }

        return gateways;
    }

    private static GatewayAdditions? Read(Section section)
    {
        var name = section.Required("gateway", "ops");
        var additions = new GatewayAdditions(name?.Text ?? "")
        {
            AlsoAdmits = Ways(section),
            CustomJwt = section.Inner("custom_jwt") is { } jwt ? Jwt(jwt) : null,
            ToolSets = ToolSetReader.ReadAll(section),
            Switches = SwitchReader.ReadOfGateway(section),
        };
        section.End();
        return name is null ? null : additions;
    }

    private static List<GatewayAuthorizer> Ways(Section section)
    {
        var ways = new List<GatewayAuthorizer>();
        foreach (var word in section.Words("also_admits", "CUSTOM_JWT"))
        {
            if (!Authorizers.TryGetValue(word.Text, out var way))
            {
                section.Problems.Add(word.Line, $"{section.At("also_admits")}: '{word.Text}' is no authorizer", $"There are {string.Join(", ", Authorizers.Keys)}.");
                continue;
            }

            if (ways.Contains(way))
            {
                section.Problems.Add(word.Line, $"{section.At("also_admits")} names {word.Text} twice", "Name each once.");
                continue;
            }

            ways.Add(way);
            if (ways.Contains(GatewayAuthorizer.AwsIam) && ways.Contains(GatewayAuthorizer.AuthenticateOnly))
            {
                section.Problems.Add(word.Line, $"{section.At("also_admits")}: AWS_IAM and AUTHENTICATE_ONLY take the same signatures and judge them differently", "Admit one of them.");
            }
        }

        return ways;
    }

    private static CustomJwtConfig? Jwt(Section jwt)
    {
        var discovery = jwt.Required("discovery_url", "https://idp.example.com/.well-known/openid-configuration");
        var config = new CustomJwtConfig
        {
            DiscoveryUrl = discovery?.Text ?? "",
            AllowedAudience = Texts(jwt.Words("allowed_audience", "ops")),
            AllowedClients = Texts(jwt.Words("allowed_clients", "agents")),
            AllowedScopes = Texts(jwt.Words("allowed_scopes", "ops/read")),
        };
        jwt.End();
        if (discovery is not null && OpenIdSettings.ProblemOf(discovery.Text, allowHttpLoopback: true) is { } wrong)
        {
            jwt.Problems.Add(discovery.Line, $"{jwt.At("discovery_url")} '{discovery.Text}' {wrong}", "Write it as the provider publishes it.");
        }

        return discovery is null ? null : config;
    }

    private static IReadOnlyList<string> Texts(IReadOnlyList<SettingsNode.Word> words) => [.. words.Select(static word => word.Text)];
}
