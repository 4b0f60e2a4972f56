using System.Collections.Concurrent;
using System.Text.Json;

namespace CentralOps.Gateway.Control.Validation;

/// <summary>
/// Constraints of the control plane's shapes, by their names. They lie in a resource of this room, beside the model in <c>CentralOps.Aws</c>: a
/// client has no use for them, and does not pay for them.
/// </summary>
internal sealed class Constraints
{
    private const string Resource = "Control/Validation/bedrock-agentcore-control.json";

    private static readonly Lazy<Constraints> Read = new(ReadResource);

    private readonly JsonElement _shapes;
    private readonly ConcurrentDictionary<string, Constraint> _read = new(StringComparer.Ordinal);

    private Constraints(JsonElement shapes) => _shapes = shapes;

    public static Constraints Instance => Read.Value;

    public IEnumerable<string> Shapes => _shapes.EnumerateObject().Select(static shape => shape.Name);

    public Constraint Of(string shape) => _read.TryGetValue(shape, out var known) ? known : _read.GetOrAdd(shape, ReadShape(shape));

    private Constraint ReadShape(string shape) => _shapes.TryGetProperty(shape, out var demands)
        ? new(Number(demands, "min"u8), Number(demands, "max"u8), demands.TryGetProperty("pattern"u8, out var pattern) ? new(pattern.GetString()!) : null)
        : Constraint.None;

    private static double? Number(JsonElement demands, ReadOnlySpan<byte> name) => demands.TryGetProperty(name, out var value) ? value.GetDouble() : null;

    private static Constraints ReadResource()
    {
        using var resource = typeof(Constraints).Assembly.GetManifestResourceStream(Resource)!;
        return new(JsonDocument.Parse(resource).RootElement.GetProperty("shapes"u8));
    }
}
