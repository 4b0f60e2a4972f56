using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Asking;

/// <summary>A tool's answer for a person: the list in it as a table, the rest as one line of words.</summary>
internal static class AnswerView
{
    private const string Name = "Name";
    private const string Results = "results";

    /// <summary>Lists that stand beside what an answer is about.</summary>
    private static readonly string[] Beside = ["failure_counts", "notes", "not_looked", "used", "looked"];

    /// <summary>The refusal in an answer; null when it is none.</summary>
    public static JsonElement? RefusalOf(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("error", out var refusal) && refusal.ValueKind == JsonValueKind.Object
        && refusal.TryGetProperty("stage", out _)
            ? refusal
            : null;

    public static void ShowRefusal(JsonElement refusal, Screen screen)
    {
        screen.Say($"Refused at {Cell(refusal, "stage")} ({Cell(refusal, "code")}): {Cell(refusal, "message")}");
        if (Cell(refusal, "remedy") is { Length: > 0 } remedy)
        {
            screen.SayUnbroken($"Remedy: {remedy}");
        }
    }

    public static string Indented(JsonElement answer)
    {
        using var bytes = new MemoryStream();
        // The reader is a terminal or a script, never an HTML page: text beyond ASCII stays readable.
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            answer.WriteTo(writer);
        }

        return PlainText.Json(Encoding.UTF8.GetString(bytes.ToArray()));
    }

    public static void Show(JsonElement answer, Screen screen)
    {
        if (answer.ValueKind != JsonValueKind.Object)
        {
            screen.Data.WriteLine(Indented(answer));
            return;
        }

        if (Text(answer) is { } text)
        {
            foreach (var line in text.TrimEnd('\n').Split('\n'))
            {
                screen.Data.WriteLine(PlainText.Line(line.TrimEnd('\r')));
            }
        }
        else if (Rows(answer) is { } rows)
        {
            var items = rows.Name is Results ? FleetRows.Of(rows.Value).ToList() : rows.Value.EnumerateArray().ToList();
            var noun = rows.Name.Replace('_', ' ');
            screen.Say($"{items.Count.ToString(CultureInfo.InvariantCulture)} {(items.Count == 1 ? Singular(noun) : noun)}{Where(answer)}");
            if (items.Count > 0)
            {
                Tabulate(items, screen);
            }
        }
        else if (Thing(answer) is { } thing)
        {
            screen.Say($"{thing.Name.Replace('_', ' ')}{Where(answer)}");
            FieldList.Write(thing.Value, screen);
        }
        else
        {
            screen.Data.WriteLine(Indented(answer));
            return;
        }

        ShowNotes(answer, screen);
        FailureView.Show(answer, screen);

        if (answer.TryGetProperty("truncated", out var truncated) && truncated.ValueKind == JsonValueKind.True && Cell(answer, "next_token") is { Length: > 0 } token)
        {
            screen.SayUnbroken($"There is more: add --arg next_token={token}");
        }
    }

    /// <summary>An answer that is text already, because a format was asked for.</summary>
    private static string? Text(JsonElement answer) =>
        Cell(answer, "table") is { Length: > 0 } table ? table : Cell(answer, "csv") is { Length: > 0 } csv ? csv : null;

    private static void ShowNotes(JsonElement answer, Screen screen)
    {
        foreach (var name in (string[])["notes", "not_looked"])
        {
            foreach (var note in answer.TryGetProperty(name, out var notes) && notes.ValueKind == JsonValueKind.Array ? notes.EnumerateArray() : default)
            {
                screen.Say(Scalar(note));
            }
        }

        if (answer.TryGetProperty("other", out var other) && other.ValueKind == JsonValueKind.Object)
        {
            screen.Say($"All other groups: {Cell(answer, "other")}");
        }
    }

    private static string Singular(string plural) => plural switch
    {
        [.. var stem, 'i', 'e', 's'] => stem + "y",
        [.. var stem, 's', 's', 'e', 's'] => stem + "ss",
        [.. var stem, 'c', 'h', 'e', 's'] => stem + "ch",
        [.. var stem, 's'] => stem,
        _ => plural,
    };

    private static JsonProperty? Rows(JsonElement answer)
    {
        foreach (var member in answer.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Array && member.Name is not FailureView.Member && !Beside.Contains(member.Name, StringComparer.Ordinal) && member.Value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object))
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>The one object that an answer about one thing has.</summary>
    private static JsonProperty? Thing(JsonElement answer)
    {
        foreach (var member in answer.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                return member;
            }
        }

        return null;
    }

    private static string Where(JsonElement answer) =>
        Cell(answer, "account_id") is { Length: > 0 } account ? $" in {account} {Cell(answer, "region")}".TrimEnd() : "";

    private static void Tabulate(List<JsonElement> items, Screen screen)
    {
        var names = items.SelectMany(item => item.EnumerateObject()).Select(member => member.Name).Distinct(StringComparer.Ordinal).ToList();
        // People know a resource by its Name tag: it stands beside the id.
        if (!names.Contains(Name, StringComparer.Ordinal) && items.Exists(item => NameTag(item).Length > 0))
        {
            names.Insert(1, Name);
        }

        var table = new Table([.. names.Select((name, index) => ColumnOf(name, index, items))]);
        foreach (var item in items)
        {
            table.Add([.. names.Select(name => string.Equals(name, Name, StringComparison.Ordinal) && !item.TryGetProperty(Name, out _) ? NameTag(item) : Cell(item, name))]);
        }

        table.Write(screen);
    }

    private static string NameTag(JsonElement item) =>
        item.TryGetProperty("Tags", out var tags) && tags.ValueKind == JsonValueKind.Object ? Cell(tags, Name) : "";

    // The answer's own order is its order of importance, but for maps (tags), which are long and go first.
    private static Column ColumnOf(string name, int index, List<JsonElement> items)
    {
        var isMap = items.Exists(item => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object);
        return new Column(Title(name), isMap ? index + 1000 : index, Whole: !isMap && name.EndsWith("Id", StringComparison.Ordinal));
    }

    internal static string Title(string name)
    {
        var title = new StringBuilder();
        for (var at = 0; at < name.Length; at++)
        {
            // DBClusterArn is three words.
            if (at > 0 && name[at - 1] is not '.' && char.IsUpper(name[at]) && (!char.IsUpper(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1]))))
            {
                title.Append(' ');
            }

            title.Append(name[at] is '_' ? ' ' : char.ToUpperInvariant(name[at]));
        }

        return title.ToString();
    }

    internal static string Cell(JsonElement item, string name)
    {
        if (!item.TryGetProperty(name, out var value))
        {
            return "";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Null => "",
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Object => string.Join(' ', value.EnumerateObject().Select(member => $"{member.Name}={Scalar(member.Value)}")),
            JsonValueKind.Array => string.Join(' ', value.EnumerateArray().Select(Scalar)),
            _ => value.GetRawText(),
        };
    }

    private static string Scalar(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
