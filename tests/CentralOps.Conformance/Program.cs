using CentralOps.Conformance.Fixture;

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};

switch (args)
{
    case ["fixture", "--port", var port] when int.TryParse(port, out var number):
        await using (var fixture = await FixtureServer.StartAsync(number, TimeProvider.System, stopping.Token))
        {
            Console.WriteLine(fixture.Url);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        return 0;
    default:
        return 2;
}
