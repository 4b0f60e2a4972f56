using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Cli.Asking;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Control;

/// <summary>A control plane's answers: the API's JSON, or a line a member under the API's own path, which may be copied into JSON.</summary>
internal static class ControlView
{
    private const int Gap = 2;
    private const int MostNamed = 12;
    private const int WidestPath = 34;

    /// <summary>What people look for first.</summary>
    private static readonly string[] First = ["name", "gatewayId", "targetId", "status", "statusReasons", "gatewayUrl", "credentialProviderArn", "description"];

    public static void Show(JsonObject thing, OutputFormat format, Screen screen)
    {
        if (format == OutputFormat.Json)
        {
            WriteJson(thing, screen);
            return;
        }

        var lines = Lines("", Ordered(thing)).Select(line => (Path: PlainText.Line(line.Path), Value: PlainText.Line(line.Value))).ToList();
        var indent = Math.Min(WidestPath, lines.Select(line => line.Path.Length).Append(0).Max()) + Gap;
        foreach (var (path, value) in lines)
        {
            // A path that is too long for its column has its value below it.
            var head = path.Length + Gap > indent ? path + "\n" + new string(' ', indent) : path.PadRight(indent);
            var wrapped = PlainText.Wrap(new string(' ', indent) + value, screen.Width);
            screen.Data.WriteLine((head + wrapped.TrimStart(' ')).TrimEnd());
        }
    }

    public static void WriteJson(JsonNode thing, Screen screen)
    {
        using var document = JsonDocument.Parse(thing.ToJsonString());
        screen.Data.WriteLine(AnswerView.Indented(document.RootElement));
    }

    /// <summary>A listing: a table with columns by path, or the API's JSON.</summary>
    public static void List(string member, IReadOnlyList<JsonObject> items, OutputFormat format, Screen screen, params (string Path, Column Column)[] columns)
    {
        if (format == OutputFormat.Json)
        {
            WriteJson(new JsonObject { [member] = new JsonArray([.. items.Select(item => item.DeepClone())]) }, screen);
            return;
        }

        if (items.Count == 0)
        {
            screen.Say("There is none.");
            return;
        }

        var table = new Table([.. columns.Select(column => column.Column)]);
        foreach (var item in items)
        {
            table.Add([.. columns.Select(column => item.Text(column.Path))]);
        }

        table.Write(screen);
    }

    private static JsonObject Ordered(JsonObject thing) =>
        new(First.Where(thing.ContainsKey).Concat(thing.Select(member => member.Key).Where(name => !First.Contains(name, StringComparer.Ordinal))).Select(name => KeyValuePair.Create(name, thing[name]?.DeepClone())));

    private static IEnumerable<(string Path, string Value)> Lines(string path, JsonNode? node) =>
        node switch
        {
            null => [],
            JsonObject { Count: 0 } => [(path, "{}")],
            JsonObject inner => inner.SelectMany(member => Lines(path.Length == 0 ? member.Key : $"{path}.{member.Key}", member.Value)),
            JsonArray { Count: 0 } => [],
            JsonArray list when list.All(item => item is JsonValue) => [(path, string.Join(", ", list.Select(item => item!.ToString())))],
            JsonArray list when list.Count == 1 && list[0] is JsonObject only && !only.ContainsKey("inputSchema") => Lines($"{path}[0]", only),
            JsonArray list => [(path, $"{list.Count}{Named(list)}")],
            _ => [(path, node.ToString())],
        };

    private static string Named(JsonArray list)
    {
        var names = list.OfType<JsonObject>().Select(item => item.Text("name")).Where(name => name.Length > 0).ToList();
        return names.Count == 0 ? "" : $": {string.Join(", ", names.Take(MostNamed))}{(names.Count > MostNamed ? ", …" : "")}";
    }
}
