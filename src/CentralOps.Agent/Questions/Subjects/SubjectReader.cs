using CentralOps.Agent.Questions.Things;

namespace CentralOps.Agent.Questions.Subjects;

/// <summary>Finds what a question is about, by its nouns; the first one counts, and where there is none, the ids that it names.</summary>
internal static class SubjectReader
{
    /// <summary>Nouns, in the singular. Longer ones are looked for first, and a word is a part of one only.</summary>
    private static readonly (string Noun, Subject Subject)[] Nouns =
    [
        .. new (Subject Subject, string[] Nouns)[]
        {
            (Subject.Instances, ["ec2 instance", "ec2 box", "ec2 server", "instance", "server", "vm", "virtual machine", "machine", "box", "host", "ec2", "compute"]),
            (Subject.Vpcs, ["vpc", "virtual private cloud", "virtual network", "cidr block", "cidr"]),
            (Subject.SecurityGroups, ["security group", "firewall rule", "firewall", "inbound rule", "outbound rule", "ingress rule", "ingress", "open port", "port", "sg", "ssh", "rdp"]),
            (Subject.Buckets, ["s3 bucket", "bucket", "s3", "object storage", "object store"]),
            (Subject.Databases, ["rds instance", "rds database", "db instance", "database instance", "database server", "rds", "database", "db", "postgres", "postgresql", "mysql", "mariadb", "postgres database", "mysql database"]),
            (Subject.DatabaseClusters, ["aurora cluster", "rds cluster", "database cluster", "db cluster", "aurora database cluster", "aurora-postgresql database cluster", "aurora-mysql database cluster", "aurora-postgresql cluster", "aurora-mysql cluster", "aurora-postgresql", "aurora-mysql", "aurora"]),
            (Subject.Functions, ["lambda function", "serverless function", "lambda", "function", "serverless"]),
            (Subject.EcsClusters, ["ecs cluster", "container cluster", "fargate cluster"]),
            (Subject.EcsServices, ["ecs service", "container service", "fargate service", "service", "microservice", "fargate", "container", "ecs"]),
            (Subject.EksClusters, ["eks cluster", "kubernetes cluster", "k8s cluster", "kube cluster", "eks", "kubernetes", "k8s"]),
            (Subject.Alarms, ["cloudwatch alarm", "cloudwatch alert", "alarm", "alert", "alerting"]),
            (Subject.Accounts, ["aws account", "member account", "account"]),
        }.SelectMany(static row => row.Nouns.Select(noun => (noun, row.Subject))).OrderByDescending(static row => row.noun.Count(' ')),
    ];

    /// <returns>In the question's order, each once; none where it speaks of nothing that is known.</returns>
    public static IReadOnlyList<Subject> Read(Question question, NamedThings things)
    {
        var used = new HashSet<int>();
        var found = new List<(int At, Subject Subject)>();
        foreach (var (noun, subject) in Nouns)
        {
            // A noun that was understood as a part of an account ("the network account") is none of a subject.
            if (question.Find(noun) is >= 0 and var at && Enumerable.Range(at, noun.Count(' ') + 1).All(index => !used.Contains(index) && !question.IsTaken(index)))
            {
                used.UnionWith(Enumerable.Range(at, noun.Count(' ') + 1));
                found.Add((at, subject));
            }
        }

        var said = found.OrderBy(static subject => subject.At).Select(static subject => subject.Subject).Distinct().ToList();
        return said.Exists(static subject => subject is not Subject.Accounts) ? said : [.. said, .. OfIds(things)];
    }

    private static IEnumerable<Subject> OfIds(NamedThings things)
    {
        foreach (var (prefix, subject) in new[] { ("i-", Subject.Instances), ("sg-", Subject.SecurityGroups), ("vpc-", Subject.Vpcs) })
        {
            if (things.Ids(prefix).Count > 0)
            {
                yield return subject;
            }
        }
    }
}
