namespace CentralOps.EndToEnd.Tests.Harness;

/// <summary>One 'up' for all tests that only ask it things.</summary>
public sealed class SharedUp : IAsyncLifetime
{
    internal RunningUp Up { get; private set; } = null!;

    public async Task InitializeAsync() => Up = await RunningUp.StartAsync();

    public async Task DisposeAsync() => await Up.DisposeAsync();
}

[CollectionDefinition("up")]
public sealed class UpCollection : ICollectionFixture<SharedUp>;
