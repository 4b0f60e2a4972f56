using CentralOps.Sandbox.Estates.Functions;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Estates.Files;

/// <summary>Lambda functions, to be described; they have no code here.</summary>
internal static class FunctionReader
{
    public static IReadOnlyList<LambdaFunction> Read(Section region, DeclaredPlace place)
    {
        List<LambdaFunction> functions = [];
        foreach (var section in DeclaredPlace.Named(region, "lambda", static text => text.Length is > 0 and <= 64 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'), "1 to 64 letters, digits, hyphens and underscores"))
        {
            var name = section.Text("name", "");
            functions.Add(new LambdaFunction
            {
                Name = name,
                Runtime = section.Text("runtime", "python3.13"),
                Handler = section.Text("handler", "app.handler"),
                Description = section.Text("description", ""),
                RoleArn = $"arn:aws:iam::{place.Account.Id}:role/{section.Text("role", name)}",
                MemoryMb = section.Number("memory", 128, 128, 10_240),
                TimeoutSeconds = section.Number("timeout", 3, 1, 900),
                Architecture = section.OneOf("architecture", "x86_64", "x86_64", "arm64"),
                ModifiedAt = section.Time("modified", DeclaredPlace.Made),
                Environment = section.Pairs("environment").ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
                ReservedConcurrency = section.Has("concurrency") ? section.Number("concurrency", 1, 0, 1000) : null,
                Policy = PolicySection.Document(section, "policy", PolicyKind.Resource),
                Tags = DeclaredPlace.Tags(section),
            });
        }

        return [.. functions.OrderBy(function => function.Name, StringComparer.Ordinal)];
    }
}
