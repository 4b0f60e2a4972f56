using System.CommandLine;
using System.Text.Json;
using CentralOps.Cli.Terminal;
using CentralOps.Tools;
using Tool = ModelContextProtocol.Protocol.Tool;

namespace CentralOps.Cli.Asking;

/// <summary><c>centralops tools</c>: what the running gateway offers.</summary>
internal static class ToolsCommand
{
    public static Command Create(Screen screen)
    {
        var tool = new Argument<string?>("tool") { Description = "Show one tool: its arguments, an example and the IAM actions it needs.", Arity = ArgumentArity.ZeroOrOne };
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
                ToolList.Write(shown, screen);
            }
            else
            {
                ToolView.Write(shown[0], Declared(shown[0]), screen);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>What is built in under that name: a gateway tells arguments, but no example and no IAM action.</summary>
    private static ToolDeclaration? Declared(Tool tool)
    {
        var name = ToolFinder.BareName(tool.Name);
        return ToolCatalog.Declarations.FirstOrDefault(declared => string.Equals(declared.Name, name, StringComparison.Ordinal));
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
                Write(tool, Declared(tool), writer);
            }

            if (!one)
            {
                writer.WriteEndArray();
            }
        }

        using var document = JsonDocument.Parse(bytes.ToArray());
        screen.Data.WriteLine(AnswerView.Indented(document.RootElement));
    }

    private static void Write(Tool tool, ToolDeclaration? declared, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("name", tool.Name);
        writer.WriteString("description", tool.Description ?? "");
        writer.WritePropertyName("inputSchema");
        tool.InputSchema.WriteTo(writer);
        if (declared is not null)
        {
            writer.WritePropertyName("example");
            writer.WriteRawValue(declared.Example);
            Write("operations", declared.Operations, writer);
            Write("iamActions", IamStatement.ActionsOf(declared), writer);
        }

        writer.WriteEndObject();
    }

    private static void Write(string name, IEnumerable<string> texts, Utf8JsonWriter writer)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
