using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CentralOps.Agent.Questions.Things;

namespace CentralOps.Agent.Questions.Filling;

/// <summary>EC2's and RDS's own filters.</summary>
internal static class FiltersAsked
{
    private const string Anywhere = "0.0.0.0/0";

    public static JsonArray OfInstances(Reading reading)
    {
        var things = reading.Things;
        var filters = new JsonArray();
        Add(filters, "instance-state-name", StatesAsked.OfInstances(reading.Question));
        Add(filters, "instance-type", [.. things.Of(ThingKind.Type).Select(static type => type.Contains('.', StringComparison.Ordinal) ? type : type + ".*")]);
        Add(filters, "vpc-id", things.Ids("vpc-"));
        Add(filters, "subnet-id", things.Ids("subnet-"));
        Add(filters, "instance.group-id", things.Ids("sg-"));
        Add(filters, "image-id", things.Ids("ami-"));
        Add(filters, "private-ip-address", [.. things.Of(ThingKind.Address).Where(IsPrivate)]);
        Add(filters, "ip-address", [.. things.Of(ThingKind.Address).Where(static address => !IsPrivate(address))]);
        AddTags(filters, things);
        Add(filters, "tag:Name", NamesAsked.Of(reading, Subjects.Subject.Instances));
        return filters;
    }

    public static JsonArray OfVpcs(Reading reading)
    {
        var filters = new JsonArray();
        Add(filters, "is-default", reading.Question.Says("default") ? reading.Question.Says("not default", "non-default", "no default") ? "false" : "true" : null);
        Add(filters, "cidr", [.. reading.Things.Of(ThingKind.Address).Where(static address => address.Contains('/', StringComparison.Ordinal))]);
        AddTags(filters, reading.Things);
        Add(filters, "tag:Name", NamesAsked.Of(reading, Subjects.Subject.Vpcs));
        return filters;
    }

    public static JsonArray OfSecurityGroups(Reading reading)
    {
        var question = reading.Question;
        var filters = new JsonArray();
        Add(filters, "vpc-id", reading.Things.Ids("vpc-"));
        Add(filters, "ip-permission.from-port", PortOf(question));
        var open = question.Says("world", "anywhere", "internet", "public", "everyone", "anyone", "whole world") ? Anywhere : reading.Things.Of(ThingKind.Address).FirstOrDefault();
        Add(filters, "ip-permission.cidr", open is null || open.Contains('/', StringComparison.Ordinal) ? open : open + "/32");
        AddTags(filters, reading.Things);
        Add(filters, "group-name", NamesAsked.Of(reading, Subjects.Subject.SecurityGroups));
        return filters;
    }

    public static JsonArray OfDatabases(Question question)
    {
        var filters = new JsonArray();
        Add(filters, "engine", Engine(question));
        return filters;
    }

    private static string? Engine(Question question) =>
        question.Says("aurora-postgresql", "aurora postgres", "aurora postgresql") ? "aurora-postgresql"
        : question.Says("aurora-mysql", "aurora mysql") ? "aurora-mysql"
        : question.Says("postgres", "postgresql") ? "postgres"
        : question.Says("mysql") ? "mysql"
        : question.Says("mariadb") ? "mariadb"
        : null;

    private static string? PortOf(Question question)
    {
        if (question.Find("port") is >= 0 and var at && at + 1 < question.Words.Count && question.Words[at + 1].IsNumber && int.Parse(question.Words[at + 1].Text, CultureInfo.InvariantCulture) is > 0 and <= 65535 and var port)
        {
            return port.ToString(CultureInfo.InvariantCulture);
        }

        return question.Says("ssh") ? "22" : question.Says("rdp", "remote desktop") ? "3389" : question.Says("https") ? "443" : question.Says("http") ? "80" : question.Says("redis") ? "6379" : null;
    }

    private static bool IsPrivate(string text) =>
        IPAddress.TryParse(text, out var address) && address.GetAddressBytes() is [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [100, >= 64 and <= 127, ..];

    private static void AddTags(JsonArray filters, NamedThings things)
    {
        foreach (var (key, value) in things.Tags)
        {
            Add(filters, "tag:" + key, value);
        }
    }

    private static void Add(JsonArray filters, string name, string? value) => Add(filters, name, value is null ? [] : [value]);

    private static void Add(JsonArray filters, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            filters.Add((JsonNode)new JsonObject { ["Name"] = name, ["Values"] = new JsonArray([.. values.Select(static value => (JsonNode)value)]) });
        }
    }
}
