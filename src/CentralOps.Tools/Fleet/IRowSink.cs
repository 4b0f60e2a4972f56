namespace CentralOps.Tools.Fleet;

/// <summary>Takes the items of many places as they are read.</summary>
internal interface IRowSink
{
    /// <summary>Takes items of one place: never twice, never none left out, in the order of the place. Called for several places at once, in any order.</summary>
    /// <param name="items">JSON objects separated by commas, with what acts in their strings taken out. They stay as they are.</param>
    /// <returns>Whether more is wanted; nothing more is read, of any place, where it is not.</returns>
    ValueTask<bool> TakeAsync(FleetPlace place, ReadOnlyMemory<byte> items, int count, CancellationToken cancellationToken);
}
