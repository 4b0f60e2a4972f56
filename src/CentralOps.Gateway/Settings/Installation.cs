using System.Collections.Frozen;
using CentralOps.Aws.Calls;
using CentralOps.Gateway.Discovery.Embeddings;
using CentralOps.Gateway.Outbound;

namespace CentralOps.Gateway.Settings;

/// <summary>A host's options with its settings put into them, and what had to be opened for that.</summary>
internal sealed class Installation : IDisposable
{
    private readonly List<HttpMessageInvoker> _opened = [];

    private Installation(GatewayHostOptions options) => Options = options;

    public GatewayHostOptions Options { get; private set; }

    /// <exception cref="GatewayStartException">A variable that the settings name is not there.</exception>
    public static Installation Of(GatewayHostOptions options)
    {
        var installation = new Installation(options);
        if (options.Settings is not { } settings)
        {
            return installation;
        }

        try
        {
            installation.Options = options with
            {
                Serving = installation.Serving(options, settings),
                Outbound = Over(options.Outbound, settings.Outbound),
                ControlSwitches = settings.Switches.Control,
                Complete = gateway => Complete(options.Complete(gateway), settings),
            };
            return installation;
        }
        catch
        {
            installation.Dispose();
            throw;
        }
    }

    public void Dispose() => _opened.ForEach(static http => http.Dispose());

    private static GatewayConfig Complete(GatewayConfig gateway, GatewaySettings settings)
    {
        var additions = settings.Gateways.FirstOrDefault(entry => entry.Names(gateway))
            ?? settings.Gateways.FirstOrDefault(static entry => string.Equals(entry.Gateway, GatewayAdditions.Every, StringComparison.Ordinal))
            ?? new GatewayAdditions(GatewayAdditions.Every);
        return additions.AddTo(gateway, settings.Switches);
    }

    private static OutboundRules Over(OutboundRules rules, OutboundRules? settings) => settings is null ? rules : rules with
    {
        AllowLoopback = rules.AllowLoopback || settings.AllowLoopback,
        AllowedHosts = [.. rules.AllowedHosts, .. settings.AllowedHosts],
        AllowedNetworks = [.. rules.AllowedNetworks, .. settings.AllowedNetworks],
    };

    private GatewayOptions Serving(GatewayHostOptions options, GatewaySettings settings) => options.Serving with
    {
        PublicUrl = settings.PublicUrl ?? options.Serving.PublicUrl,
        AllowedHosts = [.. options.Serving.AllowedHosts, .. settings.AllowedHosts],
        AllowedOrigins = [.. options.Serving.AllowedOrigins, .. settings.AllowedOrigins],
        Jwt = settings.Jwt,
        AwsIdentities = settings.AwsIdentities is { } identities ? Identities(identities, options) : options.Serving.AwsIdentities,
        Embeddings = settings.Embeddings is { } source ? Embeddings(source, options) : options.Serving.Embeddings,
    };

    private AwsIdentityOptions Identities(AwsIdentitySettings settings, GatewayHostOptions options)
    {
        var accounts = settings.Accounts.ToFrozenSet(StringComparer.Ordinal);
        return new AwsIdentityOptions
        {
            StsEndpoint = settings.StsEndpoint,
            AdmitsAccount = (account, _) => new(accounts.Contains(account)),
            Http = Opened(new HttpMessageInvoker(AwsHttp.CreateHandler(options.Http ?? HttpSettings.None))),
            MaxQuestionsPerSecond = settings.QuestionsPerSecond,
        };
    }

    private EmbeddingOptions Embeddings(EmbeddingSource source, GatewayHostOptions options)
    {
        var serving = options.Serving;
        var store = new StoredEmbeddings(options.Store);
        if (source is EmbeddingSource.BedrockTitan bedrock)
        {
            var titan = new TitanEmbeddings(serving.Aws, serving.RoleCredentials, bedrock.Region ?? serving.Region, bedrock.Dimensions);
            return new EmbeddingOptions { Generator = titan, Model = titan.Model, Store = store };
        }

        var endpoint = (EmbeddingSource.OpenAICompatible)source;
        // Its owner has named it: it may be on a private network, which a target's URL may not.
        var rules = new OutboundRules { AllowLoopback = endpoint.Url.IsLoopback, AllowedHosts = [endpoint.Url.IdnHost] };
        var open = new OpenAIEmbeddings(Opened(OutboundHttp.Create(rules, serving.Time, options.Http)), endpoint.Url, endpoint.Model, KeyOf(endpoint, options), endpoint.Dimensions);
        return new EmbeddingOptions { Generator = open, Model = open.Model, Store = store };
    }

    private static string? KeyOf(EmbeddingSource.OpenAICompatible endpoint, GatewayHostOptions options)
    {
        if (endpoint.KeyVariable is not { } variable)
        {
            return null;
        }

        return options.Environment(variable) is { Length: > 0 } key && key.All(static letter => letter is > ' ' and <= '~')
            ? key
            : throw new GatewayStartException($"The settings' search.key_variable names {variable}, which is not set in the environment or holds what cannot be a key. Set it, or leave key_variable out where the endpoint wants no key.");
    }

    private HttpMessageInvoker Opened(HttpMessageInvoker http)
    {
        _opened.Add(http);
        return http;
    }
}
