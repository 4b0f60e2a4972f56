namespace CentralOps.Gateway.Settings.Files;

/// <summary>A piece of a settings file with the line where it stands.</summary>
internal abstract record SettingsNode(int Line)
{
    /// <param name="IsPlain">Not in quotes.</param>
    internal sealed record Word(int Line, string Text, bool IsPlain) : SettingsNode(Line)
    {
        public bool IsNothing => IsPlain && Text is "" or "~" or "null";
    }

    internal sealed record Items(int Line, IReadOnlyList<SettingsNode> Nodes) : SettingsNode(Line);

    internal sealed record Fields(int Line, IReadOnlyList<(Word Name, SettingsNode Value)> Members) : SettingsNode(Line);
}
