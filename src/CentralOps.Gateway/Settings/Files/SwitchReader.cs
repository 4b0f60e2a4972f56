namespace CentralOps.Gateway.Settings.Files;

/// <summary><c>switches</c>: of the installation, or of one gateway.</summary>
internal static class SwitchReader
{
    public static SwitchSet Read(Section file)
    {
        var set = new SwitchSet();
        foreach (var (name, value) in Pairs(file))
        {
            if (SwitchTable.TryApply(set, name.Text, value.Text, out var changed, out var problem))
            {
                set = changed;
                continue;
            }

            Refuse(file, name, problem);
        }

        return set;
    }

    public static IReadOnlyList<(string Name, string Value)> ReadOfGateway(Section gateway)
    {
        var switches = new List<(string, string)>();
        foreach (var (name, value) in Pairs(gateway))
        {
            if (!SwitchTable.TryApply(new SwitchSet(), name.Text, value.Text, out _, out var problem))
            {
                Refuse(gateway, name, problem);
                continue;
            }

            if (!SwitchTable.IsServing(name.Text))
            {
                gateway.Problems.Add(name.Line, $"{gateway.At("switches")}.{name.Text} is the control plane's, which is one for all gateways", "Put it below the file's own 'switches'.");
                continue;
            }

            switches.Add((name.Text, value.Text));
        }

        return switches;
    }

    private static IEnumerable<(SettingsNode.Word Name, SettingsNode.Word Value)> Pairs(Section section) => section.Inner("switches")?.Pairs() ?? [];

    private static void Refuse(Section section, SettingsNode.Word name, string problem) =>
        section.Problems.Add(name.Line, $"{section.At("switches")}.{name.Text}: {problem.TrimEnd('?')}", "docs/decisions/09-compatibility-switches.md has them all.");
}
