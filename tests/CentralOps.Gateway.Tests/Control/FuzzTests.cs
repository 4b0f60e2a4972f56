using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Aws.Models;
using CentralOps.Gateway.Control.Validation;
using CentralOps.Gateway.Tests.Control.Fixtures;

namespace CentralOps.Gateway.Tests.Control;

/// <summary>Inputs made from the model and then damaged, from fixed seeds: each is answered in good time and with a status that the model declares.</summary>
public sealed class FuzzTests
{
    private static readonly ServiceModel Service = ModelLibrary.Service("bedrock-agentcore-control");

    /// <summary>In <c>./test</c>, and in <c>./test --long</c>.</summary>
    private static readonly int Cases = Environment.GetEnvironmentVariable("CENTRALOPS_LONG") is "1" ? 200_000 : 1_500;

    /// <summary>What one control plane is asked before a new one takes its place: what was made before is there to be hit, and lists stay of a size.</summary>
    private const int CasesOfOnePlane = 4_000;

    [Fact]
    public async Task Damaged_requests_are_answered_as_the_model_declares()
    {
        var accepted = 0;
        for (var from = 0; from < Cases; from += CasesOfOnePlane)
        {
            accepted += await DamagedAsync(from, Math.Min(Cases, from + CasesOfOnePlane));
        }

        accepted.ShouldBeGreaterThan(Cases / 100, "inputs are not all nonsense");
    }

    [Fact]
    public void What_the_model_allows_is_allowed_and_one_wrong_value_is_found_where_it_is()
    {
        foreach (var name in Service.OperationNames)
        {
            var shape = Service.Operation(name).Input!;
            for (var seed = 0; seed < 10; seed++)
            {
                var input = new Drawn(new Random(seed), "main-0123456789") { Honest = true }.Structure(shape, 0);
                using var right = JsonDocument.Parse(input.ToJsonString());
                InputCheck.Run(shape, right.RootElement, httpLoopback: false).ShouldBeEmpty($"{name} {seed}: {input.ToJsonString()}");
                foreach (var required in shape.Required)
                {
                    var without = input.DeepClone().AsObject();
                    without.Remove(required);
                    using var wrong = JsonDocument.Parse(without.ToJsonString());
                    InputCheck.Run(shape, wrong.RootElement, httpLoopback: false).Select(problem => problem.Name).ShouldBe([required]);
                }
            }
        }
    }

    /// <returns>How many were accepted.</returns>
    private static async Task<int> DamagedAsync(int from, int until)
    {
        await using var control = await TestControl.StartAsync();
        control.Servers.Offer("https://mcp.example.com/mcp", "one");
        var gateway = await control.GatewayAsync();
        var names = Service.OperationNames.ToArray();
        var made = new Queue<string>();
        var accepted = 0;
        for (var seed = from; seed < until; seed++)
        {
            var random = new Random(seed);
            var operation = Service.Operation(names[seed % names.Length]);
            var drawn = new Drawn(random, gateway) { Made = made };
            var input = drawn.Structure(operation.Input!, 0);
            var path = Place(operation, input, drawn);
            var body = operation.Method is "GET" or "DELETE" ? null : Damage(input.ToJsonString(), random);
            var answer = await control.SendAsync(operation.Method, path, body);
            if (answer.Status is >= 200 and < 300)
            {
                accepted++;
                Learn(answer.Text, made);
                gateway = operation.Name is "DeleteGateway" && path.Contains(gateway, StringComparison.Ordinal) ? await control.GatewayAsync($"main{seed}") : gateway;
                continue;
            }

            var what = $"seed {seed}: {operation.Method} {path} {body} -> {answer.Status} {answer.Text}";
            answer.Status.ShouldBeOneOf([400, 402, 404, 409, 429], what);
            if (answer.ErrorType is not null)
            {
                operation.Errors.Select(error => error.Code).ShouldContain(answer.ErrorType, what);
                answer.Message.Length.ShouldBeLessThan(40_000, what);
            }
        }

        control.Logs.Lines.Where(line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error).ShouldBeEmpty();
        return accepted;
    }

    /// <summary>What was made is asked for, changed and deleted by later cases.</summary>
    private static void Learn(string answer, Queue<string> made)
    {
        foreach (var (name, value) in answer.Length == 0 ? [] : JsonNode.Parse(answer)!.AsObject())
        {
            if (value?.GetValueKind() == JsonValueKind.String && (name.EndsWith("Id", StringComparison.Ordinal) || name.EndsWith("Arn", StringComparison.Ordinal) || name is "name"))
            {
                made.Enqueue((string)value!);
            }
        }

        while (made.Count > 30)
        {
            made.Dequeue();
        }
    }

    private static string Place(OperationModel operation, JsonObject input, Drawn drawn)
    {
        var path = operation.RequestUri;
        var query = new StringBuilder();
        foreach (var member in operation.Input!.Members.Where(member => member.Location is MemberLocation.Uri or MemberLocation.QueryString))
        {
            var value = input[member.Name];
            input.Remove(member.Name);
            var name = member.LocationName ?? member.Name;
            if (member.Location == MemberLocation.Uri)
            {
                var text = (value as JsonValue)?.ToString() is { Length: > 0 } given ? given : drawn.Id;
                path = path.Replace($"{{{name}}}", Uri.EscapeDataString(Sane(text)), StringComparison.Ordinal);
            }
            else if (value is not null)
            {
                query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(Sane(value.ToString())));
            }
        }

