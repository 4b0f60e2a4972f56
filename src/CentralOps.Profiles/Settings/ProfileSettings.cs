using Amazon.Runtime.CredentialManagement;

namespace CentralOps.Profiles.Settings;

/// <summary>Standard settings by the names of their environment variables: the environment's first, else what the profile says.</summary>
internal sealed class ProfileSettings
{
    private const string EndpointUrl = "AWS_ENDPOINT_URL";

    private readonly Func<string, string?> _variable;
    private readonly CredentialProfile? _profile;
    private readonly Lazy<IReadOnlyDictionary<string, string>> _endpoints;
    private readonly Lazy<IReadOnlyDictionary<string, string>> _lines;

    private ProfileSettings(CredentialProfile? profile, Func<string, string?> variable)
    {
        (_profile, _variable) = (profile, variable);
        var file = ConfigFile.Path(variable);
        _lines = new(() => profile is null ? ConfigFile.Nothing : ConfigFile.Profile(file, profile.Name));
        _endpoints = new(() => _lines.Value.TryGetValue("services", out var services) ? ConfigFile.ServiceEndpoints(file, services) : ConfigFile.Nothing);
    }

    public static ProfileSettings Of(CredentialProfile? profile, Func<string, string?> variable) => new(profile, variable);

    public string? Find(string name) =>
        _variable(name) is { Length: > 0 } own ? own
        : _profile is null ? null
        : name.StartsWith(EndpointUrl + "_", StringComparison.Ordinal) ? ServiceEndpoint(name[(EndpointUrl.Length + 1)..])
        : OfProfile(name, _profile);

    private string? OfProfile(string name, CredentialProfile profile) => name switch
    {
        "AWS_REGION" => profile.Region?.SystemName,
        EndpointUrl => profile.EndpointUrl ?? _lines.Value.GetValueOrDefault("endpoint_url"),
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS" => Text(profile.IgnoreConfiguredEndpointUrls),
        "AWS_USE_FIPS_ENDPOINT" => Text(profile.UseFIPSEndpoint),
        "AWS_USE_DUALSTACK_ENDPOINT" => Text(profile.UseDualstackEndpoint),
        "AWS_MAX_ATTEMPTS" => _lines.Value.GetValueOrDefault("max_attempts"),
        "AWS_SDK_UA_APP_ID" => _lines.Value.GetValueOrDefault("sdk_ua_app_id"),
        "AWS_CA_BUNDLE" => _lines.Value.GetValueOrDefault("ca_bundle"),
        _ => null,
    };

    /// <summary>A service's endpoint in the files comes after the environment's endpoint for all services.</summary>
    private string? ServiceEndpoint(string service) =>
        string.IsNullOrEmpty(_variable(EndpointUrl)) ? _endpoints.Value.GetValueOrDefault(service) : null;

    private static string? Text(bool? value) => value switch { true => "true", false => "false", null => null };
}
