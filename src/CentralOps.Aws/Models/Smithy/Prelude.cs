using System.Text.Json.Nodes;

namespace CentralOps.Aws.Models.Smithy;

/// <summary>The shapes that every model has without writing them: https://smithy.io/2.0/spec/model.html#prelude</summary>
internal static class Prelude
{
    public const string Unit = "smithy.api#Unit";

    public static JsonObject? Find(string id) => TypeOf(id) is { } type ? new JsonObject { ["type"] = type } : null;

    private static string? TypeOf(string id) => id switch
    {
        "smithy.api#String" => "string",
        "smithy.api#Blob" => "blob",
        "smithy.api#Boolean" or "smithy.api#PrimitiveBoolean" => "boolean",
        "smithy.api#Byte" or "smithy.api#PrimitiveByte" => "byte",
        "smithy.api#Short" or "smithy.api#PrimitiveShort" => "short",
        "smithy.api#Integer" or "smithy.api#PrimitiveInteger" => "integer",
        "smithy.api#Long" or "smithy.api#PrimitiveLong" => "long",
        "smithy.api#Float" or "smithy.api#PrimitiveFloat" => "float",
        "smithy.api#Double" or "smithy.api#PrimitiveDouble" => "double",
        "smithy.api#BigInteger" => "bigInteger",
        "smithy.api#BigDecimal" => "bigDecimal",
        "smithy.api#Timestamp" => "timestamp",
        "smithy.api#Document" => "document",
        Unit => "structure",
        _ => null,
    };
}
