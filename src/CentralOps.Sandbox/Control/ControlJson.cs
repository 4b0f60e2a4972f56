using System.Text.Json.Serialization;
using CentralOps.Sandbox.Faults;
using CentralOps.Sandbox.Trail;

namespace CentralOps.Sandbox.Control;

/// <summary>What goes over the sandbox's own API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Fault))]
[JsonSerializable(typeof(StandingFault))]
[JsonSerializable(typeof(IReadOnlyList<StandingFault>))]
[JsonSerializable(typeof(TrailQuery))]
public sealed partial class ControlJson : JsonSerializerContext;
