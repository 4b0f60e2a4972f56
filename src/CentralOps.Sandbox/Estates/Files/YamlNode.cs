namespace CentralOps.Sandbox.Estates.Files;

/// <summary>A piece of a YAML document with the line where it stands. <see cref="Size"/> counts it and all below it, aliases as often as they are used.</summary>
internal abstract record YamlNode(int Line, int Size)
{
    internal sealed record Scalar(int Line, string Text, bool IsPlain) : YamlNode(Line, 1)
    {
        /// <summary>Nothing, or one of YAML's words for it.</summary>
        public bool IsNull => IsPlain && Text is "" or "~" or "null";
    }

    internal sealed record List(int Line, int Size, IReadOnlyList<YamlNode> Items) : YamlNode(Line, Size);

    internal sealed record Map(int Line, int Size, IReadOnlyList<(Scalar Key, YamlNode Value)> Entries) : YamlNode(Line, Size);
}
