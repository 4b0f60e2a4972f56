namespace CentralOps.Gateway.Settings.Files;

/// <summary>Reads <c>gateway.yaml</c>. Strict: what is not understood is refused, and everything that is wrong is told at once.</summary>
public static class SettingsFile
{
    /// <param name="name">The file's name as problems tell it.</param>
    /// <exception cref="SettingsFileException">Everything that is wrong.</exception>
    public static GatewaySettings Parse(string text, string name)
    {
        var problems = new SettingsProblems(name);
        var settings = SettingsDocument.Read(text, problems) is { } root ? RootReader.Read(new Section(root, "", problems)) : GatewaySettings.None;
        return problems.None ? settings : throw problems.ToException();
    }

    /// <exception cref="SettingsFileException">The file cannot be read, or is wrong.</exception>
    public static GatewaySettings Read(string path)
    {
        try
        {
            using var reader = new StreamReader(path, new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true));
            var text = new char[SettingsDocument.MaxCharacters + 1];
            var length = reader.ReadBlock(text);
            return Parse(new string(text, 0, length), path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.Text.DecoderFallbackException)
        {
            var why = failure switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is no such file",
                UnauthorizedAccessException => "it is a directory, or reading it is not permitted",
                System.Text.DecoderFallbackException => "it is not UTF-8",
                _ => Printable.Text(failure.Message, 200),
            };
            throw new SettingsFileException([$"{path}: The settings cannot be read: {why}. Name a file that you may read."]);
        }
    }
}
