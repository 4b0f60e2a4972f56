using System.Text.Json.Serialization;

namespace CentralOps.Sandbox.Front;

[JsonSerializable(typeof(string))]
internal sealed partial class FrontJson : JsonSerializerContext;
