using System.Text.Json;

namespace CentralOps.Sandbox.AwsMcp.Tools;

/// <summary>A call's arguments, read one by one; what does not fit is kept with its name and repair, the first of it.</summary>
internal sealed class ToolArguments(JsonElement given)
{
    public string? Problem { get; private set; }

    /// <summary>A text that has to be there; empty where it is not.</summary>
    public string Required(string name, int longest)
    {
        var text = Optional(name, longest);
        if (text is null or "")
        {
            Problem ??= $"{name}: it is required, a text of 1 to {longest} characters.";
        }

        return text ?? "";
    }

    public string? Optional(string name, int longest)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : null;
        if (text is null || text.Length > longest)
        {
            Problem ??= $"{name}: give a text of {longest} characters at most.";
            return null;
        }

        return text;
    }

    public int Number(string name, int fallback, int least, int most)
    {
        if (!TryGet(name, out var value))
        {
            return fallback;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Problem ??= $"{name}: give a whole number from {least} to {most}.";
        return fallback;
    }

    public IReadOnlyList<string> Texts(string name, int most, int longest)
    {
        if (!TryGet(name, out var value))
        {
            return [];
        }

        var isList = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= most
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && item.GetString()!.Length <= longest);
        if (isList)
        {
            return [.. value.EnumerateArray().Select(item => item.GetString()!)];
        }

        Problem ??= $"{name}: give a list of {most} texts at most, of {longest} characters at most each.";
        return [];
    }

    private bool TryGet(string name, out JsonElement value)
    {
        value = default;
        return given.ValueKind == JsonValueKind.Object && given.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }
}
