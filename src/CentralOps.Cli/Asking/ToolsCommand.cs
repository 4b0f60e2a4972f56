using System.CommandLine;
using System.Text.Json;
using CentralOps.Cli.Terminal;
using ModelContextProtocol.Protocol;

namespace CentralOps.Cli.Asking;

/// <summary><c>centralops tools</c>: what the running gateway offers.</summary>
internal static class ToolsCommand
{
    public static Command Create(Screen screen)
    {
        var tool = new Argument<string?>("tool") { Description = "Show one tool's arguments.", Arity = ArgumentArity.ZeroOrOne };
        var gateway = CommonOptions.Gateway();
        var state = CommonOptions.State();
        var output = CommonOptions.Output();
        var command = new Command("tools", "List the running gateway's tools, or show one.") { tool, gateway, state, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var connection = await GatewayConnection.OpenAsync(parsed.GetValue(gateway), parsed.GetValue(state), cancellationToken);
            var tools = await connection.ListToolsAsync(cancellationToken);
            var name = parsed.GetValue(tool);
            var shown = name is null ? tools : [ToolFinder.Find(tools, name)];
            if (parsed.GetValue(output) == OutputFormat.Json)
            {
                WriteJson(shown, name is not null, screen);
            }
            else if (name is null)
            {
                WriteList(shown, screen);
            }
            else
            {
                WriteOne(shown[0], screen);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static void WriteJson(IReadOnlyList<Tool> tools, bool one, Screen screen)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            if (!one)
            {
                writer.WriteStartArray();
            }

            foreach (var tool in tools)
            {
                writer.WriteStartObject();
                writer.WriteString("name", tool.Name);
                writer.WriteString("description", tool.Description ?? "");
                writer.WritePropertyName("inputSchema");
                tool.InputSchema.WriteTo(writer);
                writer.WriteEndObject();
            }

            if (!one)
            {
                writer.WriteEndArray();
            }
        }

        using var document = JsonDocument.Parse(bytes.ToArray());
        screen.Data.WriteLine(AnswerView.Indented(document.RootElement));
    }

    private static void WriteList(IReadOnlyList<Tool> tools, Screen screen)
    {
        var table = new Table([new("TOOL", Whole: true), new("ARGUMENTS", 2), new("DESCRIPTION", 1)]);
        foreach (var tool in tools.OrderBy(tool => tool.Name, StringComparer.Ordinal))
        {
            table.Add(ToolFinder.BareName(tool.Name), string.Join(' ', Arguments(tool).Select(argument => argument.Required ? argument.Name + "*" : argument.Name)), tool.Description ?? "");
        }

        table.Write(screen);
        screen.Say("* required. One tool's arguments: centralops tools TOOL");
    }

    private static void WriteOne(Tool tool, Screen screen)
    {
        screen.Say($"{tool.Name}: {tool.Description}");
        var table = new Table([new("ARGUMENT", Whole: true), new("TYPE", 1, Whole: true), new("DESCRIPTION")]);
        foreach (var argument in Arguments(tool))
        {
            table.Add(argument.Required ? argument.Name + "*" : argument.Name, argument.Type, argument.Description);
        }

        table.Write(screen);
        screen.Say("* required.");
    }

    private static IEnumerable<(string Name, string Type, string Description, bool Required)> Arguments(Tool tool)
    {
        if (!tool.InputSchema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        var required = tool.InputSchema.TryGetProperty("required", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()).ToHashSet(StringComparer.Ordinal)
            : [];
        foreach (var property in properties.EnumerateObject())
        {
            yield return (property.Name, Text(property.Value, "type"), Text(property.Value, "description"), required.Contains(property.Name));
        }
    }

    private static string Text(JsonElement schema, string keyword) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
