using System.Text;

namespace CentralOps.Sandbox.Bedrock;

/// <summary>What the sandbox's own model answers: that it is none.</summary>
internal static class EchoTurn
{
    private const int MostEchoed = 200;

    public static ModelTurn Of(ModelRequest request)
    {
        var asked = request.LastText is { Length: > 0 } text ? text : "nothing in words";
        return ModelTurn.Say(
            $"This is {ModelScript.EchoModel}, the sandbox's stand-in for a model. It does not think and uses no tools; it only shows that the way to Amazon Bedrock works. "
            + $"It was given {request.Tools.Count} tools and asked: {Short(asked)}");
    }

    // Never half of a character.
    private static string Short(string text)
    {
        var shortened = new StringBuilder(MostEchoed);
        foreach (var rune in text.EnumerateRunes())
        {
            if (shortened.Length + rune.Utf16SequenceLength > MostEchoed)
            {
                return shortened.Append('…').ToString();
            }

            shortened.Append(rune.ToString());
        }

        return shortened.ToString();
    }
}
