using CentralOps.Aws.Models;

namespace CentralOps.Aws.Protocols.EventStreams;

/// <summary>Answers that come as events over one connection. https://smithy.io/2.0/aws/amazon-eventstream.html</summary>
internal static class EventStream
{
    public const string ContentType = "application/vnd.amazon.eventstream";

    /// <summary>The member that is such a stream; null where there is none.</summary>
    public static Member? MemberOf(Shape? shape)
    {
        if (shape is null)
        {
            return null;
        }

        // As a REST protocol's payload it is found without reading the shapes of all others.
        if (shape.Payload is { } payload)
        {
            return shape.FindMember(payload) is { Shape.EventStream: true } found ? found : null;
        }

        foreach (var member in shape.MemberArray)
        {
            if (member.Location == MemberLocation.Body && member.Shape.EventStream)
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>Events from us to a service would need a connection that goes both ways, each event signed.</summary>
    public static void RefuseInput(OperationModel operation)
    {
        if (MemberOf(operation.Input) is { } member)
        {
            throw new InputException($"{operation} takes a stream of events in '{member.Name}', which this client does not send. Use an AWS SDK for this operation.");
        }
    }
}
