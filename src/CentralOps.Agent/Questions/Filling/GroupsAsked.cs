using CentralOps.Agent.Questions.Subjects;

namespace CentralOps.Agent.Questions.Filling;

/// <summary>What aggregate_results would be asked: which tool's items, grouped by what, measured how.</summary>
/// <param name="Fields">None: one group.</param>
/// <param name="Measure">Null: count.</param>
internal sealed record GroupsAsked(string Tool, IReadOnlyList<string> Fields, string? Measure)
{
    private static readonly string[] By = ["by", "per", "each", "across each"];

    /// <returns>Null where its subject has no items to group.</returns>
    public static GroupsAsked? Of(Reading reading)
    {
        var grouped = reading.Subjects.Select(static subject => (Subject: subject, Tool: ToolOf(subject))).FirstOrDefault(static row => row.Tool is not null);
        if (grouped.Tool is null)
        {
            return null;
        }

        var fields = new List<string>();
        for (var at = 0; at + 1 < reading.Question.Words.Count; at++)
        {
            // "by instance type and region"
            if (By.Contains(reading.Question.Words[at].Lower, StringComparer.Ordinal))
            {
                AddFields(reading.Question, at + 1, grouped.Subject, fields);
            }
        }

        return new GroupsAsked(grouped.Tool, fields, MeasureOf(reading.Question, grouped.Subject));
    }

    private static void AddFields(Question question, int at, Subject subject, List<string> fields)
    {
        for (; at < question.Words.Count; at++)
        {
            if (FieldAt(question, at, subject) is var (field, width) && field is not null)
            {
                fields.Add(field);
                at += width;
            }

            if (at >= question.Words.Count || question.Words[at].Lower is not ("and" or "then"))
            {
                return;
            }
        }
    }

    private static (string? Field, int Width) FieldAt(Question question, int at, Subject subject)
    {
        var (word, next) = (question.Words[at].Plain, at + 1 < question.Words.Count ? question.Words[at + 1].Plain : "");
        return (word, next) switch
        {
            ("instance", "type") => ("InstanceType", 2),
            ("instance", "class") => ("DBInstanceClass", 2),
            ("availability", "zone") => ("AvailabilityZone", 2),
            ("organizational", "unit") => ("ou", 2),
            ("account", "and") or ("account", _) => ("account_name", 1),
            ("region", _) => ("region", 1),
            ("ou", _) or ("unit", _) => ("ou", 1),
            ("az", _) => ("AvailabilityZone", 1),
            ("type", _) or ("size", _) when subject is Subject.Instances => ("InstanceType", 1),
            ("type", _) or ("class", _) or ("size", _) when subject is Subject.Databases => ("DBInstanceClass", 1),
            ("state", _) or ("status", _) => (StateOf(subject), 1),
            ("engine", _) => ("Engine", 1),
            ("runtime", _) or ("language", _) => ("Runtime", 1),
            ("architecture", _) => ("Architectures", 1),
            ("vpc", _) => ("VpcId", 1),
            ("version", _) when subject is Subject.EksClusters => ("version", 1),
            ("version", _) when subject is Subject.Databases or Subject.DatabaseClusters => ("EngineVersion", 1),
            ("team", _) => ("Tags.Team", 1),
            ("environment", _) or ("env", _) => ("Tags.Environment", 1),
            ("tag", { Length: > 0 }) => ($"Tags.{question.Words[at + 1].Text}", 2),
            _ => (null, 0),
        };
    }

    private static string StateOf(Subject subject) => subject switch
    {
        Subject.Databases => "DBInstanceStatus",
        Subject.Alarms => "StateValue",
        Subject.Instances or Subject.Vpcs => "State",
        _ => "status",
    };

    private static string? MeasureOf(Question question, Subject subject)
    {
        var function = question.Says("average", "mean") ? "avg" : question.Says("largest", "maximum", "highest") ? "max" : question.Says("total", "sum", "how much") ? "sum" : null;
        var field = subject switch
        {
            Subject.Databases when question.Says("storage", "disk", "gib", "gb") => "AllocatedStorage",
            Subject.Functions when question.Says("memory") => "MemorySize",
            Subject.Functions when question.Says("code size") => "CodeSize",
            Subject.EcsServices when question.Says("task") => "runningCount",
            _ => null,
        };
        return function is not null && field is not null ? $"{function}({field})" : null;
    }

    public static string? ToolOf(Subject subject) => subject switch
    {
        Subject.Instances => "describe_ec2_instances",
        Subject.Vpcs => "describe_ec2_vpcs",
        Subject.SecurityGroups => "describe_ec2_security_groups",
        Subject.Buckets => "list_s3_buckets",
        Subject.Databases => "describe_rds_instances",
        Subject.DatabaseClusters => "describe_rds_clusters",
        Subject.Functions => "list_lambda_functions",
        Subject.EcsClusters => "list_ecs_clusters",
        Subject.EcsServices => "list_ecs_services",
        Subject.EksClusters => "describe_eks_clusters",
        Subject.Alarms => "list_cloudwatch_alarms",
        _ => null,
    };
}
