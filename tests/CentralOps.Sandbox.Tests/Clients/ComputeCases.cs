using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.Tests.Clients;

internal static partial class Cases
{
    private static IReadOnlyList<ClientCase> Lambda
    {
        get
        {
            var functions = Production.Functions;
            var secret = functions.First(function => function.Environment.ContainsKey("DB_PASSWORD"));
            var tagged = functions.First(function => function.Tags.Count > 0);
            return
            [
                new("lambda", "ListFunctions") { PageSize = 9, Judge = Tells("Functions", "FunctionName", functions.Select(function => function.Name)) },
                new("lambda", "ListFunctions", """{"FunctionVersion": "SOME"}""") { Error = "ValidationException" },
                new("lambda", "ListFunctions", """{"Marker": "nonsense"}""") { Error = "InvalidParameterValueException" },
                new("lambda", "ListFunctions") { Account = DefaultOrganization.PaymentsId, Error = "AccessDeniedException" },
                new("lambda", "GetFunction", Function(secret.Name)) { Judge = answer => answer.GetProperty("Configuration").GetProperty("Environment").GetProperty("Variables").GetProperty("DB_PASSWORD").GetString().ShouldBe(secret.Environment["DB_PASSWORD"]) },
                new("lambda", "GetFunction", Function($"arn:aws:lambda:us-east-1:222222222222:function:{secret.Name}")),
                new("lambda", "GetFunction", Function("nothing")) { Error = "ResourceNotFoundException" },
                new("lambda", "GetFunctionConfiguration", Function(secret.Name)) { Judge = Is("FunctionName", secret.Name) },
                new("lambda", "ListTags", $$"""{"Resource": "arn:aws:lambda:us-east-1:222222222222:function:{{tagged.Name}}"}""") { Judge = answer => answer.GetProperty("Tags").EnumerateObject().Count().ShouldBe(tagged.Tags.Count) },
                new("lambda", "ListTags", """{"Resource": "arn:aws:lambda:us-east-1:222222222222:function:nothing"}""") { Error = "ResourceNotFoundException" },
                new("lambda", "ListFunctions") { Account = DefaultOrganization.CentralOperationsId, Judge = answer => Items(answer, "Functions").ShouldContain(function => function.GetProperty("FunctionName").GetString() == "central-ops-fixture") },
            ];

            static string Function(string name) => $$"""{"FunctionName": "{{name}}"}""";
        }
    }

    private static IReadOnlyList<ClientCase> Containers
    {
        get
        {
            var (clusters, definitions, eks) = (Production.EcsClusters, Production.TaskDefinitions, Production.EksClusters);
            var cluster = clusters[0];
            var service = cluster.Services[0];
            var definition = definitions.First(definition => definition.Name == service.TaskDefinition);
            return
            [
                new("ecs", "ListClusters") { Judge = Counts("clusterArns", clusters.Count) },
                new("ecs", "ListClusters") { PageSize = 1, Judge = Counts("clusterArns", clusters.Count) },
                new("ecs", "ListClusters", """{"maxResults": 101}""") { Error = "InvalidParameterException" },
                new("ecs", "ListClusters") { Account = DefaultOrganization.PaymentsId, Error = "AccessDeniedException" },
                new("ecs", "DescribeClusters", $$"""{"clusters": ["{{cluster.Name}}", "nothing"], "include": ["TAGS", "SETTINGS", "STATISTICS"]}""") { Judge = answer => { Counts("clusters", 1)(answer); Tells("failures", "reason", ["MISSING"])(answer); } },
                new("ecs", "ListServices", $$"""{"cluster": "{{cluster.Name}}"}""") { PageSize = 3, Judge = Counts("serviceArns", cluster.Services.Count) },
                new("ecs", "ListServices", $$"""{"cluster": "{{cluster.Name}}", "launchType": "EC2"}""") { Judge = Counts("serviceArns", cluster.Services.Count(service => service.LaunchType == "EC2")) },
                new("ecs", "ListServices", """{"cluster": "nothing"}""") { Error = "ClusterNotFoundException" },
                new("ecs", "DescribeServices", $$"""{"cluster": "{{cluster.Name}}", "services": ["{{service.Name}}", "nothing"], "include": ["TAGS"]}""") { Judge = answer => { Tells("services", "serviceName", [service.Name])(answer); Counts("failures", 1)(answer); } },
                new("ecs", "DescribeServices", $$"""{"cluster": "{{cluster.Name}}", "services": []}""") { Error = "InvalidParameterException" },
                new("ecs", "ListTaskDefinitions") { PageSize = 10, Judge = Counts("taskDefinitionArns", definitions.Count) },
                new("ecs", "ListTaskDefinitions", $$"""{"familyPrefix": "{{definition.Family}}", "sort": "DESC"}""") { Judge = Counts("taskDefinitionArns", definitions.Count(other => other.Family == definition.Family)) },
                new("ecs", "DescribeTaskDefinition", $$"""{"taskDefinition": "{{definition.Family}}", "include": ["TAGS"]}""") { Judge = answer => answer.GetProperty("taskDefinition").GetProperty("revision").GetInt32().ShouldBe(definition.Revision) },
                new("ecs", "DescribeTaskDefinition", """{"taskDefinition": "nothing"}""") { Error = "ClientException" },
                new("eks", "ListClusters") { PageSize = 1, Judge = answer => Items(answer, "clusters").Select(name => name.GetString()).ShouldBe(eks.Select(cluster => cluster.Name)) },
                new("eks", "ListClusters", """{"maxResults": 101}""") { Error = "InvalidParameterException" },
                new("eks", "DescribeCluster", $$"""{"name": "{{eks[0].Name}}"}""") { Judge = answer => answer.GetProperty("cluster").GetProperty("version").GetString().ShouldBe(eks[0].Version) },
                new("eks", "DescribeCluster", """{"name": "nothing"}""") { Error = "ResourceNotFoundException" },
                new("eks", "ListClusters") { Account = DefaultOrganization.PaymentsId, Error = "AccessDeniedException" },
            ];
        }
    }
}
