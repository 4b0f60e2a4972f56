namespace CentralOps.Aws.Protocols.EventStreams;

/// <summary>What one message of a stream says.</summary>
internal abstract record StreamedEvent
{
    private StreamedEvent()
    {
    }

    /// <param name="Name">The member of the stream's union, or <c>initial-response</c> for the members beside the stream.</param>
    /// <param name="Json">The union with that one member, as our JSON; of the initial response its members.</param>
    public sealed record Data(string Name, ReadOnlyMemory<byte> Json) : StreamedEvent;

    /// <summary>An event that the model does not have: the service is newer.</summary>
    public sealed record Unknown(string Name) : StreamedEvent;

    /// <summary>The service ends the stream so.</summary>
    public sealed record Failed(WireError Error) : StreamedEvent;
}
