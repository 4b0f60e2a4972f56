using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Rest;

/// <summary>What restJson1 and restXml do differently with a body.</summary>
internal abstract class RestDialect
{
    public abstract string ContentType { get; }

    /// <summary>Begins a body of all members that stand nowhere else; null where there is none.</summary>
    /// <param name="ahead">Stands on the object of the members, for what has to be known before the first.</param>
    public abstract RestBody? Begin(InputReader ahead, OperationModel operation, Func<string>? newToken);

    public abstract RestBody? BeginAnswer(InputReader ahead, OperationModel operation);

    /// <summary>The payload member that the input stands on and that is no blob or string, as a body.</summary>
    public abstract ReadOnlyMemory<byte> WritePayload(ref InputReader input, Member payload, Func<string>? newToken);

    /// <summary>What stands in the body when the payload was left out.</summary>
    public abstract (ReadOnlyMemory<byte> Body, string? ContentType) WithoutPayload(Member payload);

    /// <summary>A body as properties of an object that is open already: all members, or <paramref name="payload"/> alone.</summary>
    public abstract void ReadMembers(
        ReadOnlyMemory<byte> body, OperationModel operation, Shape shape, Member? payload, Utf8JsonWriter writer, TokenNode? tokens);

    /// <param name="depth">How many members of the projection's path lead to the body.</param>
    public abstract void ReadItems(WireResponse response, OperationModel operation, Transcription into, TokenNode? tokens, Shape shape, int depth);
}

/// <summary>A body that is being written.</summary>
internal abstract class RestBody : IDisposable
{
    public abstract void Write(ref InputReader input, Member member);

    /// <summary>The whole body, with the tokens that the input left out; no content type where there is none.</summary>
    public abstract (ReadOnlyMemory<byte> Body, string? ContentType) Finish(MemberSet given);

    public abstract void Dispose();
}
