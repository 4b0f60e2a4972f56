using CentralOps.Agent.Questions.Subjects;
using CentralOps.Agent.Questions.Things;

namespace CentralOps.Agent.Questions.Filling;

/// <summary>What items have to be like, in JMESPath over their fields; for tools whose own arguments cannot say it.</summary>
internal static class ConditionsAsked
{
    /// <returns>An expression, such as <c>State=='running'</c>; null where nothing is asked.</returns>
    public static string? Of(Reading reading, Subject subject)
    {
        var all = new List<string>();
        switch (subject)
        {
            case Subject.Instances:
                Add(StatesAsked.OfInstances(reading.Question), "State", all);
                Add(reading.Things.Of(ThingKind.Type).FirstOrDefault(static type => type.Contains('.', StringComparison.Ordinal)), "InstanceType", all);
                break;
            case Subject.Databases or Subject.DatabaseClusters:
                AddOfDatabases(reading, all);
                break;
            case Subject.Functions:
                Add(reading.Things.Of(ThingKind.Runtime).FirstOrDefault(), "Runtime", all);
                break;
            case Subject.EksClusters when reading.Question.Says("public endpoint", "publicly accessible", "public access"):
                all.Add("resourcesVpcConfig.endpointPublicAccess");
                break;
            case Subject.Alarms:
                Add(StatesAsked.OfAlarms(reading.Question), "StateValue", all);
                break;
        }

        var tags = subject is Subject.EcsClusters or Subject.EcsServices or Subject.EksClusters ? "tags" : "Tags";
        all.AddRange(reading.Things.Tags.Select(tag => $"{tags}.{Identifier(tag.Key)}=={Raw(tag.Value)}"));
        return all.Count > 0 ? string.Join(" && ", all) : null;
    }

    private static void AddOfDatabases(Reading reading, List<string> all)
    {
        var question = reading.Question;
        if (question.Says("publicly accessible", "public", "exposed", "internet"))
        {
            all.Add(question.Says("not public", "not publicly accessible", "not exposed") ? "!PubliclyAccessible" : "PubliclyAccessible");
        }

        if (question.Says("unencrypted", "not encrypted", "without encryption", "no encryption"))
        {
            all.Add("!StorageEncrypted");
        }
        else if (question.Says("encrypted", "encryption on"))
        {
            all.Add("StorageEncrypted");
        }

        if (question.Says("without deletion protection", "no deletion protection", "unprotected"))
        {
            all.Add("!DeletionProtection");
        }

        if (question.Says("without backup", "no backup", "not backed up"))
        {
            all.Add("BackupRetentionPeriod==`0`");
        }

        if (question.Says("multi-az", "multi az"))
        {
            all.Add(question.Says("not multi-az", "without multi-az", "no multi-az", "single-az") ? "!MultiAZ" : "MultiAZ");
        }

        Add(reading.Things.Of(ThingKind.Type).FirstOrDefault(static type => type.StartsWith("db.", StringComparison.Ordinal)), "DBInstanceClass", all);
    }

    private static void Add(string? value, string field, List<string> all)
    {
        if (value is not null)
        {
            all.Add($"{field}=={Raw(value)}");
        }
    }

    /// <summary>JMESPath's raw string: an apostrophe in it is escaped, and a backslash before one too.</summary>
    private static string Raw(string value) => $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    private static string Identifier(string key) =>
        key.All(static one => char.IsAsciiLetterOrDigit(one) || one is '_') && !char.IsAsciiDigit(key[0]) ? key : "\"" + key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
