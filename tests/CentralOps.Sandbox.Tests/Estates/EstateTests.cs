using System.Text.RegularExpressions;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Networks;

namespace CentralOps.Sandbox.Tests.Estates;

public sealed partial class EstateTests
{
    private static readonly string[] Regions = ["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-3"];

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

    [Fact]
    public void The_default_estate_holds_some_two_thousand_resources_and_what_they_name_is_there()
    {
        var estate = Estate.Default;
        var places = estate.Accounts.SelectMany(account => Regions.Select(region => estate.Resources(account.Id, region))).ToArray();

        var total = places.Sum(place => place.Network.Vpcs.Count + place.Network.Subnets.Count + place.Network.Groups.Count + place.Fleet.Instances.Count + place.LaunchTemplates.Count
            + place.DatabaseClusters.Count + place.DatabaseInstances.Count + place.Functions.Count + place.EcsClusters.Sum(cluster => 1 + cluster.Services.Count) + place.TaskDefinitions.Count
            + place.EksClusters.Count + place.Buckets.Count + place.MetricAlarms.Count + place.CompositeAlarms.Count);
        total.ShouldBeInRange(1800, 3000);
        foreach (var place in places)
        {
            var (subnets, groups) = (place.Network.Subnets.ToDictionary(subnet => subnet.Id), place.Network.Groups.Select(group => group.Id).ToHashSet());
            foreach (var network in place.Fleet.Instances.Select(instance => instance.Network).OfType<InstanceNetwork>())
            {
                groups.ShouldContain(network.GroupId);
                subnets[network.SubnetId].VpcId.ShouldBe(network.VpcId);
                Cidr.Contains(subnets[network.SubnetId].Cidr, network.PrivateIp + "/32").ShouldBeTrue();
            }

            place.Network.Groups.SelectMany(group => group.Rules).Select(rule => rule.Peer.GroupId).OfType<string>().ShouldBeSubsetOf(groups);
            place.DatabaseInstances.SelectMany(database => database.SubnetIds).ShouldBeSubsetOf(subnets.Keys);
            place.DatabaseClusters.SelectMany(cluster => cluster.MemberIds).ShouldBeSubsetOf(place.DatabaseInstances.Select(database => database.Id));
            place.EcsClusters.SelectMany(cluster => cluster.Services).Select(service => service.TaskDefinition).ShouldBeSubsetOf(place.TaskDefinitions.Select(definition => definition.Name));
            place.Functions.SelectMany(function => function.GroupIds).ShouldBeSubsetOf(groups);
        }

        var buckets = places.SelectMany(place => place.Buckets).Select(bucket => bucket.Name).ToArray();
        buckets.Distinct().Count().ShouldBe(buckets.Length);
        buckets.All(name => estate.TryFindBucket(name, out _)).ShouldBeTrue();
    }

    [Fact]
    public void One_region_is_switched_on_everywhere_but_in_the_network_account()
    {
        Estate.Default.Accounts.Where(account => !Estate.Default.IsRegionEnabled(account.Id, "ap-southeast-3")).Select(account => account.Name).ShouldBe(["Network"]);
        Estate.Default.Resources(DefaultOrganization.NetworkId, "ap-southeast-3").ShouldBeSameAs(RegionResources.Empty);
    }

    [Fact]
    public void Ten_thousand_accounts_have_ids_names_and_units_of_their_own()
    {
        var estate = Estate.OfSize(10_000);

        estate.Accounts.Count.ShouldBe(10_000);
        estate.Accounts.Select(account => account.Id).Distinct().Count().ShouldBe(10_000);
        estate.Accounts.Select(account => account.Name).Distinct().Count().ShouldBe(10_000);
        estate.Accounts.ShouldAllBe(account => account.Id.Length == 12 && (account.ParentId == estate.RootId || estate.OrganizationalUnits.Any(unit => unit.Id == account.ParentId)));
        estate.OrganizationalUnits.Sum(unit => estate.AccountsUnder(unit.Id).Count).ShouldBe(9_999);

        Estate.OfSize(10_000).Resources(estate.Accounts[77].Id, "us-east-1").Fleet.Instances.Select(instance => instance.Id).ShouldBe(estate.Resources(estate.Accounts[77].Id, "us-east-1").Fleet.Instances.Select(instance => instance.Id));
    }

    [Fact]
    public void Asking_for_every_account_keeps_a_bounded_number_of_regions()
    {
        var made = 0;
        var cache = new RegionCache((_, _) => { made++; return new DeclaredRegion(); }, generation: 8);
        var first = cache.Get("a", "r");

        for (var i = 0; i < 7; i++)
        {
            cache.Get(i.ToString(System.Globalization.CultureInfo.InvariantCulture), "r");
            cache.Get("a", "r").ShouldBeSameAs(first);
        }

        made.ShouldBe(8);
        for (var i = 100; i < 200; i++)
        {
            cache.Get(i.ToString(System.Globalization.CultureInfo.InvariantCulture), "r");
        }

        cache.Get("a", "r").ShouldNotBeSameAs(first);
    }

    [GeneratedRegex("^i-0[0-9a-f]{16}$")]
    private static partial Regex InstanceId();

    [GeneratedRegex("^r-0[0-9a-f]{16}$")]
    private static partial Regex ReservationId();
}
