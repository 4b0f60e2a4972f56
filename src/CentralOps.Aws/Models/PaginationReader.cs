using System.Text.Json;

namespace CentralOps.Aws.Models;

/// <summary>Reads how an operation pages, in botocore's words; each may be one string or a list.</summary>
internal static class PaginationReader
{
    public static Pagination Read(ref Utf8JsonReader reader)
    {
        string[] inputs = [], outputs = [], results = [];
        string? limit = null, moreResults = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("input_token"u8))
            {
                inputs = JsonText.ReadStrings(ref reader);
            }
            else if (reader.ValueTextEquals("output_token"u8))
            {
                outputs = JsonText.ReadStrings(ref reader);
            }
            else if (reader.ValueTextEquals("result_key"u8))
            {
                results = JsonText.ReadStrings(ref reader);
            }
            else if (reader.ValueTextEquals("limit_key"u8))
            {
                limit = JsonText.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("more_results"u8))
            {
                moreResults = JsonText.ReadString(ref reader);
            }
            else
            {
                ModelSource.SkipValue(ref reader, 0);
            }
        }

        return new(inputs, outputs, limit, results, moreResults);
    }
}
