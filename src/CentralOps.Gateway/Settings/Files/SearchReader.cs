using CentralOps.Gateway.Discovery.Embeddings;

namespace CentralOps.Gateway.Settings.Files;

/// <summary><c>search</c>: where embeddings come from.</summary>
internal static class SearchReader
{
    private const int MaxDimensions = 4096;
    private const int UsualDimensions = 512;

    public static EmbeddingSource? Read(Section section)
    {
        var kind = section.Required("embeddings", "bedrock-titan");
        EmbeddingSource? source = null;
        switch (kind?.Text)
        {
            case "bedrock-titan":
                source = Titan(section);
                break;
            case "openai-compatible":
                source = OpenAI(section);
                break;
            case null or "none":
                break;
            default:
                section.Problems.Add(kind.Line, $"{section.At("embeddings")} '{kind.Text}' is no source of embeddings", "There are none, bedrock-titan and openai-compatible.");
                return null;
        }

        section.End();
        return source;
    }

    private static EmbeddingSource.BedrockTitan Titan(Section section)
    {
        var model = section.Word("model", TitanEmbeddings.ModelId);
        var region = RootReader.Region(section, section.Word("region", "us-east-1"));
        var dimensions = section.Number("dimensions", UsualDimensions, 1, MaxDimensions);
        if (model is not null && !string.Equals(model.Text, TitanEmbeddings.ModelId, StringComparison.Ordinal))
        {
            section.Problems.Add(model.Line, $"{section.At("model")} '{model.Text}' is not spoken with", $"Bedrock is spoken with in the form of {TitanEmbeddings.ModelId} alone; for another model use an openai-compatible endpoint.");
        }

        if (dimensions is not (256 or 512 or 1024))
        {
            section.Problems.Add(section.Line, $"{section.At("dimensions")} {dimensions} is none that {TitanEmbeddings.ModelId} makes", "It makes 256, 512 or 1024.");
        }

        return new(region, dimensions);
    }

    private static EmbeddingSource.OpenAICompatible? OpenAI(Section section)
    {
        var url = UrlField.Read(section, "url", "https://api.openai.com/v1/embeddings", required: true);
        var model = section.Required("model", "text-embedding-3-small");
        var key = section.Word("key_variable", "OPENAI_API_KEY");
        var dimensions = section.Number("dimensions", 0, 0, MaxDimensions);
        if (key is not null && !IsVariable(key.Text))
        {
            // It may be the key itself: it is not told.
            section.Problems.Add(key.Line, $"{section.At("key_variable")} is not the name of an environment variable", "Put the key into a variable, and its name here, as in 'key_variable: OPENAI_API_KEY'. A key that stood here is to be changed.");
        }

        return url is null || model is null ? null : new(url, model.Text, key?.Text, dimensions == 0 ? null : dimensions);
    }

    private static bool IsVariable(string text) =>
        text.Length <= 64 && !char.IsAsciiDigit(text[0]) && text.All(static c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');
}
