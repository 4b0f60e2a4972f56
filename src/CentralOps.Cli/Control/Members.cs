using System.Text.Json.Nodes;
using CentralOps.Aws.Models;

namespace CentralOps.Cli.Control;

/// <summary>Members of the API's JSON by path, and what of an answer an update takes: an update replaces everything, so it begins with what is there.</summary>
internal static class Members
{
    /// <summary>Sets a member, such as <c>mcp.lambda.lambdaArn</c>; null leaves it as it is.</summary>
    public static void Put(this JsonObject into, string path, JsonNode? value)
    {
        if (value is null)
        {
            return;
        }

        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            if (into[name] is not JsonObject next)
            {
                into[name] = next = [];
            }

            into = next;
        }

        into[names[^1]] = value;
    }

    public static void Put(this JsonObject into, string path, IReadOnlyList<string>? values)
    {
        if (values is { Count: > 0 })
        {
            into.Put(path, new JsonArray([.. values.Select(value => (JsonNode?)value)]));
        }
    }

    public static string Text(this JsonObject from, string path)
    {
        JsonNode? found = from;
        foreach (var name in path.Split('.'))
        {
            found = (found as JsonObject)?[name];
        }

        return found is JsonValue value ? value.ToString() : "";
    }

    /// <summary>Lays members over others: objects at the top are replaced member by member, all else as a whole.</summary>
    public static void Over(this JsonObject into, JsonObject changes)
    {
        foreach (var (name, value) in changes)
        {
            into[name] = value?.DeepClone();
        }
    }

    /// <summary>Takes members away, such as <c>exceptionLevel</c> or <c>protocolConfiguration.mcp.instructions</c>.</summary>
    public static void Remove(this JsonObject from, IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            var names = path.Split('.');
            var parent = names[..^1].Aggregate((JsonNode?)from, (node, name) => (node as JsonObject)?[name]);
            if (parent is not JsonObject holder || !holder.Remove(names[^1]))
            {
                throw new CommandFailedException($"--remove: there is no member {path}; 'get' with --output json shows what there is.", ExitCode.Usage);
            }
        }
    }

    /// <summary>What of an answer an operation's input has: ids, times and statuses stay behind, and empty lists, which answers have and inputs must not.</summary>
    public static JsonObject Fitting(JsonObject answer, Shape input)
    {
        var fitting = new JsonObject();
        foreach (var (name, value) in answer)
        {
            if (input.FindMember(name) is { } member && value is not null and not JsonArray { Count: 0 })
            {
                fitting[name] = value is JsonObject inner && member.Shape.Kind == ShapeKind.Structure && member.Shape.Members.Count > 0 ? Fitting(inner, member.Shape) : value.DeepClone();
            }
        }

        return fitting;
    }

    public static JsonObject FittingUpdate(JsonObject answer, string operation) => Fitting(answer, ModelLibrary.Operation(ControlSession.Service, operation).Input!);
}
