using System.Text.Json;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Protocols.Transcoding;

/// <summary>
/// A body on the wire, pulled forward once, guided by the model. It always stands on a value; whoever asked for the value has to
/// take it (enter, write, read or skip). A scope is what <see cref="Enter"/> gave.
/// </summary>
internal interface IWireReader
{
    /// <summary>Enters the structure, list or map that the reader stands on.</summary>
    int Enter(Shape shape);

    /// <summary>Moves to the next member that the shape knows; null at the end of the structure, which is then taken.</summary>
    Member? NextMember(int scope, Shape shape);

    /// <summary>Moves to the next element; false at the end of the list.</summary>
    bool NextElement(int scope);

    /// <summary>Moves to the next entry of a map; false at the end of it.</summary>
    bool NextEntry(int scope);

    /// <summary>Moves from an entry to its value. A null value is taken already, and <paramref name="hasValue"/> is false.</summary>
    int EnterEntry(Shape map, out string key, out bool hasValue);

    /// <summary>Leaves an entry whose value was taken.</summary>
    void LeaveEntry(int entry);

    /// <summary>Takes the value when it is null, or an empty text where the kind has none.</summary>
    bool TakeNull(Member member);

    /// <summary>Takes a scalar and writes it as our JSON.</summary>
    void WriteScalar(Member member, Utf8JsonWriter writer);

    /// <summary>Takes a scalar as text.</summary>
    string ReadText(Member member);

    void Skip();

    /// <summary>The member's elements stand one by one among its siblings, maybe with others between.</summary>
    bool Splits(Member member);
}