        return path + query;
    }

    private static string Sane(string text) => text.Replace("\ud800", "x", StringComparison.Ordinal);

    private static string Damage(string body, Random random)
    {
        if (random.Next(4) != 0)
        {
            return body;
        }

        var at = random.Next(body.Length);
        return random.Next(4) switch
        {
            0 => body[..at],
            1 => body.Insert(at, "\\u0000"),
            2 => body.Remove(at, 1),
            _ => body.Insert(at, new string('[', random.Next(1, 200))),
        };
    }

    /// <summary>Values by the model, most of them as it wants them.</summary>
    private sealed class Drawn(Random random, string gateway)
    {
        private static readonly string[] Odd = ["", " ", "\u0000", "é\u202e", "a/../b", "'; DROP TABLE x; --", "{{7*7}}", "%00", "https://[::1", "arn:aws:::::"];

        private static readonly string[] Examples =
        [
            "main-0123456789", "name", "Abcdefghij", "0123456789abcdef0123456789abcdef0123", "00000000-0000-4000-8000-000000000000", "111111111111", TestControl.Role, TestControl.Function,
            "https://mcp.example.com/mcp", "https://idp.example.com/.well-known/openid-configuration", "s3://bucket/key", "1.2.3", "toolName", "/target/*", "client_secret_post",
            "arn:aws:bedrock-agentcore:us-east-1:111111111111:gateway/main-0123456789", "arn:aws:kms:us-east-1:111111111111:key/12345678-1234-1234-1234-123456789012",
            "arn:aws:bedrock-agentcore:us-east-1:111111111111:policy-engine/engine-0123456789", "arn:aws:bedrock-agentcore:us-east-1:111111111111:configuration-bundle/bundle-0123456789",
            "arn:aws:bedrock-agentcore:us-east-1:111111111111:runtime/agent-0123456789", "arn:aws:iam::111111111111:role/x", "rcfg-0123456789abcdefg",
            "arn:aws:vpc-lattice:us-east-1:111111111111:resourceconfiguration/rcfg-0123456789abcdefg", "vpc-01234567", "subnet-01234567", "sg-01234567",
            "arn:aws:secretsmanager:us-east-1:111111111111:secret:s", "/v1/chat", "arn:aws:kms:us-east-1:111111111111:key/12345678-1234-1234-1234-123456789012",
        ];

        private static readonly ConcurrentDictionary<(string, double?, double?), string[]> FittingExamples = [];

        public bool Honest { get; init; }

        /// <summary>What earlier cases made.</summary>
        public IEnumerable<string> Made { get; init; } = [];

        public string Id => gateway;

        public JsonObject Structure(Shape shape, int depth)
        {
            var value = new JsonObject();
            if (shape.Union)
            {
                var member = shape.Members[random.Next(shape.Members.Count)];
                value[member.Name] = Value(member.Shape, depth + 1);
                return value;
            }

            foreach (var member in shape.Members)
            {
                var required = shape.Required.Contains(member.Name, StringComparer.Ordinal);
                if (required ? Honest || random.Next(40) != 0 : depth < 6 && random.Next(3) == 0)
                {
                    value[member.Name] = Value(member.Shape, depth + 1);
                }
            }

            if (!Honest && random.Next(20) == 0)
            {
                value[$"unknown{random.Next(3)}"] = random.Next();
            }

            return value;
        }

        private JsonNode? Value(Shape shape, int depth)
        {
            if (!Honest && random.Next(60) == 0)
            {
                return random.Next(5) switch { 0 => null, 1 => random.NextDouble() * 1e300, 2 => new JsonArray(), 3 => new JsonObject(), _ => Odd[random.Next(Odd.Length)] };
            }

            var constraint = Constraints.Instance.Of(shape.Name);
            return shape.Kind switch
            {
                ShapeKind.Structure => Structure(shape, depth),
                ShapeKind.List => new JsonArray([.. Enumerable.Range(0, Count(constraint)).Select(_ => Value(shape.Element!.Shape, depth + 1))]),
                ShapeKind.Map => Map(shape, constraint, depth),
                ShapeKind.Boolean => random.Next(2) == 0,
                ShapeKind.Document => new JsonObject(),
                ShapeKind.String => Text(shape, constraint),
                _ => (int)Math.Clamp(random.Next(2000), constraint.Min ?? 0, constraint.Max ?? int.MaxValue),
            };
        }

        private JsonObject Map(Shape shape, Constraint constraint, int depth)
        {
            var map = new JsonObject();
            for (var i = 0; i < Count(constraint); i++)
            {
                map[Text(shape.Key!.Shape, Constraints.Instance.Of(shape.Key.Shape.Name))] = Value(shape.Value!.Shape, depth + 1);
            }

            return map;
        }

        private int Count(Constraint constraint) => (int)Math.Min(Math.Max(constraint.Min ?? 0, random.Next(3)), constraint.Max ?? 3);

        private string Text(Shape shape, Constraint constraint)
        {
            if (shape.Enum.Count > 0)
            {
                return shape.Enum[random.Next(shape.Enum.Count)];
            }

            if (constraint.Pattern is { } pattern)
            {
                var fitting = Fitting(pattern, constraint).ToArray();
                return fitting.Length > 0 ? fitting[random.Next(fitting.Length)] : throw new InvalidOperationException($"There is no example for {shape.Name}: {pattern.Text}");
            }

            return new string((char)('a' + random.Next(26)), (int)Math.Max(constraint.Min ?? 1, 1));
        }

        private IEnumerable<string> Fitting(ConstraintPattern pattern, Constraint constraint) =>
            FittingExamples.GetOrAdd((pattern.Text, constraint.Min, constraint.Max), _ => [.. Examples.Where(example => pattern.Matches(example) && Fits(example, constraint))])
                .Concat(Made.Append(gateway).Where(made => pattern.Matches(made) && Fits(made, constraint)));

        private static bool Fits(string text, Constraint constraint) => !(text.Length < constraint.Min) && !(text.Length > constraint.Max);
    }
}
