using System.Text.Json;
using CentralOps.Accounts;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Endpoints;
using CentralOps.Tools.Answers;

namespace CentralOps.Tools.Arguments;

/// <summary>
/// Reads a tool's arguments one by one and notes every problem, so that one refusal names them all. Written by hand because a
/// serializer stops at the first, says it in the words of our types, and takes milliseconds of a cold start.
/// </summary>
internal sealed class ArgumentReader : IDisposable
{
    /// <summary>Of what names one account. An account's handle fits in.</summary>
    private const int MaxAccountLength = 512;

    private readonly JsonDocument? _document;
    private readonly JsonElement _object;
    private readonly string _prefix;
    private readonly AnswerPlace _place;
    private readonly ArgumentProblems _problems;
    private readonly List<string> _names = [];

    private ArgumentReader(JsonDocument? document, JsonElement @object, string prefix, AnswerPlace place, ArgumentProblems problems)
    {
        _document = document;
        _object = @object;
        _prefix = prefix;
        _place = place;
        _problems = problems;
    }

    /// <summary>Why nothing could be read at all.</summary>
    private Refusal.BadArguments? Unreadable { get; init; }

    public static ArgumentReader Open(ReadOnlyMemory<byte> json, AnswerPlace place)
    {
        var problems = new ArgumentProblems();
        if (ArgumentJson.Parse(json) is { } document)
        {
            return new ArgumentReader(document, document.RootElement, "", place, problems);
        }

        // Whatever else would be missing is not looked for: this comes first.
        document = JsonDocument.Parse("{}"u8.ToArray());
        return new ArgumentReader(document, document.RootElement, "", place, problems)
        {
            Unreadable = new([new(
                "The arguments",
                $"are not a JSON object of whole Unicode text with each name once and at most {ArgumentJson.MaxDepth} levels",
                "Send an object, such as {\"account_id\": \"222222222222\"}")]),
        };
    }

    /// <summary>An account id or name; it is what the answer speaks of. Null where it was left out.</summary>
    public string? Account(string name)
    {
        if (Text(name, MaxAccountLength) is not { } selector)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(selector))
        {
            Note(name, "is empty", $"Give {_prefix}{name}");
        }

