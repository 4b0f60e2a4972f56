using CentralOps.Cli.Running;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Serve;

/// <summary>What 'serve' prints when it is ready: where it is managed, what it serves, what to do next.</summary>
internal static class ServeWelcome
{
    public static void Show(UpState state, IReadOnlyList<(string Name, Uri Url)> gateways, StateDirectory directory, Screen screen)
    {
        var here = $" --state {ShellWord.Of(directory.Path)}";
        var data = screen.Data;
        data.WriteLine($"""

            CentralOps serves gateways.
              Control  {state.ControlUrl}
            """);
        foreach (var (name, url) in gateways)
        {
            data.WriteLine($"  Gateway  {PlainText.Line(name)}  {url}");
        }

        data.WriteLine($"""
            {(gateways.Count == 0 ? "  There is no gateway yet." : "")}

            Next, in another terminal:
              ./centralops gateway {(gateways.Count == 0 ? "create ops --search" : "list")}{here}
              ./centralops target add mcp docs --url https://docs.example.com/mcp{here}
              ./centralops doctor{here}
            Ctrl-C stops it; what was made stays.
            """);
    }
}
