using System.Text.Json.Serialization;

namespace CentralOps.Functions.Wrapping;

[JsonSerializable(typeof(string))]
internal sealed partial class WrapperJson : JsonSerializerContext;
