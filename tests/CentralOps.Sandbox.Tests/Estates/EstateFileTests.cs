using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Files;

namespace CentralOps.Sandbox.Tests.Estates;

public sealed class EstateFileTests
{
    private const string Head = """
        accounts:
          - {id: "111111111111", name: Central Operations}

        """;

    [Fact]
    public void The_sample_is_read_as_its_writer_meant_it()
    {
        var estate = Estate.OfFile(Path.Combine(Root(), "samples", "estate.yaml"));

        estate.Accounts.Select(account => account.Name).ShouldBe(["Management", "Central Operations", "Shop Prod", "Shop Test", "Old Shop"]);
        estate.ManagementAccount.HasTargetRole.ShouldBeFalse();
        estate.OrganizationalUnits.Select(unit => unit.Name).ShouldBe(["Platform", "Workloads", "Prod", "Test"]);
        estate.IsRegionEnabled("210000000001", "ap-southeast-3").ShouldBeTrue();
        estate.IsRegionEnabled("210000000002", "ap-southeast-3").ShouldBeFalse();
        estate.ServiceControlPolicies.Single().TargetIds.ShouldBe([estate.OrganizationalUnits[1].Id]);
        var shop = estate.Resources("210000000001", "eu-west-1");
        shop.Fleet.Instances.Select(instance => instance.Tags.Single(tag => tag.Key == "Name").Value).ShouldBe(["web-01", "web-02", "web-03", "batch"]);
        shop.Fleet.Instances.Select(instance => instance.Network!.PrivateIp).ShouldBe(["10.20.0.4", "10.20.32.4", "10.20.64.4", "10.20.96.4"]);
        shop.Fleet.Instances[0].Network!.GroupId.ShouldBe(shop.Network.FindGroup("web")!.Id);
        shop.Network.FindGroup("database")!.Rules[0].Peer.GroupId.ShouldBe(shop.Network.FindGroup("web")!.Id);
        shop.DatabaseInstances.Select(database => database.Id).ShouldBe(["legacy", "orders-1", "orders-2"]);
        shop.DatabaseClusters.Single().MemberIds.ShouldBe(["orders-1", "orders-2"]);
        shop.Functions.Single().Environment["API_KEY"].ShouldBe("not-for-agents");
        shop.EcsClusters.Single().Services.Single().TaskDefinition.ShouldBe(shop.TaskDefinitions.Single().Name);
        estate.TryFindBucket("shop-prod-backups", out var bucket).ShouldBeTrue();
        bucket!.Policy!.Statements.Count.ShouldBe(1);
        estate.SsoUsers.Single().Assignments.Count.ShouldBe(2);
        Estate.OfFile(Path.Combine(Root(), "samples", "estate.yaml")).Resources("210000000001", "eu-west-1").Fleet.Instances[0].Id.ShouldBe(shop.Fleet.Instances[0].Id);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_with_line_and_repair()
    {
        var problems = Problems("""
            units: [Prod]
            colour: red
            accounts:
              - {id: "111111111111", name: Central Operations}
              - id: 22222
                name: Short
              - id: "333333333333"
                name: Third
                unit: Nowhere
                name: Again
                regions: [us-east-1]
                resources:
                  mars-north-1: {}
                  me-south-1: {}
                  us-east-1:
                    vpc: {cidr: 10.0.0.1/16}
                    security_groups: [{name: web, ingress: [{port: 99999}, {port: 80, from: nobody}]}]
                    ec2: [{name: web, type: large, group: nothing}, {name: web, type: t3.micro, count: none}]
                    rds: [{name: Orders}, {name: plain, engine: mysql, members: 2}]
                    s3: [{name: taken-name}, {name: open, policy: "{"}]
              - {id: "333333333333", name: Twice, resources: {us-east-1: {s3: {name: taken-name}}}}
            policies: [{name: One, targets: ["444444444444"], document: {Version: "2012-10-17", Statement: [{Effect: Perhaps, Action: "*", Resource: "*"}]}}]
            people: [{name: jane, assignments: [{account: "333333333333", permission_sets: [God]}]}]
            """);

        string[] expected =
        [
            "test.yaml:2: 'colour' is not a key of the file. Known are: accounts, management, people, policies, seed, units.",
            "test.yaml:5: accounts[1].id '22222' does not fit. It must be 12 digits in quotes, such as \"222222222222\".",
            "test.yaml:9: The unit 'Nowhere' is not among the units. Add it to 'units', or take one of Prod.",
            "test.yaml:10: 'name' is given twice in accounts[2]. Keep one of them.",
            "'us-east-1' is not a region that needs opting in.",
            "test.yaml:13: 'mars-north-1' is not a region.",
            "test.yaml:14: The region me-south-1 is not enabled in 333333333333. Add it to the account: 'regions: [me-south-1]'.",
            "vpc.cidr '10.0.0.1/16' is not a range for a VPC.",
            "ingress[0].port '99999' is not a port.",
            "ingress[1].from 'nobody' is neither a range nor a security group of this region.",
            "ec2[0].type 'large' does not fit. It must be an instance type such as t3.micro.",
            "The security group 'nothing' is not there. Add it to 'security_groups', or take one of default, web.",
            "'web' is there twice in accounts[2].resources.us-east-1.ec2.",
            "ec2[1].count 'none' does not fit. It must be a whole number from 1 to 2000.",
            "rds[0].name 'Orders' does not fit.",
            "rds[1] has 'members', but mysql has no clusters.",
            "s3[1].policy cannot be read: This policy contains invalid Json.",
            "The bucket name 'taken-name' is taken by the account 333333333333.",
            "test.yaml:21: The account 333333333333 is there twice.",
            "The account 444444444444 is not among the accounts. Name one that is.",
            "policies[0].document cannot be read:",
            "The permission set 'God' is not known. Take one of AdministratorAccess, ReadOnlyAccess, SecurityAudit, ViewOnlyAccess.",
        ];
        foreach (var problem in expected)
        {
            problems.ShouldContain(told => told.Contains(problem, StringComparison.Ordinal), problem);
        }

        problems.Count.ShouldBe(expected.Length, string.Join('\n', problems));
    }

    [Theory]
    [InlineData("", "test.yaml:1: The file is empty.")]
    [InlineData("accounts: [", "This is not YAML")]
    [InlineData("accounts: []", "The account 111111111111 is missing.")]
    [InlineData("--- {}\n--- {}", "A second document begins.")]
    [InlineData("[a]: b", "A key must be plain text.")]
    [InlineData("a: *b", "The alias '*b' stands for nothing yet")]
    [InlineData("a: &a [*a]", "The alias '*a' stands for nothing yet")]
    [InlineData("just text", "the file must be a mapping.")]
    public void What_is_no_estate_is_refused(string text, string problem) => string.Join('\n', Problems(text)).ShouldContain(problem);

    [Fact]
    public void A_bomb_of_aliases_is_refused_before_it_goes_off()
    {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Join('\n', Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]"));

        string.Join('\n', Problems(bomb)).ShouldContain("The file holds more than 100000 values, with what its aliases stand for.");
    }

    [Fact]
    public void A_deep_file_is_refused() => string.Join('\n', Problems("a: " + new string('[', 20_000))).ShouldContain("The file is nested more than 24 deep.");

    [Fact]
    public void A_file_that_is_not_there_is_told_by_its_name() =>
        Should.Throw<EstateFileException>(() => Estate.OfFile("/no/such/estate.yaml")).Message.ShouldStartWith("/no/such/estate.yaml: The file cannot be read");

    [Fact]
    public void Problems_beyond_fifty_are_counted()
    {
        var problems = Problems(Head + string.Join('\n', Enumerable.Range(0, 70).Select(i => $"key{i}: 1")));

        problems.Count.ShouldBe(51);
        problems[^1].ShouldBe("test.yaml: 21 more problems. Mend these first.");
    }

    private static IReadOnlyList<string> Problems(string text) =>
        Should.Throw<EstateFileException>(() => EstateFile.Read(text, new EstateProblems("test.yaml"))).Problems;

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "CentralOps.slnx")))
        {
            directory = directory.Parent!;
        }

        return directory.FullName;
    }
}
