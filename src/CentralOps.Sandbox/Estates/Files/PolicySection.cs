using System.Text;
using System.Text.Json;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Estates.Files;

/// <summary>Policies in the file: JSON text, or the same document written as YAML.</summary>
internal static class PolicySection
{
    public static IReadOnlyList<ServiceControlPolicy> Read(Section file, UnitReader units, IReadOnlyList<Account> accounts, Dice dice)
    {
        List<ServiceControlPolicy> policies = [];
        foreach (var section in file.Sections("policies"))
        {
            var name = section.Required("name", static text => text.Length is > 0 and <= 128, "1 to 128 characters");
            var targets = section.Texts("targets").Select(target => Target(section, target, units, accounts)).OfType<string>().ToArray();
            if (section.Texts("targets").Count == 0)
            {
                section.Problems.Add(section.Line, $"{section.Place} has no 'targets'", "Name what it hangs on: root, units by path, or account ids.");
            }

            if (Document(section, "document", PolicyKind.ServiceControl) is { } document)
            {
                policies.Add(new ServiceControlPolicy("p-" + dice.Base36(10), name, document, targets));
            }
            else if (!section.Has("document"))
            {
                section.Problems.Add(section.Line, $"{section.Place} has no 'document'", "Add the policy, as JSON text or as YAML.");
            }

            section.End();
        }

        return policies;
    }

    /// <summary>Null where the key is not there, or, told, where the policy cannot be read.</summary>
    public static PolicyDocument? Document(Section section, string key, PolicyKind kind)
    {
        if (section.Node(key) is not { } node)
        {
            return null;
        }

        var json = node is YamlNode.Scalar scalar ? scalar.Text : Json(node);
        if (PolicyReader.TryRead(json, kind, out var document, out var problem))
        {
            return document;
        }

        section.Problems.Add(section.LineOf(key), $"{section.Join(key)} cannot be read: {problem.TrimEnd('.')}", "Mend the policy, or leave it out.");
        return null;
    }

    private static string? Target(Section section, string target, UnitReader units, IReadOnlyList<Account> accounts)
    {
        if (!OrganizationReader.IsAccountId(target))
        {
            return units.Find(section, section.LineOf("targets"), target);
        }

        if (accounts.Any(account => string.Equals(account.Id, target, StringComparison.Ordinal)))
        {
            return target;
        }

        section.Problems.Add(section.LineOf("targets"), $"The account {target} is not among the accounts", "Name one that is.");
        return null;
    }

    private static string Json(YamlNode node)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            Write(json, node);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, YamlNode node)
    {
        switch (node)
        {
            case YamlNode.Map map:
                json.WriteStartObject();
                foreach (var (key, value) in map.Entries)
                {
                    json.WritePropertyName(key.Text);
                    Write(json, value);
                }

                json.WriteEndObject();
                break;
            case YamlNode.List list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case YamlNode.Scalar scalar:
                json.WriteStringValue(scalar.Text);
                break;
        }
    }
}
