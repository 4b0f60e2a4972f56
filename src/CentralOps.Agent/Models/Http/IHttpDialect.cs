using System.Text.Json;
using CentralOps.Agent.Models.Answers;

namespace CentralOps.Agent.Models.Http;

/// <summary>What differs between providers that are asked by a POST of JSON and answer with JSON or with server-sent events.</summary>
internal interface IHttpDialect
{
    ModelSubject Subject { get; }

    Uri Url { get; }

    /// <summary>Beside the content's own; the key is among them.</summary>
    IReadOnlyList<(string Name, string Value)> Headers { get; }

    ReadOnlyMemory<byte> Write(ModelQuestion question);

    /// <summary>A whole answer.</summary>
    IEnumerable<AnswerPiece> ReadWhole(JsonElement answer);

    /// <summary>A reader for the events of one answer.</summary>
    IEventReader NewEvents();
}

/// <summary>Reads the events of one answer, in order.</summary>
internal interface IEventReader
{
    /// <summary>What an event's data says.</summary>
    IEnumerable<AnswerPiece> Read(JsonElement data);
}
