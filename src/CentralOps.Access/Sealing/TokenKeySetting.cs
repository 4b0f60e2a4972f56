namespace CentralOps.Access.Sealing;

/// <summary>
/// Where the keys of signed texts come from: <c>CENTRALOPS_TOKEN_KEY</c> (base64url of 32 bytes; several separated by commas, the first signs), or
/// <c>CENTRALOPS_TOKEN_KEY_FILE</c>, a file of its owner's alone with the same text.
/// </summary>
public static class TokenKeySetting
{
    public const string Variable = "CENTRALOPS_TOKEN_KEY";
    public const string FileVariable = "CENTRALOPS_TOKEN_KEY_FILE";

    private const string Repair = "make one with: openssl rand 32 | basenc --base64url | tr -d '='";
    private const string Form = "base64url of 32 bytes, several separated by commas";

    /// <returns>Null where nothing is set, or with a problem. No key is ever told.</returns>
    public static TokenKeys? Read(Func<string, string?> variable, ICollection<string> problems)
    {
        var (text, file) = (Given(variable(Variable)), Given(variable(FileVariable)));
        if (text is not null && file is not null)
        {
            problems.Add($"{Variable} and {FileVariable} are both set; unset one of them.");
            return null;
        }

        if (file is not null)
        {
            return TokenKeyFile.Read(file, problem => problems.Add($"{FileVariable}: {problem}."));
        }

        if (text is null)
        {
            return null;
        }

        if (!TokenKeys.TryParse(text, out var keys))
        {
            problems.Add($"{Variable} is not {Form}; {Repair}");
        }

        return keys;
    }

    internal static string NoKey(string where) => $"{where} does not hold {Form}; {Repair}";

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
