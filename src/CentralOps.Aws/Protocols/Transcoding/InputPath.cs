using System.Globalization;
using System.Text;

namespace CentralOps.Aws.Protocols.Transcoding;

/// <summary>Where an input is being read, such as <c>Filters[0].Name</c>; made into words only for an error.</summary>
internal sealed class InputPath
{
    private readonly List<(string? Name, int Index)> _steps = [];

    public void Enter() => _steps.Add((null, -1));

    public void Leave() => _steps.RemoveAt(_steps.Count - 1);

    public void At(string name) => _steps[^1] = (name, -1);

    public void Next() => _steps[^1] = (null, _steps[^1].Index + 1);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, index) in _steps)
        {
            if (name is not null)
            {
                text.Append(text.Length > 0 ? "." : "").Append(name);
            }
            else if (index >= 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
        }

        return text.ToString();
    }
}
