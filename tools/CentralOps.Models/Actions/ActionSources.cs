using CentralOps.Models.Catalogue;

namespace CentralOps.Models.Actions;

/// <summary>All operations that are known: botocore's, and those that npm <c>aws-sdk</c> has besides.</summary>
public static class ActionSources
{
    public static ActionTableWriter Generate(BotocoreData botocore, NpmCatalogue npm, IamData iam, string rules)
    {
        var table = new ActionTableWriter(iam, ActionRules.Read(rules));
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var service in botocore.Services())
        {
            var description = new Description(service, botocore.Service(service));
            // A service may be described twice under one id (pinpoint-sms-voice, sms-voice).
            names.TryAdd(description.ServiceId, service);
            table.Add(description);
        }

        foreach (var name in npm.Names())
        {
            var description = npm.Open(name);
            table.Add(description with { Service = names.GetValueOrDefault(description.ServiceId, description.Service) });
        }

        return table;
    }

    /// <summary>What a reader of the snapshot sees: the operations that no IAM action is known of.</summary>
    public static string WriteUnknown(ActionTableWriter table)
    {
        var total = table.WithoutRow.Values.Sum(operations => operations.Count);
        var lines = table.WithoutRow.Select(service => $"\n{service.Key} ({service.Value.Count})\n  {string.Join(' ', service.Value)}");
        return $"{total} operations have no row, {table.Rows} have one.\n{string.Concat(lines)}\n";
    }
}