        _place.Account = PlainText.Line(selector, 120);
        return selector;
    }

    /// <summary>A region; it is what the answer speaks of. Null where it was left out.</summary>
    public string? Region(string name) => Text(name, maxLength: 256) is { } text && Region(name, text) is { } region ? Asks(region).Text : null;

    /// <summary>The region of a name; null with a note where it is none.</summary>
    public RegionName? Region(string name, string text)
    {
        if (RegionName.TryParse(text, out var region))
        {
            return region;
        }

        Note(name, $"is '{PlainText.Line(text, 40)}', which is not the form of a region's name", $"Write {name} as in {_place.Home} or eu-central-1");
        return null;
    }

    /// <summary>The one region that the answer speaks of.</summary>
    public RegionName Asks(RegionName region)
    {
        _place.Region = region;
        return region;
    }

    /// <summary>
    /// The region to ask where none is given: the one that an account's handle says, else CentralOps' own. Whether the handle holds is looked at where the account is.
    /// </summary>
    public RegionName UsualRegion =>
        (_object.TryGetProperty(AccountArgument.Only.Name, out var account) && account.ValueKind == JsonValueKind.String ? AccountHandles.RegionSaid(account.GetString()) : null) ?? _place.Home;

    public string RequiredText(string name, int maxLength = 1024)
    {
        var before = _problems.Count;
        var text = Text(name, maxLength);
        if (string.IsNullOrWhiteSpace(text) && _problems.Count == before)
        {
            Note(name, text is null ? "is missing" : "is empty", $"Give {_prefix}{name}");
        }

        return text ?? "";
    }

    public string? Text(string name, int maxLength = 1024)
    {
        if (!TryFind(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String || !ReadText(value, maxLength, out var text))
        {
            var (found, repair) = value.ValueKind == JsonValueKind.String ? ("a longer one", "shorter") : (ArgumentJson.KindOf(value), "in double quotes");
            Note(name, $"has to be a string of at most {maxLength} characters, not {found}", $"Write {_prefix}{name} {repair}");
            return null;
        }

        return text;
    }

    public IReadOnlyList<string> Texts(string name, int maxCount, int maxLength = 1024)
    {
        var texts = new List<string>();
        if (!TryFind(name, out var value))
        {
            return texts;
        }

        var fits = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= maxCount;
        foreach (var element in fits ? value.EnumerateArray() : default)
        {
            fits &= element.ValueKind == JsonValueKind.String && ReadText(element, maxLength, out _);
            texts.Add(element.ValueKind == JsonValueKind.String ? element.GetString()! : "");
        }

        if (!fits)
        {
            Note(name, $"has to be a list of at most {maxCount} strings of at most {maxLength} characters", $"Write {_prefix}{name} as in [\"one\", \"two\"]");
        }

        return texts;
    }

    /// <summary>A string, or a list of them; null where it was left out.</summary>
    public IReadOnlyList<string>? TextOrTexts(string name, int maxCount, int maxLength, out bool isList)
    {
        isList = TryFind(name, out var value) && value.ValueKind == JsonValueKind.Array;
        if (isList)
        {
            return Texts(name, maxCount, maxLength);
        }

        return Text(name, maxLength) is { } text ? [text] : null;
    }

    /// <param name="otherwise">Its value where it was left out; 0 for none.</param>
    public int Integer(string name, int? otherwise, int min, int max)
    {
        if (!TryFind(name, out var value))
        {
            return otherwise ?? 0;
        }

        if (value.ValueKind == JsonValueKind.Number && ArgumentJson.TryReadWhole(value, out var number) && number >= min && number <= max)
        {
            return number;
        }

        var leave = otherwise is { } usual ? $", or leave it out for {usual}" : "";
        Note(name, $"has to be a whole number from {min} to {max}, not {ArgumentJson.KindOf(value)}", $"Write {_prefix}{name} from {min} to {max}{leave}");
        return 0;
    }

    public bool Flag(string name, bool otherwise = false)
    {
        if (!TryFind(name, out var value))
        {
            return otherwise;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Note(name, $"has to be true or false, not {ArgumentJson.KindOf(value)}", $"Write {_prefix}{name} as true or false, without quotes");
        }

        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>An object as it is, for a reader of its own; undefined where it was left out.</summary>
    public JsonElement Object(string name)
    {
        if (!TryFind(name, out var value))
        {
            return default;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return value.Clone();
        }

        Note(name, $"has to be an object, not {ArgumentJson.KindOf(value)}", $"Write {_prefix}{name} as in {{\"name\": \"value\"}}");
        return default;
    }

    public IReadOnlyList<T> Objects<T>(string name, int maxCount, string example, Func<ArgumentReader, T> read, bool isRequired = false)
    {
        var objects = new List<T>();
        if (!TryFind(name, out var value) || (isRequired && value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0))
        {
            if (isRequired)
            {
                Note(name, value.ValueKind == JsonValueKind.Array ? "is empty" : "is missing", $"Write {_prefix}{name} as in {example}");
            }

            return objects;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > maxCount || value.EnumerateArray().Any(static e => e.ValueKind != JsonValueKind.Object))
        {
            Note(name, $"has to be a list of at most {maxCount} objects", $"Write {_prefix}{name} as in {example}");
            return objects;
        }

        foreach (var element in value.EnumerateArray())
        {
            using var inner = new ArgumentReader(null, element, $"{_prefix}{name}[{objects.Count}].", _place, _problems);
            objects.Add(read(inner));
            inner.NoteUnknown();
        }

        return objects;
    }

    /// <summary>Whether it was given at all, null not counting.</summary>
    public bool IsGiven(string name) => _object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public void Note(string name, string problem, string repair) => _problems.Add(new(_prefix + name, problem, repair));

    /// <summary>All problems, those of unknown names included; null when there is none.</summary>
    public Refusal.BadArguments? Finish()
    {
        NoteUnknown();
        return Unreadable ?? _problems.ToRefusal();
    }

    public void Dispose() => _document?.Dispose();

    private void NoteUnknown()
    {
        foreach (var property in _object.EnumerateObject())
        {
            if (_names.Contains(property.Name, StringComparer.Ordinal))
            {
                continue;
            }

            // Beyond what is told, looking for the nearest name would only cost.
            var nearest = _problems.AreTold ? Nearest.To(PlainText.Line(property.Name, 60), _names) : [];
            var repair = nearest.Count > 0 ? $"Did you mean {string.Join(" or ", nearest)}?" : $"Leave it out; there are {string.Join(", ", _names)}";
            Note(PlainText.Line(property.Name, 60), "is no argument of this tool", repair);
        }
    }

    /// <summary>An argument that is null counts as left out.</summary>
    private bool TryFind(string name, out JsonElement value)
    {
        if (!_names.Contains(name, StringComparer.Ordinal))
        {
            _names.Add(name);
        }

        return _object.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    private static bool ReadText(JsonElement value, int maxLength, out string text)
    {
        text = value.GetString()!;
        return text.Length <= maxLength;
    }
}
