using CentralOps.EndToEnd.Tests.Harness;

namespace CentralOps.EndToEnd.Tests.Proxying;

/// <summary>One <c>up --auth iam</c> that the tests of the proxy share.</summary>
public sealed class SignedUp : IAsyncLifetime
{
    private RunningUp? _up;

    internal RunningUp Up => _up!;

    public async Task InitializeAsync() => _up = await RunningUp.StartAsync("--auth", "iam");

    public async Task DisposeAsync() => await _up!.DisposeAsync();
}

[CollectionDefinition("signed")]
public sealed class SignedCollection : ICollectionFixture<SignedUp>;
