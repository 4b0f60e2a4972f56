using System.Text.Json;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools.Finding;

/// <summary>One resource that is what was looked for.</summary>
/// <param name="Summary">A JSON object.</param>
/// <param name="IsSeen">AWS told it now; where not, only the text that was given says so.</param>
internal sealed record Found(string AccountId, string AccountName, string Region, string Type, string Id, string? Arn, byte[] Summary, bool IsSeen)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("account_id"u8, AccountId);
        json.WriteString("account_name"u8, AccountName);
        json.WriteString("region"u8, Region);
        json.WriteString("resource_type"u8, Type);
        json.WriteString("id"u8, Id);
        json.WriteString("arn"u8, Arn);
        json.WriteBoolean("seen"u8, IsSeen);
        json.WritePropertyName("summary"u8);
        json.WriteRawValue(Summary, skipInputValidation: true);
        json.WriteEndObject();
    }

    public static System.Text.Json.Nodes.JsonObject Schema() => AnswerSchema.Object(
        ("account_id", AnswerSchema.Text()),
        ("account_name", AnswerSchema.Text()),
        ("region", AnswerSchema.Text("aws-global for what is in no region.")),
        ("resource_type", AnswerSchema.Text("As service:type, such as ec2:instance.")),
        ("id", AnswerSchema.Text()),
        ("arn", AnswerSchema.OptionalText()),
        ("seen", AnswerSchema.Flag("Whether AWS told it now; false where only the ARN says so.")),
        ("summary", AnswerSchema.Map([], "Members of the resource that tell what it is.")));
}
