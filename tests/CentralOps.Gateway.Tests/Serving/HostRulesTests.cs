using System.Net;
using CentralOps.Gateway.Serving;

namespace CentralOps.Gateway.Tests.Serving;

/// <summary>The rules for addresses that tests do not listen on.</summary>
public sealed class HostRulesTests
{
    [Theory]
    [InlineData("10.1.2.3:8080", true)]
    [InlineData("[2001:db8::1]", true)]
    [InlineData("gateway.example.com", true)]
    [InlineData("localhost", false)]
    [InlineData("rebound.evil.example", false)]
    [InlineData("", false)]
    public void On_a_network_address_a_host_is_an_ip_address_or_an_allowed_name(string host, bool admitted) =>
        new HostRules(IPAddress.Any, ["gateway.example.com"], []).AdmitsHost(host).ShouldBe(admitted);

    [Fact]
    public void Two_host_headers_are_none() =>
        new HostRules(IPAddress.Loopback, [], []).AdmitsHost(new(["localhost", "localhost"])).ShouldBeFalse();
}
