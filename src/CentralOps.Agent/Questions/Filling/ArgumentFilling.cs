using System.Text.Json.Nodes;
using CentralOps.Agent.Questions.Accounts;
using CentralOps.Agent.Questions.Regions;
using CentralOps.Agent.Questions.Subjects;
using CentralOps.Agent.Questions.Things;
using CentralOps.Agent.Toolbox;

namespace CentralOps.Agent.Questions.Filling;

/// <summary>Puts what was understood into a tool's arguments. CentralOps' own tools are known by name; of others, the arguments that are named alike are filled.</summary>
internal static class ArgumentFilling
{
    public static Slots Of(AgentTool tool, Reading reading)
    {
        var slots = new Slots(tool);
        FillOwn(tool.BareName, reading, slots);
        FillPlace(tool.BareName, reading, slots);
        slots.Set("limit", reading.Limit);
        Tell(reading, slots);
        return slots;
    }

    private static void FillOwn(string tool, Reading reading, Slots slots)
    {
        var (question, things) = (reading.Question, reading.Things);
        switch (tool)
        {
            case "describe_ec2_instances":
                slots.Set("instance_ids", things.Ids("i-"));
                // Whether they run is what is asked of named ones: a filter would answer it with nothing.
                slots.Set("filters", things.Ids("i-").Count > 0 ? null : FiltersAsked.OfInstances(reading));
                break;
            case "describe_ec2_vpcs":
                slots.Set("vpc_ids", things.Ids("vpc-"));
                slots.Set("filters", FiltersAsked.OfVpcs(reading));
                break;
            case "describe_ec2_security_groups":
                slots.Set("group_ids", things.Ids("sg-"));
                slots.Set("filters", FiltersAsked.OfSecurityGroups(reading));
                break;
            case "list_s3_buckets":
                slots.Set("prefix", PrefixAsked.Of(question));
                break;
            case "get_s3_bucket_info":
                slots.Set("bucket", First(NamesAsked.Of(reading, Subject.Buckets)));
                break;
            case "describe_rds_instances":
                slots.Set("db_instance_identifier", First(NamesAsked.Of(reading, Subject.Databases)));
                slots.Set("filters", FiltersAsked.OfDatabases(question));
                SetQuery(reading, Subject.Databases, slots);
                break;
            case "describe_rds_clusters":
                slots.Set("db_cluster_identifier", First(NamesAsked.Of(reading, Subject.DatabaseClusters)));
                slots.Set("filters", FiltersAsked.OfDatabases(question));
                SetQuery(reading, Subject.DatabaseClusters, slots);
                break;
            case "list_lambda_functions":
                slots.Set("function_version", question.Says("all version", "every version") ? "ALL" : null);
                SetQuery(reading, Subject.Functions, slots);
                break;
            case "get_lambda_function":
                slots.Set("function_name", First(NamesAsked.Of(reading, Subject.Functions)));
                break;
            case "list_ecs_clusters":
                slots.Set("clusters", NamesAsked.Of(reading, Subject.EcsClusters));
                break;
            case "list_ecs_services":
                FillServices(reading, slots);
                break;
            case "describe_eks_clusters":
                slots.Set("names", NamesAsked.Of(reading, Subject.EksClusters));
                SetQuery(reading, Subject.EksClusters, slots);
                break;
            case "list_cloudwatch_alarms":
                FillAlarms(reading, slots);
                break;
            case "get_cloudwatch_metrics":
                slots.Set("queries", MetricsAsked.Of(reading)?.Queries());
                break;
            case "find_resource":
                slots.Set("what", FindAsked.WhatOf(reading) ?? (reading.Accounts.IsOne ? reading.Accounts.Terms[0] : null));
                break;
            case "list_accounts":
                slots.Set("check_access", ToolChoice.AsksWhetherReachable(question) ? true : null);
                break;
            case "aggregate_results":
                FillGroups(reading, slots);
                break;
        }

        slots.Set("start_time", reading.Span?.Start);
        slots.Set("end_time", reading.Span?.End);
    }

