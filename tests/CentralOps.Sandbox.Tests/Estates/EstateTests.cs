using System.Text.RegularExpressions;
using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.Tests.Estates;

public sealed partial class EstateTests
{
    private static readonly string[] Regions = ["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-2"];

    [Fact]
    public void Two_estates_of_one_seed_are_the_same_in_every_corner()
    {
        var one = DefaultOrganization.Build(7);
        var two = DefaultOrganization.Build(7);

        one.Accounts.Select(Words).ShouldBe(two.Accounts.Select(Words));
        // Asked for in another order.
        _ = two.Fleet("999999999999", "eu-west-1");
        one.Fleet("222222222222", "us-east-1").Instances.Select(instance => (instance.Id, instance.LaunchedAt, instance.Network))
            .ShouldBe(two.Fleet("222222222222", "us-east-1").Instances.Select(instance => (instance.Id, instance.LaunchedAt, instance.Network)));
        one.OrganizationId.ShouldNotBe(DefaultOrganization.Build(8).OrganizationId);

        static string Words(Account account) => $"{account.Id} {account.Name} {account.ParentId} {account.Status}";
    }

    [Fact]
    public void The_default_organization_is_the_one_that_the_documentation_speaks_of()
    {
        var estate = Estate.Default;

        estate.Accounts.Count.ShouldBe(13);
        estate.ManagementAccount.Name.ShouldBe("Management");
        estate.Accounts.Single(account => account.Status == AccountStatus.Suspended).Name.ShouldBe("Sandbox Team");
        estate.Accounts.Where(account => account is { HasTargetRole: false, Status: AccountStatus.Active }).Select(account => account.Name).ShouldBe(["Management", "Legacy CRM"]);
        estate.OrganizationalUnits.Select(unit => unit.Name).ShouldBe(["Security", "Infrastructure", "Workloads", "Prod", "NonProd", "Suspended"]);
        estate.Accounts.ShouldAllBe(account => account.ParentId == estate.RootId || estate.OrganizationalUnits.Any(unit => unit.Id == account.ParentId));
        estate.Fleet("222222222222", "us-east-1").Instances.Count.ShouldBeGreaterThanOrEqualTo(40);
    }

    [Fact]
    public void There_are_some_hundreds_of_instances_with_ids_and_addresses_of_their_own()
    {
        var instances = Estate.Default.Accounts.SelectMany(account => Regions.SelectMany(region => Estate.Default.Fleet(account.Id, region).Instances)).ToArray();

        instances.Length.ShouldBeInRange(300, 1000);
        instances.Select(instance => instance.Id).Distinct().Count().ShouldBe(instances.Length);
        instances.ShouldAllBe(instance => InstanceId().IsMatch(instance.Id) && ReservationId().IsMatch(instance.ReservationId));
        var addresses = instances.Where(instance => instance.Network is not null).Select(instance => (instance.AccountId, instance.Region, instance.Network!.PrivateIp)).ToArray();
        addresses.Distinct().Count().ShouldBe(addresses.Length);
        instances.Select(instance => instance.State.Name).Distinct().Count().ShouldBeGreaterThan(3);
        instances.GroupBy(instance => instance.ReservationId).Any(reservation => reservation.Count() > 2).ShouldBeTrue();
    }

    [Fact]
    public void Production_holds_names_that_somebody_chose_to_do_harm()
    {
        var names = Estate.Default.Fleet("222222222222", "us-east-1").Instances.SelectMany(instance => instance.Tags).Where(tag => tag.Key == "Name").Select(tag => tag.Value);

        names.Count(HostileNames.All.Contains).ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public void Instances_of_a_reservation_lie_beside_each_other()
    {
        var order = Estate.Default.Fleet("999999999999", "us-east-1").Instances.Select(instance => instance.ReservationId).ToArray();
        var runs = order.Where((id, index) => index == 0 || id != order[index - 1]).ToArray();

        runs.Length.ShouldBe(order.Distinct().Count());
    }

    [GeneratedRegex("^i-0[0-9a-f]{16}$")]
    private static partial Regex InstanceId();

    [GeneratedRegex("^r-0[0-9a-f]{16}$")]
    private static partial Regex ReservationId();
}
