namespace CentralOps.Gateway.Serving;

/// <summary>What is served at one path.</summary>
internal interface IEndpoint
{
    ValueTask HandleAsync(Exchange exchange, CancellationToken cancellationToken);
}
