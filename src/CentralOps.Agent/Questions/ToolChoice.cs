using CentralOps.Agent.Questions.Filling;
using CentralOps.Agent.Questions.Subjects;
using CentralOps.Agent.Questions.Things;

namespace CentralOps.Agent.Questions;

/// <summary>Which of CentralOps' own tools a question's words and slots speak for: what a search by words alone cannot see.</summary>
internal static class ToolChoice
{
    private static readonly string[] Whereabouts =
        ["where", "locate", "find", "which account", "what account", "whose", "who owns", "who uses", "who has", "belong", "belongs to", "owner of", "what is", "look up", "trace"];

    private static readonly string[] Entering =
        ["switch", "handle", "get into", "log into", "assume", "enter", "access to", "can we access", "can i access", "can we reach", "way into", "connect to", "hop into", "able to reach"];

    private static readonly string[] Reaching = ["reach", "reachable", "access", "accessible", "get into"];
    private static readonly string[] Counting = ["how many", "number", "count", "total", "sum", "average", "breakdown", "break down", "group", "distribution", "statistic"];

    /// <returns>The tool's bare name; null where nothing speaks for one.</returns>
    public static string? Of(Reading reading)
    {
        var question = reading.Question;
        var subject = reading.Subject;

        // 1. A measurement of something.
        if (MetricsAsked.Of(reading) is not null && subject is not Subject.Alarms)
        {
            return "get_cloudwatch_metrics";
        }

        // 2. Where something is, when nobody says in which account.
        if (!reading.Accounts.IsSaid && FindAsked.WhatOf(reading) is not null && (question.Says(Whereabouts) || subject is null))
        {
            return "find_resource";
        }

        // 3. Figures by something.
        if (question.Says(Counting) && GroupsAsked.Of(reading) is { Fields.Count: > 0 })
        {
            return "aggregate_results";
        }

        // 4. Accounts themselves.
        if (subject is null or Subject.Accounts)
        {
            return OfAccounts(reading);
        }

        // 5. Figures over several accounts.
        if (question.Says("how many", "number of", "count", "total number") && !reading.Accounts.IsOne && GroupsAsked.Of(reading) is not null)
        {
            return "aggregate_results";
        }

        return OfSubject(subject.Value, reading);
    }

    private static string? OfAccounts(Reading reading)
    {
        var question = reading.Question;
        if (reading.Accounts.IsOne)
        {
            return question.Says(Entering) ? "switch_account" : AccountWords(question) || reading.Subject is Subject.Accounts || SaysItIsOne(question) ? "get_account_metadata" : null;
        }

        return reading.Subject is Subject.Accounts || reading.Accounts.IsAll
            ? AccountWords(question) && reading.Accounts.IsSaid && !question.Says("list", "show") ? "get_account_metadata" : "list_accounts"
            : null;
    }

    public static bool AsksWhetherReachable(Question question) => question.Says(Reaching);

    private static bool AccountWords(Question question) => question.Says(
        "cost center", "email", "mail", "owner", "own", "who owns", "alias", "organizational unit", "ou", "enabled", "opted", "opt", "metadata", "contact", "created", "creation date", "status", "tag", "suspended", "name", "detail", "about", "team", "info", "information");

    private static bool SaysItIsOne(Question question) => question.Says("who is", "what is", "tell me about", "describe");

    private static string OfSubject(Subject subject, Reading reading)
    {
        var named = NamesAsked.Of(reading, subject).Count > 0;
        return subject switch
        {
            Subject.Instances => "describe_ec2_instances",
            Subject.Vpcs => "describe_ec2_vpcs",
            Subject.SecurityGroups => "describe_ec2_security_groups",
            Subject.Buckets => named && !reading.Question.Says(PrefixAsked.Words) ? "get_s3_bucket_info" : "list_s3_buckets",
            Subject.Databases => reading.Question.Says("cluster") && !named ? "describe_rds_clusters" : "describe_rds_instances",
            Subject.DatabaseClusters => "describe_rds_clusters",
            Subject.Functions => named ? "get_lambda_function" : "list_lambda_functions",
            Subject.EcsClusters => "list_ecs_clusters",
            Subject.EcsServices => reading.Question.Says("cluster") && !reading.Question.Says("service", "fargate", "microservice") ? "list_ecs_clusters" : "list_ecs_services",
            Subject.EksClusters => "describe_eks_clusters",
            Subject.Alarms => "list_cloudwatch_alarms",
            _ => "list_accounts",
        };
    }
}
