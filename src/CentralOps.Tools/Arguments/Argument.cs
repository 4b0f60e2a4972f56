using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Tools.Arguments;

/// <summary>One argument of a tool, declared once: its schema, how it is read, and how AWS is asked with it come from here.</summary>
internal abstract class Argument(string name, string description)
{
    public string Name => name;

    public string Description => description;

    public bool IsRequired { get; init; }

    /// <summary>The member of AWS's input that it becomes; null where the tool sees to that itself.</summary>
    public string? Member { get; init; }

    /// <summary>Whether another value asks another question, which a <c>next_token</c> cannot continue.</summary>
    public bool IsOfTheQuestion { get; init; } = true;

    /// <summary>Says what is made of AWS's answer, not what AWS is asked.</summary>
    public bool IsOfTheShape { get; init; }

    /// <summary>Says where, and nothing that could be a secret: records tell it as it is. Of others they tell a digest.</summary>
    public bool IsPlace { get; init; }

    /// <summary>AWS takes no size of a page beside it.</summary>
    public bool ExcludesPageSize { get; init; }

    /// <param name="home">The region that CentralOps itself runs in.</param>
    public JsonObject Schema(string home)
    {
        var schema = new JsonObject { ["description"] = description };
        Describe(schema, home);
        return schema;
    }

    /// <summary>The value, checked; problems are noted in the reader.</summary>
    public abstract object? Read(ArgumentReader reader);

    /// <summary>Whether there is nothing to ask with.</summary>
    public abstract bool IsLeftOut(object? value);

    public abstract void Write(object? value, Utf8JsonWriter json);

    protected abstract void Describe(JsonObject schema, string home);
}

/// <summary>An argument with its type.</summary>
internal abstract class Argument<T>(string name, string description) : Argument(name, description)
{
    public sealed override object? Read(ArgumentReader reader) => ReadValue(reader);

    public sealed override bool IsLeftOut(object? value) => value is not T given || IsEmpty(given);

    public sealed override void Write(object? value, Utf8JsonWriter json) => WriteValue((T)value!, json);

    protected abstract T ReadValue(ArgumentReader reader);

    protected abstract void WriteValue(T value, Utf8JsonWriter json);

    protected virtual bool IsEmpty(T value) => false;
}
