using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Gateway.Outbound;

namespace CentralOps.Conformance.Subjects;

/// <summary>A gateway without AWS: no function is invoked, no provider is asked.</summary>
internal sealed class NoAws : ICredentialProviders
{
    public static AwsClient Client { get; } =
        new(new HttpMessageInvoker(new NoNetwork()), EndpointResolver.Default, TimeProvider.System, new AwsClientOptions());

    public static ValueTask<AwsCredentials> CredentialsAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Nothing here is signed for AWS.");

    public ValueTask<OAuthClient?> FindOAuthAsync(string providerArn, CancellationToken cancellationToken) => new((OAuthClient?)null);

    public ValueTask<Secret?> FindApiKeyAsync(string providerArn, CancellationToken cancellationToken) => new((Secret?)null);

    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"{request.RequestUri} was not meant to be called.");
    }
}
