using CentralOps.Text.Search;

namespace CentralOps.Gateway.Discovery;

/// <summary>AWS's names for what people call otherwise. A row is a notion; words of one row find each other.</summary>
internal static class AwsVocabulary
{
    public static IReadOnlyList<SynonymRow> Rows { get; } =
    [
        // What is done.
        Close("list", "describe", "get", "show", "display", "find", "view", "see", "read", "lookup", "fetch", "enumerate", "give", "check"),
        SynonymRow.Same("info", "information", "detail", "metadata", "attribute", "property", "configuration", "config", "settings", "describe"),
        SynonymRow.Same("status", "state", "health", "healthy"),
        SynonymRow.Same("running", "active", "started", "up"),
        SynonymRow.OneWay("running", "state", "status"),
        SynonymRow.Same("create", "add", "new", "make", "provision"),
        SynonymRow.Same("delete", "remove", "destroy", "terminate", "drop"),
        SynonymRow.Same("update", "modify", "change", "edit", "set"),

        // Compute.
        SynonymRow.Same("server", "instance", "ec2", "vm", "vms", "machine", "host", "box", "compute"),
        SynonymRow.OneWay("virtual machine", "instance", "ec2"),
        SynonymRow.OneWay("virtual server", "instance", "ec2"),
        SynonymRow.Same("lambda", "function", "serverless", "faas"),
        SynonymRow.OneWay("code", "lambda", "function"),
        SynonymRow.OneWay("runtime", "lambda", "function"),

        // Containers.
        SynonymRow.Same("container", "ecs", "fargate", "docker", "task"),
        SynonymRow.OneWay("container", "eks"),
        SynonymRow.Same("kubernetes", "eks", "k8s", "kube"),
        SynonymRow.OneWay("pod", "eks", "kubernetes"),
        SynonymRow.OneWay("node group", "eks"),
        SynonymRow.OneWay("microservice", "ecs", "service"),
        SynonymRow.OneWay("deployment", "ecs", "service"),

        // Data.
        SynonymRow.Same("database", "rds", "db", "dbs", "aurora", "sql", "postgres", "postgresql", "mysql", "mariadb", "relational"),
        SynonymRow.OneWay("dynamo", "dynamodb"),
        SynonymRow.Same("bucket", "s3"),
        SynonymRow.OneWay("object storage", "s3", "bucket"),
        SynonymRow.OneWay("object store", "s3", "bucket"),
        SynonymRow.OneWay("storage", "s3", "bucket", "volume", "ebs", "efs"),
        SynonymRow.OneWay("file", "s3", "bucket", "efs"),
        SynonymRow.Same("volume", "disk", "ebs"),
        SynonymRow.Same("cache", "elasticache", "redis", "memcached"),
        SynonymRow.Same("queue", "sqs"),
        SynonymRow.Same("topic", "sns"),
        SynonymRow.Same("stream", "kinesis"),
        SynonymRow.Same("backup", "snapshot"),
        SynonymRow.Same("encryption", "encrypted", "kms"),
        SynonymRow.Same("secret", "password", "secretsmanager"),

        // Networks.
        SynonymRow.Same("network", "vpc", "vpcs", "subnet", "networking"),
        SynonymRow.OneWay("cidr", "vpc", "subnet"),
        SynonymRow.OneWay("ip range", "vpc", "cidr"),
        SynonymRow.OneWay("firewall", "security", "group"),
        SynonymRow.OneWay("open port", "security", "group"),
        SynonymRow.OneWay("port", "security", "group"),
        SynonymRow.OneWay("ingress", "security", "group"),
        SynonymRow.OneWay("egress", "security", "group"),
        SynonymRow.Same("balancer", "elb", "alb", "nlb"),
        SynonymRow.Same("dns", "route53"),
        SynonymRow.Same("cdn", "cloudfront"),
        SynonymRow.Same("public", "exposed", "internet", "open"),

        // Watching.
        SynonymRow.Same("cloudwatch", "monitoring", "monitor"),
        SynonymRow.Same("alarm", "alert", "alerting", "firing"),
        SynonymRow.OneWay("alarm", "cloudwatch"),
        SynonymRow.Same("metric", "statistic", "measurement", "graph", "datapoint"),
        SynonymRow.OneWay("metric", "cloudwatch"),
        SynonymRow.OneWay("cpu", "metric", "cloudwatch"),
        SynonymRow.OneWay("utilization", "metric", "cloudwatch"),
        SynonymRow.OneWay("usage", "metric"),
        SynonymRow.OneWay("latency", "metric"),
        SynonymRow.OneWay("memory", "metric"),
        SynonymRow.Same("log", "logs", "logging"),
        SynonymRow.OneWay("audit", "cloudtrail"),

        // The organization, people and money.
        SynonymRow.Same("organization", "ou", "landing", "unit"),
        SynonymRow.OneWay("organization", "account"),
        SynonymRow.OneWay("organizational unit", "ou", "account", "organization"),
        SynonymRow.OneWay("tenant", "account"),
        SynonymRow.OneWay("subscription", "account"),
        SynonymRow.OneWay("owner", "account", "metadata", "contact"),
        SynonymRow.Same("permission", "role", "iam", "policy", "access"),
        SynonymRow.OneWay("who am i", "identity", "caller"),
        SynonymRow.Same("identity", "user", "principal", "caller"),
        SynonymRow.Same("tag", "label"),
        SynonymRow.Same("cost", "spend", "billing", "bill", "price", "spending", "money"),
        SynonymRow.Same("region", "location"),
    ];

    // Verbs that all only read: they tell little, so another one's tool is as good.
    private static SynonymRow Close(params string[] words) => new(words, words, 0.9f);
}