    private static void FillServices(Reading reading, Slots slots)
    {
        var question = reading.Question;
        slots.Set("cluster", First(NamesAsked.Behind(reading, "cluster")));
        slots.Set("services", NamesAsked.Of(reading, Subject.EcsServices));
        slots.Set("launch_type", question.Says("fargate") ? "FARGATE" : question.Says("ec2 launch type", "on ec2") ? "EC2" : question.Says("external") ? "EXTERNAL" : null);
        slots.Set("scheduling_strategy", question.Says("daemon") ? "DAEMON" : question.Says("replica") ? "REPLICA" : null);
    }

    private static void FillAlarms(Reading reading, Slots slots)
    {
        var question = reading.Question;
        var prefix = PrefixAsked.Of(question);
        slots.Set("state_value", StatesAsked.OfAlarms(question));
        slots.Set("alarm_name_prefix", prefix);
        slots.Set("alarm_names", prefix is null ? NamesAsked.Of(reading, Subject.Alarms) : []);
        slots.Set("alarm_type", question.Says("composite") ? "CompositeAlarm" : question.Says("metric alarm") ? "MetricAlarm" : null);
    }

    private static void FillGroups(Reading reading, Slots slots)
    {
        if (GroupsAsked.Of(reading) is not { } groups)
        {
            return;
        }

        var subject = reading.Subjects.First(static subject => GroupsAsked.ToolOf(subject) is not null);
        slots.Set("tool", groups.Tool);
        slots.Set("group_by", groups.Fields);
        slots.Set("measures", groups.Measure is { } measure ? [measure] : []);
        slots.Set("where", ConditionsAsked.Of(reading, subject));
        slots.Set("top", reading.Limit);
    }

    private static string? First(IReadOnlyList<string> names) => names is [var first, ..] ? first : null;

    private static void SetQuery(Reading reading, Subject subject, Slots slots) =>
        slots.Set("query", ConditionsAsked.Of(reading, subject) is { } condition ? $"[?{condition}]" : null);

    private static void FillPlace(string tool, Reading reading, Slots slots)
    {
        var accounts = reading.Accounts;
        if (tool is "list_accounts")
        {
            return;
        }

        // Nobody said where: a tool that can asks all, but for what looks everywhere by itself.
        var terms = accounts.IsSaid || tool is "find_resource" or "switch_account" || !slots.Tool.Takes("accounts") ? accounts.Terms : [AccountChoice.All];
        var isAll = terms.Contains(AccountChoice.All, StringComparer.Ordinal);
        if (accounts.IsOne && slots.Tool.Takes("account_id"))
        {
            slots.Set("account_id", terms[0]);
        }
        else if (slots.Tool.Takes("accounts"))
        {
            slots.SetOneOrMany("accounts", terms);
        }
        else if (terms.Count > 0)
        {
            slots.Miss($"only one account at a time, so not {string.Join(", ", terms)}");
        }

        // The whole organization means its regions too.
        var regions = reading.Regions.Count == 0 && isAll && slots.Tool.TakesSeveral("region") && tool is not "find_resource" ? [RegionReader.All] : reading.Regions;
        if (tool is "list_s3_buckets" && regions is [RegionReader.All])
        {
            // It lists all regions' buckets by itself.
            return;
        }

        if (regions.Count > 0 && !slots.Tool.Takes("region"))
        {
            slots.Miss("regions, which it does not ask one by one");
            return;
        }

        slots.SetOneOrMany("region", regions);
    }

    private static void Tell(Reading reading, Slots slots)
    {
        if (reading.Span is not null && !slots.Tool.Takes("start_time"))
        {
            slots.Miss($"the time ({reading.Span.Start}{(reading.Span.End is { } end ? " to " + end : "")})");
        }

        if (reading.Limit is not null && !slots.Tool.Takes("limit") && !slots.Tool.Takes("top"))
        {
            slots.Miss("how many");
        }

        var written = slots.Arguments.ToJsonString(Relaxed);
        foreach (var thing in reading.Things.All.Where(thing => !written.Contains(thing.Text, StringComparison.Ordinal)))
        {
            slots.Miss($"\"{thing.Text}\"");
        }
    }

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
