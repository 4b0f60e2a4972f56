namespace CentralOps.Gateway.Settings.Files;

/// <summary>A field that is a URL: absolute, https (http on this machine only), without user, query and fragment.</summary>
internal static class UrlField
{
    public static Uri? Read(Section section, string name, string example, bool required)
    {
        if ((required ? section.Required(name, example) : section.Word(name, example)) is not { } word)
        {
            return null;
        }

        if (!Uri.TryCreate(word.Text, UriKind.Absolute, out var url) || url is not { Scheme: "https" or "http", UserInfo: "", Query: "", Fragment: "", Host.Length: > 0 })
        {
            section.Problems.Add(word.Line, $"{section.At(name)} is no http or https URL without user, query and fragment", $"Write it as in '{name}: {example}'.");
            return null;
        }

        if (url.Scheme is "http" && !url.IsLoopback)
        {
            section.Problems.Add(word.Line, $"{section.At(name)} '{word.Text}' goes over the network without TLS", "Use https; plain http is for this machine.");
            return null;
        }

        return url;
    }
}
